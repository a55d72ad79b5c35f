/** Streams of tables: which changes leave a record, what is in it, how long it stays, and functions that read it. @source aws/other-services.md §2, §6 */
import { describe, expect, it } from 'vitest';
import type { StreamPort } from '../../../../sim/ports/ports.ts';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';
import type { DynamoContext } from '../state.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const create = { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }] };

function world(StreamViewType: string | null = 'NEW_AND_OLD_IMAGES'): TestWorld {
  const cloud = createTestWorld();
  cloud.send('dynamodb', 'CreateTable', { ...create, ...(StreamViewType === null ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType } }) });
  cloud.advance(10_000);
  return cloud;
}
const describeTable = (cloud: TestWorld): Record<string, unknown> => cloud.send('dynamodb', 'DescribeTable', { TableName: 'orders' })['Table'] as Record<string, unknown>;
const streamArn = (cloud: TestWorld): string => String(describeTable(cloud)['LatestStreamArn']);
const put = (cloud: TestWorld, pk: string, more: object = {}): void => void cloud.send('dynamodb', 'PutItem', { TableName: 'orders', Item: { pk: { S: pk }, ...more } });

interface Record5 {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly Keys: { readonly pk: { readonly S: string } }; readonly SequenceNumber: string };
  readonly userIdentity?: object;
}

/** Reads through the port, as the administrator. */
function read(cloud: TestWorld, o: { readonly arn?: string; readonly from?: 'TRIM_HORIZON' | 'LATEST'; readonly iterator?: string; readonly max?: number } = {}) {
  const port = cloud.world.models.get('dynamodb')!.provides.stream as unknown as StreamPort<DynamoContext>;
  const context = cloud.world.context('dynamodb') as unknown as DynamoContext;
  const arn = o.arn ?? streamArn(cloud);
  const iterator = o.iterator ?? port.iterator(context, arn, { shardId: port.describe(context, arn).shards[0]!.id, from: o.from ?? 'TRIM_HORIZON' });
  const outcome = port.read(context, { iterator, max: o.max ?? 100 }, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'none' } });
  if (outcome.kind === 'error') throw new Error(outcome.error.name);
  return { records: outcome.output.records.map(({ record }) => record as Record5), next: outcome.output.next, behindMs: outcome.output.behindMs, shards: port.describe(context, arn).shards };
}

