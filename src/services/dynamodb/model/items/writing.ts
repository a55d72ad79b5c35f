/** One write of one item: its condition, what it makes of the item, its place in the table and in the trace. Also the parts of a transaction. @simplified Texts of refusals are recalled, not recorded. */
import type { Seq } from '../../../../sim/trace.ts';
import { conditionFailed, invalidParameters, validation } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { conditionText, holds } from '../expressions/evaluate.ts';
import { parseUpdate } from '../expressions/parse-update.ts';
import type { Condition } from '../expressions/syntax.ts';
import { checkItemKey, checkKey } from '../keys.ts';
import { DYNAMODB } from '../limits.ts';
import { Expressions, writeUnits } from '../requests.ts';
import { activeTable, findItem, keyText, storeItem, subjectOf } from '../state.ts';
import type { DynamoContext, StoredItem, Table } from '../state.ts';
import { recordChange } from '../streams/changes.ts';
import { armSweep } from '../time-to-live.ts';
import { itemBytes, readItem, writeItem } from '../values.ts';
import type { Item } from '../values.ts';

/** A write before it happens: everything of the request is checked. */
export interface WritePlan {
  readonly table: Table;
  readonly key: Item;
  readonly operation: 'put' | 'update' | 'delete' | 'check';
  readonly condition: Condition | undefined;
  /** The item afterwards; undefined when there is none. */
  readonly after: (before: Item | undefined) => Item | undefined;
  readonly returnOld: boolean;
  /** Attributes that an update names, for UPDATED_OLD and UPDATED_NEW. */
  readonly touched: readonly string[];
}

interface WriteInput {
  readonly TableName: string;
  readonly Item?: unknown;
  readonly Key?: unknown;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

export function planWrite(context: DynamoContext, operation: WritePlan['operation'], input: WriteInput): WritePlan {
  const expressions = new Expressions(context.blobs, input);
  const actions = operation === 'update' ? (expressions.read(input.UpdateExpression, parseUpdate) ?? []) : [];
  const condition = expressions.condition(input.ConditionExpression);
  expressions.finish();
  const given = readItem(context.blobs, operation === 'put' ? input.Item : input.Key);
  const table = activeTable(context, input.TableName);
  if (operation === 'put') checkPut(table, given);
  else checkKey(table, given);
  const keyNames = [table.hash.name, table.range?.name];
  const key = Object.fromEntries(Object.entries(given).filter(([name]) => keyNames.includes(name)));
  for (const { path } of actions) if (keyNames.includes(path[0])) throw invalidParameters(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
  const after = {
    put: () => given,
    update: (before: Item | undefined) => checkSize(applyUpdate(before ?? key, actions)),
    delete: () => undefined,
    check: (before: Item | undefined) => before,
  }[operation];
  return { table, key, operation, condition, after, returnOld: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD', touched: [...new Set(actions.map(({ path }) => path[0]))] };
}

function checkPut(table: Table, item: Item): void {
  checkItemKey(table, item);
  if (itemBytes(item) > DYNAMODB.itemBytesMax) throw validation('Item size has exceeded the maximum allowed size');
}
function checkSize(item: Item): Item {
  if (itemBytes(item) > DYNAMODB.itemBytesMax) throw validation('Item size to update has exceeded the maximum allowed size');
  return item;
}

export const passes = (plan: WritePlan, before: StoredItem | undefined): boolean => plan.condition === undefined || holds(plan.condition, before?.item);

/** The refusal in the trace. A refused write is paid for all the same. */
export function emitRefusal(context: DynamoContext, plan: WritePlan, before: StoredItem | undefined): void {
  const { table } = plan;
  const key = keyText(table, plan.key);
  table.totals.refused++;
  // What the refusal goes back to is the write that made the item what it is.
  const cause: readonly Seq[] = before === undefined ? context.cause : [...new Set([...context.cause, before.seq])];
  context.emit('dynamodb.WriteRefused', table.arn, { key, operation: plan.operation, condition: plan.condition === undefined ? '' : conditionText(plan.condition), units: writeUnits(before?.bytes ?? 0) }, { cause, subjects: [subjectOf(table, key)] });
}

export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly units: number;
}

/** Puts it into the table and the trace. `factor` is 2 for transactions, which write twice. */
export function commit(context: DynamoContext, plan: WritePlan, o: { readonly after: Item | undefined; readonly factor?: number }): Written {
  const { table } = plan;
  const before = findItem(table, plan.key);
  const key = keyText(table, plan.key);
  const bytes = o.after === undefined ? 0 : itemBytes(o.after);
  const units = writeUnits(Math.max(bytes, before?.bytes ?? 0)) * (o.factor ?? 1);
  const items = table.itemCount + (o.after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
  const data = { key, bytes, items, units };
  const subjects = { subjects: [subjectOf(table, key)] };
  table.totals.writes++;
  let seq: Seq = 0;
  if (o.after === undefined) seq = before === undefined ? context.emit('dynamodb.NothingDeleted', table.arn, data, subjects) : context.emit('dynamodb.ItemDeleted', table.arn, data, subjects);
  else if (before === undefined) seq = context.emit('dynamodb.ItemCreated', table.arn, { ...data, operation: plan.operation }, subjects);
  else seq = context.emit(plan.operation === 'put' ? 'dynamodb.ItemReplaced' : 'dynamodb.ItemUpdated', table.arn, { ...data, attributes: plan.touched.join(', ') || 'nothing' }, subjects);
  storeItem(table, plan.key, o.after === undefined ? undefined : { item: o.after, bytes, key, writtenUs: context.now, seq });
  recordChange(context, table, { before: before?.item, after: o.after, seq });
  if (o.after !== undefined) armSweep(context, table, o.after);
  return { before: before?.item, after: o.after, units };
}

/** Judges and does one write. Throws ConditionalCheckFailedException. */
export function write(context: DynamoContext, plan: WritePlan): Written {
  const before = findItem(plan.table, plan.key);
  if (!passes(plan, before)) {
    emitRefusal(context, plan, before);
    throw conditionFailed(plan.returnOld && before !== undefined ? writeItem(before.item) : undefined);
  }
  return commit(context, plan, { after: plan.after(before?.item) });
}
