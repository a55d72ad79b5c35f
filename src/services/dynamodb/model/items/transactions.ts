/** TransactWriteItems and TransactGetItems: all or nothing, with a reason for each part when it is nothing. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import { operation } from '../../../../sim/service.ts';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { secToUs } from '../../../../sim/units.ts';
import { transactionCancelled, validation } from '../errors.ts';
import type { CancellationReason } from '../errors.ts';
import { project } from '../expressions/apply-update.ts';
import { checkKey } from '../keys.ts';
import { DYNAMODB } from '../limits.ts';
import { capacityMembers, conditionMembers, Expressions, itemMember, keyMember, placeholderMembers, readHalves, SOURCE, tableName } from '../requests.ts';
import { activeTable, findItem } from '../state.ts';
import type { DynamoContext, DynamoState, DynamoTuning, StoredItem } from '../state.ts';
import { itemBytes, readItem, writeItem } from '../values.ts';
import type { Item } from '../values.ts';
import { authorizeAll } from './batches.ts';
import { emitRead } from './item-operations.ts';
import { commit, emitRefusal, passes, planWrite } from './writing.ts';
import type { WritePlan } from './writing.ts';

const part = tableName.extend({ ...placeholderMembers.shape, ...conditionMembers.shape });
const writeInput = z.object({
  TransactItems: z.array(
    z.object({
      Put: part.extend(itemMember.shape).optional(),
      Update: part.extend({ ...keyMember.shape, UpdateExpression: z.string() }).optional(),
      Delete: part.extend(keyMember.shape).optional(),
      ConditionCheck: part.extend({ ...keyMember.shape, ConditionExpression: z.string() }).optional(),
    }),
  ),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnItemCollectionMetrics: z.string().optional(),
  ...capacityMembers.shape,
});
type WriteInput = z.infer<typeof writeInput>;

const KINDS = [
  ['Put', 'put', 'dynamodb:PutItem'],
  ['Update', 'update', 'dynamodb:UpdateItem'],
  ['Delete', 'delete', 'dynamodb:DeleteItem'],
  ['ConditionCheck', 'check', 'dynamodb:ConditionCheckItem'],
] as const;

function checkCount(count: number): void {
  const word = count === 0 ? 'greater than or equal to 1' : `less than or equal to ${DYNAMODB.transactionMax}`;
  if (count === 0 || count > DYNAMODB.transactionMax) throw validation(`1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length ${word}`);
}

/** True when this token has already done just this. */
function alreadyDone(context: DynamoContext, input: WriteInput): boolean {
  if (input.ClientRequestToken === undefined) return false;
  const known = context.state.tokens.get(input.ClientRequestToken);
  if (known === undefined || known.untilUs <= context.now) return false;
  if (known.request !== JSON.stringify(input.TransactItems)) throw new AwsError('IdempotentParameterMismatchException', 'Request parameters do not match the parameters of an earlier request with the same client request token');
  return true;
}

