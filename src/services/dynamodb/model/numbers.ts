/** Decimal numbers of up to 38 digits, as DynamoDB keeps them: exact addition and comparison over their texts. @simplified Texts of refusals are recalled, not recorded. */
import { validation } from './errors.ts';
import { DYNAMODB } from './limits.ts';

/** `digits` × 10^`exponent`; no trailing zeros in the digits, and 0 has exponent 0. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Throws ValidationException for what is no number, or none that DynamoDB can hold. */
function parse(text: string): Decimal {
  const match = FORM.exec(text.trim());
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || `${whole}${fraction}` === '' || text.length > 500) throw validation(text === '' ? 'The parameter cannot be converted to a numeric value' : `The parameter cannot be converted to a numeric value: ${text}`);
  const significant = `${whole}${fraction}`.replace(/^0+/, '');
  const trimmed = significant.replace(/0+$/, '');
  if (trimmed === '') return { digits: 0n, exponent: 0 };
  const exponent = Number(match[4] ?? 0) - fraction.length + (significant.length - trimmed.length);
  if (trimmed.length > DYNAMODB.numberDigitsMax) throw validation('Attempting to store more than 38 significant digits in a Number');
  return inRange({ digits: BigInt(`${match[1] === '-' ? '-' : ''}${trimmed}`), exponent }, trimmed.length);
}

function inRange(value: Decimal, digitCount: number): Decimal {
  const magnitude = value.exponent + digitCount - 1;
  if (magnitude > DYNAMODB.numberExponent.max) throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (magnitude < DYNAMODB.numberExponent.min) throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  return value;
}

function write({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits);
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, padded.length + exponent)}.${padded.slice(exponent)}`;
}

/** Both with the smaller exponent. */
function aligned(a: Decimal, b: Decimal): { readonly a: bigint; readonly b: bigint; readonly exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return { a: a.digits * 10n ** BigInt(a.exponent - exponent), b: b.digits * 10n ** BigInt(b.exponent - exponent), exponent };
}

/** The one way to write it: no exponent, no needless zeros. */
export function normalNumber(text: string): string {
  return write(parse(text));
}

export function addNumbers(left: string, right: string, sign: 1 | -1 = 1): string {
  const { a, b, exponent } = aligned(parse(left), parse(right));
  const sum = a + (sign === 1 ? b : -b);
  if (sum === 0n) return '0';
  const text = String(sum < 0n ? -sum : sum);
  const trimmed = text.replace(/0+$/, '');
  if (trimmed.length > DYNAMODB.numberDigitsMax) throw validation('Attempting to store more than 38 significant digits in a Number');
  const zeros = text.length - trimmed.length;
  return write(inRange({ digits: sum / 10n ** BigInt(zeros), exponent: exponent + zeros }, trimmed.length));
}

/** Negative, 0 or positive. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  const { a, b } = aligned(parse(left), parse(right));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Bytes that a number takes: about one for two significant digits, and one more. */
export function numberBytes(text: string): number {
  const digits = text.replace(/[^0-9]/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}
