/** S3 tells others of its objects: records to queues and functions, events to EventBridge, and what it asks of its destinations. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const BUCKET = 'arn:aws:s3:::uploads';

/** A queue policy as the console writes it for a bucket. */
const letIn = (sourceArn = BUCKET, account = '000000000000'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE, Condition: { ArnLike: { 'aws:SourceArn': sourceArn }, StringEquals: { 'aws:SourceAccount': account } } }] });

function world(policy: string | null = letIn()): TestWorld {
  const cloud = createTestWorld();
  cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: policy === null ? {} : { Policy: policy } });
  return cloud;
}

function notify(cloud: TestWorld, configuration: object): void {
  cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: configuration });
}
const toQueue = (rule: object = {}): object => ({ QueueConfigurations: [{ Id: 'uploads', QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'], ...rule }] });

function bodies(cloud: TestWorld): Record<string, unknown>[] {
  const found = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10 })['Messages'] as { Body: string }[] | undefined;
  return (found ?? []).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
}
/** What is in the queue beside the test event. */
function records(cloud: TestWorld): Record<string, unknown>[] {
  return bodies(cloud).flatMap((body) => (body['Records'] ?? []) as Record<string, unknown>[]);
}

describe('S3 notifications to a queue', () => {
  it('begin with a test event that has no Records', () => {
    const cloud = world();
    notify(cloud, toQueue());
    expect(bodies(cloud)).toEqual([{ Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-01-01T00:00:00.000Z', Bucket: 'uploads', RequestId: expect.any(String) as string, HostId: expect.any(String) as string }]);
    // Each time the configuration is saved, and once for a queue that is in it twice.
    notify(cloud, { QueueConfigurations: [{ QueueArn: QUEUE, Events: ['s3:ObjectCreated:Put'] }, { QueueArn: QUEUE, Events: ['s3:ObjectRemoved:*'] }] });
    expect(bodies(cloud).map(({ Event }) => Event)).toEqual(['s3:TestEvent']);
  });

  it('carry a record with the key as in a form, the size, the MD5 and no s3: before the event name', () => {
    const cloud = world();
    notify(cloud, toQueue());
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'in/holiday clip (1)+é.mp4', Body: 'hello' });
    cloud.untilIdle();
    expect(records(cloud)).toEqual([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-01-01T00:00:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'AWS:000000000000' },
        requestParameters: { sourceIPAddress: '203.0.113.9' },
        responseElements: { 'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string, 'x-amz-id-2': expect.any(String) as string },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'uploads',
          bucket: { name: 'uploads', ownerIdentity: { principalId: expect.any(String) as string }, arn: BUCKET },
          object: { key: 'in/holiday+clip+%281%29%2B%C3%A9.mp4', size: 5, eTag: '5d41402abc4b2a76b9719d911017c592', sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) as string },
        },
      },
    ]);
  });

  it('tell of copies and deletes by their own names; a delete has neither size nor ETag', () => {
    const cloud = world();
    notify(cloud, { QueueConfigurations: [{ QueueArn: QUEUE, Events: ['s3:ObjectCreated:Copy', 's3:ObjectRemoved:*'] }] });
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
    cloud.send('s3', 'CopyObject', { Bucket: 'uploads', Key: 'b', CopySource: 'uploads/a' });
    cloud.send('s3', 'DeleteObject', { Bucket: 'uploads', Key: 'b' });
    cloud.send('s3', 'DeleteObject', { Bucket: 'uploads', Key: 'never-there' });
    cloud.untilIdle();
    const seen = records(cloud).map((record) => [record['eventName'], (record['s3'] as { object: Record<string, unknown> }).object] as const);
    expect(seen.map(([name]) => name).toSorted()).toEqual(['ObjectCreated:Copy', 'ObjectRemoved:Delete']);
    const removed = seen.find(([name]) => name === 'ObjectRemoved:Delete')![1];
    expect(Object.keys(removed).toSorted()).toEqual(['key', 'sequencer']);
  });

  it('follow prefix and suffix, whatever case their names have, and list them as Prefix and Suffix', () => {
    const cloud = world();
    notify(cloud, toQueue({ Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }, { Name: 'SUFFIX', Value: '.mp4' }] } } }));
    for (const key of ['in/a.mp4', 'in/a.txt', 'out/a.mp4', 'in/b.MP4']) cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: key, Body: 'x' });
    cloud.untilIdle();
    expect(records(cloud).map((record) => (record['s3'] as { object: { key: string } }).object.key)).toEqual(['in/a.mp4']);
    const listed = cloud.send('s3', 'GetBucketNotificationConfiguration', { Bucket: 'uploads' });
    expect(listed).toMatchObject({ QueueConfigurations: [{ Id: 'uploads', Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }, { Name: 'Suffix', Value: '.mp4' }] } } }] });
  });

  it('say by its unique id who did it: a role by its session', () => {
    const cloud = world();
    notify(cloud, toQueue());
    cloud.send('iam', 'CreateRole', { RoleName: 'writer', AssumeRolePolicyDocument: JSON.stringify({ Statement: [] }) });
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'writer', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }] }) });
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' }, 'arn:aws:iam::000000000000:role/writer');
    cloud.untilIdle();
    expect(records(cloud).map((record) => record['userIdentity'])).toEqual([{ principalId: 'AWS:AROAWRITER00000000000:writer' }]);
  });

  it('number thousands of changes of one moment in their order', () => {
    const cloud = world();
    const sequencers = Array.from({ length: 5_000 }, (_, i) => {
      cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: String(i) });
      return (cloud.world.states.get('s3') as { buckets: Map<string, { objects: Map<string, { sequencer: string }> }> }).buckets.get('uploads')!.objects.get('a')!.sequencer;
    });
    expect(sequencers.toSorted()).toEqual(sequencers);
    expect(new Set(sequencers).size).toBe(5_000);
  });

  it('number the changes of one key so that later ones compare as greater', () => {
    const cloud = world();
    notify(cloud, toQueue());
    for (let i = 0; i < 3; i++) {
      cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: String(i) });
      cloud.advance(i);
    }
    cloud.untilIdle();
    const numbers = cloud.world.trace.events.filter((event) => event.kind === 's3.ObjectCreated').length;
    const sequencers = records(cloud).map((record) => (record['s3'] as { object: { sequencer: string; eTag: string } }).object);
    expect(numbers).toBe(3);
    const inOrder = sequencers.toSorted((a, b) => (a.sequencer < b.sequencer ? -1 : 1)).map(({ eTag }) => eTag);
    expect(inOrder).toEqual(['cfcd208495d565ef66e7dff9f98764da', 'c4ca4238a0b923820dcc509a6f75849b', 'c81e728d9d4c2f636f067f89cc14862c']);
  });

  it('take time, and their trace says from where to where and because of what', () => {
    const cloud = world();
    notify(cloud, toQueue());
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
    cloud.untilIdle();
    const [created, sent, arrived] = ['s3.ObjectCreated', 's3.NotificationSent', 'sqs.MessageSent'].map((kind) => cloud.events(kind).at(-1)!) as [never, never, never] as { at: number; seq: number; cause: number[]; travel?: object; subjects?: string[] }[];
    expect(sent!.cause).toEqual([created!.seq]);
    expect(sent!.travel).toMatchObject({ from: BUCKET, to: QUEUE, shape: 'message', attempt: 1 });
    expect(arrived!.at).toBeGreaterThan(created!.at);
    expect(arrived!.cause).toEqual([sent!.seq]);
    expect(arrived!.subjects).toContain('s3://uploads/a');
  });

  it('fail visibly when the queue closes its door later', () => {
    const cloud = world();
    notify(cloud, toQueue());
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: QUEUE_URL, Attributes: { Policy: '' } });
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
    cloud.untilIdle();
    expect(cloud.events('s3.NotificationFailed').map(({ data }) => data['key'])).toEqual(['a']);
    expect(records(cloud)).toEqual([]);
  });
});

