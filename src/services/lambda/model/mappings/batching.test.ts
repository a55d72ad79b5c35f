/** Batches of queues at their edges: sizes, windows, concurrency, changes of a mapping, groups, replies. @source aws/lambda.md §9 */
import { describe, expect, it } from 'vitest';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import { batches, counts, QUEUE, queueWorld, send, sendGroup, URL } from '../testing/queue-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

interface Event {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes: Readonly<Record<string, string>> }[];
}
const ok: Script = { handle: () => [{ cpuMs: 1 }, { result: null }] };
const slow: Script = { handle: () => [{ sleepMs: 2_000 }, { result: null }] };
const bodies: Script = { handle: (event) => [{ log: (event as Event).Records.map(({ body }) => body).join(' ') }, { result: null }] };
const failsOnBad: Script = {
  handle: (event) => [
    { log: (event as Event).Records.map(({ body }) => body).join(' ') },
    (event as Event).Records.some(({ body }) => body.startsWith('bad')) ? { fail: ['Error', 'bad'] } : { result: null },
  ],
};

const many = (n: number): string[] => Array.from({ length: n }, (_, i) => String(i));
const uuidOf = (cloud: FunctionsWorld): string => (cloud.send('lambda', 'ListEventSourceMappings')['EventSourceMappings'] as { UUID: string }[])[0]!.UUID;
const mostAtOnce = (cloud: FunctionsWorld): number => Math.max(...cloud.events('lambda.InvocationStarted').map((event) => Number(event.data['concurrency'])));
const got = (cloud: FunctionsWorld): string[] =>
  cloud
    .lines()
    .filter((line) => !/^(INIT|START|END|REPORT)/.test(line))
    .map((line) => line.trim());

describe('a batch of a queue', () => {
  it.each([
    ['without a window', {}],
    ['with a window', { MaximumBatchingWindowInSeconds: 2 }],
  ])('is handed over before its event passes 6 MB, %s', (_, mapping) => {
    const cloud = queueWorld(ok, { mapping: { BatchSize: 10, ...mapping }, queue: { DelaySeconds: '1' } });
    send(cloud, ...Array.from({ length: 10 }, () => 'x'.repeat(1_000_000)));
    cloud.advance(10_000);
    expect(batches(cloud)).toEqual([6, 4]);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('is measured in bytes of its JSON: quotes in a body count twice', () => {
    const cloud = queueWorld(ok, { mapping: { BatchSize: 10 }, queue: { DelaySeconds: '1' } });
    send(cloud, ...Array.from({ length: 4 }, () => '"'.repeat(1_000_000)));
    cloud.advance(10_000);
    expect(batches(cloud)).toEqual([3, 1]);
  });

  it.each([
    ['three at a time with a window', { BatchSize: 3, MaximumBatchingWindowInSeconds: 1 }, 40],
    ['one at a time', { BatchSize: 1 }, 12],
    ['split by size', { BatchSize: 10 }, 0],
  ])('never runs beside more than MaximumConcurrency allows: %s', (_, mapping, messages) => {
    const cloud = queueWorld(slow, {
      settings: { Timeout: 10 },
      mapping: { ...mapping, ScalingConfig: { MaximumConcurrency: 2 } },
      queue: { VisibilityTimeout: '120', DelaySeconds: '1' },
    });
    if (messages > 0) send(cloud, ...many(messages));
    else send(cloud, ...Array.from({ length: 20 }, () => 'x'.repeat(1_000_000)));
    cloud.advance(60_000);
    expect(mostAtOnce(cloud)).toBe(2);
    expect(counts(cloud)).toEqual(['0', '0']);
    expect(cloud.events('sqs.MessageReceived').every((event) => event.data['receiveCount'] === 1)).toBe(true);
  });

  it('whose messages are visible again before a poller is free for it is dropped, and comes with the next receive', () => {
    const cloud = queueWorld(slow, {
      settings: { Timeout: 3 },
      mapping: { BatchSize: 10, ScalingConfig: { MaximumConcurrency: 2 } },
      queue: { VisibilityTimeout: '3', DelaySeconds: '1' },
    });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 60 });
    cloud.advance(1_000);
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 1 });
    send(cloud, ...Array.from({ length: 20 }, () => 'x'.repeat(1_000_000)));
    cloud.advance(120_000);
    expect(counts(cloud)).toEqual(['0', '0']);
    expect(cloud.events('lambda.BatchDropped').length).toBeGreaterThan(0);
  });

  it.each([
    ['BatchSize', 0, 'greater than or equal to 1'],
    ['BatchSize', 10_001, 'less than or equal to 10000'],
    ['MaximumBatchingWindowInSeconds', -1, 'greater than or equal to 0'],
    ['MaximumBatchingWindowInSeconds', 301, 'less than or equal to 300'],
    ['MaximumConcurrency', 1, 'greater than or equal to 2'],
    ['MaximumConcurrency', 1_001, 'less than or equal to 1000'],
  ])('keeps to the ranges of AWS: %s %i is refused', (member, value, rule) => {
    const mapping = member === 'MaximumConcurrency' ? { ScalingConfig: { MaximumConcurrency: value } } : { MaximumBatchingWindowInSeconds: 1, [member]: value };
    expect(() => queueWorld(ok, { mapping })).toThrow(rule);
  });

  it('takes every edge of those ranges', () => {
    for (const mapping of [
      { BatchSize: 10 },
      { BatchSize: 11, MaximumBatchingWindowInSeconds: 1 },
      { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 300 },
      { ScalingConfig: { MaximumConcurrency: 2 } },
      { ScalingConfig: { MaximumConcurrency: 1_000 } },
    ]) {
      expect(() => queueWorld(ok, { mapping })).not.toThrow();
    }
    expect(() => queueWorld(ok, { fifo: true, mapping: { BatchSize: 10 } })).not.toThrow();
    expect(() => queueWorld(ok, { fifo: true, mapping: { BatchSize: 11 } })).toThrow('Maximum batch size is 10 for FIFO queues.');
  });
});

