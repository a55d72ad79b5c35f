/** Payloads of Invoke at their limits. @source aws/lambda.md §2.1, §7.4, §8.1 */
import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

/** Answers with a text so long that its JSON has `bytes` bytes, of letters of one byte or two. */
const answers: Script = {
  handle: (event) => {
    const { bytes = 4, letter = 'x' } = event as { bytes?: number; letter?: string };
    return [{ result: letter.repeat((bytes - 2) / new TextEncoder().encode(letter).length) }];
  },
};
const echo: Script = { handle: (event) => [{ result: event }] };
const made = (script: Script): FunctionsWorld => {
  const cloud = functionsWorld({ script });
  cloud.make('script', { MemorySize: 1769 });
  return cloud;
};
const json = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;
const refusal = (cloud: FunctionsWorld, input: object) => cloud.failure('lambda', 'Invoke', { FunctionName: 'fn', ...input });

describe('a request', () => {
  it('takes 6,291,456 bytes, and one more is too large', () => {
    const cloud = made({ handle: (event) => [{ result: String(event).length }] });
    expect(cloud.invoke(undefined, { Payload: json(6_291_456) }).payload).toBe(6_291_454);
    expect(refusal(cloud, { Payload: json(6_291_457) })).toMatchObject({ name: 'RequestTooLargeException', status: 413, message: '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)' });
  });

  it('is measured in bytes: letters of two count twice', () => {
    const cloud = made(answers);
    expect(refusal(cloud, { InvocationType: 'Event', Payload: `"${'é'.repeat(524_288)}"` })).toMatchObject({ name: 'RequestTooLargeException', message: '1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)' });
    expect(cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: `"${'é'.repeat(524_287)}"` })).toEqual({ StatusCode: 202 });
  });

  it('may be empty: the handler gets {}', () => {
    const cloud = made(echo);
    expect(cloud.invoke(undefined, { Payload: '' }).payload).toEqual({});
    expect(cloud.invoke(undefined, { Payload: undefined }).payload).toEqual({});
  });

  it('that is no JSON is refused, async too', () => {
    for (const InvocationType of ['RequestResponse', 'Event']) expect(refusal(made(echo), { InvocationType, Payload: '{oops' })).toMatchObject({ name: 'InvalidRequestContentException', status: 400 });
  });

  it('is looked at only when the function can be invoked', () => {
    const cloud = functionsWorld({ echo });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: 'arn:aws:iam::000000000000:role/fn-role', Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'echo' } } });
    for (const InvocationType of ['RequestResponse', 'Event', 'DryRun']) expect(refusal(cloud, { InvocationType, Qualifier: 'none', Payload: json(7_000_000) })).toMatchObject({ name: 'ResourceConflictException', status: 409 });
  });
});

describe('a response', () => {
  it.each<[number, string]>([
    [6_291_556, 'x'],
    [6_291_556, 'é'],
  ])('of %i bytes (%s) is the most', (bytes, letter) => {
    expect(made(answers).invoke({ bytes, letter })).toMatchObject({ statusCode: 200, functionError: undefined });
  });
  it.each<[number, string]>([
    [6_291_557, 'x'],
    [6_291_558, 'é'],
  ])('of %i bytes (%s) is refused, and the environment is kept', (bytes, letter) => {
    const cloud = made(answers);
    expect(cloud.invoke({ bytes, letter })).toMatchObject({
      statusCode: 200,
      functionError: 'Unhandled',
      payload: { errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).', errorType: 'Function.ResponseSizeTooLarge' },
    });
    cloud.invoke();
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['cold'])).toEqual([true, false]);
  });
});

describe('a client context', () => {
  const of = (chars: number): string => btoa(JSON.stringify({ custom: 'x'.repeat((chars / 4) * 3 - 13) }));
  it('has at most 3,583 characters of base64, and only a sync call has one', () => {
    const cloud = made({ handle: (_, __, { clientContext }) => [{ result: clientContext === undefined ? 'none' : 'some' }] });
    expect(of(3_580)).toHaveLength(3_580);
    expect(cloud.invoke({}, { ClientContext: of(3_580) }).payload).toBe('some');
    expect(refusal(cloud, { ClientContext: of(3_584) })).toMatchObject({ name: 'InvalidRequestContentException', status: 400 });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: '{}', ClientContext: of(3_580) });
    cloud.advance(1_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(2);
  });
});

