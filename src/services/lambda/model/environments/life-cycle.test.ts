import { describe, expect, it } from 'vitest';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import type { FunctionSummary } from '../summary.ts';

const hello: Script = { handle: () => [{ log: '2026-01-01T00:00:00.000Z\tid\tINFO\thello' }, { cpuMs: 5 }, { result: { ok: true } }] };
const counter: Script = { handle: (_, globals) => [{ result: (globals['n'] = (globals['n'] ?? 0) + 1) }] };
const boom: Script = { handle: () => [{ fail: ['TypeError', 'boom'] }] };
const crash: Script = { handle: (event, globals) => ((event as { die?: string }).die === 'exit' ? [{ exit: 1 }] : (event as { die?: string }).die === 'memory' ? [{ outOfMemory: true }] : [{ result: (globals['n'] = (globals['n'] ?? 0) + 1) }]) };
const slow: Script = { handle: (event) => [{ sleepMs: Number((event as { ms?: number }).ms ?? 5_000) }, { result: 'late' }] };
const spin: Script = { handle: () => [{ spin: true }] };
const broken: Script = { init: [{ crash: ['SyntaxError', 'Unexpected token'] }], handle: () => [] };
const lazy: Script = { init: [{ cpuMs: 12_000 }], handle: () => [{ result: 'up' }] };
const later: Script = { handle: (_, globals) => [{ laterMs: 1_000, then: (__, late) => Object.assign(late, { fired: 1 }) && [] }, { result: globals['fired'] ?? 0 }] };

const summary = (cloud: FunctionsWorld): FunctionSummary => cloud.world.models.get('lambda')!.summarize(cloud.world.context('lambda'), FN) as FunctionSummary;

describe('Lambda environments', () => {
  it('start cold for the first request and serve the next one warm, with what the first left in memory', () => {
    const cloud = functionsWorld({ counter });
    cloud.make('counter');
    expect(cloud.invoke()).toMatchObject({ statusCode: 200, functionError: undefined, payload: 1, version: '$LATEST' });
    expect(cloud.invoke()).toMatchObject({ payload: 2 });
    expect(cloud.kinds().filter((kind) => kind === 'lambda.EnvironmentStarting')).toHaveLength(1);
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['cold'])).toEqual([true, false]);
  });

  it('are one for each request that runs at the same time', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow', { Timeout: 10 });
    const answers = [cloud.begin(), cloud.begin(), cloud.begin()];
    cloud.advance(6_000);
    expect(answers.map((answer) => answer()?.payload)).toEqual(['late', 'late', 'late']);
    expect(summary(cloud).environments.map((environment) => environment.phase)).toEqual(['idle', 'idle', 'idle']);
    expect(summary(cloud).counters).toMatchObject({ invocations: 3, coldStarts: 3, errors: 0 });
  });

  it('end after ten minutes without a request', () => {
    const cloud = functionsWorld({ counter });
    cloud.make('counter');
    cloud.invoke();
    cloud.advance(599_000);
    expect(summary(cloud).environments).toHaveLength(1);
    cloud.advance(2_000);
    expect(summary(cloud).environments).toEqual([]);
    expect(cloud.events('lambda.EnvironmentEnded')[0]!.data).toMatchObject({ reason: 'idle', served: 1 });
    expect(cloud.runtime.images.size).toBe(0);
    expect(cloud.invoke()).toMatchObject({ payload: 1 });
  });

  it('are frozen between requests: a timer that was left fires at the start of the next one', () => {
    const cloud = functionsWorld({ later });
    cloud.make('later');
    expect(cloud.invoke()).toMatchObject({ payload: 0 });
    cloud.advance(60_000);
    expect(summary(cloud).environments[0]!.phase).toBe('idle');
    expect(cloud.invoke()).toMatchObject({ payload: 1 });
  });

  it('end with an update of code or settings, so that the next request starts cold with the new', () => {
    const cloud = functionsWorld({ counter, hello });
    cloud.make('counter');
    cloud.invoke();
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', MemorySize: 512 });
    cloud.advance(1_000);
    expect(cloud.invoke().log).toContain('Memory Size: 512 MB');
    cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'hello' } });
    cloud.advance(1_000);
    expect(cloud.invoke().payload).toEqual({ ok: true });
    expect(summary(cloud).counters.coldStarts).toBe(3);
  });

  it('that are busy during an update finish with the old code, and end', () => {
    const cloud = functionsWorld({ slow, hello });
    cloud.make('slow', { Timeout: 10 });
    const answer = cloud.begin();
    cloud.advance(2_000);
    cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'hello' } });
    cloud.advance(1_000);
    expect(summary(cloud).environments).toMatchObject([{ phase: 'busy', outdated: true }]);
    cloud.advance(5_000);
    expect(answer()!.payload).toBe('late');
    expect(summary(cloud).environments).toEqual([]);
  });
});

