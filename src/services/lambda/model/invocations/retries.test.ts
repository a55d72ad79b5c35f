/** The queue of async events at its edges: attempts, throttles, ages, and where what is given up goes. @source aws/lambda.md §8.2–§8.4 */
import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/';
const boom: Script = { handle: () => [{ cpuMs: 1 }, { fail: ['Error', 'boom'] }] };
/** Takes its place for as long as the event says, and fails otherwise. */
const held: Script = { handle: (event) => ((event as { holdMs?: number }).holdMs === undefined ? [{ fail: ['Error', 'boom'] }] : [{ sleepMs: (event as { holdMs: number }).holdMs }, { result: 1 }]) };
const fine: Script = { handle: () => [{ cpuMs: 1 }, { result: { ok: true } }] };

interface Options {
  readonly config?: object;
  readonly settings?: object;
  readonly reserved?: number;
}
/** Failures go to `bad`, successes to `good`, dead letters to `dead`. */
function world(script: Script, o: Options = {}): FunctionsWorld {
  const cloud = functionsWorld({ script });
  cloud.allow('sqs:*', 'sns:*');
  for (const QueueName of ['bad', 'good', 'dead']) cloud.send('sqs', 'CreateQueue', { QueueName });
  cloud.make('script', { MemorySize: 1769, Timeout: 60, DeadLetterConfig: { TargetArn: `${QUEUE}dead` }, ...o.settings });
  cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnSuccess: { Destination: `${QUEUE}good` }, OnFailure: { Destination: `${QUEUE}bad` } }, ...o.config });
  if (o.reserved !== undefined) cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: o.reserved });
  return cloud;
}
const event = (cloud: FunctionsWorld, payload: object = { n: 1 }): void => void cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: JSON.stringify(payload) });
interface Message {
  readonly Body: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}
const messages = (cloud: FunctionsWorld, name: string): readonly Message[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `${URL}${name}`, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as readonly Message[];
interface Recorded {
  readonly requestContext: { readonly condition: string; readonly approximateInvokeCount: number; readonly functionArn: string; readonly requestId: string };
  readonly responseContext?: object;
  readonly responsePayload?: object;
}
const record = (cloud: FunctionsWorld, name: string): Recorded => JSON.parse(messages(cloud, name)[0]!.Body) as Recorded;
const starts = (cloud: FunctionsWorld): readonly number[] => cloud.events('lambda.InvocationStarted').map(({ at }) => at);

describe('attempts', () => {
  it.each([
    [0, 1, []],
    [1, 2, [60]],
    [2, 3, [60, 120]],
  ])('with %i retries are %i, a minute and then two minutes after the failure before', (MaximumRetryAttempts, tries, gaps) => {
    const cloud = world(boom, { config: { MaximumRetryAttempts } });
    event(cloud);
    cloud.advance(600_000);
    const at = starts(cloud);
    expect(at).toHaveLength(tries);
    expect(at.slice(1).map((later, i) => Math.floor((later - at[i]!) / 1e6))).toEqual(gaps);
    expect(record(cloud, 'bad').requestContext).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: tries });
    expect(new Set(cloud.events('lambda.InvocationStarted').map(({ data }) => data['requestId'])).size).toBe(1);
  });

  it.each([0, 1, 2])('with %i retries are not used up by throttles', (MaximumRetryAttempts) => {
    const cloud = world(held, { config: { MaximumRetryAttempts }, reserved: 1 });
    cloud.begin({ holdMs: 30_000 });
    event(cloud);
    cloud.advance(600_000);
    expect(cloud.events('lambda.AsyncWaiting').length).toBeGreaterThan(3);
    expect(record(cloud, 'bad').requestContext).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: MaximumRetryAttempts + 1 });
  });

  it('count timeouts, exits and a lack of memory as failures too', () => {
    for (const how of [[{ sleepMs: 90_000 }], [{ exit: 1 }], [{ outOfMemory: true }]] as const) {
      const cloud = world({ handle: () => [...how] }, { config: { MaximumRetryAttempts: 1 }, settings: { Timeout: 3 } });
      event(cloud);
      cloud.advance(200_000);
      expect(starts(cloud)).toHaveLength(2);
      expect(record(cloud, 'bad').responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' });
    }
  });
});

