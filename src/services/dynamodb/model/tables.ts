/** CreateTable, DescribeTable, UpdateTable, DeleteTable, ListTables: on-demand tables with a partition key and perhaps a sort key. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { NotModelled } from '../../../sim/errors.ts';
import { DEFERRED, portCallOf } from '../../../sim/ports/ports.ts';
import { operation } from '../../../sim/service.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { msToUs } from '../../../sim/units.ts';
import { dateValue } from '../../../sim/values.ts';
import { invalidParameters, tableInUse, tableNotFound, validation } from './errors.ts';
import { SOURCE, tableName } from './requests.ts';
import { nameOf, tableArn } from './state.ts';
import { checkStream, closeStream, describeStream, setStream } from './streams/changes.ts';
import type { DynamoContext, DynamoState, DynamoTuning, KeyAttribute, KeyType, Table } from './state.ts';

const byName = (context: DynamoContext, input: { TableName: string }): string => tableArn(context, input.TableName);
const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));
const streamSpecification = z.object({ StreamEnabled: z.boolean(), StreamViewType: z.string().optional() }).optional();
const createInput = tableName.extend({
  KeySchema: z.array(z.object({ AttributeName: z.string().min(1).max(255), KeyType: z.enum(['HASH', 'RANGE']) })).min(1).max(2),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string().min(1).max(255), AttributeType: z.enum(['S', 'N', 'B']) })),
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  ProvisionedThroughput: z.unknown().optional(),
  OnDemandThroughput: z.unknown().optional(),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  LocalSecondaryIndexes: z.array(z.unknown()).optional(),
  StreamSpecification: streamSpecification,
  SSESpecification: z.unknown().optional(),
  TableClass: z.string().optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  ResourcePolicy: z.string().optional(),
  Tags: tags.optional(),
  WaitForDeleted: z.boolean().optional(),
});
type CreateInput = z.infer<typeof createInput>;

/** Members of UpdateTable that AWS has and the model has not. */
const UPDATES_UNMODELLED = ['AttributeDefinitions', 'ProvisionedThroughput', 'GlobalSecondaryIndexUpdates', 'SSESpecification', 'ReplicaUpdates', 'TableClass', 'MultiRegionConsistency', 'GlobalTableWitnessUpdates', 'OnDemandThroughput', 'WarmThroughput'] as const;

function refuseUnmodelled(input: CreateInput): void {
  const refuse = (what: string, hint = ''): never => {
    throw new NotModelled('dynamodb', what, hint);
  };
  if (input.BillingMode !== 'PAY_PER_REQUEST' && input.ProvisionedThroughput === undefined) throw invalidParameters('ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED');
  if (input.BillingMode !== 'PAY_PER_REQUEST') refuse('provisioned capacity', 'Use BillingMode PAY_PER_REQUEST.');
  if (input.ProvisionedThroughput !== undefined) throw invalidParameters('Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST');
  if ((input.GlobalSecondaryIndexes ?? []).length > 0) refuse('global secondary indexes');
  if ((input.LocalSecondaryIndexes ?? []).length > 0) refuse('local secondary indexes');
  for (const member of ['OnDemandThroughput', 'SSESpecification', 'ResourcePolicy'] as const) if (input[member] !== undefined) refuse(`${member} of a table`);
  if ((input.TableClass ?? 'STANDARD') !== 'STANDARD') refuse(`the table class ${input.TableClass ?? ''}`);
}

function keysOf(input: CreateInput): { readonly hash: KeyAttribute; readonly range: KeyAttribute | undefined } {
  const [first, second] = input.KeySchema;
  if (first?.KeyType !== 'HASH') throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second !== undefined && second.KeyType !== 'RANGE') throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  if (second?.AttributeName === first.AttributeName) throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  const names = input.KeySchema.map(({ AttributeName }) => AttributeName);
  const defined = new Map(input.AttributeDefinitions.map(({ AttributeName, AttributeType }): [string, KeyType] => [AttributeName, AttributeType]));
  const missing = names.filter((name) => !defined.has(name));
  if (missing.length > 0) throw invalidParameters(`Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${[...defined.keys()].join(', ')}]`);
  if (defined.size !== names.length) throw invalidParameters(`Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`);
  const [hash, range] = names.map((name): KeyAttribute => ({ name, type: defined.get(name)! }));
  return { hash: hash!, range };
}