describe('Lambda functions that fail', () => {
  it('answer with the error and go on: a thrown error resets nothing', () => {
    const cloud = functionsWorld({ boom });
    cloud.make('boom');
    const trace = ['TypeError: boom', '    at handler (/var/task/index.mjs:2:9)'];
    expect(cloud.invoke()).toMatchObject({ statusCode: 200, functionError: 'Unhandled', payload: { errorType: 'TypeError', errorMessage: 'boom', trace } });
    cloud.invoke();
    expect(summary(cloud).counters).toMatchObject({ errors: 2, coldStarts: 1 });
    expect(summary(cloud).lastError).toMatchObject({ errorType: 'TypeError', errorMessage: 'boom', status: 'error' });
  });

  it('are stopped at their timeout, lose their memory, and pay the next start inside the next request', () => {
    const cloud = functionsWorld({ slow });
    cloud.make('slow', { Timeout: 1 });
    const { payload, functionError, log } = cloud.invoke();
    expect(functionError).toBe('Unhandled');
    const id = /RequestId: (\S+)/.exec(log)![1]!;
    expect(payload).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${id} Error: Task timed out after 1.00 seconds` });
    expect(log).toMatch(/REPORT RequestId: \S+\tDuration: 1000\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: \d+\.\d\d ms\tStatus: timeout\t\n$/);
    const second = cloud.invoke({ ms: 10 });
    expect(second.payload).toBe('late');
    expect(second.log).not.toContain('Init Duration');
    expect(summary(cloud).counters).toMatchObject({ timeouts: 1, errors: 1, coldStarts: 1 });
  });

  it('that compute without end are stopped at their timeout too', () => {
    const cloud = functionsWorld({ spin });
    cloud.make('spin', { Timeout: 2 });
    expect(cloud.invoke().payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(cloud.events('lambda.InvocationTimedOut')[0]!.data).toMatchObject({ durationUs: 2_000_000 });
  });

  it.each([
    ['exit', 'Runtime.ExitError', 'Error: Runtime exited with error: exit status 1'],
    ['memory', 'Runtime.OutOfMemory', 'Error: Runtime exited with error: signal: killed'],
  ])('by %s lose their memory', (die, errorType, message) => {
    const cloud = functionsWorld({ crash });
    cloud.make('crash');
    cloud.invoke();
    const answer = cloud.invoke({ die });
    expect(answer.payload).toMatchObject({ errorType });
    expect((answer.payload as { errorMessage: string }).errorMessage).toMatch(new RegExp(`^RequestId: [0-9a-f-]{36} ${message}$`));
    expect(answer.log).toContain(`Status: error\tError Type: ${errorType}`);
    expect(cloud.invoke().payload).toBe(1);
    expect(summary(cloud).counters.coldStarts).toBe(1);
  });

  it('in their init are started again in the request, and fail there', () => {
    const cloud = functionsWorld({ broken });
    cloud.make('broken');
    expect(cloud.invoke().payload).toMatchObject({ errorType: 'SyntaxError', errorMessage: 'Unexpected token' });
    const lines = cloud.lines();
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['INIT_START', 'INIT_REPORT', 'INIT_REPORT', 'START', 'END', 'REPORT']);
    expect(lines.filter((line) => line.startsWith('INIT_REPORT')).map((line) => line.replace(/\d+\.\d\d/, 'x'))).toEqual(['INIT_REPORT Init Duration: x ms\tPhase: init\tStatus: error\tError Type: SyntaxError\n', 'INIT_REPORT Init Duration: x ms\tPhase: invoke\tStatus: error\tError Type: SyntaxError\n']);
  });

  it('whose init takes more than 10 s are started again inside the request', () => {
    const cloud = functionsWorld({ lazy });
    cloud.make('lazy', { Timeout: 60, MemorySize: 1769 });
    const answer = cloud.invoke();
    expect(answer.payload).toBe('up');
    expect(cloud.events('lambda.InitFailed')[0]!.data).toMatchObject({ status: 'timeout', initUs: 10_000_000 });
    expect(Number(cloud.events('lambda.InvocationSucceeded')[0]!.data['durationUs'])).toBeGreaterThan(12_000_000);
    const short = functionsWorld({ lazy });
    short.make('lazy', { Timeout: 3, MemorySize: 1769 });
    short.invoke();
    expect(short.lines().slice(1, 3)).toEqual(['INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n', 'INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout\n']);
    expect(short.lines().slice(3).map((line) => line.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  });
});

describe('Lambda log lines', () => {
  it('are those of AWS, byte for byte', () => {
    const cloud = functionsWorld({ hello });
    cloud.make('hello', { MemorySize: 1769 });
    cloud.invoke();
    cloud.invoke();
    const lines = cloud.lines();
    const id = /RequestId: (\S+)/.exec(lines[1]!)![1]!;
    expect(lines[0]).toMatch(/^INIT_START Runtime Version: nodejs:22\.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/);
    expect(lines[1]).toBe(`START RequestId: ${id} Version: $LATEST\n`);
    expect(lines[2]).toBe('2026-01-01T00:00:00.000Z\tid\tINFO\thello\n');
    expect(lines[3]).toBe(`END RequestId: ${id}\n`);
    expect(lines[4]).toMatch(new RegExp(`^REPORT RequestId: ${id}\\tDuration: 5\\.00 ms\\tBilled Duration: \\d+ ms\\tMemory Size: 1769 MB\\tMax Memory Used: 64 MB\\tInit Duration: \\d+\\.\\d\\d ms\\t\\n$`));
    expect(lines[8]).toMatch(/^REPORT RequestId: \S+\tDuration: 5\.00 ms\tBilled Duration: 5 ms\tMemory Size: 1769 MB\tMax Memory Used: 64 MB\t\n$/);
    expect(lines).toHaveLength(9);
  });
});
