/** The AWS SDK in handlers: calls as effects, errors as classes, retries on virtual time, bodies that stay on the host. */
import { describe, expect, test } from 'vitest';
import { memoryBlobs, MB, testRuntime, testSpec, TestProcess } from './testing.ts';
import type { Answers, Outcome } from './testing.ts';

const blobs = memoryBlobs();
const runtime = testRuntime(blobs);
const IMPORTS = "import * as s3sdk from '@aws-sdk/client-s3'; import * as sqssdk from '@aws-sdk/client-sqs'; import * as lambdasdk from '@aws-sdk/client-lambda'; import fs from 'node:fs'; const { S3Client, S3, GetObjectCommand, PutObjectCommand, paginateListObjectsV2, NoSuchKey } = s3sdk; const { SQSClient, SendMessageCommand } = sqssdk; const s3 = new S3Client({}); const sqs = new SQSClient({});";

function call(body: string, answers: Answers, o: { readonly heapBytesMax?: number } = {}): Outcome {
  const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': `${IMPORTS} export const handler = async (event) => {\n${body}\n};` }, ...o }), answers);
  process.start();
  return process.invoke();
}
const text = blobs.put(new TextEncoder().encode('{"héllo":1}'));

describe('a call', () => {
  test('is an effect with service, operation and input; its answer has $metadata', () => {
    const outcome = call("const out = await sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'b', DelaySeconds: undefined })); return [out.MessageId, out.$metadata.httpStatusCode, out.$metadata.attempts];", { call: () => ({ output: { MessageId: 'm1' } }) });
    expect(outcome.value).toEqual(['m1', 200, 1]);
    expect(outcome.effects).toContainEqual(expect.objectContaining({ kind: 'call', service: 'sqs', operation: 'SendMessage', input: '{"QueueUrl":"q","MessageBody":"b"}' }));
  });

  test('works by the aggregated client, by callback, and by require', () => {
    expect(call("return (await new S3({}).getObject({ Bucket: 'b', Key: 'k' })).ETag;", { call: () => ({ output: { ETag: '"e"' } }) }).value).toBe('"e"');
    expect(call("return new Promise((done) => s3.send(new GetObjectCommand({}), (error, data) => done([error, data.ETag])));", { call: () => ({ output: { ETag: '"e"' } }) }).value).toEqual([null, '"e"']);
    const process = new TestProcess(runtime, testSpec({ files: { 'index.js': "const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs'); exports.handler = async () => (await new SQSClient({}).send(new SendMessageCommand({}))).MessageId;" } }), { call: () => ({ output: { MessageId: 'm' } }) });
    process.start();
    expect(process.invoke().value).toBe('m');
  });

  test('carries dates and bytes both ways', () => {
    const outcome = call("const out = await sqs.send(new SendMessageCommand({ When: new Date(5_000), Data: Buffer.from('abc'), Big: new Uint8Array(5_000) })); return [out.At.getTime(), Buffer.from(out.Raw).toString()];", { call: () => ({ output: { At: { $date: 7_000 }, Raw: { $bytes: 'eHl6' } } }) });
    expect(outcome.value).toEqual([7000, 'xyz']);
    const sent = outcome.effects.find((effect) => effect.kind === 'call');
    expect(sent?.kind === 'call' ? JSON.parse(sent.input) : null).toEqual({ When: { $date: 5000 }, Data: { $bytes: 'YWJj' }, Big: { $blob: { sha256: expect.any(String) as string, size: 5000 } } });
  });

  test('gives Lambda payloads as bytes that turn into text', () => {
    expect(call("const out = await new lambdasdk.LambdaClient({}).send(new lambdasdk.InvokeCommand({ FunctionName: 'f', Payload: JSON.stringify({ a: 1 }) })); return JSON.parse(out.Payload.transformToString());", { call: () => ({ output: { StatusCode: 200, Payload: { $blob: text } } }) }).value).toEqual({ 'héllo': 1 });
  });
});