function create(context: DynamoContext, input: CreateInput, call: Call): object {
  const name = input.TableName;
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(name)) throw validation(`1 validation error detected: Value '${name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`);
  refuseUnmodelled(input);
  checkStream(input.StreamSpecification, undefined);
  const { hash, range } = keysOf(input);
  const existing = context.state.tables.get(name);
  if (existing?.status === 'DELETING' && input.WaitForDeleted === true) {
    existing.waiting = [...existing.waiting, { operation: 'CreateTable', input, call: portCallOf(call) }];
    return DEFERRED;
  }
  if (existing !== undefined) throw tableInUse(`Table already exists: ${name}`);
  const waitUs = msToUs(context.tuning.createMs);
  const table: Table = {
    name,
    arn: tableArn(context, name),
    id: context.uuid('dynamodb.table'),
    hash,
    range,
    status: waitUs > 0 ? 'CREATING' : 'ACTIVE',
    createdMs: context.epochMs,
    deletionProtected: input.DeletionProtectionEnabled === true,
    ttl: undefined,
    sweepAtUs: undefined,
    sweepEntry: undefined,
    partitions: [],
    itemCount: 0,
    bytes: 0,
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    streamArn: undefined,
    waiting: [],
    totals: { reads: 0, writes: 0, refused: 0, expired: 0 },
  };
  context.state.tables.set(name, table);
  const seq = context.emit('dynamodb.TableCreated', table.arn, { name, key: range === undefined ? hash.name : `${hash.name} and ${range.name}` });
  if (input.StreamSpecification?.StreamEnabled === true) setStream(context, table, input.StreamSpecification);
  if (waitUs > 0) context.schedule(waitUs, 'active', { table: name }, { cause: [seq] });
  return { TableDescription: describe(context, table) };
}

/** Does what was asked for meanwhile, and answers. */
function serveWaiting(context: DynamoContext, waiting: Table['waiting'], seq: number): void {
  for (const { operation: name, input, call } of waiting) {
    const outcome = context.api('dynamodb', name, input, { ...call, cause: [...call.cause, seq] });
    if (outcome.kind !== 'deferred') context.reply(call.replyTo, outcome);
  }
}

/** Agenda: a new table takes reads and writes. */
export function onActive(context: DynamoContext, payload: { readonly table: string }): void {
  const table = context.state.tables.get(payload.table);
  if (table?.status !== 'CREATING') return;
  table.status = 'ACTIVE';
  const { waiting } = table;
  table.waiting = [];
  serveWaiting(context, waiting, context.emit('dynamodb.TableActive', table.arn, {}));
}

/** Agenda: a deleted table is gone. */
export function onGone(context: DynamoContext, payload: { readonly table: string }): void {
  const table = context.state.tables.get(payload.table);
  if (table?.status !== 'DELETING') return;
  context.state.tables.delete(table.name);
  if (table.sweepEntry !== undefined) context.cancel(table.sweepEntry);
  serveWaiting(context, table.waiting, context.emit('dynamodb.TableDeleted', table.arn, { lost: table.itemCount }));
}

function remove(context: DynamoContext, input: { readonly TableName: string }): object {
  const table = context.state.tables.get(nameOf(input.TableName));
  if (table === undefined) throw tableNotFound(nameOf(input.TableName));
  if (table.status !== 'ACTIVE') throw tableInUse(`Attempt to change a resource which is still in use: Table is being ${table.status === 'CREATING' ? 'created' : 'deleted'}: ${table.name}`);
  if (table.deletionProtected) throw validation(`Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`);
  table.status = 'DELETING';
  closeStream(context, table);
  const seq = context.emit('dynamodb.TableDeleting', table.arn, { items: table.itemCount });
  const description = describe(context, table);
  const waitUs = msToUs(context.tuning.deleteMs);
  context.schedule(waitUs, 'gone', { table: table.name }, { cause: [seq] });
  return { TableDescription: description };
}