describe('S3 checks the destinations of notifications', () => {
  it.each([
    ['a queue without a policy', null],
    ['a policy for another bucket', letIn('arn:aws:s3:::other')],
    ['a policy for another account', letIn(BUCKET, '111111111111')],
  ])('refuses %s', (_, policy) => {
    expect(world(policy).failure('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: toQueue() })).toMatchObject({ name: 'InvalidArgument', message: 'Unable to validate the following destination configurations', status: 400 });
  });

  it('tells all destinations that do not fit, and sends no test event then', () => {
    const cloud = world();
    const gone = (name: string): object => ({ Id: name, QueueArn: `${QUEUE}-${name}`, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: name }] } } });
    cloud.send('sns', 'CreateTopic', { Name: 'news' });
    const configuration = { QueueConfigurations: [{ QueueArn: QUEUE, Events: ['s3:ObjectTagging:*'] }, gone('one'), gone('two')], TopicConfigurations: [{ TopicArn: 'arn:aws:sns:us-east-1:000000000000:news', Events: ['s3:ObjectRemoved:*'] }] };
    expect(cloud.failure('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: configuration })).toMatchObject({
      name: 'InvalidArgument',
      data: {
        ArgumentName1: `${QUEUE}-one`,
        ArgumentValue1: 'The destination queue does not exist',
        ArgumentName2: `${QUEUE}-two`,
        ArgumentValue2: 'The destination queue does not exist',
        ArgumentName3: 'arn:aws:sns:us-east-1:000000000000:news',
        ArgumentValue3: 'Permissions on the destination topic do not allow S3 to publish notifications from this bucket',
      },
    });
    expect(bodies(cloud)).toEqual([]);
  });

  it.each([
    ['QueueConfigurations', 'QueueArn', 'jobs', 'Queue'],
    ['QueueConfigurations', 'QueueArn', 'arn:aws:sns:us-east-1:000000000000:jobs', 'Queue'],
    ['TopicConfigurations', 'TopicArn', 'news', 'Topic'],
    ['LambdaFunctionConfigurations', 'LambdaFunctionArn', 'worker', 'CloudFunction'],
  ])('refuses in %s the %s %s, validated or not', (member, name, arn, argument) => {
    for (const SkipDestinationValidation of [false, true]) {
      const input = { Bucket: 'uploads', SkipDestinationValidation, NotificationConfiguration: { [member]: [{ [name]: arn, Events: ['s3:ObjectCreated:*'] }] } };
      expect(world().failure('s3', 'PutBucketNotificationConfiguration', input)).toMatchObject({ name: 'InvalidArgument', message: 'The ARN could not be parsed', data: { ArgumentName: argument, ArgumentValue: arn } });
    }
  });

  it('refuses FIFO queues and topics, and more than a hundred configurations', () => {
    const cloud = world();
    const failure = (configuration: object): string => cloud.failure('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: configuration }).message;
    expect(failure({ QueueConfigurations: [{ QueueArn: `${QUEUE}.fifo`, Events: ['s3:ObjectCreated:*'] }] })).toBe('FIFO SQS queues are not supported.');
    expect(failure({ TopicConfigurations: [{ TopicArn: 'arn:aws:sns:us-east-1:000000000000:news.fifo', Events: ['s3:ObjectCreated:*'] }] })).toBe('FIFO SNS topics are not supported.');
    const many = (count: number): object => ({ QueueConfigurations: Array.from({ length: count }, (_, i) => ({ QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: `${String(i).padStart(3, '0')}/` }] } } })) });
    expect(failure(many(101))).toBe('A bucket can have at most 100 notification configurations.');
    notify(cloud, many(100));
  });

  it('refuses a queue that does not exist, unless told to skip the check', () => {
    const cloud = world();
    const gone = { QueueConfigurations: [{ QueueArn: `${QUEUE}-gone`, Events: ['s3:ObjectCreated:*'] }] };
    expect(cloud.failure('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: gone }).name).toBe('InvalidArgument');
    cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: gone, SkipDestinationValidation: true });
  });

  it.each([
    ['the same events and no filter', {}, {}, true],
    ['one prefix inside the other', { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/deep/' }] } } }, true],
    ['prefixes apart', { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'out/' }] } } }, false],
    ['suffixes apart', { Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '.mp4' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '.txt' }] } } }, false],
    ['suffixes apart under one prefix', { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }, { Name: 'Suffix', Value: '.mp4' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }, { Name: 'Suffix', Value: '.txt' }] } } }, false],
    ['one suffix inside the other, under prefixes that meet', { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }, { Name: 'Suffix', Value: '.mp4' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Suffix', Value: '4' }] } } }, true],
    ['a star that is no wildcard', { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: '*' }] } } }, { Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } }, false],
    ['types of one family', { Events: ['s3:ObjectCreated:Put'] }, { Events: ['s3:ObjectCreated:Copy'] }, false],
    ['other event types', { Events: ['s3:ObjectCreated:*'] }, { Events: ['s3:ObjectRemoved:*'] }, false],
    ['a type inside a family', { Events: ['s3:ObjectCreated:*'] }, { Events: ['s3:ObjectCreated:Put'] }, true],
  ])('two rules with %s', (_, one, other, overlaps) => {
    const cloud = world();
    const rule = (id: string, o: object): object => ({ Id: id, QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'], ...o });
    const configuration = { Bucket: 'uploads', NotificationConfiguration: { QueueConfigurations: [rule('a', one), rule('b', other)] } };
    if (overlaps) expect(cloud.failure('s3', 'PutBucketNotificationConfiguration', configuration).message).toBe('Configurations overlap. Configurations on the same bucket cannot share a common event type.');
    else cloud.send('s3', 'PutBucketNotificationConfiguration', configuration);
  });
});