describe('the tail of the log', () => {
  it('is its last 4,096 bytes, and only there when asked for', () => {
    const cloud = made({ handle: () => [{ log: 'é'.repeat(3_000) }, { result: 1 }] });
    const { log } = cloud.invoke();
    expect(new TextEncoder().encode(log).length).toBeLessThanOrEqual(4_096);
    expect(new TextEncoder().encode(log).length).toBeGreaterThan(4_090);
    expect(log).toMatch(/é\nEND RequestId: [\s\S]*\nREPORT /);
    expect(cloud.invoke({}, { LogType: 'None' }).log).toBe('');
  });
});

describe('requests a second', () => {
  const rush = (cloud: FunctionsWorld, name: string, n: number): string[] => {
    const answers = Array.from({ length: n }, () => cloud.start('lambda', 'Invoke', { FunctionName: name }));
    return answers.flatMap((answer) => answer()?.error?.data?.['Reason'] ?? []).map(String);
  };
  const synthetic = (cloud: FunctionsWorld, name: string): void => cloud.make('', { Code: { synthetic: { durationMs: 1 } } }, name);

  it('are ten for each unit of a reservation', () => {
    const cloud = functionsWorld({}, { tuning: { lambda: { placeMsMedian: 0, fetchMs: 0, fetchMsPerMb: 0 } } });
    synthetic(cloud, 'fn');
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 5 });
    let refused: string[] = [];
    for (let i = 0; i < 11; i++) {
      refused = rush(cloud, 'fn', 5);
      cloud.advance(2);
    }
    expect(new Set(refused)).toEqual(new Set(['ReservedFunctionInvocationRateLimitExceeded']));
  });

  it('are shared by all functions without a reservation', () => {
    const cloud = functionsWorld({}, { tuning: { lambda: { accountConcurrency: 110, placeMsMedian: 0, fetchMs: 0, fetchMsPerMb: 0 } } });
    synthetic(cloud, 'one');
    synthetic(cloud, 'two');
    for (let i = 0; i < 11; i++) {
      expect(rush(cloud, 'one', 100)).toEqual([]);
      cloud.advance(2);
    }
    expect(rush(cloud, 'two', 60)).toContain('FunctionInvocationRateLimitExceeded');
    cloud.advance(1_000);
    expect(rush(cloud, 'two', 60)).toEqual([]);
  });

  /** Version 1 of `fn` with two environments kept ready; each request takes 1 ms, and as many come a second as are asked for, one after another. */
  function provisionedRush(perSec: number, seconds: number, o: { readonly type?: string; readonly reserved?: number } = {}): FunctionsWorld {
    const cloud = functionsWorld({}, { tuning: { lambda: { placeMsMedian: 0, fetchMs: 0, fetchMsPerMb: 0 } } });
    synthetic(cloud, 'fn');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    if (o.reserved !== undefined) cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: o.reserved });
    cloud.send('lambda', 'PutProvisionedConcurrencyConfig', { FunctionName: 'fn', Qualifier: '1', ProvisionedConcurrentExecutions: 2 });
    cloud.advance(150_000);
    for (let i = 0; i < perSec * seconds; i++) {
      cloud.start('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: '1', InvocationType: o.type ?? 'RequestResponse' });
      cloud.advance(1_000 / perSec);
    }
    cloud.advance(5_000);
    return cloud;
  }
  const served = (cloud: FunctionsWorld): (number | undefined)[] => [true, false].map((provisioned) => cloud.events('lambda.InvocationStarted').filter(({ data }) => data['provisioned'] === provisioned).length);

  it('are ten for each environment that is kept ready: what is beyond spills over to environments on demand', () => {
    expect(served(provisionedRush(20, 3))).toEqual([60, 0]);
    // A full second’s requests at once, then 20 a second.
    expect(served(provisionedRush(50, 3))).toEqual([79, 71]);
  });

  it('of events are as many as there is concurrency for', () => {
    expect(served(provisionedRush(50, 3, { type: 'Event' }))).toEqual([150, 0]);
  });

  it('beyond what is kept ready are throttled where the reservation is no larger', () => {
    const cloud = provisionedRush(50, 3, { reserved: 2 });
    expect(new Set(cloud.events('lambda.Throttled').map(({ data }) => data['reason']))).toEqual(new Set(['ReservedFunctionInvocationRateLimitExceeded']));
    expect(served(cloud)[1]).toBe(0);
  });
});
