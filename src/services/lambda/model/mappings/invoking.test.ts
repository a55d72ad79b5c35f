/** Mappings whose function is not yet Active, has lost its alias or its rights, is deleted, or is another one from now on. */
import { describe, expect, it } from 'vitest';
import { models } from '../../../models.ts';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';
import { got, mappingId, put, show, streamWorld } from '../testing/stream-world.ts';
import { STREAM_ARN, testStream } from '../testing/test-stream.ts';

const update = (cloud: FunctionsWorld, o: object): Record<string, unknown> => cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: mappingId(cloud), ...o });
const shownResult = (cloud: FunctionsWorld): unknown => cloud.send('lambda', 'GetEventSourceMapping', { UUID: mappingId(cloud) })['LastProcessingResult'];

describe('a mapping of a stream whose function cannot be invoked', () => {
  it('waits for a function that is not yet Active', () => {
    const cloud = functionsWorld({ show }, { models: [...models.filter((model) => model.id !== 'kinesis'), testStream()], tuning: { lambda: { createMs: 30_000 } } });
    cloud.allow('kinesis:*');
    cloud.make('show');
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: STREAM_ARN, FunctionName: 'fn', StartingPosition: 'TRIM_HORIZON', MaximumRetryAttempts: 0 });
    put(cloud, 'a');
    cloud.advance(20_000);
    expect([got(cloud), shownResult(cloud)]).toEqual([[], 'PROBLEM: The operation cannot be performed at this time. The function is currently in the following state: Pending']);
    cloud.advance(60_000);
    expect([got(cloud), shownResult(cloud)]).toEqual([['a'], 'OK']);
  });

  it('says so when its alias or its function is gone, and goes on when they are there again', () => {
    const cloud = streamWorld(show, { FunctionName: 'fn:live', MaximumRetryAttempts: 0 }, {
      before: (early) => {
        early.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
        early.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
      },
    });
    cloud.advance(2_000);
    cloud.send('lambda', 'DeleteAlias', { FunctionName: 'fn', Name: 'live' });
    put(cloud, 'a');
    cloud.advance(30_000);
    expect([got(cloud), String(shownResult(cloud))]).toEqual([[], expect.stringMatching(/^PROBLEM: Function not found: .*:fn:live$/)]);
    expect(cloud.events('lambda.MappingCannotInvoke')).toHaveLength(1);
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.advance(60_000);
    expect([got(cloud), shownResult(cloud)]).toEqual([['a'], 'OK']);
    cloud.send('lambda', 'DeleteFunction', { FunctionName: 'fn' });
    put(cloud, 'b');
    cloud.advance(30_000);
    cloud.make('script');
    cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '2' });
    cloud.advance(60_000);
    expect(got(cloud)).toEqual(['a', 'b']);
  });

  it('says so when the role may no longer read, and reads on from where it was when it may again', () => {
    const cloud = streamWorld(show);
    put(cloud, 'a');
    cloud.advance(3_000);
    cloud.allow('sqs:*');
    put(cloud, 'b');
    cloud.advance(5_000);
    expect([got(cloud), String(shownResult(cloud))]).toEqual([['a'], expect.stringMatching(/^PROBLEM: User: .* is not authorized to perform: kinesis:GetRecords/)]);
    expect(cloud.events('lambda.PollFailed')).toHaveLength(1);
    cloud.allow('kinesis:*');
    cloud.advance(5_000);
    expect([got(cloud), shownResult(cloud)]).toEqual([['a', 'b'], 'OK']);
  });

  it('gets another function from an update, which goes on with the next batch', () => {
    const cloud = streamWorld(show);
    cloud.make('script', {}, 'other');
    put(cloud, 'a');
    cloud.advance(3_000);
    expect(update(cloud, { FunctionName: 'other' })['FunctionArn']).toMatch(/:function:other$/);
    put(cloud, 'b');
    cloud.advance(5_000);
    expect([got(cloud), cloud.lines('other').filter((line) => line.startsWith('got'))]).toEqual([['a'], ['got b\n']]);
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID: mappingId(cloud), FunctionName: 'none' })).toMatchObject({ status: 400, name: 'InvalidParameterValueException', message: 'Function does not exist' });
  });
});

describe('a mapping of a queue whose function cannot be invoked', () => {
  const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
  const show: Script = { handle: (event) => [{ log: `got ${(event as { Records: { body: string }[] }).Records.map((record) => record.body).join(',')}` }, { result: null }] };

  function queueWorld(FunctionName: string, o: Parameters<typeof functionsWorld>[1] = {}): FunctionsWorld {
    const cloud = functionsWorld({ show }, o);
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '60' } });
    cloud.make('show');
    if (FunctionName !== 'fn') {
      cloud.send('lambda', 'PublishVersion', { FunctionName: 'fn' });
      cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    }
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', FunctionName });
    cloud.advance(2_000);
    return cloud;
  }

  it('waits for a function that is not yet Active, which costs no receive', () => {
    const cloud = queueWorld('fn', { tuning: { lambda: { createMs: 30_000 } } });
    cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'a' });
    cloud.advance(20_000);
    expect([got(cloud), cloud.events('lambda.MappingCannotInvoke')[0]?.data['error']]).toEqual([[], 'ResourceConflictException']);
    cloud.advance(40_000);
    expect([got(cloud), cloud.events('sqs.MessageReceived')]).toEqual([['a'], [expect.objectContaining({ data: expect.objectContaining({ receiveCount: 1 }) as unknown })]]);
  });

  it('leaves the message to its visibility timeout when its alias is gone', () => {
    const cloud = queueWorld('fn:live');
    cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'a' });
    cloud.send('lambda', 'DeleteAlias', { FunctionName: 'fn', Name: 'live' });
    cloud.advance(50_000);
    expect(got(cloud)).toEqual([]);
    cloud.send('lambda', 'CreateAlias', { FunctionName: 'fn', Name: 'live', FunctionVersion: '1' });
    cloud.advance(120_000);
    expect(got(cloud)).toEqual(['a']);
  });
});
