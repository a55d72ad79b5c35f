import { describe, expect, it } from 'vitest';
import { functionsWorld } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const put: Script = { handle: () => [{ call: ['s3', 'PutObject', { Bucket: 'out-put', Key: 'a', Body: 'x' }] }, { result: 'put' }] };
const DAY_MS = 86_400_000;
const VPC = { SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-1'] };

function world(): FunctionsWorld {
  const cloud = functionsWorld({ put });
  cloud.send('s3', 'CreateBucket', { Bucket: 'out-put' });
  cloud.allow('s3:*');
  return cloud;
}
const attach = (cloud: FunctionsWorld): void => void cloud.send('iam', 'AttachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' });
const settled = (cloud: FunctionsWorld, VpcConfig: object): void => {
  attach(cloud);
  cloud.make('put', { VpcConfig });
  cloud.advance(120_000);
};

describe('a function in a VPC', () => {
  it('needs the right of its role to make network interfaces', () => {
    expect(() => world().make('put', { VpcConfig: VPC })).toThrow('The provided execution role does not have permissions to call CreateNetworkInterface on EC2');
  });

  it('is Pending while its interface is made, and another with the same subnets and groups is not', () => {
    const cloud = world();
    attach(cloud);
    cloud.make('put', { VpcConfig: VPC });
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['State']).toBe('Pending');
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'ResourceConflictException', status: 409 });
    cloud.advance(90_000);
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })).toMatchObject({ State: 'Active', VpcConfig: VPC });
    cloud.make('put', { VpcConfig: { ...VPC, SubnetIds: ['subnet-b', 'subnet-a'] } }, 'second');
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'second' })['State']).toBe('Active');
  });

  it('Also: public subnet ≠ internet. Without a NAT gateway or an endpoint a call is never answered, and the function times out', () => {
    const cloud = world();
    settled(cloud, VPC);
    expect(cloud.invoke().payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(cloud.events('lambda.RequestLost')[0]!.data['to']).toBe('s3');
    expect(cloud.events('s3.ObjectCreated')).toEqual([]);
  });

  it.each([
    ['a gateway endpoint', { Endpoints: ['s3'] }],
    ['a NAT gateway', { Nat: true }],
  ])('reaches S3 through %s', (_, Routes) => {
    const cloud = world();
    settled(cloud, { ...VPC, Routes });
    expect(cloud.invoke().payload).toBe('put');
  });

  it('writes its logs without a way out: they do not go through the VPC', () => {
    const cloud = world();
    settled(cloud, VPC);
    cloud.invoke();
    expect(cloud.lines().some((line) => line.startsWith('REPORT'))).toBe(true);
  });

  it('is Inactive after 14 days without a request: the next one fails, and it is Pending until its interface is there again', () => {
    const cloud = world();
    settled(cloud, { ...VPC, Routes: { Nat: true } });
    const state = (): unknown => {
      const { State, StateReasonCode, LastUpdateStatus } = cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' });
      return [State, StateReasonCode, LastUpdateStatus];
    };
    cloud.advance(13 * DAY_MS);
    expect(cloud.invoke().payload).toBe('put');
    cloud.advance(14 * DAY_MS - 1_000);
    expect(state()).toEqual(['Active', undefined, 'Successful']);
    cloud.advance(2_000);
    expect(state()).toEqual(['Inactive', 'Idle', 'Successful']);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'ResourceNotReadyException', status: 502 });
    expect(state()).toEqual(['Pending', 'Restoring', 'Successful']);
    expect(cloud.failure('lambda', 'Invoke', { FunctionName: 'fn' })).toMatchObject({ name: 'ResourceConflictException', status: 409 });
    cloud.advance(90_000);
    expect([state(), cloud.invoke().payload]).toEqual([['Active', undefined, 'Successful'], 'put']);
  });

  it('outside of a VPC a function is never Inactive', () => {
    const cloud = world();
    cloud.make('put');
    cloud.advance(30 * DAY_MS);
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['State']).toBe('Active');
    expect(cloud.invoke().payload).toBe('put');
  });

  it('needs those rights to be attached, not to be invoked', () => {
    const cloud = world();
    settled(cloud, { ...VPC, Routes: { Nat: true } });
    cloud.send('iam', 'DetachRolePolicy', { RoleName: 'fn-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' });
    expect(cloud.invoke().payload).toBe('put');
    expect(cloud.failure('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', VpcConfig: VPC }).message).toBe('The provided execution role does not have permissions to call CreateNetworkInterface on EC2');
  });

  it('is polled for, and sent events to, without a way out: what Lambda does for it does not go through the VPC', () => {
    const cloud = functionsWorld({ put: { handle: () => [{ result: 'done' }] } });
    cloud.allow('sqs:*');
    cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    settled(cloud, VPC);
    cloud.send('lambda', 'CreateEventSourceMapping', { FunctionName: 'fn', EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs' });
    cloud.advance(2_000);
    cloud.send('sqs', 'SendMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' });
    cloud.send('lambda', 'Invoke', { FunctionName: 'fn', InvocationType: 'Event' });
    cloud.advance(5_000);
    expect(cloud.events('lambda.InvocationSucceeded')).toHaveLength(2);
    expect(cloud.events('lambda.RequestLost')).toEqual([]);
  });

  it('has at most 16 subnets and 5 security groups', () => {
    const cloud = world();
    const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => `id-${i}`);
    expect(() => cloud.make('put', { VpcConfig: { SubnetIds: ids(17), SecurityGroupIds: ['sg-1'] } })).toThrow('Member must have length less than or equal to 16');
    expect(() => cloud.make('put', { VpcConfig: { SubnetIds: ids(1), SecurityGroupIds: ids(6) } })).toThrow('Member must have length less than or equal to 5');
  });
});
