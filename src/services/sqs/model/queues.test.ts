/** Creating, finding and setting queues: names, URLs, policies, encryption, pages. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const ARN = 'arn:aws:sqs:us-east-1:000000000000:jobs';
function queueIn(Attributes: object = {}): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes });
  return cloud;
}
const attributesOf = (cloud: TestWorld, ...AttributeNames: readonly string[]): unknown =>
  cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: URL, AttributeNames })['Attributes'];
const set = (cloud: TestWorld, Attributes: object): unknown => cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes });
const refusedSet = (cloud: TestWorld, Attributes: object) => cloud.failure('sqs', 'SetQueueAttributes', { QueueUrl: URL, Attributes });

describe('A queue of SQS', () => {
  it('has an ARN, a URL and times in seconds', () => {
    const cloud = queueIn();
    cloud.advance(61_500);
    set(cloud, { DelaySeconds: '1' });
    expect(attributesOf(cloud, 'QueueArn', 'CreatedTimestamp', 'LastModifiedTimestamp')).toEqual({
      QueueArn: ARN,
      CreatedTimestamp: '1767225600',
      LastModifiedTimestamp: '1767225661',
    });
    expect(cloud.send('sqs', 'GetQueueUrl', { QueueName: 'jobs', QueueOwnerAWSAccountId: '000000000000' })).toEqual({ QueueUrl: URL });
  });

  it.each(['a', 'A-b_1', 'x'.repeat(80)])('may be called %s', (QueueName) => {
    expect(createTestWorld().send('sqs', 'CreateQueue', { QueueName })).toHaveProperty('QueueUrl');
  });

  it.each(['', 'a b', 'a.b', 'ü', 'x'.repeat(81)])('may not be called %j', (QueueName) => {
    expect(createTestWorld().failure('sqs', 'CreateQueue', { QueueName })).toMatchObject({ name: 'InvalidParameterValue', status: 400 });
  });

  it.each([
    ['another name', URL.replace('jobs', 'none')],
    ['another account', URL.replace('000000000000', '111122223333')],
    ['nothing', ''],
  ])('is not found by a URL with %s', (_, QueueUrl) => {
    expect(queueIn().failure('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' })).toMatchObject({
      name: 'QueueDoesNotExist',
      status: 400,
      message: 'The specified queue does not exist.',
    });
  });

  it('of another account is not found by its name', () => {
    expect(queueIn().failure('sqs', 'GetQueueUrl', { QueueName: 'jobs', QueueOwnerAWSAccountId: '111122223333' }).name).toBe('QueueDoesNotExist');
  });

  it('is there already with another value when it lacks an attribute that is asked for', () => {
    const cloud = queueIn({ DelaySeconds: '3' });
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: ARN }] });
    const again = (Attributes: object) => ({ QueueName: 'jobs', Attributes });
    expect(cloud.failure('sqs', 'CreateQueue', again({ Policy: policy }))).toMatchObject({
      name: 'QueueNameExists',
      queryCode: 'QueueAlreadyExists',
      message: 'A queue already exists with the same name and a different value for attribute Policy',
    });
    set(cloud, { Policy: policy });
    expect(cloud.send('sqs', 'CreateQueue', again({ Policy: policy, DelaySeconds: '3', VisibilityTimeout: '30' }))).toEqual({ QueueUrl: URL });
  });

  it('has one kind of encryption, SQS’s own from the start', () => {
    const cloud = queueIn();
    const both = {
      name: 'InvalidAttributeName',
      message: 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    };
    const shown = (): unknown => attributesOf(cloud, 'SqsManagedSseEnabled', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds');
    expect(shown()).toEqual({ SqsManagedSseEnabled: 'true' });
    set(cloud, { KmsMasterKeyId: 'key' });
    expect(shown()).toEqual({ SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'key', KmsDataKeyReusePeriodSeconds: '300' });
    set(cloud, { SqsManagedSseEnabled: 'true' });
    expect(shown()).toEqual({ SqsManagedSseEnabled: 'true' });
    expect(refusedSet(cloud, { SqsManagedSseEnabled: 'true', KmsMasterKeyId: 'key' })).toMatchObject(both);
    expect(refusedSet(cloud, { KmsMasterKeyId: 'key', SqsManagedSseEnabled: 'true' })).toMatchObject(both);
  });
});

describe('A queue policy', () => {
  const statement = (i: number): object => ({ Sid: `s${i}`, Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: ARN });
  const policy = (Statement: unknown): object => ({ Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const principals = (count: number): object => ({ ...statement(1), Principal: { AWS: Array.from({ length: count }, (_, i) => `${111_122_220_000 + i}`) } });
  const conditions = (count: number): object => ({
    ...statement(1),
    Condition: { StringEquals: Object.fromEntries(Array.from({ length: count }, (_, i) => [`aws:PrincipalTag/t${i}`, 'x'])) },
  });
  const statements = (count: number): object[] => Array.from({ length: count }, (_, i) => statement(i));

  it.each([
    ['20 statements', statements(20)],
    ['50 principals', [principals(50)]],
    ['10 conditions', [conditions(10)]],
    ['a statement without brackets', statement(1)],
  ])('may have %s', (_, Statement) => {
    expect(set(queueIn(), policy(Statement))).toEqual({});
  });

  it.each([
    ['21 statements', policy(statements(21))],
    ['51 principals', policy([principals(51)])],
    ['11 conditions', policy([conditions(11)])],
    ['8,193 bytes', { Policy: JSON.stringify({ Statement: [statement(1)] }).padEnd(8_193) }],
    ['no JSON', { Policy: '{' }],
    ['no statements', { Policy: '{}' }],
    ['a number', { Policy: '5' }],
    ['null', { Policy: 'null' }],
  ])('may not have %s', (_, attributes) => {
    expect(refusedSet(queueIn(), attributes)).toMatchObject({ name: 'InvalidAttributeValue', message: 'Invalid value for the parameter Policy.' });
  });

  it('grows and shrinks by labels, and is gone with the last (recorded)', () => {
    const cloud = queueIn();
    const add = (Label: string, o: object = {}): object => ({ QueueUrl: URL, Label, AWSAccountIds: ['111122223333'], Actions: ['ReceiveMessage'], ...o });
    cloud.send('sqs', 'AddPermission', add('one', { AWSAccountIds: ['111122223333', '444455556666'] }));
    cloud.send('sqs', 'AddPermission', add('two', { Actions: ['ReceiveMessage', 'DeleteMessage'] }));
    const { Policy } = attributesOf(cloud, 'Policy') as { Policy: string };
    expect(JSON.parse(Policy)).toEqual({
      Version: '2008-10-17',
      Id: `${ARN}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: 'one',
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::444455556666:root'] },
          Action: 'SQS:ReceiveMessage',
          Resource: ARN,
        },
        {
          Sid: 'two',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage'],
          Resource: ARN,
        },
      ],
    });
    expect(cloud.failure('sqs', 'AddPermission', add('one')).message).toBe('Value one for parameter Label is invalid. Reason: Already exists.');
    for (const Label of ['one', 'two']) cloud.send('sqs', 'RemovePermission', { QueueUrl: URL, Label });
    expect(attributesOf(cloud, 'Policy')).toBeUndefined();
    expect(cloud.failure('sqs', 'RemovePermission', { QueueUrl: URL, Label: 'one' }).message).toBe(
      "Value one for parameter Label is invalid. Reason: can't find label.",
    );
  });

  it('takes 20 labels of seven actions each', () => {
    const cloud = queueIn();
    const add = (Label: string, actions: number): object => ({
      QueueUrl: URL,
      Label,
      AWSAccountIds: ['111122223333'],
      Actions: Array.from({ length: actions }, () => 'SendMessage'),
    });
    expect(cloud.failure('sqs', 'AddPermission', add('x', 8))).toMatchObject({ name: 'OverLimit', status: 403 });
    for (let i = 0; i < 20; i++) cloud.send('sqs', 'AddPermission', add(`l${i}`, i === 0 ? 7 : 1));
    expect(cloud.failure('sqs', 'AddPermission', add('x', 1))).toMatchObject({ name: 'OverLimit', status: 403 });
  });

  it('lets a role in by SQS’s own spelling of an action', () => {
    const cloud = queueIn();
    cloud.send('iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{"Statement":[]}' });
    const role = 'arn:aws:iam::000000000000:role/r';
    const send = { QueueUrl: URL, MessageBody: 'x' };
    expect(cloud.failure('sqs', 'SendMessage', send, role)).toMatchObject({
      name: 'AccessDeniedException',
      queryCode: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('is not authorized to perform: sqs:sendmessage on resource: ') as string,
    });
    set(cloud, policy({ Effect: 'Allow', Principal: { AWS: role }, Action: 'SQS:SendMessage', Resource: ARN }));
    expect(cloud.send('sqs', 'SendMessage', send, role)).toHaveProperty('MessageId');
  });
});

describe('Lists of queues', () => {
  it('come in pages only when MaxResults is asked for', () => {
    const cloud = createTestWorld();
    for (const QueueName of ['c', 'a', 'b', 'other']) cloud.send('sqs', 'CreateQueue', { QueueName });
    const list = (o: object): Record<string, unknown> => cloud.send('sqs', 'ListQueues', o);
    expect((list({})['QueueUrls'] as string[]).map((url) => url.split('/').pop())).toEqual(['a', 'b', 'c', 'other']);
    expect(list({})).not.toHaveProperty('NextToken');
    const first = list({ MaxResults: 3 });
    expect(first['QueueUrls']).toHaveLength(3);
    expect(list({ MaxResults: 3, NextToken: first['NextToken'] })).toEqual({ QueueUrls: [expect.stringMatching(/other$/)] });
    expect(list({ QueueNamePrefix: 'none' })).toEqual({});
    for (const MaxResults of [0, 1_001]) expect(cloud.failure('sqs', 'ListQueues', { MaxResults })).toMatchObject({ name: 'InvalidParameterValue' });
    expect(cloud.failure('sqs', 'ListQueues', { MaxResults: 1, NextToken: 'x' })).toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('A redrive policy', () => {
  const policy = (maxReceiveCount: unknown): object => ({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: ARN.replace('jobs', 'dead'), maxReceiveCount }) });
  function world(): TestWorld {
    const cloud = queueIn();
    cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    return cloud;
  }

  it.each([1, 1_000, '1', '1000'])('allows %j receives', (count) => {
    expect(set(world(), policy(count))).toEqual({});
  });

  it.each([0, 1_001, -1, 1.5, 'x', '', null])('does not allow %j receives', (count) => {
    expect(refusedSet(world(), policy(count))).toMatchObject({ name: 'InvalidParameterValue', status: 400, message: expect.stringContaining('for parameter RedrivePolicy is invalid. Reason: ') as string });
  });

  it('is taken away by an empty text, and not of the queue itself', () => {
    const cloud = world();
    set(cloud, policy(3));
    expect(attributesOf(cloud, 'RedrivePolicy')).toEqual({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: ARN.replace('jobs', 'dead'), maxReceiveCount: 3 }) });
    set(cloud, { RedrivePolicy: '' });
    expect(attributesOf(cloud, 'RedrivePolicy')).toBeUndefined();
    expect(refusedSet(cloud, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: ARN, maxReceiveCount: 3 }) }).name).toBe('InvalidParameterValue');
  });
});
