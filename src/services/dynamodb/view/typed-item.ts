/** From plain JSON to DynamoDB's typed attributes: text is S, a number N, a list L, an object M. Key attributes take the type that the table says. */

export interface KeyAttribute {
  readonly name: string;
  readonly type: string;
}
type Typed = Readonly<Record<string, unknown>>;

/** The key of a table, as its settings say. */
export function keysOf(config: Readonly<Record<string, unknown>>): readonly KeyAttribute[] {
  const text = (member: string, other: string): string => String(config[member] ?? '') || other;
  const sort = text('SortKey', '');
  return [{ name: text('PartitionKey', 'id'), type: text('PartitionKeyType', 'S') }, ...(sort === '' ? [] : [{ name: sort, type: text('SortKeyType', 'S') }])];
}

export function typedItem(item: Readonly<Record<string, unknown>>, keys: readonly KeyAttribute[]): Typed {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typedKeyValue(value, keys.find((key) => key.name === name)?.type) ?? typed(value)]));
}

/** Only the key of an item. */
export function typedKey(item: Readonly<Record<string, unknown>>, keys: readonly KeyAttribute[]): Typed {
  return typedItem(Object.fromEntries(keys.filter(({ name }) => name in item).map(({ name }) => [name, item[name]])), keys);
}

/** Bytes stand as base64 text in plain JSON. */
function typedKeyValue(value: unknown, type: string | undefined): Typed | undefined {
  if (type === 'B' && typeof value === 'string') return { B: { $bytes: value } };
  return undefined;
}

function typed(value: unknown): Typed {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(typed) };
  return { M: Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([name, member]) => [name, typed(member)])) };
}
