/** IAM: roles and their policies, and how a call of a role is let through or denied. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const ROLE = 'arn:aws:iam::000000000000:role/worker';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const SEND = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' };
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

function world(o: { readonly iam?: 'on' | 'off' } = {}): TestWorld {
  const cloud = createTestWorld(o);
  cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST });
  cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  return cloud;
}
function give(cloud: TestWorld, name: string, ...statements: object[]): void {
  cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: name, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
}
const allowed = (cloud: TestWorld): boolean => {
  const answer = cloud.start('sqs', 'SendMessage', SEND, ROLE)();
  return answer?.error === undefined;
};

describe('a role', () => {
  it('may do nothing at first; the denial names who, what, where and why, and is in the trace', () => {
    const cloud = world();
    expect(cloud.failure('sqs', 'SendMessage', SEND, ROLE)).toMatchObject({
      status: 403,
      message: `User: arn:aws:sts::000000000000:assumed-role/worker/worker is not authorized to perform: sqs:sendmessage on resource: ${QUEUE} because no identity-based policy allows the sqs:sendmessage action`,
    });
    expect(cloud.events('iam.AccessDenied').map(({ resource, data, cause }) => [resource, data['action'], cause.length])).toEqual([[QUEUE, 'sqs:SendMessage', 1]]);
  });

  it.each([
    ['the action itself', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE }, true],
    ['actions by wildcard, in any case', { Effect: 'Allow', Action: 'SQS:send*', Resource: '*' }, true],
    ['a resource by wildcard', { Effect: 'Allow', Action: ['sqs:*'], Resource: 'arn:aws:sqs:*:*:job?' }, true],
    ['everything but an action', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, true],
    ['another action', { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: QUEUE }, false],
    ['another queue', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `${QUEUE}-2` }, false],
    ['a resource in another case', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE.toUpperCase() }, false],
    ['a condition that does not hold', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, Condition: { StringEquals: { 'aws:PrincipalAccount': '111111111111' } } }, false],
    ['a condition that holds', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE, Condition: { StringEquals: { 'aws:PrincipalAccount': '000000000000' } } }, true],
  ])('that is allowed %s', (_, statement, expected) => {
    const cloud = world();
    give(cloud, 'one', statement);
    expect(allowed(cloud)).toBe(expected);
  });

  it('is denied by an explicit deny, whatever else allows it', () => {
    const cloud = world();
    give(cloud, 'all', { Effect: 'Allow', Action: '*', Resource: '*' });
    give(cloud, 'not-this', { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: QUEUE });
    expect(cloud.failure('sqs', 'SendMessage', SEND, ROLE).message).toContain('with an explicit deny in an identity-based policy');
    cloud.send('iam', 'DeleteRolePolicy', { RoleName: 'worker', PolicyName: 'not-this' });
    expect(allowed(cloud)).toBe(true);
  });

  it('is let in by the policy of the resource alone', () => {
    const cloud = world();
    cloud.send('sqs', 'SetQueueAttributes', { QueueUrl: SEND.QueueUrl, Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'sqs:SendMessage', Resource: QUEUE }] }) } });
    expect(allowed(cloud)).toBe(true);
  });

  it('that does not exist may do nothing', () => {
    expect(world().failure('sqs', 'SendMessage', SEND, `${ROLE}-2`).status).toBe(403);
  });

  it('may do everything while IAM is switched off', () => expect(allowed(world({ iam: 'off' }))).toBe(true));

  it('gets the rights of a managed policy while it is attached', () => {
    const cloud = world();
    const receive = { QueueUrl: SEND.QueueUrl };
    const policy = { RoleName: 'worker', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole' };
    expect(cloud.failure('sqs', 'ReceiveMessage', receive, ROLE).status).toBe(403);
    cloud.send('iam', 'AttachRolePolicy', policy);
    expect(cloud.send('sqs', 'ReceiveMessage', receive, ROLE)).toEqual({});
    cloud.send('iam', 'DetachRolePolicy', policy);
    expect(cloud.failure('sqs', 'ReceiveMessage', receive, ROLE).status).toBe(403);
    expect(cloud.events('iam.RoleChanged').length).toBe(2);
  });
});

describe('a denial', () => {
  const who = 'User: arn:aws:sts::000000000000:assumed-role/worker/worker is not authorized to perform:';
  const where = 'us-east-1:000000000000';
  it.each([
    ['sqs', 'SendMessage', SEND, 'AccessDeniedException', 403, 'sqs:sendmessage', QUEUE],
    ['s3', 'GetObject', { Bucket: 'uploads', Key: 'a' }, 'AccessDenied', 403, 's3:GetObject', 'arn:aws:s3:::uploads/a'],
    ['sns', 'Publish', { TopicArn: `arn:aws:sns:${where}:news`, Message: 'x' }, 'AuthorizationErrorException', 403, 'SNS:Publish', `arn:aws:sns:${where}:news`],
    ['events', 'PutRule', { Name: 'all', EventPattern: '{"source":["a"]}' }, 'AccessDeniedException', 400, 'events:PutRule', `arn:aws:events:${where}:rule/all`],
    ['scheduler', 'GetSchedule', { Name: 'nightly' }, 'AccessDeniedException', 403, 'scheduler:GetSchedule', `arn:aws:scheduler:${where}:schedule/default/nightly`],
    ['lambda', 'GetFunction', { FunctionName: 'fn' }, 'AccessDeniedException', 403, 'lambda:GetFunction', `arn:aws:lambda:${where}:function:fn`],
    ['dynamodb', 'GetItem', { TableName: 'orders', Key: { id: { S: 'a' } } }, 'AccessDeniedException', 400, 'dynamodb:GetItem', `arn:aws:dynamodb:${where}:table/orders`],
    ['logs', 'DescribeLogStreams', { logGroupName: '/app' }, 'AccessDeniedException', 400, 'logs:DescribeLogStreams', `arn:aws:logs:${where}:log-group:/app`],
    ['monitoring', 'ListMetrics', {}, 'AccessDeniedException', 403, 'cloudwatch:ListMetrics', '*'],
    ['iam', 'GetRole', { RoleName: 'worker' }, 'AccessDenied', 403, 'iam:GetRole', ROLE],
  ])('of %s %s is told in the manner of the service', (service, operation, input, name, status, action, resource) => {
    const error = world().failure(service, operation, input, ROLE);
    expect([error.name, error.status]).toEqual([name, status]);
    expect(error.message.toLowerCase()).toBe(`${who} ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`.toLowerCase());
  });
});

describe('IAM answers', () => {
  it.each([
    ['CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST }, 'EntityAlreadyExistsException', 'Role with name worker already exists.', 409],
    ['GetRole', { RoleName: 'none' }, 'NoSuchEntityException', 'The role with name none cannot be found.', 404],
    ['PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: 'no json' }, 'MalformedPolicyDocumentException', 'Syntax errors in policy.', 400],
    ['GetRolePolicy', { RoleName: 'worker', PolicyName: 'p' }, 'NoSuchEntityException', 'The role policy with name p cannot be found.', 404],
    ['AttachRolePolicy', { RoleName: 'worker', PolicyArn: 'arn:aws:iam::aws:policy/None' }, 'NoSuchEntityException', 'Policy arn:aws:iam::aws:policy/None does not exist or is not attachable.', 404],
  ])('%s %j with its error', (operation, input, name, message, status) => expect(world().failure('iam', operation, input)).toMatchObject({ name, message, status }));

  it('a role with its trust as encoded JSON, as the API does', () => {
    const role = world().send('iam', 'GetRole', { RoleName: 'worker' })['Role'] as Record<string, string>;
    expect([role['Arn'], JSON.parse(decodeURIComponent(role['AssumeRolePolicyDocument']!))]).toEqual([ROLE, JSON.parse(TRUST)]);
  });
});
