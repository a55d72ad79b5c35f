/** DynamoDB on the canvas: a table's key and time to live, what reads and writes cost, what is drawn of it. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, MetricDatum, ScenarioNode } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';

const KEY_NAME = 'A key attribute has 1 to 255 characters.';
const keyType = z.enum(['S', 'N', 'B']).default('S');
const config = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'A table name has 3 to 255 letters, digits, -, _ or dots.')
    .meta({ label: 'Name', group: 'Table' }),
  PartitionKey: z.string().min(1, KEY_NAME).max(255, KEY_NAME).default('id').meta({ label: 'Partition key', group: 'Key', help: 'The attribute that finds an item. Changing the key makes the table anew, empty.' }),
  PartitionKeyType: keyType.meta({ label: 'Type', group: 'Key', help: 'S is text, N a number, B bytes.' }),
  SortKey: z.string().max(255, KEY_NAME).default('').meta({ label: 'Sort key', group: 'Key', help: 'Orders the items of one partition key. Empty: one item each.' }),
  SortKeyType: keyType.meta({ label: 'Sort key type', group: 'Key' }),
  Stream: z.enum(['Off', 'KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']).default('Off').meta({ label: 'Stream', group: 'Stream', help: 'Keeps each change of an item for 24 hours, for functions to read; the view says what of the item it shows. A stream that is switched on again is another one: mappings stay with the old.' }),
  TimeToLiveAttribute: z.string().max(255, KEY_NAME).default('').meta({ label: 'Time to live attribute', group: 'Time to live', help: 'Holds epoch seconds. Some while after that time the item goes by itself. Empty: items stay.' }),
});

const nameOf = (node: ScenarioNode): string => String(node.config['name']);
const textOf = (node: ScenarioNode, member: string): string => String(node.config[member] ?? '');
const KEY_MEMBERS = ['name', 'PartitionKey', 'PartitionKeyType', 'SortKey', 'SortKeyType'] as const;

function keySchema(node: ScenarioNode): { readonly KeySchema: object[]; readonly AttributeDefinitions: object[] } {
  const sort = textOf(node, 'SortKey');
  const keys = [{ name: textOf(node, 'PartitionKey') || 'id', type: textOf(node, 'PartitionKeyType') || 'S', kind: 'HASH' }, ...(sort === '' ? [] : [{ name: sort, type: textOf(node, 'SortKeyType') || 'S', kind: 'RANGE' }])];
  return { KeySchema: keys.map(({ name, kind }) => ({ AttributeName: name, KeyType: kind })), AttributeDefinitions: keys.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })) };
}

function timeToLive(node: ScenarioNode, on: boolean): ApiCall[] {
  const attribute = textOf(node, 'TimeToLiveAttribute');
  return attribute === '' ? [] : [{ service: 'dynamodb', operation: 'UpdateTimeToLive', input: { TableName: nameOf(node), WaitForActive: true, TimeToLiveSpecification: { Enabled: on, AttributeName: attribute } } }];
}

/** What a mapping is given of the table: the ARN of its stream, which the table's answer says. */
const captureOf = (node: ScenarioNode): string => `table:${node.id}`;
const streamOf = (node: ScenarioNode): string => textOf(node, 'Stream') || 'Off';
const specification = (node: ScenarioNode): { readonly StreamSpecification?: object } => (streamOf(node) === 'Off' ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: streamOf(node) } });

/** A stream has one view for its life: another view is another stream. */
function streamUpdates(before: ScenarioNode, after: ScenarioNode): ApiCall[] {
  if (streamOf(before) === streamOf(after)) return [];
  const update = (input: object): ApiCall => ({ service: 'dynamodb', operation: 'UpdateTable', input: { TableName: nameOf(after), WaitForActive: true, ...input }, capture: captureOf(after) });
  return [...(streamOf(before) === 'Off' ? [] : [update({ StreamSpecification: { StreamEnabled: false } })]), ...(streamOf(after) === 'Off' ? [] : [update(specification(after))])];
}

const WRITES = ['dynamodb.ItemCreated', 'dynamodb.ItemReplaced', 'dynamodb.ItemUpdated', 'dynamodb.ItemDeleted', 'dynamodb.NothingDeleted', 'dynamodb.WriteRefused'];
const READS = ['dynamodb.ItemRead', 'dynamodb.ItemMissed', 'dynamodb.ItemsQueried', 'dynamodb.TableScanned'];

