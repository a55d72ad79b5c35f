/** @aws-sdk/client-dynamodb and lib-dynamodb, unmodified, against the model: tables, conditions, updates, pages, batches, transactions, errors. */
import { ConditionalCheckFailedException, CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand, ResourceInUseException, ResourceNotFoundException, TransactionCanceledException, UpdateTableCommand, UpdateTimeToLiveCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, TransactGetCommand, TransactWriteCommand, UpdateCommand, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import type { Cloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const TableName = 'orders';
const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' as const }];
const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }];

async function table(o: { readonly sort?: boolean } = {}): Promise<{ cloud: Cloud; client: DynamoDBClient; documents: DynamoDBDocumentClient }> {
  const cloud = createCloud();
  const client = new DynamoDBClient(through(cloud));
  await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [...KeySchema, ...(o.sort === true ? [{ AttributeName: 'at', KeyType: 'RANGE' as const }] : [])], AttributeDefinitions: [...AttributeDefinitions, ...(o.sort === true ? [{ AttributeName: 'at', AttributeType: 'N' as const }] : [])] }));
  await cloud.advance(10_000);
  return { cloud, client, documents: DynamoDBDocumentClient.from(client) };
}

describe('a table', () => {
  it('is CREATING, then ACTIVE, and takes no items before', async () => {
    const cloud = createCloud();
    const client = new DynamoDBClient(through(cloud));
    const made = await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema, AttributeDefinitions }));
    expect(made.TableDescription).toMatchObject({ TableStatus: 'CREATING', TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders', ItemCount: 0 });
    expect(made.TableDescription?.CreationDateTime).toEqual(new Date('2026-01-01T00:00:00Z'));
    const early = await failureOf(client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } } })));
    expect(early).toBeInstanceOf(ResourceNotFoundException);
    expect(early).toMatchObject({ message: 'Requested resource not found' });
    await cloud.advance(5_999);
    expect((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus).toBe('CREATING');
    await cloud.advance(1);
    expect((await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus).toBe('ACTIVE');
  });

  it('is waited for by the waiter of the client', async () => {
    const cloud = createCloud();
    const client = new DynamoDBClient(through(cloud, { advanceMs: 7_000 }));
    await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema, AttributeDefinitions }));
    expect((await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { TableName })).state).toBe('SUCCESS');
  });

  it('exists once, and is gone some seconds after its deletion', async () => {
    const { cloud, client } = await table();
    const again = await failureOf(client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema, AttributeDefinitions })));
    expect(again).toBeInstanceOf(ResourceInUseException);
    expect(again).toMatchObject({ message: 'Table already exists: orders' });
    expect((await client.send(new DeleteTableCommand({ TableName }))).TableDescription?.TableStatus).toBe('DELETING');
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['orders']);
    await cloud.advance(4_000);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    expect(await failureOf(client.send(new DescribeTableCommand({ TableName })))).toMatchObject({ name: 'ResourceNotFoundException', message: 'Requested resource not found: Table: orders not found' });
  });

  it('with provisioned capacity or an index is refused by name', async () => {
    const cloud = createCloud();
    const create = (extra: object): Promise<unknown> => failureOf(cloud.send('dynamodb', 'CreateTable', { TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST', ...extra }));
    expect(await create({ BillingMode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })).toMatchObject({ name: 'NotModelled', message: 'Not modelled: dynamodb provisioned capacity. Use BillingMode PAY_PER_REQUEST.' });
    expect(await create({ GlobalSecondaryIndexes: [{ IndexName: 'i' }] })).toMatchObject({ name: 'NotModelled' });
  });

  it('has a stream whose records reach a handler as AWS sends them', async () => {
    const { cloud, client, documents } = await table();
    const { TableDescription } = await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }));
    const arn = TableDescription!.LatestStreamArn!;
    expect([arn, (await client.send(new DescribeTableCommand({ TableName }))).Table?.StreamSpecification]).toEqual(['arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:10.000', { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' }]);
    await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    await cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: ['dynamodb:*', 'logs:*'], Resource: '*' }] }) });
    const code = 'export const handler = async ({ Records }) => { for (const record of Records) console.log(JSON.stringify(record)); };';
    await cloud.send('lambda', 'CreateFunction', { FunctionName: 'worker', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Code: { files: { 'index.mjs': code } } });
    await cloud.advance(5_000);
    await cloud.send('lambda', 'CreateEventSourceMapping', { FunctionName: 'worker', EventSourceArn: arn, StartingPosition: 'TRIM_HORIZON' });
    await documents.send(new PutCommand({ TableName, Item: { id: 'o-17', qty: 2, raw: new Uint8Array([1, 2]), tags: new Set(['a']) } }));
    await cloud.advance(10_000);
    const lines = cloud.trace.filter(({ kind }) => kind === 'logs.Line').map(({ data }) => /\{"eventID".*\}/.exec(String(data['message']))?.[0]).filter((line) => line !== undefined);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { eventName: 'INSERT', eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1', eventSourceARN: arn, dynamodb: { Keys: { id: { S: 'o-17' } }, NewImage: { id: { S: 'o-17' }, qty: { N: '2' }, raw: { B: 'AQI=' }, tags: { SS: ['a'] } }, StreamViewType: 'NEW_AND_OLD_IMAGES' } },
    ]);
  });
});