describe('S3 notifications to a topic', () => {
  it('have the subject Amazon S3 Notification, the test event too', () => {
    const cloud = world(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QUEUE }] }));
    const TopicArn = String(cloud.send('sns', 'CreateTopic', { Name: 'news' })['TopicArn']);
    cloud.send('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: TopicArn, Condition: { ArnLike: { 'aws:SourceArn': BUCKET } } }] }) });
    cloud.send('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: QUEUE });
    notify(cloud, { TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:*'] }] });
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
    cloud.untilIdle();
    const envelopes = bodies(cloud).map(({ Subject, Message }) => [Subject, Object.keys(JSON.parse(String(Message)) as object)[0]] as const);
    expect(envelopes.toSorted(([, a], [, b]) => (String(a) < String(b) ? -1 : 1))).toEqual([['Amazon S3 Notification', 'Records'], ['Amazon S3 Notification', 'Service']]);
  });
});

describe('S3 notifications to a function', () => {
  const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:worker';
  const configuration = { Bucket: 'uploads', NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FUNCTION, Events: ['s3:ObjectCreated:*'] }] } };
  const withFunction = (): TestWorld => {
    const cloud = world();
    const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
    cloud.send('iam', 'CreateRole', { RoleName: 'worker-role', AssumeRolePolicyDocument: trust });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'worker', Role: 'arn:aws:iam::000000000000:role/worker-role', Code: { synthetic: { initMs: { kind: 'const', value: 100 }, durationMs: { kind: 'const', value: 50 } } } });
    cloud.advance(30_000);
    return cloud;
  };

  it('need its permission, send no test event, and invoke it as an event with the object as subject', () => {
    const cloud = withFunction();
    expect(cloud.failure('s3', 'PutBucketNotificationConfiguration', configuration).message).toBe('Unable to validate the following destination configurations');
    cloud.send('lambda', 'AddPermission', { FunctionName: 'worker', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: BUCKET, SourceAccount: '000000000000' });
    cloud.send('s3', 'PutBucketNotificationConfiguration', configuration);
    cloud.untilIdle();
    expect(cloud.events('lambda.InvokeRequested')).toEqual([]);
    cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a.mp4', Body: 'x' });
    cloud.untilIdle();
    const sent = cloud.events('s3.NotificationSent');
    expect(sent.map(({ travel }) => [travel?.to, travel?.shape])).toEqual([[FUNCTION, 'invocation']]);
    const [asked, ...more] = cloud.events('lambda.InvokeRequested');
    expect([asked!.data['type'], asked!.cause, more.length]).toEqual(['Event', [sent[0]!.seq], 0]);
    expect(asked!.subjects).toContain('s3://uploads/a.mp4');
    const summary = cloud.world.models.get('lambda')!.summarize(cloud.world.context('lambda'), FUNCTION) as { counters: { invocations: number; errors: number } };
    expect(summary.counters).toMatchObject({ invocations: 1, errors: 0 });
  });
});

