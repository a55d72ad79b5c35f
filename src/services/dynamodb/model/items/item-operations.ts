/** PutItem, GetItem, UpdateItem, DeleteItem. */
import { z } from 'zod';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { project } from '../expressions/apply-update.ts';
import { checkKey } from '../keys.ts';
import { capacityMembers, conditionMembers, consumed, Expressions, itemMember, keyMember, placeholderMembers, readHalves, readMembers, SOURCE, tableName } from '../requests.ts';
import { activeTable, findItem, keyText, subjectOf, tableArn } from '../state.ts';
import type { DynamoContext, DynamoState, DynamoTuning, StoredItem, Table } from '../state.ts';
import { readItem, writeItem } from '../values.ts';
import type { Item } from '../values.ts';
import { planWrite, write } from './writing.ts';

const byName = (context: DynamoContext, input: { TableName: string }): string => tableArn(context, input.TableName);
const WRITE_ERRORS = ['ConditionalCheckFailedException', 'ResourceNotFoundException', 'ValidationException'];
const returned = (item: Item | undefined): { Attributes?: object } => (item === undefined || Object.keys(item).length === 0 ? {} : { Attributes: writeItem(item) });
const only = (item: Item | undefined, names: readonly string[]): Item | undefined => item && Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
const STALE = 'Every read sees the newest write; on AWS an eventually consistent read may miss the last moments.';

/** Counts a read of one item and shows it in the trace. */
export function emitRead(context: DynamoContext, table: Table, key: Item, o: { readonly stored: StoredItem | undefined; readonly halves: number }): void {
  const text = keyText(table, key);
  table.totals.reads++;
  const cause = o.stored === undefined ? context.cause : [...new Set([...context.cause, o.stored.seq])];
  const to = { cause, subjects: [subjectOf(table, text)] };
  if (o.stored === undefined) context.emit('dynamodb.ItemMissed', table.arn, { key: text, halves: o.halves }, to);
  else context.emit('dynamodb.ItemRead', table.arn, { key: text, halves: o.halves, bytes: o.stored.bytes }, to);
}

export const itemOperations: OperationTable<DynamoState, DynamoTuning> = {
  PutItem: operation({
    input: tableName.extend({ ...itemMember.shape, ...placeholderMembers.shape, ...conditionMembers.shape, ...capacityMembers.shape, ReturnValues: z.enum(['NONE', 'ALL_OLD'], 'Return values set to invalid value').optional() }),
    action: 'dynamodb:PutItem',
    resource: byName,
    writes: true,
    errors: WRITE_ERRORS,
    source: SOURCE,
    handle: (context: DynamoContext, input) => {
      const plan = planWrite(context, 'put', input);
      const { before, units } = write(context, plan);
      return { ...(input.ReturnValues === 'ALL_OLD' ? returned(before) : {}), ...consumed(plan.table, units, input) };
    },
  }),
  UpdateItem: operation({
    input: tableName.extend({
      ...keyMember.shape,
      ...placeholderMembers.shape,
      ...conditionMembers.shape,
      ...capacityMembers.shape,
      UpdateExpression: z.string().optional(),
      AttributeUpdates: z.unknown().optional(),
      ReturnValues: z.enum(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW']).optional(),
    }),
    action: 'dynamodb:UpdateItem',
    resource: byName,
    writes: true,
    errors: WRITE_ERRORS,
    source: SOURCE,
    simplified: ['UPDATED_OLD and UPDATED_NEW give back whole top-level attributes, also where only a part of one was changed.'],
    handle: (context: DynamoContext, input) => {
      const plan = planWrite(context, 'update', input);
      const { before, after, units } = write(context, plan);
      const item = { NONE: undefined, ALL_OLD: before, ALL_NEW: after, UPDATED_OLD: only(before, plan.touched), UPDATED_NEW: only(after, plan.touched) }[input.ReturnValues ?? 'NONE'];
      return { ...returned(item), ...consumed(plan.table, units, input) };
    },
  }),
  DeleteItem: operation({
    input: tableName.extend({ ...keyMember.shape, ...placeholderMembers.shape, ...conditionMembers.shape, ...capacityMembers.shape, ReturnValues: z.enum(['NONE', 'ALL_OLD'], 'Return values set to invalid value').optional() }),
    action: 'dynamodb:DeleteItem',
    resource: byName,
    writes: true,
    errors: WRITE_ERRORS,
    source: SOURCE,
    handle: (context: DynamoContext, input) => {
      const plan = planWrite(context, 'delete', input);
      const { before, units } = write(context, plan);
      return { ...(input.ReturnValues === 'ALL_OLD' ? returned(before) : {}), ...consumed(plan.table, units, input) };
    },
  }),
  GetItem: operation({
    input: tableName.extend({ ...keyMember.shape, ...readMembers.shape, ...capacityMembers.shape, ExpressionAttributeNames: placeholderMembers.shape.ExpressionAttributeNames }),
    action: 'dynamodb:GetItem',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    simplified: [STALE],
    handle: (context: DynamoContext, input) => {
      const expressions = new Expressions(context.blobs, input);
      const paths = expressions.projection(input.ProjectionExpression);
      expressions.finish();
      const table = activeTable(context, input.TableName);
      const key = checkKey(table, readItem(context.blobs, input.Key));
      const stored = findItem(table, key);
      const halves = readHalves(stored?.bytes ?? 0, input.ConsistentRead);
      emitRead(context, table, key, { stored, halves });
      const item = stored && (paths === undefined ? stored.item : project(stored.item, paths));
      return { ...(item === undefined ? {} : { Item: writeItem(item) }), ...consumed(table, halves / 2, input) };
    },
  }),
};