/** @source Amazon DynamoDB developer guide, "metrics and dimensions" */
function metrics(event: TraceEvent): readonly MetricDatum[] {
  const datum = (metric: string, value: number): MetricDatum => ({ namespace: 'AWS/DynamoDB', metric, dimensions: { TableName: event.resource.split('/').pop() ?? '' }, value, unit: 'Count' });
  if (READS.includes(event.kind)) return [datum('ConsumedReadCapacityUnits', Number(event.data['halves']) / 2)];
  if (event.kind === 'dynamodb.ItemExpired') return [datum('TimeToLiveDeletedItemCount', 1)];
  if (!WRITES.includes(event.kind)) return [];
  return [datum('ConsumedWriteCapacityUnits', Number(event.data['units'])), ...(event.kind === 'dynamodb.WriteRefused' ? [datum('ConditionalCheckFailedRequests', 1)] : [])];
}

export const manifest = defineManifest({
  id: 'dynamodb',
  title: 'DynamoDB table',
  noun: 'Table',
  summary: 'Keeps items by key, and writes only where a condition holds.',
  family: 'object',
  icon: 'table',
  shortcut: 'T',
  paletteOrder: 50,
  config,
  nameBase: 'orders',
  variants: [{ noun: 'Table with a stream', config: { Stream: 'NEW_AND_OLD_IMAGES' } }],
  provides: ['api', 'stream'],
  arn: (own, at) => `arn:aws:dynamodb:${at.region}:${at.account}:table/${String(own['name'])}`,
  load: { operation: 'PutItem', aim: (input, arn) => ({ ...input, TableName: arn.split('/')[1] }) },
  edges: [],
  refusals: [
    { fromService: 'dynamodb', toService: 'lambda', sentence: 'A table does not push: Lambda reads its stream. To read items, connect the function to the table.', offer: { port: 'lambda.reads', swap: true } },
    { fromService: 'sqs', toService: 'dynamodb', sentence: 'A queue does not push, and a table does not poll. Put a function between them.' },
    { fromService: 's3', toService: 'dynamodb', sentence: 'A bucket does not write to tables. Put a function between them.' },
  ],
  deploy: (node) => [{ service: 'dynamodb', operation: 'CreateTable', input: { TableName: nameOf(node), BillingMode: 'PAY_PER_REQUEST', WaitForDeleted: true, ...keySchema(node), ...specification(node) }, capture: captureOf(node) }, ...timeToLive(node, true)],
  update: (before, after) => {
    if (KEY_MEMBERS.some((member) => textOf(before, member) !== textOf(after, member))) return null;
    return [...streamUpdates(before, after), ...(textOf(before, 'TimeToLiveAttribute') === textOf(after, 'TimeToLiveAttribute') ? [] : [...timeToLive(before, false), ...timeToLive(after, true)])];
  },
  remove: (node) => [{ service: 'dynamodb', operation: 'DeleteTable', input: { TableName: nameOf(node) } }],
  prices: {
    write: { label: 'DynamoDB write units', usd: 0.625e-6, source: 'aws/other-services.md §6: on-demand, $0.625 a million, us-east-1' },
    readHalf: { label: 'DynamoDB reads, in half units', usd: 0.0625e-6, source: 'aws/other-services.md §6: on-demand, $0.125 a million read units, us-east-1' },
  },
  cost: (event) => {
    if (WRITES.includes(event.kind)) return [{ unit: 'write', quantity: Number(event.data['units']) }];
    return READS.includes(event.kind) ? [{ unit: 'readHalf', quantity: Number(event.data['halves']) }] : [];
  },
  metrics,
  timeline: (event) => {
    if (event.kind === 'dynamodb.WriteRefused') return [{ kind: 'mark', resource: event.resource, lane: 'refused', mark: 'denied', label: `${String(event.data['condition'])} is false`, subjects: event.subjects ?? [] }];
    return typeof event.data['items'] === 'number' ? [{ kind: 'level', resource: event.resource, series: 'items', value: event.data['items'] }] : [];
  },
  simplified: [
    'Every read sees the newest write; on AWS an eventually consistent read may miss the last moments.',
    'Tables are on-demand and never throttle; provisioned capacity, indexes, backups and resource policies are not modelled.',
    'A new table is active after six seconds; AWS promises nothing.',
    'An expired item goes ten minutes after its time at the latest; AWS says within a few days.',
    'A scan goes by the MD5 of the partition key; AWS’s own order is another one, and as arbitrary.',
    'Transactions never meet each other.',
    'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.',
  ],
  sam: (node) => {
    const attribute = textOf(node, 'TimeToLiveAttribute');
    return { [nameOf(node).replace(/[^A-Za-z0-9]/g, '')]: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: nameOf(node), BillingMode: 'PAY_PER_REQUEST', ...keySchema(node), ...(streamOf(node) === 'Off' ? {} : { StreamSpecification: { StreamViewType: streamOf(node) } }), ...(attribute === '' ? {} : { TimeToLiveSpecification: { Enabled: true, AttributeName: attribute } }) } } };
  },
});
