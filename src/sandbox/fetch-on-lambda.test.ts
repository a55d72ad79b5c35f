/** fetch in a handler through the Lambda model: partner hosts answer in virtual time, everything else fails as in Node. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createCloud } from '../runner/headless/create-cloud.ts';
import type { Cloud } from '../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HOST = 'api.pay.example';
let cloud: Cloud;
let count = 0;

async function host(Name: string, settings: object): Promise<void> {
  await cloud.send('partner', 'CreateHost', { Name, ...settings });
}
async function answer(body: string, settings: object = {}): Promise<unknown> {
  const FunctionName = `fn-${++count}`;
  await cloud.send('lambda', 'CreateFunction', { FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/any', MemorySize: 1769, Timeout: 30, Code: { files: { 'index.mjs': `export const handler = async (event) => {\n${body}\n};` } }, ...settings });
  await cloud.advance(120_000);
  const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName, Payload: '{}' });
  return JSON.parse(new TextDecoder().decode(Payload));
}
const caught = (call: string): string => `try { const response = ${call}; return response.status; } catch (error) { const { name, message, cause } = error; return [name, message, cause?.name, cause?.message, cause?.code, cause?.syscall]; }`;

beforeAll(async () => {
  cloud = createCloud({ iam: 'off' });
  await host(HOST, { LatencyMs: 250, Answers: [{ Method: 'GET', Path: '/orders/*', Headers: { 'x-kind': 'order' }, Body: '{"id":"o-17"}' }, { Method: 'POST', Path: '/charges', Status: 201, Body: '{"charged":true}' }, { Path: '/moved', Status: 302, Headers: { location: '/orders/o-17' } }, { Path: '/gone', Status: 204 }, { Path: '/slow', Body: 'late', LatencyMs: 9_000 }, { Path: '/round', Status: 302, Headers: { location: '/round' } }] });
  await host('down.pay.example', { LatencyMs: 0, Failure: 'connection refused', DownWindows: [{ FromSec: 0, ToSec: 86_400 }] });
  await host('mute.pay.example', { Failure: 'no answer', FailurePercent: 100 });
});

describe('a partner host', () => {
  test('answers with status, headers and body', async () => {
    expect(await answer(`const response = await fetch('https://${HOST}/orders/o-17?full=1'); return [response.status, response.statusText, response.ok, response.url, response.redirected, response.headers.get('X-Kind'), response.headers.get('content-type'), await response.json(), response.bodyUsed];`)).toEqual([200, 'OK', true, `https://${HOST}/orders/o-17?full=1`, false, 'order', 'application/json', { id: 'o-17' }, true]);
    expect(await answer(`const response = await fetch(new URL('/charges', 'https://${HOST}'), { method: 'post', headers: { authorization: 'Bearer t' }, body: JSON.stringify({ amount: 5 }) }); return [response.status, Buffer.from(await response.arrayBuffer()).toString()];`)).toEqual([201, '{"charged":true}']);
    expect(await answer(`const response = await fetch('https://${HOST}/else'); return [response.status, response.ok, await response.text()];`)).toEqual([404, false, 'Not Found']);
    expect(await answer(`const response = await fetch('https://${HOST}/gone'); return [response.status, response.body, await response.text()];`)).toEqual([204, null, '']);
  });

  test('its body can be read as a stream', async () => {
    expect(await answer(`const response = await fetch('https://${HOST}/orders/o-17'); let text = ''; for await (const part of response.body.pipeThrough(new TextDecoderStream())) text += part; return text;`)).toBe('{"id":"o-17"}');
  });

  test('redirects are followed, refused or shown, and not for ever', async () => {
    expect(await answer(`const response = await fetch('https://${HOST}/moved'); return [response.status, response.url, response.redirected];`)).toEqual([200, `https://${HOST}/orders/o-17`, true]);
    expect(await answer(`const response = await fetch('https://${HOST}/moved', { redirect: 'manual' }); return [response.status, response.headers.get('location')];`)).toEqual([302, '/orders/o-17']);
    expect(await answer(caught(`await fetch('https://${HOST}/moved', { redirect: 'error' })`))).toEqual(['TypeError', 'fetch failed', 'Error', 'unexpected redirect', null, null]);
    expect(await answer(caught(`await fetch('https://${HOST}/round')`))).toEqual(['TypeError', 'fetch failed', 'Error', 'redirect count exceeded', null, null]);
  });

  test('takes virtual time, which an AbortSignal can cut short', async () => {
    const ms = (await answer(`const began = Date.now(); await fetch('https://${HOST}/orders/o-17'); return Date.now() - began;`)) as number;
    expect(ms).toBeGreaterThan(100);
    expect(ms).toBeLessThan(700);
    const [name, message, after] = (await answer(`const began = Date.now(); try { await fetch('https://${HOST}/slow', { signal: AbortSignal.timeout(500) }); } catch (error) { return [error.name, error.message, Date.now() - began]; }`)) as [string, string, number];
    expect([name, message]).toEqual(['TimeoutError', 'The operation was aborted due to timeout']);
    expect(after).toBeGreaterThanOrEqual(500);
    expect(after).toBeLessThan(520);
    expect(await answer(`const control = new AbortController(); const asked = fetch('https://${HOST}/slow', { signal: control.signal }); control.abort(); return asked.catch((error) => [error.name, error.message]);`)).toEqual(['AbortError', 'This operation was aborted']);
  });

  test('that fails does so as Node tells it, at the line of the handler', async () => {
    expect(await answer(caught("await fetch('https://down.pay.example/x')"))).toEqual(['TypeError', 'fetch failed', 'Error', 'connect ECONNREFUSED down.pay.example:443', 'ECONNREFUSED', 'connect']);
    expect(await answer("await fetch('https://mute.pay.example/');")).toMatchObject({ errorType: 'Sandbox.Timedout' });
    const failure = (await answer("\nawait fetch('https://down.pay.example/x');")) as { errorType: string; trace: readonly string[] };
    expect(failure.errorType).toBe('TypeError');
    expect(failure.trace).toEqual(['TypeError: fetch failed', expect.stringMatching(/^ {4}at async .*handler \(\/var\/task\/index\.mjs:3:\d+\)$/) as string]);
  });

  test('leaves request, work and answer in the trace, each caused by the one before', async () => {
    await answer(`return (await fetch('https://${HOST}/orders/o-1')).status;`);
    const last = (kind: string): Cloud['trace'][number] => cloud.trace.findLast((event) => event.kind === kind)!;
    const [sent, asked, done, back] = ['lambda.FetchSent', 'partner.Requested', 'partner.Answered', 'lambda.FetchAnswered'].map(last) as [Cloud['trace'][number], Cloud['trace'][number], Cloud['trace'][number], Cloud['trace'][number]];
    expect(sent.travel).toMatchObject({ to: `arn:aws:partner:us-east-1:000000000000:host/${HOST}` });
    expect(asked.cause).toEqual([sent.seq]);
    expect(done.cause).toEqual([asked.seq]);
    expect(back.cause).toEqual([sent.seq, done.seq]);
    expect(asked.subjects).toEqual(sent.subjects);
  });
});

describe('what is no partner', () => {
  test('has no address', async () => {
    expect(await answer(caught("await fetch('https://nobody.example/')"))).toEqual(['TypeError', 'fetch failed', 'Error', 'getaddrinfo ENOTFOUND nobody.example', 'ENOTFOUND', 'getaddrinfo']);
    expect(cloud.trace.findLast((event) => event.kind === 'lambda.FetchFailed')?.data).toMatchObject({ code: 'ENOTFOUND', url: 'https://nobody.example/' });
    expect(await answer(caught("await fetch('http://localhost:3000/')"))).toEqual(['TypeError', 'fetch failed', 'Error', 'connect ECONNREFUSED 127.0.0.1:3000', 'ECONNREFUSED', 'connect']);
  });

  test.each(['https://abc.lambda-url.us-east-1.on.aws/', 'https://abc.execute-api.us-east-1.amazonaws.com/prod', 'https://sqs.us-east-1.amazonaws.com/'])('and is an endpoint of AWS is refused by name: %s', async (url) => {
    const [name, message] = (await answer(caught(`await fetch('${url}')`))) as string[];
    expect(name).toBe('NotModelled');
    expect(message).toMatch(/^Not modelled: fetch of \S+\. /);
  });

  test.each([
    ["await fetch('nonsense')", ['TypeError', 'Failed to parse URL from nonsense', 'TypeError', 'Invalid URL', 'ERR_INVALID_URL', null]],
    ["await fetch('ftp://x.example/')", ['TypeError', 'fetch failed', 'Error', 'unknown scheme', null, null]],
    [`await fetch('https://${HOST}/', { body: 'x' })`, ['TypeError', 'Request with GET/HEAD method cannot have body.', null, null, null, null]],
  ])('or no request at all: %s', async (call, expected) => expect(await answer(caught(call))).toEqual(expected));
});

test('a function in a VPC without a NAT gateway gets no connection, with one it does', async () => {
  const VpcConfig = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
  const call = caught(`await fetch('https://${HOST}/orders/o-17')`);
  expect(await answer(call, { VpcConfig })).toEqual(['TypeError', 'fetch failed', 'ConnectTimeoutError', `Connect Timeout Error (attempted address: ${HOST}:443, timeout: 10000ms)`, 'UND_ERR_CONNECT_TIMEOUT', null]);
  expect(cloud.trace.findLast((event) => event.kind === 'lambda.RequestLost')?.data).toMatchObject({ to: HOST });
  expect(await answer(call, { VpcConfig, Timeout: 3 })).toMatchObject({ errorType: 'Sandbox.Timedout' });
});