describe('an item', () => {
  it('comes back as it was put, with all its types', async () => {
    const { documents } = await table();
    const Item = { id: 'a', qty: 2, big: 12345678901234, price: 1.25, open: true, none: null, tags: new Set(['x', 'y']), sizes: new Set([1, 2]), raw: new Uint8Array([1, 2, 3]), lines: [{ sku: 's', n: 1 }, 'text'], empty: '' };
    await documents.send(new PutCommand({ TableName, Item }));
    expect((await documents.send(new GetCommand({ TableName, Key: { id: 'a' } }))).Item).toEqual(Item);
    expect((await documents.send(new GetCommand({ TableName, Key: { id: 'b' } }))).Item).toBeUndefined();
  });

  it('is put once under attribute_not_exists, and the refusal can show what is there', async () => {
    const { documents, cloud } = await table();
    const put = (status: string): Promise<unknown> => documents.send(new PutCommand({ TableName, Item: { id: 'a', status }, ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    await put('first');
    const failure = await failureOf(put('second'));
    expect(failure).toBeInstanceOf(ConditionalCheckFailedException);
    expect(failure).toMatchObject({ name: 'ConditionalCheckFailedException', message: 'The conditional request failed', $metadata: { httpStatusCode: 400 }, Item: { id: { S: 'a' }, status: { S: 'first' } } });
    expect((await documents.send(new GetCommand({ TableName, Key: { id: 'a' } }))).Item).toEqual({ id: 'a', status: 'first' });
    expect(cloud.trace.filter(({ kind }) => kind === 'dynamodb.WriteRefused').map(({ data }) => data)).toEqual([{ key: 'a', operation: 'put', condition: 'attribute_not_exists(id)', units: 1 }]);
  });

  it('is updated by SET, REMOVE, ADD and DELETE from what it was before', async () => {
    const { documents } = await table();
    await documents.send(new PutCommand({ TableName, Item: { id: 'a', n: 1, was: 'x', tags: new Set(['a', 'b']), steps: [1, 2, 3], deep: { k: [{ v: 1 }] } } }));
    const update = async (o: Partial<UpdateCommandInput>): Promise<unknown> => (await documents.send(new UpdateCommand({ TableName, Key: { id: 'a' }, ReturnValues: 'ALL_NEW', ...o }))).Attributes;
    expect(await update({ UpdateExpression: 'SET n = n + :one, m = if_not_exists(m, :zero) - :one, steps = list_append(steps, :more), deep.k[0].v = :v REMOVE was ADD tags :t, hits :one', ExpressionAttributeValues: { ':one': 1, ':zero': 0, ':more': [4], ':v': 'new', ':t': new Set(['c']) } })).toEqual({ id: 'a', n: 2, m: -1, steps: [1, 2, 3, 4], deep: { k: [{ v: 'new' }] }, tags: new Set(['a', 'b', 'c']), hits: 1 });
    expect(await update({ UpdateExpression: 'DELETE tags :t REMOVE steps[0], steps[2] SET #n = :s', ExpressionAttributeNames: { '#n': 'name' }, ExpressionAttributeValues: { ':t': new Set(['a', 'b', 'c']), ':s': 'ada' } })).toEqual({ id: 'a', n: 2, m: -1, steps: [2, 4], deep: { k: [{ v: 'new' }] }, hits: 1, name: 'ada' });
    expect((await documents.send(new UpdateCommand({ TableName, Key: { id: 'new' }, UpdateExpression: 'ADD hits :one', ExpressionAttributeValues: { ':one': 1 }, ReturnValues: 'UPDATED_NEW' }))).Attributes).toEqual({ hits: 1 });
  });

  it.each([
    ['qty > :n AND NOT begins_with(id, :x)', true],
    ['qty = :n OR (contains(tags, :x) AND attribute_type(qty, :type))', true],
    ['qty BETWEEN :low AND :n', false],
    ['size(tags) IN (:low, :n)', true],
    ['attribute_exists(gone) OR qty < :low', false],
    ['gone <> :n', true],
    ['gone = :n', false],
  ])('under the condition %s is deleted: %s', async (ConditionExpression, passes) => {
    const { documents } = await table();
    await documents.send(new PutCommand({ TableName, Item: { id: 'a', qty: 7, tags: ['x', 'y'] } }));
    const values: Record<string, unknown> = { ':n': 2, ':low': 1, ':x': 'x', ':type': 'N' };
    const used = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression)));
    const settled = await documents.send(new DeleteCommand({ TableName, Key: { id: 'a' }, ConditionExpression, ReturnValues: 'ALL_OLD', ...(Object.keys(used).length === 0 ? {} : { ExpressionAttributeValues: used }) })).then(({ Attributes }) => Attributes?.['id'] as string, (error: Error) => error.name);
    expect(settled).toBe(passes ? 'a' : 'ConditionalCheckFailedException');
  });
});

