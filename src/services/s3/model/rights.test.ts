/** What a role needs for S3: the action of each call, condition keys of lists, what is told of keys that are missing, and bucket policies. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const Bucket = 'uploads';
const BUCKET = `arn:aws:s3:::${Bucket}`;
const ROLE = 'arn:aws:iam::000000000000:role/reader';
const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string | string[], Resource = `${BUCKET}/*`, more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more });

function world(...statements: object[]): TestWorld {
  const cloud = createTestWorld();
  cloud.send('s3', 'CreateBucket', { Bucket });
  cloud.send('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: document() });
  if (statements.length > 0) cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'p', PolicyDocument: document(...statements) });
  return cloud;
}
/** The error's name, or null. */
const as = (cloud: TestWorld, operation: string, input: object): string | null => cloud.start('s3', operation, { Bucket, ...input }, ROLE)()?.error?.name ?? null;

describe('a key that is missing', () => {
  it('is told to a role that may list the bucket, and denied to one that may not', () => {
    const [lister, reader] = [world(allow('s3:GetObject'), allow('s3:ListBucket', BUCKET)), world(allow('s3:GetObject'))];
    expect([as(lister, 'GetObject', { Key: 'none' }), as(lister, 'HeadObject', { Key: 'none' })]).toEqual(['NoSuchKey', 'NotFound']);
    expect([as(reader, 'GetObject', { Key: 'none' }), as(reader, 'HeadObject', { Key: 'none' })]).toEqual(['AccessDenied', 'AccessDenied']);
    expect(reader.failure('s3', 'GetObject', { Bucket, Key: 'none' }, ROLE).message).toMatch(/assumed-role\/reader\/reader is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::uploads because no identity-based policy allows the s3:ListBucket action$/);
  });
});

describe('a version', () => {
  it.each([
    ['GetObject', 's3:GetObject', 's3:GetObjectVersion'],
    ['HeadObject', 's3:GetObject', 's3:GetObjectVersion'],
    ['GetObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
    ['DeleteObjectTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'],
    ['DeleteObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
  ])('of %s needs another action than the object itself', (operation, action, ofVersion) => {
    const outcomes = [action, ofVersion].map((granted) => {
      const cloud = world(allow(granted));
      cloud.send('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
      const { VersionId } = cloud.send('s3', 'PutObject', { Bucket, Key: 'a', Body: 'x' });
      return [as(cloud, operation, { Key: 'a' }), as(cloud, operation, { Key: 'a', VersionId })];
    });
    expect(outcomes[0]).toEqual([null, 'AccessDenied']);
    expect(outcomes[1]).toEqual(['AccessDenied', null]);
  });
});

describe('a role', () => {
  it('needs s3:PutObjectTagging to put an object with tags', () => {
    const put = { Key: 'a', Body: 'x', Tagging: 'kind=clip' };
    expect([as(world(allow('s3:PutObject')), 'PutObject', put), as(world(allow(['s3:PutObject', 's3:PutObjectTagging'])), 'PutObject', put)]).toEqual(['AccessDenied', null]);
  });

  it('may list what a condition on the prefix lets it', () => {
    const cloud = world(allow('s3:ListBucket', BUCKET, { Condition: { StringLike: { 's3:prefix': ['mine/*'] }, NumericLessThanEqualsIfExists: { 's3:max-keys': 10 } } }));
    const list = (input: object): string | null => as(cloud, 'ListObjectsV2', input);
    expect([list({ Prefix: 'mine/a' }), list({ Prefix: 'theirs/' }), list({}), list({ Prefix: 'mine/', MaxKeys: 11 })]).toEqual([null, 'AccessDenied', 'AccessDenied', 'AccessDenied']);
  });

  it('has its own folder by a policy variable', () => {
    const cloud = world(allow('s3:PutObject', `${BUCKET}/\${aws:userid}/*`));
    expect([as(cloud, 'PutObject', { Key: 'AROAREADER00000000000:reader/a', Body: 'x' }), as(cloud, 'PutObject', { Key: 'AROAOTHER000000000000:other/a', Body: 'x' })]).toEqual([null, 'AccessDenied']);
  });
});

describe('a bucket policy', () => {
  const put = (cloud: TestWorld, ...statements: object[]): void => void cloud.send('s3', 'PutBucketPolicy', { Bucket, Policy: document(...statements) });

  it('denies what the role may, by name in the message, and lets in whom it names', () => {
    const cloud = world(allow('s3:*', '*'));
    cloud.send('s3', 'PutObject', { Bucket, Key: 'a', Body: 'x' });
    put(cloud, { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/a` });
    expect(cloud.failure('s3', 'GetObject', { Bucket, Key: 'a' }, ROLE)).toMatchObject({ name: 'AccessDenied', message: expect.stringMatching(/s3:GetObject on resource: arn:aws:s3:::uploads\/a with an explicit deny in a resource-based policy$/) as string });
    const other = world();
    put(other, { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 's3:PutObject', Resource: `${BUCKET}/in/*` });
    expect([as(other, 'PutObject', { Key: 'in/a', Body: 'x' }), as(other, 'PutObject', { Key: 'out/a', Body: 'x' })]).toEqual([null, 'AccessDenied']);
  });

  it.each([
    ['no JSON', "Policies must be valid JSON and the first byte must be '{'"],
    ['{}', 'Missing required field Statement'],
    [document(), 'Missing required field Statement'],
    [document({ Effect: 'Perhaps', Principal: '*', Action: 's3:*', Resource: BUCKET }), 'Invalid effect: Perhaps'],
    [document({ Effect: 'Allow', Action: 's3:*', Resource: BUCKET }), 'Missing required field Principal'],
    [document({ Effect: 'Allow', Principal: '*', Resource: BUCKET }), 'Missing required field Action'],
    [document({ Effect: 'Allow', Principal: '*', Action: 's3:*' }), 'Missing required field Resource'],
    [document({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: BUCKET }), 'Policy has invalid action'],
    [document({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::others/*' }), 'Policy has invalid resource'],
  ])('of %s is refused', (Policy, message) => {
    const cloud = world();
    expect(cloud.failure('s3', 'PutBucketPolicy', { Bucket, Policy })).toMatchObject({ name: 'MalformedPolicy', message, status: 400 });
    expect(cloud.failure('s3', 'GetBucketPolicy', { Bucket }).name).toBe('NoSuchBucketPolicy');
  });
});
