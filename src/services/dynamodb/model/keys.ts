/** Checks of keys: all of the schema, nothing else, of its types, not empty, not too long. @simplified Texts of refusals are recalled, not recorded. */
import { invalidParameters, validation } from './errors.ts';
import { DYNAMODB } from './limits.ts';
import type { KeyAttribute, Table } from './state.ts';
import { attribute, typeOf, valueBytes } from './values.ts';
import type { Item } from './values.ts';

const keysOf = (table: Table): readonly KeyAttribute[] => (table.range === undefined ? [table.hash] : [table.hash, table.range]);

/** A `Key` of an input: exactly the key attributes. */
export function checkKey(table: Table, key: Item): Item {
  const wanted = keysOf(table);
  const fits = Object.keys(key).length === wanted.length && wanted.every(({ name, type }) => {
    const value = attribute(key, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits) throw validation('The provided key element does not match the schema');
  checkSizes(table, key);
  return key;
}

/** The key attributes of a whole item. */
export function checkItemKey(table: Table, item: Item): void {
  for (const { name, type } of keysOf(table)) {
    const value = attribute(item, name);
    if (value === undefined) throw invalidParameters(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) throw invalidParameters(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
  }
  checkSizes(table, item);
}

function checkSizes(table: Table, item: Item): void {
  for (const key of keysOf(table)) {
    const value = attribute(item, key.name)!;
    const bytes = valueBytes(value);
    if (key.type !== 'N' && bytes === 0) throw validation(`One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${key.type === 'S' ? 'string' : 'binary'} value. Key: ${key.name}`);
    if (key === table.hash && bytes > DYNAMODB.hashKeyBytesMax) throw invalidParameters('Size of hashkey has exceeded the maximum size limit of2048 bytes');
    if (key !== table.hash && bytes > DYNAMODB.rangeKeyBytesMax) throw invalidParameters('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
}