describe('what DynamoDB refuses', () => {
  const put = { operation: 'PutItem', Item: { id: { S: 'a' } } };
  const update = { operation: 'UpdateItem', Key: { id: { S: 'a' } } };
  it.each<[string, { readonly operation: string } & Record<string, unknown>, string]>([
    ['an item without its key', { operation: 'PutItem', Item: { x: { S: 'a' } } }, 'One or more parameter values were invalid: Missing the key id in the item'],
    ['a key of another type', { operation: 'PutItem', Item: { id: { N: '1' } } }, 'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N'],
    ['an empty key', { operation: 'PutItem', Item: { id: { S: '' } } }, 'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id'],
    ['a key of other attributes', { operation: 'GetItem', Key: { id: { S: 'a' }, x: { S: 'b' } } }, 'The provided key element does not match the schema'],
    ['an item over 400 KB', { operation: 'PutItem', Item: { id: { S: 'a' }, x: { S: 'y'.repeat(409_600) } } }, 'Item size has exceeded the maximum allowed size'],
    ['a number of 39 digits', { operation: 'PutItem', Item: { id: { S: 'a' }, n: { N: '123456789012345678901234567890123456789' } } }, 'Attempting to store more than 38 significant digits in a Number'],
    ['a reserved word', { ...put, ConditionExpression: 'attribute_not_exists(name)' }, 'Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name'],
    ['a value that is not given', { ...put, ConditionExpression: 'x = :x' }, 'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :x'],
    ['a value that is not used', { ...put, ConditionExpression: 'attribute_exists(x)', ExpressionAttributeValues: { ':x': { S: '' } } }, 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}'],
    ['an expression that ends early', { ...put, ConditionExpression: 'attribute_exists(x) AND' }, 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "AND"'],
    ['an unknown function', { ...put, ConditionExpression: 'exists(x)' }, 'Invalid ConditionExpression: Invalid function name; function: exists'],
    ['a change of the key', { ...update, UpdateExpression: 'SET id = :x', ExpressionAttributeValues: { ':x': { S: 'b' } } }, 'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key'],
    ['two changes of one attribute', { ...update, UpdateExpression: 'SET a = :x, a.b = :x', ExpressionAttributeValues: { ':x': { S: 'b' } } }, 'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]'],
    ['adding to what is not there', { ...update, UpdateExpression: 'SET n = n + :x', ExpressionAttributeValues: { ':x': { N: '1' } } }, 'The provided expression refers to an attribute that does not exist in the item'],
    ['a path through nothing', { ...update, UpdateExpression: 'SET m.n = :x', ExpressionAttributeValues: { ':x': { N: '1' } } }, 'The document path provided in the update expression is invalid for update'],
    ['a query without its key', { operation: 'Query', KeyConditionExpression: 'x = :x', ExpressionAttributeValues: { ':x': { S: 'a' } } }, 'Query condition missed key schema element: id'],
    ['a missing parameter', { operation: 'GetItem' }, "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null"],
  ])('%s', async (_, { operation, ...input }, message) => {
    const { cloud } = await table();
    expect(await failureOf(cloud.send('dynamodb', operation, { TableName, ...input }))).toMatchObject({ name: 'ValidationException', message, $metadata: { httpStatusCode: 400 } });
  });
});

describe('reading many', () => {
  async function filled(): Promise<Awaited<ReturnType<typeof table>>> {
    const made = await table({ sort: true });
    for (let at = 0; at < 12; at++) await made.documents.send(new PutCommand({ TableName, Item: { id: at < 10 ? 'ada' : `u${at}`, at, even: at % 2 === 0, text: `n${at}` } }));
    return made;
  }

  it('a query gives one partition in the order of its sort key, forwards and backwards, page by page', async () => {
    const { documents } = await filled();
    const query = { TableName, KeyConditionExpression: 'id = :id AND #at BETWEEN :low AND :high', ExpressionAttributeNames: { '#at': 'at' }, ExpressionAttributeValues: { ':id': 'ada', ':low': 2, ':high': 9 } };
    const pages = await pagesOf(paginateQuery({ client: documents, pageSize: 3 }, { ...query }));
    expect(pages.map((page) => page.Items?.map((item) => item['at'] as number))).toEqual([[2, 3, 4], [5, 6, 7], [8, 9]]);
    expect(pages.map((page) => page.LastEvaluatedKey)).toEqual([{ id: 'ada', at: 4 }, { id: 'ada', at: 7 }, undefined]);
    const back = await documents.send(new QueryCommand({ ...query, ScanIndexForward: false, Limit: 2, ProjectionExpression: '#t', ExpressionAttributeNames: { '#at': 'at', '#t': 'text' } }));
    expect(back.Items).toEqual([{ text: 'n9' }, { text: 'n8' }]);
  });

  it('a filter works after the reading, so it costs and counts all the same', async () => {
    const { documents } = await filled();
    const answer = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'id = :id', FilterExpression: 'even = :yes', ExpressionAttributeValues: { ':id': 'ada', ':yes': true }, ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true, Select: 'COUNT' }));
    expect(answer).toMatchObject({ Count: 5, ScannedCount: 10, ConsumedCapacity: { TableName, CapacityUnits: 1 } });
    expect(answer.Items).toBeUndefined();
  });

  it('a scan finds every item once, also in segments', async () => {
    const { documents } = await filled();
    const whole = (await pagesOf(paginateScan({ client: documents, pageSize: 5 }, { TableName }))).flatMap((page) => page.Items ?? []).map((item) => item['at'] as number);
    expect(whole.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const segments = await Promise.all([0, 1].map((Segment) => documents.send(new ScanCommand({ TableName, Segment, TotalSegments: 2 }))));
    expect(segments.flatMap((page) => page.Items ?? []).length).toBe(12);
  });

  it('a page ends at 1 MB', async () => {
    const { documents } = await table({ sort: true });
    for (let at = 0; at < 4; at++) await documents.send(new PutCommand({ TableName, Item: { id: 'big', at, text: 'x'.repeat(380_000) } }));
    const page = await documents.send(new QueryCommand({ TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 'big' } }));
    expect([page.Count, page.LastEvaluatedKey]).toEqual([3, { id: 'big', at: 2 }]);
  });
});