function transactWrite(context: DynamoContext, input: WriteInput, call: Call): object {
  checkCount(input.TransactItems.length);
  const parts = input.TransactItems.map((item) => {
    const given = KINDS.filter(([member]) => item[member] !== undefined);
    const [kind] = given;
    if (kind === undefined || given.length > 1) throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
    return { member: kind[0], operation: kind[1], action: kind[2], input: item[kind[0]]! };
  });
  authorizeAll(context, call, parts.map((one) => [one.action, one.input.TableName] as const));
  if (alreadyDone(context, input)) return {};
  const plans = parts.map((one) => planWrite(context, one.operation, one.input));
  if (new Set(plans.map(({ table, key }) => `${table.name} ${JSON.stringify(key)}`)).size !== plans.length) throw validation('Transaction request cannot include multiple operations on one item');
  const judged = plans.map((plan): Judged => judge(plan, findItem(plan.table, plan.key)));
  if (judged.some(({ reason }) => reason.Code !== 'None')) {
    for (const { plan, before, reason } of judged) if (reason.Code === 'ConditionalCheckFailed') emitRefusal(context, plan, before);
    context.emit('dynamodb.TransactionCancelled', plans[0]!.table.arn, { parts: plans.length, reasons: judged.map(({ reason }) => reason.Code).join(', ') });
    throw transactionCancelled(judged.map(({ reason }) => reason));
  }
  if (judged.reduce((sum, { after }) => sum + (after === undefined ? 0 : itemBytes(after)), 0) > DYNAMODB.transactionBytesMax) throw validation('Transaction request exceeds the maximum size of 4 MB');
  const units = new Map<string, number>();
  for (const { plan, after } of judged) {
    const used = plan.operation === 'check' ? 2 : commit(context, plan, { after, factor: 2 }).units;
    units.set(plan.table.name, (units.get(plan.table.name) ?? 0) + used);
  }
  if (input.ClientRequestToken !== undefined) context.state.tokens.set(input.ClientRequestToken, { request: JSON.stringify(input.TransactItems), untilUs: context.now + secToUs(DYNAMODB.tokenSec) });
  return (input.ReturnConsumedCapacity ?? 'NONE') === 'NONE' ? {} : { ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits, WriteCapacityUnits: CapacityUnits })) };
}

interface Judged {
  readonly plan: WritePlan;
  readonly before: StoredItem | undefined;
  readonly after: Item | undefined;
  readonly reason: CancellationReason;
}

function judge(plan: WritePlan, before: StoredItem | undefined): Judged {
  const refused = (reason: CancellationReason): Judged => ({ plan, before, after: undefined, reason });
  if (!passes(plan, before)) return refused({ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...(plan.returnOld && before !== undefined ? { Item: writeItem(before.item) } : {}) });
  try {
    return { plan, before, after: plan.after(before?.item), reason: { Code: 'None' } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refused({ Code: 'ValidationError', Message: error.message });
  }
}

const getInput = z.object({
  TransactItems: z.array(z.object({ Get: tableName.extend({ ...keyMember.shape, ProjectionExpression: z.string().optional(), ExpressionAttributeNames: placeholderMembers.shape.ExpressionAttributeNames }) })),
  ...capacityMembers.shape,
});

function transactGet(context: DynamoContext, input: z.infer<typeof getInput>, call: Call): object {
  checkCount(input.TransactItems.length);
  authorizeAll(context, call, input.TransactItems.map(({ Get }) => ['dynamodb:GetItem', Get.TableName] as const));
  const responses = input.TransactItems.map(({ Get }) => {
    const expressions = new Expressions(context.blobs, Get);
    const paths = expressions.projection(Get.ProjectionExpression);
    expressions.finish();
    const table = activeTable(context, Get.TableName);
    const key = checkKey(table, readItem(context.blobs, Get.Key));
    const stored = findItem(table, key);
    emitRead(context, table, key, { stored, halves: readHalves(stored?.bytes ?? 0, true) * 2 });
    return stored === undefined ? {} : { Item: writeItem(paths === undefined ? stored.item : project(stored.item, paths)) };
  });
  return { Responses: responses };
}

export const transactionOperations: OperationTable<DynamoState, DynamoTuning> = {
  TransactWriteItems: operation({
    input: writeInput,
    action: 'dynamodb:PutItem',
    judgesItself: true,
    resource: () => '*',
    writes: true,
    errors: ['IdempotentParameterMismatchException', 'ResourceNotFoundException', 'TransactionCanceledException', 'TransactionConflictException', 'TransactionInProgressException', 'ValidationException'],
    source: SOURCE,
    simplified: ['Transactions never meet each other: TransactionConflict does not occur.'],
    handle: transactWrite,
  }),
  TransactGetItems: operation({ input: getInput, action: 'dynamodb:GetItem', judgesItself: true, resource: () => '*', writes: true, errors: ['ResourceNotFoundException', 'TransactionCanceledException', 'ValidationException'], source: SOURCE, handle: transactGet }),
};
