/** What a standard queue does not promise, what its attributes may be, and who may use which dead-letter queue. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
function queueIn(sqs: object = {}, seed = 1): TestWorld {
  const cloud = createTestWorld({ tuning: { sqs }, seed });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  return cloud;
}
const send = (cloud: TestWorld, MessageBody: string, o: object = {}): void => void cloud.send('sqs', 'SendMessage', { QueueUrl: URL, MessageBody, ...o });
const receive = (cloud: TestWorld, o: object = {}): Received[] => (cloud.send('sqs', 'ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10, ...o })['Messages'] ?? []) as Received[];
const bodies = (cloud: TestWorld, o: object = {}): string[] => receive(cloud, o).map(({ Body }) => Body);

describe('SQS at-least-once delivery', () => {
  it('hands out no copies unless tuned to', () => {
    const cloud = queueIn();
    for (let i = 0; i < 50; i++) send(cloud, `${i}`);
    const seen = Array.from({ length: 6 }, () => bodies(cloud)).flat();
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
  });

  it('hands a share of messages out twice with duplicateChance, the same ones for the same seed', () => {
    const run = (seed: number): string[] => {
      const cloud = queueIn({ duplicateChance: 0.2 }, seed);
      for (let i = 0; i < 100; i++) send(cloud, `${i}`);
      return Array.from({ length: 40 }, () => bodies(cloud)).flat();
    };
    const seen = run(1);
    expect(new Set(seen).size).toBe(100);
    expect(seen.length).toBeGreaterThan(110);
    expect(seen.length).toBeLessThan(150);
    expect(run(1)).toEqual(seen);
    expect(run(2)).not.toEqual(seen);
  });

  it('mixes the order with reorderChance, and loses nothing', () => {
    const cloud = queueIn({ reorderChance: 0.5 });
    for (let i = 0; i < 30; i++) send(cloud, `${i}`);
    const seen = Array.from({ length: 4 }, () => bodies(cloud)).flat();
    const sorted = [...seen].sort((a, b) => Number(a) - Number(b));
    expect(sorted).toEqual(Array.from({ length: 30 }, (_, i) => `${i}`));
    expect(seen).not.toEqual(sorted);
  });
});

describe('SQS short polling', () => {
  it('may answer without messages from a queue that has some, and a long poll finds them', () => {
    const cloud = queueIn({ shortPollShare: 0.5 });
    send(cloud, 'x');
    const answers = Array.from({ length: 40 }, () => bodies(cloud, { VisibilityTimeout: 0 }).length);
    expect(new Set(answers)).toEqual(new Set([0, 1]));
    expect(bodies(cloud, { WaitTimeSeconds: 1 })).toEqual(['x']);
  });

  it('finds in later calls what it missed, each message once', () => {
    const cloud = queueIn({ shortPollShare: 0.5 });
    for (let i = 0; i < 40; i++) send(cloud, `${i}`);
    const seen = Array.from({ length: 30 }, () => bodies(cloud)).flat();
    expect(seen.length).toBe(40);
    expect(new Set(seen).size).toBe(40);
  });

  it('answers a long poll at the first message, not at a full batch', () => {
    const cloud = queueIn();
    const waiting = cloud.start('sqs', 'ReceiveMessage', { QueueUrl: URL, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 });
    cloud.advance(3_000);
    send(cloud, 'first');
    send(cloud, 'second');
    expect(waiting()?.output?.['Messages']).toEqual([expect.objectContaining({ Body: 'first' })]);
  });
});

describe('SQS redrive-allow policies', () => {
  const SOURCE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
  const withPolicy = (policy: unknown): TestWorld => {
    const cloud = queueIn();
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead', Attributes: policy === undefined ? {} : { RedriveAllowPolicy: JSON.stringify(policy) } });
    return cloud;
  };
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 3 });

  it.each([
    ['nothing said', undefined],
    ['allowAll', { redrivePermission: 'allowAll' }],
    ['byQueue with this one', { redrivePermission: 'byQueue', sourceQueueArns: [SOURCE] }],
  ])('let a queue in: %s', (_, policy) => {
    expect(withPolicy(policy).send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { RedrivePolicy } })).toEqual({});
  });

  it.each([
    ['denyAll', { redrivePermission: 'denyAll' }],
    ['byQueue with another', { redrivePermission: 'byQueue', sourceQueueArns: [`${SOURCE}-2`] }],
  ])('keep a queue out: %s', (_, policy) => {
    expect(withPolicy(policy).failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { RedrivePolicy } })).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
  });

  it.each([
    ['no JSON', 'nonsense'],
    ['an unknown permission', JSON.stringify({ redrivePermission: 'some' })],
    ['byQueue without queues', JSON.stringify({ redrivePermission: 'byQueue' })],
    ['eleven queues', JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: Array.from({ length: 11 }, (_, i) => `${SOURCE}-${i}`) })],
    ['queues without byQueue', JSON.stringify({ redrivePermission: 'denyAll', sourceQueueArns: [SOURCE] })],
  ])('are refused: %s', (_, RedriveAllowPolicy) => {
    expect(queueIn().failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { RedriveAllowPolicy } }).name).toBe('InvalidParameterValue');
  });
});

describe('SQS Number attributes', () => {
  const sent = (StringValue: string): object => ({ QueueUrl: URL, MessageBody: 'x', MessageAttributes: { size: { DataType: 'Number', StringValue } } });

  it.each(['0', '-0.0', '+7', '1.5', '.5', '5.', '1e126', '-1E+126', '9.99e125', '1e-128', '0.001e-125', '0e999', '9'.repeat(38), `${'9'.repeat(38)}000`, `0.${'0'.repeat(60)}${'9'.repeat(38)}`])('take %s', (value) => {
    expect(queueIn().send('sqs', 'SendMessage', sent(value))).toHaveProperty('MD5OfMessageAttributes');
  });

  it.each(['1e127', '1.1e126', '-2e126', '9e-129', '1e-129', '9'.repeat(39), `0.${'1'.repeat(39)}`, '.', '1e', 'e5', '1e5.5', '0x10', ' 1', 'NaN', 'Infinity'])('refuse %s', (value) => {
    expect(queueIn().failure('sqs', 'SendMessage', sent(value))).toMatchObject({ name: 'InvalidParameterValue', message: "Can't cast the value of message (user) attribute 'size' to a number." });
  });
});

describe('SQS attributes', () => {
  it.each([
    ['VisibilityTimeout', ['0', '43200'], ['-1', '43201', 'x', '1.5']],
    ['DelaySeconds', ['0', '900'], ['-1', '901']],
    ['MessageRetentionPeriod', ['60', '1209600'], ['59', '1209601']],
    ['MaximumMessageSize', ['1024', '1048576'], ['1023', '1048577']],
    ['ReceiveMessageWaitTimeSeconds', ['0', '20'], ['21']],
    ['KmsDataKeyReusePeriodSeconds', ['60', '86400'], ['59', '86401']],
    ['SqsManagedSseEnabled', ['true', 'false'], ['yes']],
  ])('%s takes its range and nothing else', (name, good, bad) => {
    const cloud = queueIn();
    const set = (value: string): object => ({ QueueUrl: URL, Attributes: { [name]: value } });
    for (const value of good) expect(cloud.send('sqs', 'SetQueueAttributes', set(value))).toEqual({});
    for (const value of bad) expect(cloud.failure('sqs', 'SetQueueAttributes', set(value))).toMatchObject({ name: 'InvalidAttributeValue', message: `Invalid value for the parameter ${name}.` });
  });

  it('have the defaults of AWS, and cannot be set when they are read-only', () => {
    const cloud = queueIn();
    expect(cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: URL, AttributeNames: ['All'] })['Attributes']).toMatchObject({ VisibilityTimeout: '30', DelaySeconds: '0', MessageRetentionPeriod: '345600', MaximumMessageSize: '1048576', ReceiveMessageWaitTimeSeconds: '0', SqsManagedSseEnabled: 'true', ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0', ApproximateNumberOfMessagesDelayed: '0' });
    expect(cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: URL })).toEqual({});
    expect(cloud.failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes: { QueueArn: 'x' } }).name).toBe('InvalidAttributeName');
  });

  it('hide a message for 12 hours from its receive at most, however often it is extended', () => {
    const cloud = queueIn();
    send(cloud, 'x');
    const [message] = receive(cloud, { VisibilityTimeout: 43_195 });
    cloud.advance(3_600_000);
    const change = (VisibilityTimeout: number): object => ({ QueueUrl: URL, ReceiptHandle: message!.ReceiptHandle, VisibilityTimeout });
    expect(cloud.failure('sqs', 'ChangeMessageVisibility', change(39_601)).message).toBe('Value 39601 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]');
    expect(cloud.send('sqs', 'ChangeMessageVisibility', change(39_600))).toEqual({});
  });
});
