/** What was seen on real AWS of S3's notifications, and what naive simulators get wrong about them. @source aws/observed.md K, aws/pitfalls.md */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';
const Bucket = 'uploads';

interface Record3 {
  readonly eventVersion: string;
  readonly eventName: string;
  readonly s3: { readonly object: { readonly key: string; readonly size?: number; readonly eTag?: string; readonly versionId?: string; readonly sequencer?: string } };
}
interface Event3 {
  readonly 'detail-type': string;
  readonly detail: { readonly reason: string; readonly 'deletion-type'?: string; readonly object: Readonly<Record<string, unknown>> };
}

/** A bucket that tells the queue of everything, by records or through EventBridge. */
function world(way: 'records' | 'events', o: { readonly versions?: boolean } = {}): TestWorld {
  const cloud = createTestWorld();
  cloud.send('s3', 'CreateBucket', { Bucket });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: QUEUE }] }) } });
  const Events = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*'];
  cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: way === 'records' ? { QueueConfigurations: [{ QueueArn: QUEUE, Events }] } : { EventBridgeConfiguration: {} } });
  if (way === 'events') {
    cloud.send('events', 'PutRule', { Name: 'all', EventPattern: '{"source":["aws.s3"]}' });
    cloud.send('events', 'PutTargets', { Rule: 'all', Targets: [{ Id: 'q', Arn: QUEUE }] });
  }
  if (o.versions) cloud.send('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  return cloud;
}
const put = (cloud: TestWorld, Key: string, Body = 'x'): Record<string, unknown> => cloud.send('s3', 'PutObject', { Bucket, Key, Body });

function bodies(cloud: TestWorld): Record<string, unknown>[] {
  cloud.untilIdle();
  const found = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10 })['Messages'] as { Body: string }[] | undefined;
  return (found ?? []).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
}
const records = (cloud: TestWorld): Record3[] => bodies(cloud).flatMap((body) => (body['Records'] ?? []) as Record3[]).toSorted((a, b) => (a.eventName < b.eventName ? -1 : 1));
const events = (cloud: TestWorld): Event3[] => (bodies(cloud) as unknown as Event3[]).toSorted((a, b) => (a.detail.reason < b.detail.reason ? -1 : 1));

function upload(cloud: TestWorld, Key: string): void {
  const { UploadId } = cloud.send('s3', 'CreateMultipartUpload', { Bucket, Key });
  const { ETag } = cloud.send('s3', 'UploadPart', { Bucket, Key, UploadId, PartNumber: 1, Body: 'part' });
  cloud.send('s3', 'CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } });
}

describe('S3N-006', () => {
  it('a copy is ObjectCreated:Copy, an upload in parts ObjectCreated:CompleteMultipartUpload, once and at its end', () => {
    const cloud = world('records');
    put(cloud, 'a');
    cloud.send('s3', 'CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` });
    upload(cloud, 'c');
    expect(records(cloud).map(({ eventName, s3 }) => [eventName, s3.object.key, s3.object.size])).toEqual([
      ['ObjectCreated:CompleteMultipartUpload', 'c', 4],
      ['ObjectCreated:Copy', 'b', 1],
      ['ObjectCreated:Put', 'a', 1],
    ]);
  });

  it('EventBridge says the same by its reasons', () => {
    const cloud = world('events');
    put(cloud, 'a');
    cloud.send('s3', 'CopyObject', { Bucket, Key: 'b', CopySource: `${Bucket}/a` });
    upload(cloud, 'c');
    expect(events(cloud).map((event) => [event['detail-type'], event.detail.reason])).toEqual([
      ['Object Created', 'CompleteMultipartUpload'],
      ['Object Created', 'CopyObject'],
      ['Object Created', 'PutObject'],
    ]);
  });
});

describe('S3N-008', () => {
  it('saving a configuration sends s3:TestEvent, a message without Records', () => {
    const [test, ...more] = bodies(world('records'));
    expect([test!['Event'], 'Records' in test!, more]).toEqual(['s3:TestEvent', false, []]);
  });
});

describe('S3N-011', () => {
  const save = (cloud: TestWorld, ...rules: object[]): void => void cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: { QueueConfigurations: rules.map((rule) => ({ QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'], ...rule })) } });
  const prefix = (Name: string, Value: string): object => ({ Filter: { Key: { FilterRules: [{ Name, Value }] } } });

  it('filter names in any case are stored as Prefix and Suffix', () => {
    const cloud = world('records');
    save(cloud, prefix('PREFIX', 'in/'), prefix('prefix', 'out/'));
    const { QueueConfigurations } = cloud.send('s3', 'GetBucketNotificationConfiguration', { Bucket }) as { QueueConfigurations: { Filter: { Key: { FilterRules: object[] } } }[] };
    expect(QueueConfigurations.map(({ Filter }) => Filter.Key.FilterRules)).toEqual([[{ Name: 'Prefix', Value: 'in/' }], [{ Name: 'Prefix', Value: 'out/' }]]);
  });

  it('two configurations of one queue need distinct events or filters, and distinct ids', () => {
    const cloud = world('records');
    const failure = (...rules: object[]): string => cloud.failure('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: { QueueConfigurations: rules.map((rule) => ({ QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'], ...rule })) } }).message;
    expect(failure({}, {})).toContain('Configurations overlap');
    expect(failure({ Id: 'a', ...prefix('prefix', 'a/') }, { Id: 'a', ...prefix('prefix', 'b/') })).toBe('Same ID used for multiple configurations. ID must be unique.');
    expect(failure({ Events: ['s3:ObjectCreated:Rename'] })).toBe('The event is not supported for notifications');
    expect(failure(prefix('infix', 'a'))).toBe('filter rule name must be either prefix or suffix');
    save(cloud, { Events: ['s3:ObjectCreated:Put'] }, { Events: ['s3:ObjectRemoved:*'] });
  });
});