describe('errors', () => {
  test('are of the service\'s classes', () => {
    expect(call("try { await s3.send(new GetObjectCommand({})); } catch (error) { return [error.name, error.message, error instanceof NoSuchKey, error instanceof s3sdk.S3ServiceException, error instanceof Error, error.$fault, error.$metadata.httpStatusCode, error.Code]; }", { call: () => ({ error: { name: 'NoSuchKey', message: 'The specified key does not exist.', status: 404 } }) }).value).toEqual(['NoSuchKey', 'The specified key does not exist.', true, true, true, 'client', 404, 'NoSuchKey']);
  });

  test('that throttle are tried three times, with waits', () => {
    let attempts = 0;
    const outcome = call("try { await sqs.send(new SendMessageCommand({})); } catch (error) { return [error.name, error.$metadata.attempts]; }", {
      call: () => {
        attempts++;
        return { error: { name: 'ThrottlingException', message: 'Rate exceeded', status: 400 } };
      },
    });
    expect(outcome.value).toEqual(['ThrottlingException', 3]);
    expect(attempts).toBe(3);
    expect(outcome.effects.filter((effect) => effect.kind === 'timer')).toHaveLength(2);
    expect(outcome.ms).toBeGreaterThan(10);
  });

  test('that pass let the call succeed later', () => {
    let attempts = 0;
    expect(call('return (await sqs.send(new SendMessageCommand({}))).$metadata.attempts;', { call: () => (++attempts === 1 ? { error: { name: 'ServiceUnavailable', message: 'Slow', status: 503 } } : { output: {} }) }).value).toBe(2);
  });

  test('name what is not modelled', () => {
    const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': "import { S3Client, RestoreObjectCommand } from '@aws-sdk/client-s3'; export const handler = async () => { try { await new S3Client({}).send(new RestoreObjectCommand({})); } catch (error) { return [error.name, error.message]; } };" } }), { call: (sent) => ({ error: { name: 'NotModelled', message: `Not modelled: s3 ${sent.operation}.`, status: 501 } }) });
    process.start();
    expect(process.invoke().value).toEqual(['NotModelled', 'Not modelled: s3 RestoreObject.']);
  });

  test('of an abort come at once', () => {
    expect(call("const c = new AbortController(); setTimeout(() => c.abort(), 0); const p = sqs.send(new SendMessageCommand({}), { abortSignal: c.signal }); c.abort(); try { await p; } catch (error) { return [error.name, error.message]; }", {}).value).toEqual(['AbortError', 'Request aborted']);
  });
});

describe('bodies of objects', () => {
  const get: Answers = { call: (sent) => ({ output: sent.operation === 'GetObject' ? { Body: { $blob: text }, ContentLength: text.size } : {} }) };
  test('become text and bytes on request, once', () => {
    expect(call("const { Body } = await s3.send(new GetObjectCommand({})); const t = await Body.transformToString(); let again; try { await Body.transformToString(); } catch (error) { again = error.message; } return [t, again];", get).value).toEqual(['{"héllo":1}', 'The stream has already been transformed.']);
    expect(call('const { Body } = await s3.send(new GetObjectCommand({})); return (await Body.transformToByteArray()).length;', get).value).toBe(text.size);
    expect(call("const { Body } = await s3.send(new GetObjectCommand({})); let t = ''; for await (const chunk of Body) t += chunk; return t;", get).value).toBe('{"héllo":1}');
    expect(call("const { Body } = await s3.send(new GetObjectCommand({})); return new Response(Body.transformToWebStream()).text();", get).value).toBe('{"héllo":1}');
  });

  test('move to files and back to S3 by their name, however large', () => {
    const big = blobs.put(new Uint8Array(50 * MB));
    const outcome = call("const { pipeline } = await import('node:stream/promises'); const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })); await pipeline(Body, fs.createWriteStream('/tmp/clip')); await s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k2', Body: fs.createReadStream('/tmp/clip') })); return fs.statSync('/tmp/clip').size;", { call: () => ({ output: { Body: { $blob: big } } }) }, { heapBytesMax: 16 * MB });
    expect(outcome.value).toBe(50 * MB);
    expect(outcome.effects.filter((effect) => effect.kind === 'call').map((effect) => (effect.kind === 'call' ? (JSON.parse(effect.input) as { Body?: unknown }).Body : null))).toEqual([undefined, { $blob: big }]);
  });

  test('read into the guest count as its memory', () => {
    const big = blobs.put(new Uint8Array(50 * MB));
    expect(call('const { Body } = await s3.send(new GetObjectCommand({})); return (await Body.transformToByteArray()).length;', { call: () => ({ output: { Body: { $blob: big } } }) }, { heapBytesMax: 16 * MB }).end).toEqual({ kind: 'memory' });
  });
});

test('paginators ask page after page', () => {
  const pages = [{ Contents: [{ Key: 'a' }], NextContinuationToken: 't1' }, { Contents: [{ Key: 'b' }] }];
  const tokens: unknown[] = [];
  const outcome = call("const keys = []; for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: 'b' })) keys.push(...page.Contents.map((o) => o.Key)); return keys;", {
    call: (sent) => {
      tokens.push(sent.data['ContinuationToken'] ?? null);
      return { output: pages.shift()! };
    },
  });
  expect(outcome.value).toEqual(['a', 'b']);
  expect(tokens).toEqual([null, 't1']);
});