describe('a mapping that is changed', () => {
  it('leaves the queue at once: polls from before take no message away', () => {
    const cloud = queueWorld(bodies);
    cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: uuidOf(cloud), BatchSize: 2 });
    cloud.advance(2_000);
    send(cloud, 'after the change');
    cloud.advance(1_000);
    expect(got(cloud)).toEqual(['after the change']);
  });

  it('to disabled touches no message, and one that is deleted neither', () => {
    for (const operation of ['UpdateEventSourceMapping', 'DeleteEventSourceMapping']) {
      const cloud = queueWorld(ok);
      cloud.send('lambda', operation, { UUID: uuidOf(cloud), Enabled: false });
      cloud.advance(2_000);
      send(cloud, 'x');
      cloud.advance(30_000);
      expect(counts(cloud)).toEqual(['1', '0']);
      expect(cloud.events('sqs.MessageReceived')).toEqual([]);
    }
  });

  it('sends off what it had collected, with the settings of before', () => {
    const cloud = queueWorld(ok, { mapping: { BatchSize: 50, MaximumBatchingWindowInSeconds: 60 }, queue: { VisibilityTimeout: '120' } });
    send(cloud, ...many(3));
    cloud.advance(1_000);
    cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: uuidOf(cloud), Enabled: false });
    cloud.advance(2_000);
    expect(batches(cloud)).toEqual([3]);
    expect(counts(cloud)).toEqual(['0', '0']);
  });

  it('loses its MaximumConcurrency with an empty ScalingConfig', () => {
    const cloud = queueWorld(ok, { mapping: { ScalingConfig: { MaximumConcurrency: 5 } } });
    expect(cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: uuidOf(cloud), BatchSize: 3 })).toMatchObject({
      BatchSize: 3,
      ScalingConfig: { MaximumConcurrency: 5 },
    });
    expect(cloud.send('lambda', 'UpdateEventSourceMapping', { UUID: uuidOf(cloud), ScalingConfig: {} })['ScalingConfig']).toBeUndefined();
  });

  it('is checked against the function’s timeout then too', () => {
    const cloud = queueWorld(ok);
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 31 });
    cloud.advance(1_000);
    expect(cloud.failure('lambda', 'UpdateEventSourceMapping', { UUID: uuidOf(cloud), BatchSize: 2 }).message).toBe(
      'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
    );
  });

  it('that is there already is a conflict that names it', () => {
    const cloud = queueWorld(ok);
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: QUEUE, FunctionName: 'fn' })).toMatchObject({
      name: 'ResourceConflictException',
      status: 409,
      message: `An event source mapping with SQS arn (" ${QUEUE} ") and function (" fn ") already exists. Please update or delete the existing mapping with UUID ${uuidOf(cloud)}`,
    });
  });
});

