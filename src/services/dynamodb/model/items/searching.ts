/** Query and Scan: which items, in which order, page by page. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { NotModelled } from '../../../../sim/errors.ts';
import { validation } from '../errors.ts';
import { project } from '../expressions/apply-update.ts';
import { attributesIn, holds } from '../expressions/evaluate.ts';
import type { Condition, Path } from '../expressions/syntax.ts';
import { checkKey } from '../keys.ts';
import { DYNAMODB } from '../limits.ts';
import { capacityMembers, consumed, Expressions, placeholderMembers, readHalves, readMembers, SOURCE, tableName } from '../requests.ts';
import { activeTable, compareRange, keyOf, partitionOf, placeOf, tableArn } from '../state.ts';
import type { DynamoContext, DynamoState, DynamoTuning, StoredItem, Table } from '../state.ts';
import { readItem, typeOf, writeItem } from '../values.ts';
import type { Item, Value } from '../values.ts';

const byName = (context: DynamoContext, input: { TableName: string }): string => tableArn(context, input.TableName);
const searchMembers = tableName.extend({
  ...placeholderMembers.shape,
  ...readMembers.shape,
  ...capacityMembers.shape,
  FilterExpression: z.string().optional(),
  Limit: z.int().min(1, 'Member must have value greater than or equal to 1').optional(),
  ExclusiveStartKey: z.record(z.string(), z.unknown()).optional(),
  Select: z.enum(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT']).optional(),
  IndexName: z.string().optional(),
  QueryFilter: z.unknown().optional(),
  ScanFilter: z.unknown().optional(),
  KeyConditions: z.unknown().optional(),
  ConditionalOperator: z.unknown().optional(),
});
type SearchInput = z.infer<typeof searchMembers>;

interface Search {
  readonly table: Table;
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
  readonly startKey: Item | undefined;
}

interface Page {
  readonly found: readonly Item[];
  readonly scanned: number;
  readonly bytes: number;
  readonly lastKey: Item | undefined;
}

/** Reads on until the limit, 1 MB, or the end. */
function pageOf(items: Iterable<StoredItem>, search: Search, limit: number | undefined): Page {
  const found: Item[] = [];
  let [scanned, bytes] = [0, 0];
  for (const { item, bytes: size } of items) {
    scanned++;
    bytes += size;
    if (search.filter === undefined || holds(search.filter, item)) found.push(item);
    if (scanned === limit || bytes >= DYNAMODB.pageBytesMax) return { found, scanned, bytes, lastKey: keyOf(search.table, item) };
  }
  return { found, scanned, bytes, lastKey: undefined };
}

function answer(context: DynamoContext, search: Search, page: Page, o: { readonly input: SearchInput; readonly kind: 'dynamodb.ItemsQueried' | 'dynamodb.TableScanned' }): object {
  const { table } = search;
  const halves = readHalves(page.bytes, o.input.ConsistentRead);
  table.totals.reads++;
  context.emit(o.kind, table.arn, { found: page.found.length, scanned: page.scanned, bytes: page.bytes, halves });
  const items = o.input.Select === 'COUNT' ? {} : { Items: page.found.map((item) => writeItem(search.paths === undefined ? item : project(item, search.paths))) };
  return { ...items, Count: page.found.length, ScannedCount: page.scanned, ...(page.lastKey === undefined ? {} : { LastEvaluatedKey: writeItem(page.lastKey) }), ...consumed(table, halves / 2, o.input) };
}

function startOf(context: DynamoContext, table: Table, input: SearchInput): Item | undefined {
  if (input.ExclusiveStartKey === undefined) return undefined;
  try {
    return checkKey(table, readItem(context.blobs, input.ExclusiveStartKey));
  } catch {
    throw validation('The provided starting key is invalid');
  }
}

function tableOf(context: DynamoContext, input: SearchInput): Table {
  const table = activeTable(context, input.TableName);
  if (input.IndexName !== undefined) throw validation(`The table does not have the specified index: ${input.IndexName}`);
  if (input.Select === 'ALL_PROJECTED_ATTRIBUTES') throw new NotModelled('dynamodb', 'Select ALL_PROJECTED_ATTRIBUTES', 'Tables have no indexes here.');
  return table;
}

/** One value of the partition key, and a condition on the sort key. */
interface KeyCondition {
  readonly hash: Value;
  readonly range: Condition | undefined;
}

