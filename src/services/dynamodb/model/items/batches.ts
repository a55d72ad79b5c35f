/** BatchGetItem and BatchWriteItem: many items in one call, each on its own; no conditions. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { operation } from '../../../../sim/service.ts';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { validation } from '../errors.ts';
import { project } from '../expressions/apply-update.ts';
import { checkKey } from '../keys.ts';
import { DYNAMODB } from '../limits.ts';
import { capacityMembers, Expressions, itemMember, keyMember, placeholderMembers, readHalves, readMembers, SOURCE } from '../requests.ts';
import { activeTable, findItem, tableArn } from '../state.ts';
import type { DynamoContext, DynamoState, DynamoTuning } from '../state.ts';
import { readItem, writeItem } from '../values.ts';
import { emitRead } from './item-operations.ts';
import { planWrite, write } from './writing.ts';

/** Every table of a call needs the right. */
export function authorizeAll(context: DynamoContext, call: Call, rights: Iterable<readonly [action: string, table: string]>): void {
  for (const [action, table] of rights) {
    const decision = context.authorize(call.principal, action, tableArn(context, table));
    if (!decision.allowed) throw context.deny(decision, 'dynamodb');
  }
}

const capacities = (units: ReadonlyMap<string, number>, input: { readonly ReturnConsumedCapacity?: string | undefined }): object =>
  (input.ReturnConsumedCapacity ?? 'NONE') === 'NONE' ? {} : { ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits })) };

const writeInput = z.object({
  RequestItems: z.record(z.string(), z.array(z.object({ PutRequest: itemMember.optional(), DeleteRequest: keyMember.optional() }))),
  ReturnItemCollectionMetrics: z.string().optional(),
  ...capacityMembers.shape,
});

function batchWrite(context: DynamoContext, input: z.infer<typeof writeInput>, call: Call): object {
  const requests = Object.entries(input.RequestItems).flatMap(([TableName, list]) => list.map((request) => ({ TableName, request })));
  if (requests.length === 0) throw validation('The batch write request list cannot be empty');
  if (requests.length > DYNAMODB.batchWriteMax) throw validation('Too many items requested for the BatchWriteItem call');
  authorizeAll(context, call, Object.keys(input.RequestItems).map((table) => ['dynamodb:BatchWriteItem', table] as const));
  const plans = requests.map(({ TableName, request: { PutRequest: put, DeleteRequest: remove } }) => {
    if ((put === undefined) === (remove === undefined)) throw validation('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
    return put === undefined ? planWrite(context, 'delete', { TableName, ...remove }) : planWrite(context, 'put', { TableName, ...put });
  });
  if (new Set(plans.map(({ table, key }) => `${table.name} ${JSON.stringify(key)}`)).size !== plans.length) throw validation('Provided list of item keys contains duplicates');
  const units = new Map<string, number>();
  for (const plan of plans) units.set(plan.table.name, (units.get(plan.table.name) ?? 0) + write(context, plan).units);
  return { UnprocessedItems: {}, ...capacities(units, input) };
}

const getInput = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.record(z.string(), z.unknown())), ExpressionAttributeNames: placeholderMembers.shape.ExpressionAttributeNames, ...readMembers.shape })),
  ...capacityMembers.shape,
});

function batchGet(context: DynamoContext, input: z.infer<typeof getInput>, call: Call): object {
  const count = Object.values(input.RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
  if (count === 0) throw validation('The batch get request list cannot be empty');
  if (count > DYNAMODB.batchGetMax) throw validation('Too many items requested for the BatchGetItem call');
  authorizeAll(context, call, Object.keys(input.RequestItems).map((table) => ['dynamodb:BatchGetItem', table] as const));
  const responses: Record<string, object[]> = {};
  const left: Record<string, object> = {};
  const units = new Map<string, number>();
  let bytes = 0;
  for (const [TableName, request] of Object.entries(input.RequestItems)) {
    const expressions = new Expressions(context.blobs, request);
    const paths = expressions.projection(request.ProjectionExpression);
    expressions.finish();
    const table = activeTable(context, TableName);
    const keys = request.Keys.map((key) => checkKey(table, readItem(context.blobs, key)));
    if (new Set(keys.map((key) => JSON.stringify(key))).size !== keys.length) throw validation('Provided list of item keys contains duplicates');
    const found: object[] = [];
    const unprocessed: object[] = [];
    for (const key of keys) {
      const stored = findItem(table, key);
      if (bytes + (stored?.bytes ?? 0) > DYNAMODB.batchGetBytesMax) {
        unprocessed.push(writeItem(key));
        continue;
      }
      bytes += stored?.bytes ?? 0;
      const halves = readHalves(stored?.bytes ?? 0, request.ConsistentRead);
      units.set(table.name, (units.get(table.name) ?? 0) + halves / 2);
      emitRead(context, table, key, { stored, halves });
      if (stored !== undefined) found.push(writeItem(paths === undefined ? stored.item : project(stored.item, paths)));
    }
    responses[TableName] = found;
    if (unprocessed.length > 0) left[TableName] = { ...request, Keys: unprocessed };
  }
  return { Responses: responses, UnprocessedKeys: left, ...capacities(units, input) };
}

const ERRORS = ['ResourceNotFoundException', 'ValidationException'];
export const batchOperations: OperationTable<DynamoState, DynamoTuning> = {
  BatchWriteItem: operation({ input: writeInput, action: 'dynamodb:BatchWriteItem', judgesItself: true, resource: () => '*', writes: true, errors: ERRORS, source: SOURCE, simplified: ['No item is left unprocessed: tables are never too busy here.'], handle: batchWrite }),
  BatchGetItem: operation({ input: getInput, action: 'dynamodb:BatchGetItem', judgesItself: true, resource: () => '*', writes: true, errors: ERRORS, source: SOURCE, handle: batchGet }),
};
