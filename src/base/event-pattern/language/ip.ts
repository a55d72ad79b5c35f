/** IP addresses and CIDR blocks of patterns, in forms that compare quickly. */

/** IPv4 as an unsigned 32-bit integer, IPv6 as 32 lower-case hex digits. */
export type IpAddress = number | string;

/** From `low` to `high`, both of one kind. */
export interface IpRange {
  readonly low: IpAddress;
  readonly high: IpAddress;
}

const LOOKS_LIKE_IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const LOOKS_LIKE_IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

/** The address that `text` spells, or undefined. IPv4-mapped IPv6 addresses count as IPv4. */
export function parseIp(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return ipv4;
  return text.includes(':') && LOOKS_LIKE_IPV6.test(text) ? parseIpv6(text) : undefined;
}

/**
 * The block's first and last address.
 * @returns the range, or AWS's reason why there is none
 * @source aws/event-ruler CIDR: masks 0–31 and 0–127, the address need not be the block's first
 */
export function parseCidr(text: string): IpRange | string {
  const parts = text.split('/');
  while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  const [address = '', mask = ''] = parts;
  if (parts.length !== 2) return "Malformed CIDR, one '/' required";
  const maskBits = Number(mask);
  if (!/^[+-]?[0-9]+$/.test(mask) || Math.abs(maskBits) > 2147483647) return 'Malformed CIDR, mask bits must be an integer';
  if (maskBits < 0) return 'Malformed CIDR, mask bits must not be negative';
  const ip = parseIp(address);
  if (ip === undefined) {
    const looksLikeOne = LOOKS_LIKE_IPV4.test(address) || LOOKS_LIKE_IPV6.test(address);
    return looksLikeOne ? `Invalid IP address: ${address}` : `Nonstandard IP address: ${address}`;
  }
  if (typeof ip === 'number') {
    if (maskBits > 31) return 'IPv4 mask bits must be < 32';
    const free = 0xffffffff >>> maskBits;
    return { low: (ip & ~free) >>> 0, high: (ip | free) >>> 0 };
  }
  if (maskBits > 127) return 'IPv6 mask bits must be < 128';
  return { low: fillFrom(ip, maskBits, 0), high: fillFrom(ip, maskBits, 15) };
}

export function isInRange(ip: IpAddress, { low, high }: IpRange): boolean {
  return typeof ip === typeof low && ip >= low && ip <= high;
}

/** `digits` with every bit from `bit` on replaced by those of `fill`. */
function fillFrom(digits: string, bit: number, fill: 0 | 15): string {
  let filled = '';
  for (let i = 0; i < digits.length; i += 1) {
    const freeBits = Math.min(4, Math.max(0, 4 * (i + 1) - bit));
    const free = (1 << freeBits) - 1;
    const digit = Number.parseInt(digits.charAt(i), 16);
    filled += ((digit & ~free) | (fill & free)).toString(16);
  }
  return filled;
}

/** Four decimal numbers up to 255; leading zeros do not make them octal. */
function parseIpv4(text: string): number | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let address = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (octet < 0) return undefined;
      address = address * 256 + octet;
      octet = -1;
      dots += 1;
    } else {
      if (code < 48 || code > 57) return undefined;
      octet = (octet < 0 ? 0 : octet * 10) + code - 48;
      if (octet > 255) return undefined;
    }
  }
  return dots === 3 && octet >= 0 ? address * 256 + octet : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  for (const group of groups.flat()) if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = tail === undefined ? head : [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  const digits = all.map((group) => group.toLowerCase().padStart(4, '0')).join('');
  return digits.startsWith('00000000000000000000ffff') ? Number.parseInt(digits.slice(24), 16) : digits;
}