describe('several at once', () => {
  it('a batch writes, deletes and reads items of a table', async () => {
    const { documents } = await table();
    await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: ['a', 'b', 'c'].map((id) => ({ PutRequest: { Item: { id } } })) } }));
    const rest = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: { id: 'b' } } }] } }));
    expect(rest.UnprocessedItems).toEqual({});
    const read = await documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: ['a', 'b', 'c'].map((id) => ({ id })) } } }));
    expect(read.Responses?.[TableName]).toEqual([{ id: 'a' }, { id: 'c' }]);
    expect(await failureOf(documents.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ id: 'a' }, { id: 'a' }] } } })))).toMatchObject({ name: 'ValidationException', message: 'Provided list of item keys contains duplicates' });
  });

  it('a transaction does all or nothing, and says why', async () => {
    const { documents } = await table();
    await documents.send(new PutCommand({ TableName, Item: { id: 'a', n: 1 } }));
    const failure = await failureOf(
      documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { id: 'b' } } }, { ConditionCheck: { TableName, Key: { id: 'a' }, ConditionExpression: 'n > :n', ExpressionAttributeValues: { ':n': 5 } } }] })),
    );
    expect(failure).toBeInstanceOf(TransactionCanceledException);
    expect(failure).toMatchObject({ message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]', CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }] });
    const both = { TransactItems: [{ Put: { TableName, Item: { id: 'b' } } }, { Update: { TableName, Key: { id: 'a' }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': 1 } } }], ClientRequestToken: 'once' };
    await documents.send(new TransactWriteCommand(both));
    await documents.send(new TransactWriteCommand(both));
    expect((await documents.send(new TransactGetCommand({ TransactItems: ['a', 'b', 'c'].map((id) => ({ Get: { TableName, Key: { id } } })) }))).Responses).toEqual([{ Item: { id: 'a', n: 2 } }, { Item: { id: 'b' } }, {}]);
  });
});

describe('time to live', () => {
  it('deletes an item some while after its time, in the background, and leaves the others', async () => {
    const { cloud, client, documents } = await table();
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' } }));
    const nowSec = Math.floor(cloud.now() / 1000);
    await documents.send(new PutCommand({ TableName, Item: { id: 'soon', expires: nowSec + 60 } }));
    await documents.send(new PutCommand({ TableName, Item: { id: 'later', expires: nowSec + 7_200 } }));
    await documents.send(new PutCommand({ TableName, Item: { id: 'text', expires: String(nowSec + 60) } }));
    await cloud.advance(600_000);
    expect((await client.send(new GetItemCommand({ TableName, Key: { id: { S: 'soon' } } }))).Item).toBeDefined();
    await cloud.advance(120_000);
    expect((await documents.send(new ScanCommand({ TableName }))).Items?.map((item) => item['id'] as string).toSorted()).toEqual(['later', 'text']);
    const [expired] = cloud.trace.filter(({ kind }) => kind === 'dynamodb.ItemExpired');
    expect(cloud.trace[expired!.cause[0]!]?.kind).toBe('dynamodb.ItemCreated');
  });
});
