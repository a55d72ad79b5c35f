/** Sessions of roles: who may assume one, for how long, what it may do then, and its end. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const ACCOUNT = '000000000000';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const READER = roleArn('reader');
const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const trust = (Principal: unknown, more: object = {}): string => document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });

/** A bucket with one object, and a role that may read it. */
function world(trusts: string = trust({ AWS: ROOT }), o: { readonly MaxSessionDuration?: number } = {}): TestWorld {
  const cloud = createTestWorld();
  cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
  cloud.send('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: trusts, ...o });
  cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: document({ Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::uploads', 'arn:aws:s3:::uploads/*'] }) });
  cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) });
  return cloud;
}
interface Assumed {
  readonly Credentials: { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string; readonly Expiration: { readonly $date: number } };
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string };
}
const assume = (cloud: TestWorld, o: object = {}, as?: string): Assumed => cloud.send('sts', 'AssumeRole', { RoleArn: READER, RoleSessionName: 'tests', ...o }, as) as unknown as Assumed;
const refusal = (cloud: TestWorld, o: object = {}, as?: string) => cloud.failure('sts', 'AssumeRole', { RoleArn: READER, RoleSessionName: 'tests', ...o }, as);
const allowTo = (cloud: TestWorld, role: string): void => void cloud.send('iam', 'PutRolePolicy', { RoleName: role, PolicyName: 'assume', PolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: READER }) });

/** A call that is signed with the credentials of a session: its error's name, or null. */
function with_(cloud: TestWorld, { Credentials }: Assumed, operation: string, input: object = {}): string | null {
  cloud.world.hostRequest(9_999, 's3', operation, { Bucket: 'uploads', ...input }, { accessKeyId: Credentials.AccessKeyId, sessionToken: Credentials.SessionToken });
  const { outcome } = cloud.world.hostReplies.pop()!;
  return outcome.kind === 'error' ? outcome.error.name : null;
}

describe('AssumeRole', () => {
  it('gives credentials of a session that may do what the role may, and no more', () => {
    const cloud = world();
    const assumed = assume(cloud);
    expect(assumed).toEqual({
      Credentials: { AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string, SecretAccessKey: expect.stringMatching(/^.{40}$/) as string, SessionToken: expect.stringMatching(/^.{200,}$/) as string, Expiration: { $date: Date.parse('2026-01-01T01:00:00Z') } },
      AssumedRoleUser: { AssumedRoleId: 'AROAREADER00000000000:tests', Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/tests` },
    });
    expect([with_(cloud, assumed, 'GetObject', { Key: 'a' }), with_(cloud, assumed, 'ListBuckets')]).toEqual([null, 'AccessDenied']);
    expect(cloud.events('iam.AccessDenied').map(({ data }) => data['principal'])).toEqual([assumed.AssumedRoleUser.Arn]);
    expect(cloud.send('iam', 'GetRole', { RoleName: 'reader' })['Role']).toMatchObject({ RoleId: assumed.AssumedRoleUser.AssumedRoleId.split(':')[0] });
  });

  it('gives the same credentials for the same seed, and others to each session', () => {
    const [one, other] = [world(), world()].map((cloud) => [assume(cloud), assume(cloud)].map(({ Credentials }) => Credentials.AccessKeyId));
    expect(one).toEqual(other);
    expect(new Set(one).size).toBe(2);
  });

  it('ends on virtual time: the credentials count for their duration and not a moment longer', () => {
    const cloud = world();
    const assumed = assume(cloud, { DurationSeconds: 900 });
    cloud.advance(899_999);
    expect(with_(cloud, assumed, 'GetObject', { Key: 'a' })).toBeNull();
    cloud.advance(1);
    expect(with_(cloud, assumed, 'GetObject', { Key: 'a' })).toBe('ExpiredTokenException');
  });

  it('knows no credentials but those that it gave out', () => {
    const cloud = world();
    const assumed = assume(cloud);
    const forged = (o: object): Assumed => ({ ...assumed, Credentials: { ...assumed.Credentials, ...o } });
    expect([with_(cloud, forged({ SessionToken: 'other' }), 'ListBuckets'), with_(cloud, forged({ AccessKeyId: 'ASIAFORGED' }), 'ListBuckets')]).toEqual(['InvalidClientTokenId', 'InvalidClientTokenId']);
  });

  it('follows a role that changes, and the end of one that is deleted', () => {
    const cloud = world();
    const assumed = assume(cloud);
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: document({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) });
    expect(with_(cloud, assumed, 'GetObject', { Key: 'a' })).toBe('AccessDenied');
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) });
    expect(with_(cloud, assumed, 'GetObject', { Key: 'a' })).toBeNull();
    cloud.send('iam', 'DeleteRole', { RoleName: 'reader' });
    expect(with_(cloud, assumed, 'GetObject', { Key: 'a' })).toBe('AccessDenied');
  });
});

describe('a trust policy', () => {
  const denied = { name: 'AccessDenied', status: 403, message: `User: ${ROOT} is not authorized to perform: sts:AssumeRole on resource: ${READER}` };

  it('decides for the administrator too, and tells a role that is not there from one that is closed to nobody', () => {
    expect(refusal(world(trust({ Service: 'lambda.amazonaws.com' })))).toMatchObject(denied);
    expect(refusal(world(), { RoleArn: roleArn('none') })).toMatchObject({ ...denied, message: denied.message.replace('reader', 'none') });
    expect(refusal(world(document({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }, { Effect: 'Deny', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' })))).toMatchObject(denied);
  });

  it('that names a role lets it in by itself; one that names the account leaves it to the policies of the role', () => {
    const byName = world(trust({ AWS: roleArn('worker') }));
    expect(assume(byName, {}, roleArn('worker')).AssumedRoleUser.AssumedRoleId).toBe('AROAREADER00000000000:tests');
    const byAccount = world();
    expect(refusal(byAccount, {}, roleArn('worker'))).toMatchObject({ name: 'AccessDenied', message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/worker/worker is not authorized to perform: sts:AssumeRole on resource: ${READER}` });
    allowTo(byAccount, 'worker');
    expect(assume(byAccount, {}, roleArn('worker')).Credentials.AccessKeyId).toMatch(/^ASIA/);
  });

  it('is needed, whatever the policies of the role that asks allow', () => {
    const cloud = world(trust({ AWS: roleArn('other') }));
    allowTo(cloud, 'worker');
    expect(refusal(cloud, {}, roleArn('worker')).name).toBe('AccessDenied');
  });

  it('can ask for an external id and for names of sessions', () => {
    const cloud = world(trust({ AWS: ROOT }, { Condition: { StringEquals: { 'sts:ExternalId': 'contract-17' }, StringLike: { 'sts:RoleSessionName': 'nightly-*' } } }));
    expect([refusal(cloud).name, refusal(cloud, { ExternalId: 'contract-17' }).name, refusal(cloud, { RoleSessionName: 'nightly-1' }).name]).toEqual(['AccessDenied', 'AccessDenied', 'AccessDenied']);
    expect(assume(cloud, { ExternalId: 'contract-17', RoleSessionName: 'nightly-1' }).AssumedRoleUser.Arn).toMatch(/nightly-1$/);
  });
});

describe('policies of a session', () => {
  const readOnly = document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' });

  it('hold it back, and give nothing that the role has not', () => {
    const cloud = world();
    const assumed = assume(cloud, { Policy: readOnly });
    expect([with_(cloud, assumed, 'GetObject', { Key: 'a' }), with_(cloud, assumed, 'PutObject', { Key: 'b', Body: 'x' })]).toEqual([null, 'AccessDenied']);
    const all = assume(cloud, { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] });
    expect([with_(cloud, all, 'PutObject', { Key: 'b', Body: 'x' }), with_(cloud, all, 'ListBuckets')]).toEqual([null, 'AccessDenied']);
  });

  it('are named in the denial', () => {
    const cloud = world();
    const { Credentials } = assume(cloud, { Policy: readOnly });
    cloud.world.hostRequest(1, 's3', 'PutObject', { Bucket: 'uploads', Key: 'b', Body: 'x' }, { accessKeyId: Credentials.AccessKeyId, sessionToken: Credentials.SessionToken });
    const { outcome } = cloud.world.hostReplies.pop()!;
    expect(outcome.kind === 'error' && outcome.error.message).toMatch(/because no session policy allows the s3:PutObject action$/);
  });
});

describe('AssumeRole refuses', () => {
  it.each([
    ['a session name of one letter', { RoleSessionName: 'a' }, "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"],
    ['a session name with a space', { RoleSessionName: 'a b' }, "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"],
    ['less than 15 minutes', { DurationSeconds: 899 }, "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"],
    ['more than 12 hours', { DurationSeconds: 43_201 }, "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200"],
    ['more than the role allows', { DurationSeconds: 3_601 }, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
    ['what is no role', { RoleArn: 'arn:aws:s3:::uploads/reader' }, 'arn:aws:s3:::uploads/reader is invalid'],
  ])('%s', (_, o, message) => expect(refusal(world(), o)).toMatchObject({ name: 'ValidationError', message, status: 400 }));

  it('more than an hour to a session, whatever the role allows', () => {
    const cloud = world(trust('*'), { MaxSessionDuration: 7_200 });
    expect(assume(cloud, { DurationSeconds: 7_200 }).Credentials.Expiration.$date).toBe(Date.parse('2026-01-01T02:00:00Z'));
    expect(refusal(cloud, { DurationSeconds: 7_200 }, roleArn('worker')).message).toBe('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  });

  it('a policy that is none, and what is not modelled', () => {
    expect(refusal(world(), { Policy: '{}' })).toMatchObject({ name: 'MalformedPolicyDocumentException', status: 400 });
    expect(refusal(world(), { Tags: [{ Key: 'team', Value: 'a' }] })).toMatchObject({ name: 'NotModelled', message: expect.stringContaining('session tags') as string });
  });
});
