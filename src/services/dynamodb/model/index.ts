/** The DynamoDB model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { accessDenied, invalidInput } from './errors.ts';
import { batchOperations } from './items/batches.ts';
import { itemOperations } from './items/item-operations.ts';
import { searchOperations } from './items/searching.ts';
import { transactionOperations } from './items/transactions.ts';
import { notModelled } from './not-modelled.ts';
import type { DynamoState, DynamoTuning } from './state.ts';
import { streamPort } from './streams/reading.ts';
import { summarizeTable } from './summary.ts';
import { onActive, onGone, tableOperations } from './tables.ts';
import { onSweep, timeToLiveOperations } from './time-to-live.ts';
import { dynamodbTraceKinds } from './trace-kinds.ts';

/** @source AWS SDK for JavaScript 3, client-dynamodb, waiters */
const waiters = [
  { name: 'TableExists', operation: 'DescribeTable', delaySec: 20, acceptors: [{ state: 'success', path: 'Table.TableStatus', equals: 'ACTIVE' }, { state: 'retry', error: 'ResourceNotFoundException' }] },
  { name: 'TableNotExists', operation: 'DescribeTable', delaySec: 20, acceptors: [{ state: 'success', error: 'ResourceNotFoundException' }] },
] as const;

export const model = defineModel<DynamoState, DynamoTuning>({
  id: 'dynamodb',
  initialState: () => ({ tables: new Map(), streams: new Map(), tokens: new Map() }),
  tuning: { aws: { createMs: 6_000, deleteMs: 4_000, sweepMs: 600_000 }, ideal: { createMs: 0, deleteMs: 0, sweepMs: 0 } },
  operations: { ...tableOperations, ...itemOperations, ...searchOperations, ...batchOperations, ...transactionOperations, ...timeToLiveOperations },
  notModelled,
  entries: { active: onActive, gone: onGone, sweep: onSweep },
  provides: { stream: streamPort },
  traceKinds: dynamodbTraceKinds,
  accessDenied,
  invalidInput,
  resources: (context) => [...context.state.tables.values()].map((table) => table.arn),
  summarize: summarizeTable,
  sdk: { packageName: '@aws-sdk/client-dynamodb', clientName: 'DynamoDBClient', protocol: 'json-1.0', targetPrefix: 'DynamoDB_20120810', blobMembers: ['B', 'BS'], apiVersion: '2012-08-10', waiters },
});