function keyConditionOf(table: Table, condition: Condition): KeyCondition {
  const parts = flat(condition);
  const hash = parts.find((part) => part.kind === 'compare' && part.left.kind === 'path' && part.left.path.length === 1 && part.left.path[0] === table.hash.name);
  const others = parts.filter((part) => part !== hash);
  const unknown = parts.flatMap(attributesIn).some((name) => name !== table.hash.name && name !== table.range?.name);
  if (hash === undefined) throw validation(`Query condition missed key schema element: ${table.hash.name}`);
  if (unknown || others.length > 1) throw validation(others.length > 1 ? 'Conditions can be of length 1 or 2 only' : `Query condition missed key schema element: ${table.range?.name ?? table.hash.name}`);
  if (hash.kind !== 'compare' || hash.comparator !== '=' || hash.right.kind !== 'value') throw validation('Query key condition not supported');
  if (typeOf(hash.right.value) !== table.hash.type) throw validation('One or more parameter values were invalid: Condition parameter type does not match schema type');
  const [range] = others;
  const allowed = range === undefined || range.kind === 'begins' || range.kind === 'between' || (range.kind === 'compare' && range.comparator !== '<>');
  if (!allowed) throw validation('Query key condition not supported');
  return { hash: hash.right.value, range };
}
function flat(condition: Condition): readonly Condition[] {
  if (condition.kind === 'and') return [...flat(condition.left), ...flat(condition.right)];
  if (condition.kind === 'or' || condition.kind === 'not') throw validation(`Invalid operator used in KeyConditionExpression: ${condition.kind.toUpperCase()}`);
  return [condition];
}

function query(context: DynamoContext, input: SearchInput & { readonly KeyConditionExpression?: string | undefined; readonly ScanIndexForward?: boolean | undefined }): object {
  const expressions = new Expressions(context.blobs, input);
  const keyCondition = expressions.condition(input.KeyConditionExpression, 'KeyConditionExpression');
  if (keyCondition === undefined) throw validation('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  const filter = expressions.condition(input.FilterExpression, 'FilterExpression');
  const paths = expressions.projection(input.ProjectionExpression);
  expressions.finish();
  const table = tableOf(context, input);
  const { hash, range } = keyConditionOf(table, keyCondition);
  const ofKey = filter && attributesIn(filter).find((name) => name === table.hash.name || name === table.range?.name);
  if (ofKey !== undefined) throw validation(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${ofKey}`);
  const search = { table, filter, paths, startKey: startOf(context, table, input) };
  const forward = input.ScanIndexForward ?? true;
  const all = partitionOf(table, { [table.hash.name]: hash })?.items ?? [];
  const { startKey } = search;
  const items = (forward ? all : all.toReversed()).filter(({ item }) => (range === undefined || holds(range, item)) && (startKey === undefined || compareRange(table, item, startKey) * (forward ? 1 : -1) > 0));
  return answer(context, search, pageOf(items, search, input.Limit), { input, kind: 'dynamodb.ItemsQueried' });
}

/** All items by the places of their partitions, from after `startKey`; of one segment in a parallel scan. */
function* scanned(search: Search, segment: { readonly at: number; readonly of: number } | undefined): Iterable<StoredItem> {
  const { table, startKey } = search;
  const after = startKey && placeOf(table, startKey);
  for (const { place, items } of table.partitions) {
    if (after !== undefined && place < after) continue;
    if (segment !== undefined && Math.floor((Number.parseInt(place.slice(0, 8), 16) * segment.of) / 0x1_0000_0000) !== segment.at) continue;
    for (const stored of items) if (startKey === undefined || place !== after || compareRange(table, stored.item, startKey) > 0) yield stored;
  }
}

function scan(context: DynamoContext, input: SearchInput & { readonly Segment?: number | undefined; readonly TotalSegments?: number | undefined }): object {
  const expressions = new Expressions(context.blobs, input);
  const filter = expressions.condition(input.FilterExpression, 'FilterExpression');
  const paths = expressions.projection(input.ProjectionExpression);
  expressions.finish();
  const { Segment: at, TotalSegments: of } = input;
  if (of !== undefined && at === undefined) throw validation('The Segment parameter is required but was not present in the request when parameter TotalSegments is present');
  if (at !== undefined && of === undefined) throw validation('The TotalSegments parameter is required but was not present in the request when Segment parameter is present');
  if (at !== undefined && of !== undefined && at >= of) throw validation(`The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${at} is not less than TotalSegments: ${of}`);
  const table = tableOf(context, input);
  const search = { table, filter, paths, startKey: startOf(context, table, input) };
  const items = scanned(search, at === undefined || of === undefined ? undefined : { at, of });
  return answer(context, search, pageOf(items, search, input.Limit), { input, kind: 'dynamodb.TableScanned' });
}

export const searchOperations: OperationTable<DynamoState, DynamoTuning> = {
  Query: operation({
    input: searchMembers.extend({ KeyConditionExpression: z.string().optional(), ScanIndexForward: z.boolean().optional() }),
    action: 'dynamodb:Query',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    pages: { inputToken: 'ExclusiveStartKey', outputToken: 'LastEvaluatedKey', pageSize: 'Limit' },
    handle: query,
  }),
  Scan: operation({
    input: searchMembers.extend({ Segment: z.int().min(0).optional(), TotalSegments: z.int().min(1).max(DYNAMODB.scanSegmentsMax).optional() }),
    action: 'dynamodb:Scan',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    simplified: ['A scan goes by the MD5 of the partition key; AWS’s own order is another one, and as arbitrary.'],
    pages: { inputToken: 'ExclusiveStartKey', outputToken: 'LastEvaluatedKey', pageSize: 'Limit' },
    handle: scan,
  }),
};
