/** lib-dynamodb and util-dynamodb in handlers, with middleware and waiters of the clients: what goes over the border and what comes back. */
import { describe, expect, test } from 'vitest';
import { memoryBlobs, testRuntime, testSpec, TestProcess } from './testing.ts';
import type { Answers, Outcome } from './testing.ts';

const runtime = testRuntime(memoryBlobs());
const IMPORTS = "import * as client from '@aws-sdk/client-dynamodb'; import * as lib from '@aws-sdk/lib-dynamodb'; import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'; const db = new client.DynamoDBClient({}); const doc = lib.DynamoDBDocumentClient.from(db, { marshallOptions: { removeUndefinedValues: true } });";

function call(body: string, answers: Answers = {}): Outcome {
  const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': `${IMPORTS} export const handler = async (event) => {\n${body}\n};` } }), answers);
  process.start();
  return process.invoke();
}
const sent = (outcome: Outcome): unknown[] => outcome.effects.flatMap((effect) => (effect.kind === 'call' ? [[effect.operation, JSON.parse(effect.input) as unknown]] : []));

describe('the document client', () => {
  test('marshalls items and values, and unmarshalls what comes back', () => {
    const outcome = call("const out = await doc.send(new lib.PutCommand({ TableName: 't', Item: { id: 'a', n: 1.5, gone: undefined, set: new Set([1, 2]), list: [null, true, { deep: 'x' }], raw: new Uint8Array([97]) }, ConditionExpression: 'n < :n', ExpressionAttributeValues: { ':n': 5 }, ReturnValues: 'ALL_OLD' })); return out.Attributes;", { call: () => ({ output: { Attributes: { id: { S: 'a' }, n: { N: '7' }, l: { L: [{ BOOL: false }, { NULL: true }] } } } }) });
    expect(outcome.value).toEqual({ id: 'a', n: 7, l: [false, null] });
    expect(sent(outcome)).toEqual([['PutItem', { TableName: 't', Item: { id: { S: 'a' }, n: { N: '1.5' }, set: { NS: ['1', '2'] }, list: { L: [{ NULL: true }, { BOOL: true }, { M: { deep: { S: 'x' } } }] }, raw: { B: { $bytes: 'YQ==' } } }, ConditionExpression: 'n < :n', ExpressionAttributeValues: { ':n': { N: '5' } }, ReturnValues: 'ALL_OLD' }]]);
  });

  test('translates batches and transactions at every place where a value is', () => {
    const outcome = call("const d = lib.DynamoDBDocument.from(db); await d.batchWrite({ RequestItems: { t: [{ PutRequest: { Item: { id: 1 } } }, { DeleteRequest: { Key: { id: 2 } } }] } }); await d.transactWrite({ TransactItems: [{ Update: { TableName: 't', Key: { id: 'a' }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': 1 } } }] }); return (await d.batchGet({ RequestItems: { t: { Keys: [{ id: 'a' }] } } })).Responses;", { call: ({ operation }) => ({ output: operation === 'BatchGetItem' ? { Responses: { t: [{ id: { S: 'a' } }] } } : {} }) });
    expect(outcome.value).toEqual({ t: [{ id: 'a' }] });
    expect(sent(outcome)).toEqual([
      ['BatchWriteItem', { RequestItems: { t: [{ PutRequest: { Item: { id: { N: '1' } } } }, { DeleteRequest: { Key: { id: { N: '2' } } } }] } }],
      ['TransactWriteItems', { TransactItems: [{ Update: { TableName: 't', Key: { id: { S: 'a' } }, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } } } }] }],
      ['BatchGetItem', { RequestItems: { t: { Keys: [{ id: { S: 'a' } }] } } }],
    ]);
  });

  test('rejects with the class of the service, the item as DynamoDB wrote it', () => {
    expect(call("try { await doc.send(new lib.PutCommand({ TableName: 't', Item: { id: 'a' } })); } catch (error) { return [error instanceof client.ConditionalCheckFailedException, error.name, error.message]; }", { call: () => ({ error: { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' } }) }).value).toEqual([true, 'ConditionalCheckFailedException', 'The conditional request failed']);
  });

  test('asks page after page', () => {
    const pages = [{ Items: [{ id: { S: 'a' } }], LastEvaluatedKey: { id: { S: 'a' } } }, { Items: [{ id: { S: 'b' } }] }];
    const outcome = call("const ids = []; for await (const page of lib.paginateScan({ client: doc, pageSize: 1 }, { TableName: 't' })) ids.push(...page.Items.map((item) => item.id)); return ids;", { call: () => ({ output: pages.shift()! }) });
    expect(outcome.value).toEqual(['a', 'b']);
    expect(sent(outcome)).toEqual([['Scan', { TableName: 't', Limit: 1 }], ['Scan', { TableName: 't', Limit: 1, ExclusiveStartKey: { id: { S: 'a' } } }]]);
  });
});

describe('marshall and unmarshall', () => {
  test('go both ways, large numbers as bigint', () => {
    expect(call("const item = { a: [1, 'x', null], b: new Set(['p']), c: 12345678901234567890n }; const back = unmarshall(marshall(item)); return [marshall(item), back.a, [...back.b], String(back.c), typeof back.c];").value).toEqual([{ a: { L: [{ N: '1' }, { S: 'x' }, { NULL: true }] }, b: { SS: ['p'] }, c: { N: '12345678901234567890' } }, [1, 'x', null], ['p'], '12345678901234567890', 'bigint']);
  });

  test.each([
    ['{ a: undefined }', 'Pass options.removeUndefinedValues=true to remove undefined values from map/array/set.'],
    ['{ a: new Set() }', 'Pass a non-empty set, or options.convertEmptyValues=true.'],
    ['{ a: NaN }', 'Special numeric value NaN is not allowed'],
    ['{ a: 2 ** 60 }', 'Number 1152921504606847000 is greater than Number.MAX_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.'],
  ])('refuse %s as the package does', (item, message) => {
    expect(call(`try { return marshall(${item}); } catch (error) { return error.message; }`).value).toBe(message);
  });
});

describe('a client', () => {
  test('runs middleware in the order of its steps, around every attempt where it is late', () => {
    const outcome = call("const log = []; const note = (name) => (next) => async (args) => { log.push(name); const out = await next(args); log.push(`${name} ${out.response.statusCode}`); return out; }; db.middlewareStack.add(note('late'), { step: 'finalizeRequest' }); db.middlewareStack.add(note('first'), { step: 'initialize', name: 'first' }); db.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, TableName: 'other' } }), { step: 'build' }); const out = await db.send(new client.GetItemCommand({ TableName: 't', Key: {} })); return [log, out.$metadata.attempts, db.middlewareStack.remove('first')];", { call: () => ({ output: {} }) });
    expect(outcome.value).toEqual([['first', 'late', 'late 200', 'first 200'], 1, true]);
    expect(sent(outcome)).toEqual([['GetItem', { TableName: 'other', Key: {} }]]);
  });

  test('waits for a table on virtual time, and says when the time is over', () => {
    const states = ['CREATING', 'CREATING', 'ACTIVE'];
    const outcome = call("return (await client.waitUntilTableExists({ client: db, maxWaitTime: 60, minDelay: 2 }, { TableName: 't' })).state;", { call: () => ({ output: { Table: { TableStatus: states.shift() } } }) });
    expect(outcome.value).toBe('SUCCESS');
    expect(outcome.ms).toBeGreaterThanOrEqual(4_000);
    expect(call("try { await client.waitUntilTableExists({ client: db, maxWaitTime: 10, minDelay: 4 }, { TableName: 't' }); } catch (error) { return error.name; }", { call: () => ({ output: { Table: { TableStatus: 'CREATING' } } }) }).value).toBe('TimeoutError');
  });
});

test('presigned URLs are refused by name', () => {
  const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': "import { getSignedUrl } from '@aws-sdk/s3-request-presigner'; export const handler = async () => { try { getSignedUrl(); } catch (error) { return [error.name, error.message]; } };" } }));
  process.start();
  expect(process.invoke().value).toEqual(['NotModelled', 'Not modelled: getSignedUrl of @aws-sdk/s3-request-presigner.']);
});