describe('an age', () => {
  it.each([
    [60, 1],
    [61, 2],
    [90, 2],
    [180, 2],
    [182, 3],
    [21_600, 3],
  ])('of %i s leaves room for %i tries: one that would come too late is not waited for', (MaximumEventAgeInSeconds, tries) => {
    const cloud = world(boom, { config: { MaximumEventAgeInSeconds } });
    event(cloud);
    cloud.advance(600_000);
    expect(starts(cloud)).toHaveLength(tries);
    const { requestContext, responseContext } = record(cloud, 'bad');
    expect(requestContext).toMatchObject({ condition: tries === 3 ? 'RetriesExhausted' : 'EventAgeExceeded', approximateInvokeCount: tries });
    expect(responseContext).toMatchObject({ functionError: 'Unhandled' });
  });

  it('that passes in the only try allowed is no reason: the retries are', () => {
    const cloud = world({ handle: () => [{ sleepMs: 50_000 }, { fail: ['Error', 'late'] }] }, { config: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } });
    for (let i = 0; i < 2; i++) event(cloud);
    cloud.advance(600_000);
    expect(record(cloud, 'bad').requestContext.condition).toBe('RetriesExhausted');
  });

  it('that passes before any try has a record without a response, and a dead letter without a message', () => {
    const cloud = world(held, { config: { MaximumEventAgeInSeconds: 60 }, reserved: 1, settings: { Timeout: 300 } });
    cloud.begin({ holdMs: 200_000 });
    event(cloud);
    cloud.advance(120_000);
    const { requestContext, ...rest } = record(cloud, 'bad');
    expect(requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 });
    expect(Object.keys(rest)).toEqual(['version', 'timestamp', 'requestPayload']);
    const [letter] = messages(cloud, 'dead');
    expect([letter!.Body, Object.keys(letter!.MessageAttributes!).sort()]).toEqual(['{"n":1}', ['ErrorCode', 'RequestID']]);
  });

  it.each([59, 21_601])('of %i s is refused', (MaximumEventAgeInSeconds) => {
    expect(() => world(boom, { config: { MaximumEventAgeInSeconds } })).toThrow(/at 'maximumEventAgeInSeconds' failed to satisfy constraint/);
  });
  it.each([-1, 3])('%i retries are refused', (MaximumRetryAttempts) => {
    expect(() => world(boom, { config: { MaximumRetryAttempts } })).toThrow(/at 'maximumRetryAttempts' failed to satisfy constraint/);
  });
});

describe('a function that is switched off', () => {
  it('gives its events up at once, with 0 invocations, to the destination and to the dead letters', () => {
    const cloud = world(fine, { reserved: 0 });
    event(cloud);
    cloud.advance(1_000);
    const { requestContext, responseContext, responsePayload } = record(cloud, 'bad');
    expect(requestContext).toMatchObject({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0, functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST' });
    expect([responseContext, responsePayload]).toEqual([undefined, undefined]);
    expect(messages(cloud, 'dead')).toHaveLength(1);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ status: 429, data: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } });
  });
});

