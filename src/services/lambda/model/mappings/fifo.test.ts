import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

interface QueueEvent {
  readonly Records: readonly { readonly body: string; readonly attributes: Record<string, string> }[];
}
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs.fifo';
const slow: Script = { handle: (event) => [{ sleepMs: 2_000 }, { log: `got ${(event as QueueEvent).Records.map((record) => `${record.body} ${Object.keys(record.attributes).sort().join(' ')}`).join(',')}` }, { result: null }] };

describe('a mapping of a FIFO queue', () => {
  it('ESQ-003: runs as many batches at a time as there are groups, in order within each; records carry group, deduplication id and sequence number', () => {
    const cloud = functionsWorld({ slow });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs.fifo', Attributes: { FifoQueue: 'true', VisibilityTimeout: '30' } });
    cloud.make('slow', { MemorySize: 1769, Timeout: 10 });
    cloud.send('lambda', 'CreateEventSourceMapping', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs.fifo', FunctionName: 'fn', BatchSize: 1 });
    cloud.advance(2_000);
    for (let i = 0; i < 9; i++) cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody: `${'abc'[i % 3]}${i}`, MessageGroupId: 'abc'[i % 3], MessageDeduplicationId: String(i) });
    cloud.advance(60_000);
    const got = cloud.lines().filter((line) => line.startsWith('got')).map((line) => line.trim().slice(4));
    expect(got).toHaveLength(9);
    expect(got.filter((line) => line.startsWith('a')).map((line) => line.slice(0, 2))).toEqual(['a0', 'a3', 'a6']);
    expect(Math.max(...cloud.events('lambda.InvocationStarted').map((event) => Number(event.data['concurrency'])))).toBe(3);
    for (const name of ['MessageGroupId', 'MessageDeduplicationId', 'SequenceNumber']) expect(got[0]).toContain(name);
    expect(cloud.failure('lambda', 'CreateEventSourceMapping', { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs.fifo', FunctionName: 'fn', MaximumBatchingWindowInSeconds: 1 }).message).toBe('Batching window is not supported for FIFO queues.');
  });
});