describe('a stream of a table', () => {
  it('has each change of an item once, in order, as a function gets it', () => {
    const cloud = world();
    put(cloud, 'o-17', { qty: { N: '1' } });
    put(cloud, 'o-17', { qty: { N: '2' } });
    cloud.send('dynamodb', 'DeleteItem', { TableName: 'orders', Key: { pk: { S: 'o-17' } } });
    const { records, behindMs } = read(cloud);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_610,
        Keys: { pk: { S: 'o-17' } },
        NewImage: { pk: { S: 'o-17' }, qty: { N: '2' } },
        OldImage: { pk: { S: 'o-17' }, qty: { N: '1' } },
        SequenceNumber: expect.stringMatching(/^\d{22}$/) as string,
        SizeBytes: 28,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    expect([numbers.toSorted(), new Set(records.map(({ eventID }) => eventID)).size, behindMs]).toEqual([numbers, 3, 0]);
  });

  it.each([
    ['KEYS_ONLY', ['Keys']],
    ['NEW_IMAGE', ['Keys', 'NewImage']],
    ['OLD_IMAGE', ['Keys', 'OldImage']],
    ['NEW_AND_OLD_IMAGES', ['Keys', 'NewImage', 'OldImage']],
  ])('of the view %s shows %j of a change', (view, shown) => {
    const cloud = world(view);
    put(cloud, 'a', { n: { N: '1' } });
    put(cloud, 'a', { n: { N: '2' } });
    expect(Object.keys(read(cloud).records[1]!.dynamodb).filter((name) => /Keys|Image$/.test(name)).toSorted()).toEqual(shown);
  });

  it('has no record of a write that changes nothing, is refused or deletes nothing', () => {
    const cloud = world();
    put(cloud, 'a', { tags: { SS: ['x', 'y'] } });
    put(cloud, 'a', { tags: { SS: ['y', 'x'] } });
    cloud.failure('dynamodb', 'PutItem', { TableName: 'orders', Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' });
    cloud.send('dynamodb', 'DeleteItem', { TableName: 'orders', Key: { pk: { S: 'none' } } });
    cloud.send('dynamodb', 'UpdateItem', { TableName: 'orders', Key: { pk: { S: 'a' } }, UpdateExpression: 'SET seen = if_not_exists(unseen, :s)', ExpressionAttributeValues: { ':s': { BOOL: true } } });
    expect(read(cloud).records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
  });

  it('has every part of a transaction and of a batch', () => {
    const cloud = world('KEYS_ONLY');
    cloud.send('dynamodb', 'TransactWriteItems', { TransactItems: ['a', 'b'].map((pk) => ({ Put: { TableName: 'orders', Item: { pk: { S: pk } } } })) });
    cloud.send('dynamodb', 'BatchWriteItem', { RequestItems: { orders: [{ DeleteRequest: { Key: { pk: { S: 'a' } } } }, { PutRequest: { Item: { pk: { S: 'c' } } } }] } });
    expect(read(cloud).records.map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys.pk.S])).toEqual([['INSERT', 'a'], ['INSERT', 'b'], ['REMOVE', 'a'], ['INSERT', 'c']]);
  });

  it('tells an item that time to live took from one that somebody deleted', () => {
    const cloud = world();
    cloud.send('dynamodb', 'UpdateTimeToLive', { TableName: 'orders', TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } });
    put(cloud, 'a', { expires: { N: '1767225700' } });
    cloud.advance(3_600_000);
    expect(read(cloud).records.map(({ eventName, userIdentity }) => [eventName, userIdentity])).toEqual([['INSERT', undefined], ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }]]);
  });

  it('keeps records for 24 hours', () => {
    const cloud = world();
    put(cloud, 'old');
    cloud.advance(86_399_999);
    put(cloud, 'new');
    expect(read(cloud).records).toHaveLength(2);
    cloud.advance(1);
    expect(read(cloud).records.map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual(['new']);
  });

  it('is read from its oldest record or from now on, page by page, and says how far one is behind', () => {
    const cloud = world();
    for (const pk of ['a', 'b', 'c']) put(cloud, pk);
    cloud.advance(500);
    const first = read(cloud, { max: 2 });
    const second = read(cloud, { iterator: first.next! });
    expect([first.records.length, first.behindMs, second.records.map(({ dynamodb }) => dynamodb.Keys.pk.S), second.behindMs]).toEqual([2, 500, ['c'], 0]);
    const latest = read(cloud, { from: 'LATEST' });
    put(cloud, 'd');
    expect(read(cloud, { iterator: latest.next! }).records.map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual(['d']);
  });

  it('is another one when it is switched on again; the old one can be read to its end', () => {
    const cloud = world();
    const arn = streamArn(cloud);
    expect([arn, describeTable(cloud)['LatestStreamLabel'], describeTable(cloud)['StreamSpecification']]).toEqual([`${TABLE}/stream/2026-01-01T00:00:00.000`, '2026-01-01T00:00:00.000', { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' }]);
    put(cloud, 'a');
    const set = (StreamSpecification: object): void => void cloud.send('dynamodb', 'UpdateTable', { TableName: 'orders', StreamSpecification });
    set({ StreamEnabled: false });
    put(cloud, 'unseen');
    expect(describeTable(cloud)).not.toHaveProperty('LatestStreamArn');
    set({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    put(cloud, 'b');
    expect(streamArn(cloud)).not.toBe(arn);
    expect(read(cloud).records.map(({ dynamodb }) => dynamodb.Keys.pk.S)).toEqual(['b']);
    const old = read(cloud, { arn });
    expect([old.records.map(({ dynamodb }) => dynamodb.Keys.pk.S), old.next, old.shards[0]!.closed]).toEqual([['a'], null, true]);
  });

  it.each([
    ['switched on twice', 'UpdateTable', { TableName: 'orders', StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }, 'Table already has an enabled stream: TableName: orders'],
    ['on without a view', 'CreateTable', { ...create, TableName: 'other', StreamSpecification: { StreamEnabled: true } }, 'One or more parameter values were invalid: StreamViewType is required when StreamEnabled is true'],
    ['of a view that is none', 'CreateTable', { ...create, TableName: 'other', StreamSpecification: { StreamEnabled: true, StreamViewType: 'ALL' } }, "1 validation error detected: Value 'ALL' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [KEYS_ONLY, NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES]"],
    ['changed by nothing', 'UpdateTable', { TableName: 'orders' }, 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required'],
  ])('is refused when it is %s', (_, operation, input, message) => expect(world().failure('dynamodb', operation, input)).toMatchObject({ name: 'ValidationException', message }));
});

describe('a function that reads the stream of a table', () => {
  const FUNCTION = { FunctionName: 'worker', Role: 'arn:aws:iam::000000000000:role/worker', Code: { synthetic: { initMs: { kind: 'const', value: 100 }, durationMs: { kind: 'const', value: 20 } } } };
  function withFunction(policy: string | null = 'arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole'): TestWorld {
    const cloud = world();
    cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    if (policy !== null) cloud.send('iam', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn: policy });
    cloud.send('lambda', 'CreateFunction', FUNCTION);
    cloud.advance(30_000);
    return cloud;
  }
  const map = (cloud: TestWorld, o: object = {}): object => ({ FunctionName: 'worker', EventSourceArn: streamArn(cloud), StartingPosition: 'TRIM_HORIZON', ...o });

  it('gets its changes in batches, in order, four times a second', () => {
    const cloud = withFunction();
    for (const pk of ['a', 'b', 'c']) put(cloud, pk);
    cloud.send('lambda', 'CreateEventSourceMapping', map(cloud, { BatchSize: 2 }));
    cloud.advance(5_000);
    put(cloud, 'd');
    cloud.advance(5_000);
    expect(cloud.events('lambda.StreamBatchReceived').map(({ data }) => data['records'])).toEqual([2, 1, 1]);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(3);
    expect(cloud.events('dynamodb.ChangeRecorded').map(({ data }) => data['key'])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('needs the right to read it, and a stream that is there', () => {
    const bare = withFunction(null);
    expect(bare.failure('lambda', 'CreateEventSourceMapping', map(bare))).toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('Cannot access stream') as string });
    const cloud = withFunction();
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', map(cloud, { EventSourceArn: `${TABLE}/stream/none` }))).toMatchObject({ name: 'InvalidParameterValueException', message: `Stream not found: ${TABLE}/stream/none` });
  });
});