describe('what is given up', () => {
  it('goes to the destination first and to the dead letters too, each once, in forms of its own', () => {
    const cloud = world(boom, { config: { MaximumRetryAttempts: 0 } });
    event(cloud);
    cloud.advance(5_000);
    const order = cloud.world.trace.events.map(({ kind }) => kind).filter((kind) => ['lambda.DestinationSent', 'lambda.DeadLetterSent'].includes(kind));
    expect(order).toEqual(['lambda.DestinationSent', 'lambda.DeadLetterSent']);
    const [letter] = messages(cloud, 'dead');
    expect(letter!.Body).toBe('{"n":1}');
    expect(letter!.MessageAttributes).toEqual({
      RequestID: { DataType: 'String', StringValue: record(cloud, 'bad').requestContext.requestId },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'boom' },
    });
    expect(messages(cloud, 'good')).toEqual([]);
  });

  it('is told of successes to the other destination only', () => {
    const cloud = world(fine);
    event(cloud);
    cloud.advance(5_000);
    expect(record(cloud, 'good')).toMatchObject({ version: '1.0', requestContext: { condition: 'Success', approximateInvokeCount: 1 }, requestPayload: { n: 1 }, responseContext: { statusCode: 200, executedVersion: '$LATEST' }, responsePayload: { ok: true } });
    expect([messages(cloud, 'bad'), messages(cloud, 'dead')]).toEqual([[], []]);
  });

  it('is lost in a FIFO queue or topic: they can be named, and take no dead letter', () => {
    for (const kind of ['sqs', 'sns']) {
      const cloud = world(boom, { config: { MaximumRetryAttempts: 0 } });
      if (kind === 'sqs') cloud.send('sqs', 'CreateQueue', { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
      else cloud.send('sns', 'CreateTopic', { Name: 'dead.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } });
      cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', DeadLetterConfig: { TargetArn: `arn:aws:${kind}:us-east-1:000000000000:dead.fifo` } });
      cloud.advance(1_000);
      event(cloud);
      cloud.advance(5_000);
      expect(cloud.events('lambda.DeadLetterFailed')).toHaveLength(1);
      expect(cloud.events('lambda.DeadLetterSent')).toEqual([]);
      expect(messages(cloud, 'bad')).toHaveLength(1);
    }
  });

  it('goes to the dead letters of $LATEST, whatever version failed', () => {
    const cloud = world(boom, { config: { MaximumRetryAttempts: 0 } });
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'later' });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', DeadLetterConfig: { TargetArn: `${QUEUE}later` } });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', Qualifier: '1', MaximumRetryAttempts: 0 });
    cloud.advance(1_000);
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', Qualifier: '1', InvocationType: 'Event', Payload: '{"n":1}' });
    cloud.advance(5_000);
    expect([messages(cloud, 'dead').length, messages(cloud, 'later').length]).toEqual([0, 1]);
  });

  it('is too large for a topic with its record, and for the queue of another function', () => {
    const cloud = world({ handle: () => [{ result: 'x'.repeat(200_000) }] });
    cloud.send('sns', 'CreateTopic', { Name: 'news' });
    cloud.send('lambda', 'UpdateFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sns:us-east-1:000000000000:news' } } });
    event(cloud, { text: 'y'.repeat(100_000) });
    cloud.advance(5_000);
    expect(cloud.events('lambda.DestinationFailed')).toHaveLength(1);
    event(cloud, { text: 'y' });
    cloud.advance(5_000);
    expect(cloud.events('lambda.DestinationSent')).toHaveLength(1);
  });
});

describe('settings of async invocation', () => {
  it('are put as a whole and updated in parts, for a function, a version or an alias', () => {
    const cloud = world(fine);
    const of = (Qualifier?: string) => cloud.send('lambda', 'GetFunctionEventInvokeConfig', { FunctionName: 'fn', ...(Qualifier === undefined ? {} : { Qualifier }) });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumRetryAttempts: 1 });
    expect(of()).toMatchObject({ MaximumRetryAttempts: 1, DestinationConfig: { OnSuccess: {}, OnFailure: {} }, FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST' });
    cloud.send('lambda', 'UpdateFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumEventAgeInSeconds: 60 });
    expect(of()).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 });
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', Qualifier: 'live', MaximumRetryAttempts: 0 });
    expect(of('live')).toMatchObject({ MaximumRetryAttempts: 0, FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:live' });
    expect(cloud.failure('lambda', 'GetFunctionEventInvokeConfig', { FunctionName: 'fn', Qualifier: '1' }).status).toBe(404);
  });
});
