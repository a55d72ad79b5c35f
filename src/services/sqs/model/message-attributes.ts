/** Message attributes: what names, types and values may be, and their bytes. @source aws/sqs.md §7 @simplified Texts that no recorded answer has are recalled: those about names, types, numbers and how many there are. */
import { utf8ByteLength } from '../../../base/utf8.ts';
import { binaryOf } from './digests.ts';
import { invalidParameter } from './errors.ts';
import { SQS } from './limits.ts';
import type { MessageAttribute } from './state.ts';

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Up to 256 letters, digits, - and _, in parts between single dots, that do not begin with what AWS keeps for itself in any case. */
const NAME = /^(?!(aws|amazon)\.)(?=.{1,256}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/i;

/** What a type is before its label: `Number` of `Number.byte`. */
const baseOf = ({ DataType }: MessageAttribute): string => DataType.split('.')[0]!;
const sizeOf = (attribute: MessageAttribute): number =>
  baseOf(attribute) === 'Binary' ? (attribute.BinaryValue === undefined ? 0 : binaryOf(attribute.BinaryValue).length) : utf8ByteLength(attribute.StringValue ?? '');

/** Name, type and value of each. */
export function attributeBytes(attributes: MessageAttributes | undefined): number {
  if (attributes === undefined) return 0;
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes)) bytes += utf8ByteLength(name) + utf8ByteLength(attribute.DataType) + sizeOf(attribute);
  return bytes;
}

/** @throws InvalidParameterValue for the first that AWS does not take */
export function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > SQS.messageAttributesMax) throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${SQS.messageAttributesMax}].`);
  for (const [name, attribute] of entries) {
    if (!NAME.test(name)) throw invalidParameter(`Message (user) attribute name '${name}' can contain only alphanumeric, hyphen, underscore and period characters, and must not begin with 'AWS.' or 'Amazon.'.`);
    const base = baseOf(attribute);
    if (!['String', 'Number', 'Binary'].includes(base)) throw invalidParameter(`The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`);
    if (sizeOf(attribute) === 0) throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${base === 'Binary' ? 'Binary' : 'String'}'.`);
    if (base === 'Number' && !isNumber(attribute.StringValue ?? '')) throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
}

/** The one system attribute of a send is the trace header, a text. It counts against no limit. @throws InvalidParameterValue */
export function checkSystemAttributes(attributes: MessageAttributes): void {
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
    if (DataType !== 'String') throw invalidParameter(`The type of message (system) attribute '${name}' is invalid. You must use only the following supported types: String.`);
    if (StringValue === '') throw invalidParameter(`Message (system) attribute '${name}' must contain a non-empty value of type 'String'.`);
  }
}

/** At most 38 significant digits, and 0 or a magnitude from 1e-128 to 1e126. */
function isNumber(text: string): boolean {
  const [, whole, fraction = '', exponent = '0'] = /^[+-]?(?=\.?\d)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return false;
  const fromFirst = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = fromFirst.replace(/0+$/, '');
  if (significant === '') return true;
  const { min, max } = SQS.numberExponent;
  const magnitude = fromFirst.length - 1 - fraction.length + Number(exponent);
  return significant.length <= SQS.numberDigitsMax && magnitude >= min && (magnitude < max || (magnitude === max && significant === '1'));
}