describe('a group of a FIFO queue', () => {
  it('that fails blocks itself for its visibility timeout and no other group, and keeps its order', () => {
    const cloud = queueWorld(failsOnBad, { fifo: true, mapping: { BatchSize: 1 } });
    sendGroup(cloud, 'a', 'bad-1', 'a-2', 'a-3');
    sendGroup(cloud, 'b', 'b-1', 'b-2');
    cloud.advance(20_000);
    expect(got(cloud)).toEqual(expect.arrayContaining(['bad-1', 'b-1', 'b-2']));
    expect(got(cloud)).not.toContain('a-2');
    cloud.advance(20_000);
    expect(got(cloud).filter((line) => line === 'bad-1')).toHaveLength(2);
    expect(got(cloud)).not.toContain('a-2');
  });

  it('goes on behind a message that the queue gave up', () => {
    const cloud = queueWorld(failsOnBad, { fifo: true, mapping: { BatchSize: 1 } });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } });
    cloud.send('sqs', 'SetQueueAttributes', {
      QueueUrl: `${URL}.fifo`,
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo', maxReceiveCount: 2 }) },
    });
    sendGroup(cloud, 'a', 'bad-1', 'a-2', 'a-3');
    cloud.advance(90_000);
    expect(got(cloud)).toEqual(['bad-1', 'bad-1', 'a-2', 'a-3']);
    expect(counts(cloud, 'https://sqs.us-east-1.amazonaws.com/000000000000/dead.fifo')).toEqual(['1', '0']);
  });

  it('may share a batch with others', () => {
    const cloud = queueWorld(bodies, { fifo: true, mapping: { BatchSize: 10 }, queue: { DelaySeconds: '1' } });
    sendGroup(cloud, 'a', 'a-1', 'a-2');
    sendGroup(cloud, 'b', 'b-1');
    cloud.advance(5_000);
    expect(got(cloud)).toEqual(['a-1 a-2 b-1']);
  });

  it('whose batch took longer than the visibility timeout is not deleted, and comes again', () => {
    const cloud = queueWorld(slow, { fifo: true, settings: { Timeout: 1 }, mapping: { BatchSize: 10 }, queue: { VisibilityTimeout: '1', DelaySeconds: '1' } });
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Timeout: 10 });
    cloud.advance(1_000);
    sendGroup(cloud, 'a', 'a-1', 'a-2');
    cloud.advance(4_000);
    expect(cloud.events('lambda.DeleteFailed')[0]!.data['message']).toMatch(/The receipt handle has expired\.$/);
    expect(cloud.events('sqs.MessageReceived').some((event) => event.data['receiveCount'] === 2)).toBe(true);
  });
});

