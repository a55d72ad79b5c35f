/** UTF-8 in plain code, because TextEncoder belongs to the host. Behaves as the WHATWG encoder and decoder: ill-formed input becomes U+FFFD. */

/** Length in bytes of `text` in UTF-8, without making the bytes. */
export function utf8ByteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
    } else if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2;
      i += 1;
    } else {
      bytes += 2;
    }
  }
  return bytes;
}

export function utf8Encode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(utf8ByteLength(text));
  let at = 0;
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(i + 1);
      if (code <= 0xdbff && isLowSurrogate(low)) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i += 1;
      } else {
        code = 0xfffd;
      }
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else {
      if (code < 0x10000) {
        bytes[at++] = 0xe0 | (code >> 12);
      } else {
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return bytes;
}

/** Text of `bytes`; each ill-formed part becomes U+FFFD. A byte order mark is kept. */
export function utf8Decode(bytes: Uint8Array): string {
  let text = '';
  let units: number[] = [];
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] as number;
    i += 1;
    if (lead < 0x80) {
      units.push(lead);
    } else {
      const form = FORMS.find((f) => lead >= f.first && lead <= f.last);
      let code = form === undefined ? 0xfffd : lead & form.mask;
      let low = form?.low ?? 0x80;
      let high = form?.high ?? 0xbf;
      for (let n = form?.following ?? 0; n > 0; n -= 1) {
        const next = i < bytes.length ? (bytes[i] as number) : -1;
        if (next < low || next > high) {
          code = 0xfffd;
          break;
        }
        code = (code << 6) | (next & 0x3f);
        i += 1;
        low = 0x80;
        high = 0xbf;
      }
      if (code > 0xffff) units.push(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
      else units.push(code);
    }
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Lead bytes and what may follow them; the narrowed second byte shuts out overlong forms, surrogates and codes above U+10FFFF. */
const FORMS = [
  { first: 0xc2, last: 0xdf, following: 1, mask: 0x1f, low: 0x80, high: 0xbf },
  { first: 0xe0, last: 0xe0, following: 2, mask: 0x0f, low: 0xa0, high: 0xbf },
  { first: 0xe1, last: 0xec, following: 2, mask: 0x0f, low: 0x80, high: 0xbf },
  { first: 0xed, last: 0xed, following: 2, mask: 0x0f, low: 0x80, high: 0x9f },
  { first: 0xee, last: 0xef, following: 2, mask: 0x0f, low: 0x80, high: 0xbf },
  { first: 0xf0, last: 0xf0, following: 3, mask: 0x07, low: 0x90, high: 0xbf },
  { first: 0xf1, last: 0xf3, following: 3, mask: 0x07, low: 0x80, high: 0xbf },
  { first: 0xf4, last: 0xf4, following: 3, mask: 0x07, low: 0x80, high: 0x8f },
] as const;