describe('pitfall 19', () => {
  it('keys are URL-encoded in records, and not in events', () => {
    const key = 'a@b c+d/é.txt';
    const [asRecord, asEvent] = [world('records'), world('events')];
    for (const cloud of [asRecord, asEvent]) put(cloud, key);
    expect(records(asRecord)[0]!.s3.object.key).toBe('a%40b+c%2Bd/%C3%A9.txt');
    expect(events(asEvent)[0]!.detail.object['key']).toBe(key);
  });

  it('records of deletes have neither size nor eTag', () => {
    const cloud = world('records');
    put(cloud, 'a');
    cloud.send('s3', 'DeleteObject', { Bucket, Key: 'a' });
    expect(Object.keys(records(cloud).find(({ eventName }) => eventName === 'ObjectRemoved:Delete')!.s3.object).toSorted()).toEqual(['key', 'sequencer']);
  });

  it('the two forms use different keys: eTag, versionId here; etag, version-id there', () => {
    const [asRecord, asEvent] = [world('records', { versions: true }), world('events', { versions: true })];
    for (const cloud of [asRecord, asEvent]) put(cloud, 'a');
    expect(Object.keys(records(asRecord)[0]!.s3.object).toSorted()).toEqual(['eTag', 'key', 'sequencer', 'size', 'versionId']);
    expect(Object.keys(events(asEvent)[0]!.detail.object).toSorted()).toEqual(['etag', 'key', 'sequencer', 'size', 'version-id']);
  });
});