describe('a reply with ReportBatchItemFailures', () => {
  const replying = (reply: (ids: readonly string[]) => unknown): FunctionsWorld => {
    const cloud = queueWorld(
      { handle: (event) => [{ result: reply((event as Event).Records.map(({ messageId }) => messageId)) }] },
      { mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 10 }, queue: { DelaySeconds: '1' } },
    );
    send(cloud, 'a', 'b', 'c');
    cloud.advance(5_000);
    return cloud;
  };
  it.each<[string, (ids: readonly string[]) => unknown, string]>([
    ['an empty list', () => ({ batchItemFailures: [] }), '0'],
    ['null for the list', () => ({ batchItemFailures: null }), '0'],
    ['an empty object', () => ({}), '0'],
    ['null', () => null, '0'],
    ['nothing', () => undefined, '0'],
    ['an empty text', () => '', '0'],
    ['one of the ids', ([id]) => ({ batchItemFailures: [{ itemIdentifier: id }] }), '1'],
    ['one id twice', ([id]) => ({ batchItemFailures: [{ itemIdentifier: id }, { itemIdentifier: id }] }), '1'],
    ['all ids', (ids) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) }), '3'],
    ['an empty id', () => ({ batchItemFailures: [{ itemIdentifier: '' }] }), '3'],
    ['null for an id', () => ({ batchItemFailures: [{ itemIdentifier: null }] }), '3'],
    ['a wrong key in an item', ([id]) => ({ batchItemFailures: [{ messageId: id }] }), '3'],
    ['a wrong key for the list', () => ({ failures: [] }), '3'],
    ['an id of no message beside a right one', ([id]) => ({ batchItemFailures: [{ itemIdentifier: id }, { itemIdentifier: 'none' }] }), '3'],
    ['a text that is no JSON', () => 'failed', '3'],
    ['a text for the list', () => ({ batchItemFailures: 'a' }), '3'],
  ])('of %s', (_, reply, comingBack) => {
    expect(counts(replying(reply))).toEqual(['0', comingBack]);
  });

  it('that throws fails the whole batch', () => {
    const cloud = queueWorld(
      { handle: () => [{ fail: ['Error', 'x'] }] },
      { mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, queue: { DelaySeconds: '1' } },
    );
    send(cloud, 'a', 'b');
    cloud.advance(5_000);
    expect(counts(cloud)).toEqual(['0', '2']);
  });
});

describe('filters of a queue', () => {
  const left = (pattern: object, ...texts: string[]): string[] => {
    const cloud = queueWorld(bodies, { mapping: { BatchSize: 1, FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } } });
    send(cloud, ...texts);
    cloud.advance(5_000);
    expect(counts(cloud)).toEqual(['0', '0']);
    return got(cloud).sort();
  };
  it('delete what fits none, and a body of the other form', () => {
    expect(left({ body: { kind: ['clip'] } }, '{"kind":"clip"}', '{"kind":"note"}', 'clip', '7')).toEqual(['{"kind":"clip"}']);
    expect(left({ body: ['clip'] }, 'clip', '"clip"', '{"kind":"clip"}', 'note')).toEqual(['clip']);
    expect(left({ messageAttributes: { kind: { stringValue: ['clip'] } } }, 'x')).toEqual([]);
  });

  it('pass what fits one of them, and are five at most', () => {
    const Filters = ['a', 'b'].map((kind) => ({ Pattern: JSON.stringify({ body: { kind: [kind] } }) }));
    const cloud = queueWorld(bodies, { mapping: { BatchSize: 1, FilterCriteria: { Filters } } });
    send(cloud, '{"kind":"a"}', '{"kind":"b"}', '{"kind":"c"}');
    cloud.advance(5_000);
    expect(got(cloud).sort()).toEqual(['{"kind":"a"}', '{"kind":"b"}']);
    expect(() => queueWorld(ok, { mapping: { FilterCriteria: { Filters: Array.from({ length: 6 }, () => Filters[0]!) } } })).toThrow('less than or equal to 5');
    expect(() => queueWorld(ok, { mapping: { FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: ['x'.repeat(4_096)] }) }] } } })).toThrow(
      'less than or equal to 4096',
    );
    expect(() => queueWorld(ok, { mapping: { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } } })).toThrow('Invalid filter pattern definition.');
  });
});

describe('a function that is throttled behind a queue', () => {
  it('can lose a message to the queue’s dead letters without ever having run', () => {
    const cloud = queueWorld(slow, { settings: { Timeout: 10 }, queue: { VisibilityTimeout: '10' } });
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    cloud.send('sqs', 'SetQueueAttributes', {
      QueueUrl: URL,
      Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 2 }) },
    });
    cloud.send('lambda', 'PutFunctionConcurrency', { FunctionName: 'fn', ReservedConcurrentExecutions: 0 });
    send(cloud, 'x');
    cloud.advance(60_000);
    expect(cloud.events('lambda.InvocationStarted')).toEqual([]);
    expect(counts(cloud, 'https://sqs.us-east-1.amazonaws.com/000000000000/dead')).toEqual(['1', '0']);
  });
});
