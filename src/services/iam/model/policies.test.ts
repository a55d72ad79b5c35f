/** Policies that are attached, versions, boundaries, trust, and the simulator. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const ROLE = 'arn:aws:iam::000000000000:role/worker';
const POLICY = 'arn:aws:iam::000000000000:policy/send';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const SEND = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' };
const trust = (service: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });
const document = (Action: string, Effect = 'Allow'): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] });

function world(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  return cloud;
}
const allowed = (cloud: TestWorld): boolean => cloud.start('sqs', 'SendMessage', SEND, ROLE)()?.error === undefined;

describe('a policy of the account', () => {
  it('gives its rights to every role it is attached to, as its default version says', () => {
    const cloud = world();
    expect(cloud.send('iam', 'CreatePolicy', { PolicyName: 'send', PolicyDocument: document('sqs:SendMessage') })['Policy']).toMatchObject({ Arn: POLICY, DefaultVersionId: 'v1', AttachmentCount: 0 });
    cloud.send('iam', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn: POLICY });
    expect([allowed(cloud), cloud.send('iam', 'ListAttachedRolePolicies', { RoleName: 'worker' })['AttachedPolicies']]).toEqual([true, [{ PolicyName: 'send', PolicyArn: POLICY }]]);
    cloud.send('iam', 'CreatePolicyVersion', { PolicyArn: POLICY, PolicyDocument: document('sqs:SendMessage', 'Deny') });
    expect(allowed(cloud)).toBe(true);
    cloud.send('iam', 'SetDefaultPolicyVersion', { PolicyArn: POLICY, VersionId: 'v2' });
    expect(allowed(cloud)).toBe(false);
    expect(cloud.failure('iam', 'DeletePolicyVersion', { PolicyArn: POLICY, VersionId: 'v2' })).toMatchObject({ name: 'DeleteConflictException', status: 409 });
  });

  it('cannot be deleted while it is attached', () => {
    const cloud = world();
    cloud.send('iam', 'CreatePolicy', { PolicyName: 'send', PolicyDocument: document('sqs:SendMessage') });
    cloud.send('iam', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn: POLICY });
    expect(cloud.failure('iam', 'DeletePolicy', { PolicyArn: POLICY }).message).toBe('Cannot delete a policy attached to entities.');
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'worker', PolicyArn: POLICY });
    cloud.send('iam', 'DeletePolicy', { PolicyArn: POLICY });
    expect(cloud.failure('iam', 'GetPolicy', { PolicyArn: POLICY }).name).toBe('NoSuchEntityException');
  });
});

describe('a permissions boundary', () => {
  it('holds a role back, whatever its policies say, and says so in the denial', () => {
    const cloud = world();
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'all', PolicyDocument: document('*') });
    cloud.send('iam', 'PutRolePermissionsBoundary', { RoleName: 'worker', PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' });
    expect(cloud.failure('sqs', 'SendMessage', SEND, ROLE).message).toContain('because no permissions boundary allows');
    expect(cloud.send('iam', 'GetRole', { RoleName: 'worker' })['Role']).toMatchObject({ PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' } });
    cloud.send('iam', 'DeleteRolePermissionsBoundary', { RoleName: 'worker' });
    expect(allowed(cloud)).toBe(true);
  });
});

describe('a trust policy', () => {
  it('says which service may be the role', () => {
    const cloud = world();
    const may = (name: string): boolean => cloud.world.authorize({ kind: 'service', name, sourceArn: 'arn:aws:x:::y', sourceAccount: '000000000000' }, 'sts:AssumeRole', ROLE).allowed;
    expect([may('lambda.amazonaws.com'), may('events.amazonaws.com')]).toEqual([true, false]);
    cloud.send('iam', 'UpdateAssumeRolePolicy', { RoleName: 'worker', PolicyDocument: trust('events.amazonaws.com') });
    expect([may('lambda.amazonaws.com'), may('events.amazonaws.com')]).toEqual([false, true]);
  });
});

describe('a condition on time', () => {
  it('goes by the virtual clock', () => {
    const cloud = world();
    const Condition = { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:01:00Z' } };
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'soon', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: QUEUE, Condition }] }) });
    expect(allowed(cloud)).toBe(true);
    cloud.advance(60_000);
    expect(allowed(cloud)).toBe(false);
  });
});

describe('SimulatePrincipalPolicy', () => {
  it('answers as a call would be, without making one', () => {
    const cloud = world();
    cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }, { Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' }] }) });
    const { EvaluationResults } = cloud.send('iam', 'SimulatePrincipalPolicy', { PolicySourceArn: ROLE, ActionNames: ['sqs:SendMessage', 'sqs:PurgeQueue', 's3:GetObject'], ResourceArns: [QUEUE] });
    expect((EvaluationResults as { EvalActionName: string; EvalDecision: string }[]).map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision])).toEqual([['sqs:SendMessage', 'allowed'], ['sqs:PurgeQueue', 'explicitDeny'], ['s3:GetObject', 'implicitDeny']]);
  });
});

describe('policy documents', () => {
  const put = (statement: object): string => world().failure('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: JSON.stringify({ Statement: [statement] }) }).message;
  it.each([
    [{ Effect: 'Allow', Resource: '*' }, 'Policy statement must contain actions.'],
    [{ Effect: 'Allow', Action: 'sqs:*' }, 'Policy statement must contain resources.'],
    [{ Effect: 'Perhaps', Action: 'sqs:*', Resource: '*' }, 'Syntax errors in policy.'],
    [{ Effect: 'Allow', Action: 'SendMessage', Resource: '*' }, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*', Principal: '*' }, 'Policy document should not specify a principal.'],
  ])('%j is refused', (statement, message) => expect(put(statement)).toBe(message));

  it('of trust name principals and no resource', () => {
    const create = (statement: object): string => world().failure('iam', 'CreateRole', { RoleName: 'other', AssumeRolePolicyDocument: JSON.stringify({ Statement: [statement] }) }).message;
    expect(create({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*', Resource: '*' })).toBe('Has prohibited field Resource');
    expect(create({ Effect: 'Allow', Action: 'sqs:SendMessage', Principal: '*' })).toBe('AssumeRole policy may only specify STS AssumeRole actions.');
  });
});

describe('IAM lists', () => {
  it('come in pages, and roles by path', () => {
    const cloud = world();
    for (const name of ['a', 'b', 'c']) cloud.send('iam', 'CreateRole', { RoleName: name, Path: '/team/', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
    const first = cloud.send('iam', 'ListRoles', { PathPrefix: '/team/', MaxItems: 2 });
    const second = cloud.send('iam', 'ListRoles', { PathPrefix: '/team/', MaxItems: 2, Marker: first['Marker'] });
    expect([first['IsTruncated'], second['IsTruncated']]).toEqual([true, false]);
    expect([first, second].flatMap(({ Roles }) => (Roles as { Arn: string }[]).map(({ Arn }) => Arn.split(':role')[1]))).toEqual(['/team/a', '/team/b', '/team/c']);
  });
});