describe('S3 events to EventBridge', () => {
  const event = (make: (cloud: TestWorld) => void): Record<string, unknown>[] => {
    const cloud = world(JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QUEUE }] }));
    notify(cloud, { EventBridgeConfiguration: {} });
    cloud.send('events', 'PutRule', { Name: 'all', EventPattern: '{"source":["aws.s3"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'all', Targets: [{ Id: 'q', Arn: QUEUE }] });
    make(cloud);
    cloud.untilIdle();
    return bodies(cloud).toSorted((a, b) => (String(a['detail-type']) < String(b['detail-type']) ? -1 : 1));
  };

  it('have the bucket as their resource, and the key as it is', () => {
    expect(event((cloud) => cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'in/holiday clip.mp4', Body: 'hello' }))).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        'detail-type': 'Object Created',
        source: 'aws.s3',
        account: '000000000000',
        time: '2026-01-01T00:00:00Z',
        region: 'us-east-1',
        resources: [BUCKET],
        detail: {
          version: '0',
          bucket: { name: 'uploads' },
          object: { key: 'in/holiday clip.mp4', size: 5, etag: '5d41402abc4b2a76b9719d911017c592', sequencer: expect.any(String) as string },
          'request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string,
          requester: '000000000000',
          'source-ip-address': '203.0.113.9',
          reason: 'PutObject',
        },
      },
    ]);
  });

  it('say how an object went', () => {
    const [created, deleted] = event((cloud) => {
      cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
      cloud.send('s3', 'DeleteObject', { Bucket: 'uploads', Key: 'a' });
    });
    expect(created!['detail-type']).toBe('Object Created');
    expect(deleted).toMatchObject({ 'detail-type': 'Object Deleted', detail: { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted', object: { key: 'a' } } });
  });

  it('are not sent while the switch of the bucket is off', () => {
    expect(event((cloud) => {
      notify(cloud, {});
      cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
    })).toEqual([]);
  });
});