/** Members of a TableDescription. ItemCount and TableSizeBytes are of this moment. */
function describe(context: DynamoContext, table: Table): Record<string, unknown> {
  const keys = table.range === undefined ? [table.hash] : [table.hash, table.range];
  return {
    AttributeDefinitions: keys.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    TableName: table.name,
    KeySchema: keys.map(({ name }, at) => ({ AttributeName: name, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    TableStatus: table.status,
    CreationDateTime: dateValue(table.createdMs),
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    TableSizeBytes: table.bytes,
    ItemCount: table.itemCount,
    TableArn: table.arn,
    TableId: table.id,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    DeletionProtectionEnabled: table.deletionProtected,
    ...describeStream(context, table),
  };
}

const updateInput = tableName.extend({
  StreamSpecification: streamSpecification,
  DeletionProtectionEnabled: z.boolean().optional(),
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).optional(),
  WaitForActive: z.boolean().optional(),
  ...(Object.fromEntries(UPDATES_UNMODELLED.map((member) => [member, z.unknown().optional()])) as Record<(typeof UPDATES_UNMODELLED)[number], z.ZodOptional<z.ZodUnknown>>),
});

function update(context: DynamoContext, input: z.infer<typeof updateInput>, call: Call): object | typeof DEFERRED {
  const unmodelled = UPDATES_UNMODELLED.find((member) => input[member] !== undefined);
  if (unmodelled !== undefined) throw new NotModelled('dynamodb', `UpdateTable with ${unmodelled}`);
  if (input.BillingMode === 'PROVISIONED') throw new NotModelled('dynamodb', 'provisioned capacity', 'Use BillingMode PAY_PER_REQUEST.');
  const table = context.state.tables.get(nameOf(input.TableName));
  if (table === undefined) throw tableNotFound(nameOf(input.TableName));
  if (table.status === 'CREATING' && input.WaitForActive === true) {
    table.waiting = [...table.waiting, { operation: 'UpdateTable', input, call }];
    return DEFERRED;
  }
  if (table.status !== 'ACTIVE') throw tableInUse(`Attempt to change a resource which is still in use: Table is being ${table.status === 'CREATING' ? 'created' : 'deleted'}: ${table.name}`);
  if (input.StreamSpecification === undefined && input.DeletionProtectionEnabled === undefined && input.BillingMode === undefined) throw validation('At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required');
  checkStream(input.StreamSpecification, table);
  setStream(context, table, input.StreamSpecification);
  table.deletionProtected = input.DeletionProtectionEnabled ?? table.deletionProtected;
  return { TableDescription: describe(context, table) };
}

export const tableOperations: OperationTable<DynamoState, DynamoTuning> = {
  CreateTable: operation({
    input: createInput,
    action: 'dynamodb:CreateTable',
    resource: byName,
    writes: true,
    errors: ['ResourceInUseException', 'LimitExceededException', 'ValidationException'],
    source: SOURCE,
    simplified: ['A table is CREATING for six seconds; AWS promises nothing.', 'With WaitForDeleted (ours) it waits until a table of that name that is being deleted is gone.'],
    handle: create,
  }),
  DescribeTable: operation({
    input: tableName,
    action: 'dynamodb:DescribeTable',
    resource: byName,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    simplified: ['ItemCount and TableSizeBytes are of this moment; on AWS they are up to six hours old.'],
    handle: (context: DynamoContext, input) => {
      const table = context.state.tables.get(nameOf(input.TableName));
      if (table === undefined) throw tableNotFound(nameOf(input.TableName));
      return { Table: describe(context, table) };
    },
  }),
  UpdateTable: operation({
    input: updateInput,
    action: 'dynamodb:UpdateTable',
    resource: byName,
    writes: true,
    errors: ['ResourceInUseException', 'ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    simplified: ['An update of a table is complete at once; AWS shows it as UPDATING for some seconds.', 'A stream has one shard, which is never split, and may have any number of readers; the API of streams itself (GetRecords, …) is not modelled: functions read them through mappings.', 'With WaitForActive (ours) it waits for a table that is being created.'],
    handle: update,
  }),
  DeleteTable: operation({
    input: tableName,
    action: 'dynamodb:DeleteTable',
    resource: byName,
    writes: true,
    errors: ['ResourceInUseException', 'ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    handle: remove,
  }),
  ListTables: operation({
    input: z.object({ ExclusiveStartTableName: z.string().optional(), Limit: z.int().min(1).max(100).optional() }),
    action: 'dynamodb:ListTables',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    pages: { inputToken: 'ExclusiveStartTableName', outputToken: 'LastEvaluatedTableName' },
    handle: (context: DynamoContext, input) => {
      const names = [...context.state.tables.keys()].sort().filter((name) => input.ExclusiveStartTableName === undefined || name > input.ExclusiveStartTableName);
      const page = names.slice(0, input.Limit ?? 100);
      return { TableNames: page, ...(page.length < names.length ? { LastEvaluatedTableName: page[page.length - 1] } : {}) };
    },
  }),
};