describe('pitfall 1', () => {
  it('S3 invokes a function asynchronously: a handler that throws never makes the notification fail', () => {
    const cloud = createTestWorld();
    cloud.send('s3', 'CreateBucket', { Bucket });
    cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    cloud.send('lambda', 'CreateFunction', { FunctionName: 'work', Role: 'arn:aws:iam::000000000000:role/worker', Code: { synthetic: { errorRate: 1, durationMs: { kind: 'const', value: 5 } } } });
    cloud.send('lambda', 'AddPermission', { FunctionName: 'work', StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' });
    cloud.advance(30_000);
    cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:work', Events: ['s3:ObjectCreated:*'] }] } });
    put(cloud, 'a');
    cloud.untilIdle();
    expect(cloud.events('s3.NotificationFailed')).toEqual([]);
    expect(cloud.events('lambda.InvokeRequested').map(({ data }) => data['type'])).toEqual(['Event']);
    expect(cloud.events('s3.NotificationSent')).toHaveLength(1);
  });
});

describe('S3 versions and who is told of them', () => {
  it('a delete puts a marker, and tells ObjectRemoved:DeleteMarkerCreated; the end of a version is ObjectRemoved:Delete', () => {
    const cloud = world('records', { versions: true });
    const { VersionId } = put(cloud, 'a');
    const marker = cloud.send('s3', 'DeleteObject', { Bucket, Key: 'a' });
    cloud.send('s3', 'DeleteObject', { Bucket, Key: 'a', VersionId });
    expect(records(cloud).map(({ eventName, s3 }) => [eventName, s3.object.versionId])).toEqual([
      ['ObjectCreated:Put', VersionId],
      ['ObjectRemoved:Delete', VersionId],
      ['ObjectRemoved:DeleteMarkerCreated', marker['VersionId']],
    ]);
  });

  it('EventBridge tells the two apart by deletion-type', () => {
    const cloud = world('events', { versions: true });
    const { VersionId } = put(cloud, 'a');
    cloud.send('s3', 'DeleteObject', { Bucket, Key: 'a' });
    cloud.send('s3', 'DeleteObject', { Bucket, Key: 'a', VersionId });
    expect(events(cloud).flatMap(({ detail }) => detail['deletion-type'] ?? []).toSorted()).toEqual(['Delete Marker Created', 'Permanently Deleted']);
  });

  it('while suspended, a put replaces the version null and keeps the others', () => {
    const cloud = world('records', { versions: true });
    const { VersionId: kept } = put(cloud, 'a', 'kept');
    cloud.send('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } });
    put(cloud, 'a', 'first');
    put(cloud, 'a', 'second');
    const { Versions } = cloud.send('s3', 'ListObjectVersions', { Bucket }) as { Versions: { VersionId: string; Size: number; IsLatest: boolean }[] };
    expect(Versions.map(({ VersionId, Size, IsLatest }) => [VersionId, Size, IsLatest])).toEqual([
      ['null', 6, true],
      [kept, 4, false],
    ]);
  });

  it('a bucket with nothing but delete markers cannot be deleted', () => {
    const cloud = world('records', { versions: true });
    cloud.send('s3', 'DeleteObject', { Bucket, Key: 'never-there' });
    expect(cloud.failure('s3', 'DeleteBucket', { Bucket })).toMatchObject({ name: 'BucketNotEmpty', status: 409 });
  });

  it('tags tell ObjectTagging, in record version 2.3 without size and sequencer', () => {
    const cloud = world('records');
    put(cloud, 'a');
    cloud.send('s3', 'PutObjectTagging', { Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } });
    cloud.send('s3', 'DeleteObjectTagging', { Bucket, Key: 'a' });
    const told = records(cloud).filter(({ eventName }) => eventName.startsWith('ObjectTagging'));
    expect(told.map(({ eventName, eventVersion, s3 }) => [eventName, eventVersion, Object.keys(s3.object)])).toEqual([
      ['ObjectTagging:Delete', '2.3', ['key', 'eTag']],
      ['ObjectTagging:Put', '2.3', ['key', 'eTag']],
    ]);
  });
});

describe('S3 events of tags', () => {
  it('say in EventBridge neither size, sequencer nor reason', () => {
    const cloud = world('events');
    put(cloud, 'a');
    cloud.send('s3', 'PutObjectTagging', { Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] } });
    cloud.send('s3', 'DeleteObjectTagging', { Bucket, Key: 'a' });
    const told = (bodies(cloud) as unknown as Event3[]).filter((event) => event['detail-type'].startsWith('Object Tags')).toSorted((a, b) => (a['detail-type'] < b['detail-type'] ? -1 : 1));
    expect(told.map((event) => [event['detail-type'], Object.keys(event.detail).toSorted(), Object.keys(event.detail.object).toSorted()])).toEqual(
      ['Object Tags Added', 'Object Tags Deleted'].map((type) => [type, ['bucket', 'object', 'request-id', 'requester', 'source-ip-address', 'version'], ['etag', 'key']]),
    );
  });
});

describe('S3 deletes of many keys', () => {
  it('judge each key alone', () => {
    const cloud = world('records');
    for (const key of ['mine/a', 'theirs/b']) put(cloud, key);
    cloud.send('iam', 'CreateRole', { RoleName: 'cleaner', AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'cleaner', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${Bucket}/mine/*` }] }) });
    const answer = cloud.send('s3', 'DeleteObjects', { Bucket, Delete: { Objects: [{ Key: 'mine/a' }, { Key: 'theirs/b' }] } }, 'arn:aws:iam::000000000000:role/cleaner');
    expect(answer).toMatchObject({ Deleted: [{ Key: 'mine/a' }], Errors: [{ Key: 'theirs/b', Code: 'AccessDenied', Message: expect.stringContaining('s3:DeleteObject') as string }] });
  });
});
