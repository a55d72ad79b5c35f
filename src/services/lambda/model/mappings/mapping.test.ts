import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import { batches, counts, QUEUE, queueWorld as world, send, URL } from '../testing/queue-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes: Record<string, string>; readonly eventSource: string }[];
}
const records = (event: unknown): SqsEvent['Records'] => (event as SqsEvent).Records;
const ok: Script = { handle: () => [{ cpuMs: 1 }, { result: null }] };
const boom: Script = { handle: () => [{ fail: ['Error', 'boom'] }] };
const slow: Script = { handle: () => [{ sleepMs: 2_000 }, { result: null }] };
/** Fails the messages whose body is `bad`, by id. */
const partial: Script = { handle: (event) => [{ result: { batchItemFailures: records(event).filter((record) => record.body === 'bad').map((record) => ({ itemIdentifier: record.messageId })) } }] };
const nonsense: Script = { handle: () => [{ result: { foo: 'x' } }] };
const show: Script = { handle: (event) => [{ log: JSON.stringify(event) }, { result: null }] };

describe('SQS event source mapping', () => {
  it('gives binary attributes to the function in base64', () => {
    const cloud = world(show);
    cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: 'x', MessageAttributes: { icon: { DataType: 'Binary.png', BinaryValue: { $bytes: 'AQL/' } }, kind: { DataType: 'String', StringValue: 'photo' } } });
    cloud.advance(5_000);
    const event = JSON.parse(cloud.lines().find((line) => line.startsWith('{"Records"'))!) as { Records: { messageAttributes: object }[] };
    expect(event.Records[0]!.messageAttributes).toEqual({
      icon: { binaryValue: 'AQL/', stringListValues: [], binaryListValues: [], dataType: 'Binary.png' },
      kind: { stringValue: 'photo', stringListValues: [], binaryListValues: [], dataType: 'String' },
    });
  });

  it('invokes the function with a message and deletes it when that succeeds', () => {
    const cloud = world(show);
    send(cloud, 'hello');
    cloud.advance(3_000);
    expect(counts(cloud)).toEqual(['0', '0']);
    const [record] = records(JSON.parse(cloud.lines().find((line) => line.startsWith('{'))!));
    expect(record).toMatchObject({ body: 'hello', eventSource: 'aws:sqs', eventSourceARN: QUEUE, awsRegion: 'us-east-1', md5OfBody: '5d41402abc4b2a76b9719d911017c592', messageAttributes: {}, attributes: { ApproximateReceiveCount: '1' } });
    expect(Object.keys(record!.attributes).sort()).toEqual(['ApproximateFirstReceiveTimestamp', 'ApproximateReceiveCount', 'SenderId', 'SentTimestamp']);
  });

  it('is Creating, then Enabled, with AWS’s defaults', () => {
    const cloud = functionsWorld({ ok });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    cloud.make('ok');
    const made = cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' });
    expect(made).toMatchObject({ State: 'Creating', BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [], StateTransitionReason: 'USER_INITIATED' });
    cloud.advance(2_000);
    expect(cloud.send('lambda', 'GetEventSourceMapping', { UUID: made['UUID'] })['State']).toBe('Enabled');
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' })).toMatchObject({ name: 'ResourceConflictException', status: 409 });
    expect(cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: made['UUID'], Enabled: false })['State']).toBe('Disabling');
    cloud.advance(2_000);
    expect(cloud.send('lambda', 'GetEventSourceMapping', { UUID: made['UUID'] })['State']).toBe('Disabled');
    send(cloud, 'nobody asks');
    cloud.advance(60_000);
    expect(counts(cloud)).toEqual(['1', '0']);
  });

  it('leaves a failed message hidden until its visibility timeout is over, then tries again, and the queue gives it up', () => {
    const cloud = functionsWorld({ boom });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '30', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 3 }) } });
    cloud.make('boom');
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' });
    cloud.advance(2_000);
    send(cloud, 'poison');
    cloud.advance(200_000);
    const received = cloud.events('sqs.MessageReceived').map((event) => event.at);
    expect(received).toHaveLength(3);
    expect(received[1]! - received[0]!).toBe(30_000_000);
    expect(cloud.events('lambda.InvocationStarted').map((event) => event.data['attempt'])).toEqual([1, 2, 3]);
    expect(counts(cloud)).toEqual(['0', '0']);
    expect(counts(cloud, 'https://sqs.us-east-1.amazonaws.com/000000000000/dead')).toEqual(['1', '0']);
    expect(cloud.events('lambda.DeadLetterSent')).toEqual([]);
  });

  it('lets a run come to rest: idle between messages, not before a failed one has had all its tries', () => {
    const cloud = world(ok);
    send(cloud, 'a');
    cloud.untilIdle();
    expect(cloud.world.now).toBeLessThan(6_000_000);
    expect(counts(cloud)).toEqual(['0', '0']);
    const failing = functionsWorld({ boom });
    failing.allow('sqs:*');
    failing.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    failing.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '30', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 2 }) } });
    failing.make('boom');
    failing.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' });
    send(failing, 'poison');
    failing.untilIdle();
    expect(failing.events('sqs.DeadLetterArrived')).toHaveLength(1);
    expect(failing.world.now).toBeLessThan(80_000_000);
  });

  it('takes at most BatchSize messages for one invocation', () => {
    const cloud = world(slow, { mapping: { BatchSize: 3 }, settings: { Timeout: 10 }, queue: { DelaySeconds: '1' } });
    send(cloud, ...Array.from({ length: 7 }, (_, i) => String(i)));
    cloud.advance(15_000);
    expect((batches(cloud) as number[]).reduce((sum, n) => sum + n, 0)).toBe(7);
    expect(Math.max(...(batches(cloud) as number[]))).toBeLessThanOrEqual(3);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('waits for its window, or until the batch is full', () => {
    const cloud = world(ok, { mapping: { BatchSize: 20, MaximumBatchingWindowInSeconds: 5 } });
    send(cloud, 'a', 'b', 'c');
    cloud.advance(4_900);
    expect(cloud.events('lambda.InvocationStarted')).toEqual([]);
    cloud.advance(1_000);
    expect(batches(cloud)).toEqual([3]);
    send(cloud, ...Array.from({ length: 20 }, (_, i) => String(i)));
    cloud.advance(1_000);
    expect(batches(cloud)).toEqual([3, 20]);
  });

  it('deletes what succeeded and keeps what the handler reports', () => {
    const cloud = world(partial, { mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 1 } });
    send(cloud, 'good', 'bad', 'fine');
    cloud.advance(5_000);
    expect(batches(cloud)).toEqual([3]);
    expect(counts(cloud)).toEqual(['0', '1']);
    expect(cloud.events('lambda.MessagesFailed')[0]!.data).toMatchObject({ messages: 1, of: 3, why: 'reported' });
  });

  it('takes the same reply for a success when it was not told to look', () => {
    const cloud = world(partial, { mapping: { MaximumBatchingWindowInSeconds: 1 } });
    send(cloud, 'good', 'bad');
    cloud.advance(5_000);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('fails the whole batch for a reply of no use', () => {
    const cloud = world(nonsense, { mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] } });
    send(cloud, 'a');
    cloud.advance(5_000);
    expect(counts(cloud)).toEqual(['0', '1']);
  });

  it('deletes messages that fit no filter, without an invocation', () => {
    const cloud = world(ok, { mapping: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["clip"]}}' }] } } });
    send(cloud, '{"kind":"note"}', '{"kind":"clip"}');
    cloud.advance(5_000);
    expect(counts(cloud)).toEqual(['0', '0']);
    expect(cloud.events('lambda.MessagesFilteredOut')).toHaveLength(1);
    expect(cloud.events('lambda.InvocationStarted')).toHaveLength(1);
  });

  it('keeps trying a throttled batch until its messages come back, which counts as a receive', () => {
    const cloud = world(slow, { settings: { Timeout: 20 }, queue: { VisibilityTimeout: '20' } });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    send(cloud, 'x');
    cloud.advance(21_000);
    expect(cloud.events('lambda.Throttled').length).toBeGreaterThan(2);
    expect(cloud.events('lambda.InvocationStarted')).toEqual([]);
    expect(cloud.events('sqs.MessageReceived').map((event) => event.data['receiveCount'])).toEqual([1, 2]);
    cloud.send('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'fn' });
    cloud.advance(60_000);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('does not ask again at once when it is throttled and its messages are hidden for no time', () => {
    const cloud = world(slow, { settings: { Timeout: 20 }, queue: { VisibilityTimeout: '20' } });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { VisibilityTimeout: '0' } });
    // Polls that wait already hide for what was set when they began.
    cloud.advance(21_000);
    send(cloud, 'x');
    cloud.advance(10_000);
    // About one receive a second of each of five pollers: throttled ones do not grow in number.
    expect(cloud.events('sqs.MessageReceived').length).toBeLessThanOrEqual(110);
    expect(cloud.events('sqs.MessageReceived').length).toBeGreaterThan(10);
  });

  it('runs no more batches at a time than MaximumConcurrency', () => {
    const cloud = world(slow, { settings: { Timeout: 10 }, mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } } });
    send(cloud, ...Array.from({ length: 8 }, (_, i) => String(i)));
    cloud.advance(30_000);
    expect(Math.max(...cloud.events('lambda.InvocationStarted').map((event) => Number(event.data['concurrency'])))).toBe(2);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('begins with five batches at a time and grows by 300 a minute', () => {
    const cloud = world({ handle: () => [{ sleepMs: 9_000 }, { result: null }] }, { settings: { Timeout: 10 }, mapping: { BatchSize: 1 } });
    send(cloud, ...Array.from({ length: 60 }, (_, i) => String(i)));
    cloud.advance(500);
    const at = cloud.world.now;
    expect(cloud.events('lambda.BatchReceived').filter((event) => event.at <= at - 499_000)).toHaveLength(5);
    cloud.advance(2_000);
    expect(cloud.events('lambda.BatchReceived').length).toBeGreaterThan(12);
    expect(cloud.events('lambda.BatchReceived').length).toBeLessThan(20);
  });

  it.each([
    ['a visibility timeout under the function’s', { VisibilityTimeout: '5' }, { Timeout: 10 }, {}, 'Queue visibility timeout: 5 seconds is less than Function timeout: 10 seconds'],
    ['a large batch without a window', {}, {}, { BatchSize: 11 }, 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'],
    ['an unknown kind of answer', {}, {}, { FunctionResponseTypes: ['ReportFailures'] }, "1 validation error detected: Value '[ReportFailures]' at 'functionResponseTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]"],
  ])('is refused for %s', (_, queue, settings, mapping, message) => {
    expect(() => world(ok, { queue, settings, mapping })).toThrow(message);
  });

  it('is refused without the rights of the role, and without the queue', () => {
    const cloud = functionsWorld({ ok });
    cloud.make('ok');
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' }).message).toBe('The provided execution role does not have permissions to call ReceiveMessage on SQS');
    cloud.allow('sqs:*');
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' }).message).toBe('Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.');
  });

  it('says so when the role loses its rights, and goes on when it has them again', () => {
    const cloud = world(ok);
    cloud.send('iam', 'DeleteRolePolicy', { RoleName: 'fn-role', PolicyName: 'more' });
    send(cloud, 'x');
    cloud.advance(60_000);
    expect(cloud.events('lambda.PollFailed')).toHaveLength(1);
    cloud.allow('sqs:*');
    cloud.advance(60_000);
    expect(counts(cloud)).toEqual(['0', '0']);
  });
});
