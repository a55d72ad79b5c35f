import { describe, expect, it } from 'vitest';
import { FN, functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const boom: Script = { handle: () => [{ cpuMs: 1 }, { fail: ['Error', 'boom'] }] };
const echo: Script = { handle: (event) => [{ result: { got: event } }] };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';

function queue(cloud: FunctionsWorld, name: string): () => Record<string, unknown>[] {
  const url = cloud.send('sqs', 'CreateQueue', { QueueName: name })['QueueUrl'];
  return () => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })['Messages'] ?? []) as Record<string, unknown>[];
}
const later = (cloud: FunctionsWorld, event: unknown = { n: 1 }): Record<string, unknown> => cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event', Payload: JSON.stringify(event) });
const starts = (cloud: FunctionsWorld): number[] => cloud.events('lambda.InvocationStarted').map((event) => event.at);

describe('Lambda asynchronous invocation', () => {
  it('is accepted with 202 and runs a moment later', () => {
    const cloud = functionsWorld({ echo });
    cloud.make('echo');
    expect(later(cloud)).toEqual({ StatusCode: 202 });
    cloud.advance(1_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(1);
  });

  it('is tried again one minute and then two minutes after an error, with the same request id, and then dropped', () => {
    const cloud = functionsWorld({ boom });
    cloud.make('boom');
    later(cloud);
    cloud.advance(600_000);
    const at = starts(cloud);
    expect(at).toHaveLength(3);
    const ends = cloud.events('lambda.InvocationFailed').map((event) => event.at);
    expect(Math.round((at[1]! - ends[0]!) / 1000)).toBe(60_002);
    expect(Math.round((at[2]! - ends[1]!) / 1000)).toBe(120_002);
    expect(new Set(cloud.events('lambda.InvocationStarted').map((event) => event.data['requestId'])).size).toBe(1);
    expect(cloud.events('lambda.AsyncDropped')[0]!.data).toMatchObject({ condition: 'RetriesExhausted', attempts: 3 });
  });

  it('gives its event to the dead-letter queue with three attributes, unchanged', () => {
    const cloud = functionsWorld({ boom });
    const dead = queue(cloud, 'dead');
    cloud.allow('sqs:SendMessage');
    cloud.make('boom', { DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    later(cloud, { n: 7 });
    cloud.advance(600_000);
    const [message] = dead();
    expect(message!['Body']).toBe('{"n":7}');
    const id = cloud.events('lambda.InvocationStarted')[0]!.data['requestId'];
    expect(message!['MessageAttributes']).toEqual({ RequestID: { DataType: 'String', StringValue: id }, ErrorCode: { DataType: 'Number', StringValue: '200' }, ErrorMessage: { DataType: 'String', StringValue: 'boom' } });
  });

  it('loses its dead letter when the role may not send it', () => {
    const cloud = functionsWorld({ boom });
    const dead = queue(cloud, 'dead');
    cloud.make('boom', { DeadLetterConfig: { TargetArn: `${QUEUE}dead` } });
    later(cloud);
    cloud.advance(600_000);
    expect(dead()).toEqual([]);
    expect(cloud.events('lambda.DeadLetterFailed')).toHaveLength(1);
    expect(cloud.events('iam.AccessDenied')[0]!.data).toMatchObject({ action: 'sqs:SendMessage' });
  });

  it('sends the record of its result to the destination for success or for failure', () => {
    const cloud = functionsWorld({ boom, echo });
    const [good, bad] = [queue(cloud, 'good'), queue(cloud, 'bad')];
    cloud.allow('sqs:SendMessage');
    cloud.make('echo');
    const config = { FunctionName: 'fn', MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: { Destination: `${QUEUE}good` }, OnFailure: { Destination: `${QUEUE}bad` } } };
    expect(cloud.send('lambda', 'PutFunctionEventInvokeConfig', config)).toMatchObject({ FunctionArn: `${FN}:$LATEST`, MaximumRetryAttempts: 0 });
    later(cloud);
    cloud.advance(5_000);
    expect(JSON.parse(String(good()[0]!['Body']))).toMatchObject({
      version: '1.0',
      requestContext: { functionArn: `${FN}:$LATEST`, condition: 'Success', approximateInvokeCount: 1 },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { got: { n: 1 } },
    });
    cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'fn', files: { 'index.mjs': 'boom' } });
    cloud.advance(1_000);
    later(cloud);
    cloud.advance(5_000);
    expect(JSON.parse(String(bad()[0]!['Body']))).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'boom' },
    });
  });

  it.each([
    [60, 1],
    [90, 2],
  ])('with a maximum age of %i s is tried %i times: no retry that would come too late', (age, tries) => {
    const cloud = functionsWorld({ boom });
    cloud.make('boom');
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', MaximumEventAgeInSeconds: age });
    later(cloud);
    cloud.advance(600_000);
    expect(starts(cloud)).toHaveLength(tries);
    expect(cloud.events('lambda.AsyncDropped')[0]!.data).toMatchObject({ condition: 'EventAgeExceeded' });
  });

  it('waits while the function is throttled, which counts as no attempt', () => {
    const slow: Script = { handle: () => [{ sleepMs: 2_500 }, { result: 1 }] };
    const cloud = functionsWorld({ slow });
    cloud.make('slow', { Timeout: 10 });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    later(cloud);
    later(cloud);
    cloud.advance(20_000);
    expect(cloud.events('lambda.Throttled').map((event) => event.data['reason'])).toEqual(['ReservedFunctionConcurrentInvocationLimitExceeded', 'ReservedFunctionConcurrentInvocationLimitExceeded']);
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['attempt'])).toEqual([1, 1]);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(2);
  });

  it('goes straight to the failure destination when the function is switched off', () => {
    const cloud = functionsWorld({ echo });
    const bad = queue(cloud, 'bad');
    cloud.allow('sqs:SendMessage');
    cloud.make('echo');
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    cloud.send('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fn', DestinationConfig: { OnFailure: { Destination: `${QUEUE}bad` } } });
    later(cloud);
    cloud.advance(1_000);
    const record = JSON.parse(String(bad()[0]!['Body']));
    expect(record.requestContext).toMatchObject({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 });
    expect(Object.keys(record)).not.toContain('responseContext');
  });
});
