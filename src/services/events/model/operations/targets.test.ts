/** PutTargets: what AWS takes as a target and what it says to the rest; rights are looked at later. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../../testing.ts';
import type { TestWorld } from '../../../testing.ts';

const AT = 'us-east-1:000000000000';
const QUEUE = `arn:aws:sqs:${AT}:a`;
const ROLE = 'arn:aws:iam::000000000000:role/r';

function withRule(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
  return cloud;
}
const putTargets = (cloud: TestWorld, ...Targets: object[]) =>
  cloud.start('events', 'PutTargets', { Rule: 'r', Targets: Targets.map((target) => ({ Id: 't', Arn: QUEUE, ...target })) })();
const refusal = (...targets: object[]): unknown => {
  const { name, message } = putTargets(withRule(), ...targets)?.error ?? {};
  return name === 'ValidationException' ? message : name;
};

describe('PutTargets', () => {
  it.each<[object, string]>([
    [{ Input: 'hello' }, 'JSON syntax error in input for target t: [Source: (String)"hello"; line: 1, column: 6]'],
    [{ InputPath: 'detail' }, 'InputPath for target t is invalid.'],
    [{ InputTransformer: { InputPathsMap: { a: "$.detail['a']" }, InputTemplate: '"<a>"' } }, 'InputPath for target t is invalid.'],
    [
      { InputTransformer: { InputTemplate: '"<aws.events.event.json>"' } },
      'InputTemplate for target t contains placeholder aws.events.event.json valid only for JSON template.',
    ],
    [{ Arn: 'a-queue' }, 'Parameter TargetArn is not valid. Reason: Provided Arn is not in correct format.'],
    [{ Arn: `arn:aws:events:${AT}:event-bus/other` }, `RoleArn is required for target arn:aws:events:${AT}:event-bus/other.`],
    [{ Arn: `arn:aws:states:${AT}:stateMachine:x` }, `RoleArn is required for target arn:aws:states:${AT}:stateMachine:x.`],
    [{ Arn: `${QUEUE}.fifo` }, 'Parameter(s) SqsParameters must be specified for target: t.'],
    [{ KinesisParameters: { PartitionKeyPath: '$.id' } }, 'Parameter(s) KinesisParameters not supported for target: t.'],
    [{ HttpParameters: { PathParameterValues: ['a'] } }, 'Parameter(s) HttpParameters not supported for target: t.'],
    [{ DeadLetterConfig: { Arn: `arn:aws:sns:${AT}:dead` } }, 'sns is not supported as a dead letter resource.'],
    [{ DeadLetterConfig: { Arn: `arn:aws:sqs:${AT}:dead.fifo` } }, 'SQS FIFO is not supported by Dead Letter Queues.'],
    [{ DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:000000000000:dead' } }, 'The dead letter queue of target t must be in the Region of the rule.'],
  ])('refuses %j', (target, message) => {
    expect(refusal(target)).toBe(message);
  });

  it('refuses variables beyond 100, and names that a reserved one could have', () => {
    const withPaths = (names: readonly string[]): unknown =>
      refusal({ InputTransformer: { InputPathsMap: Object.fromEntries(names.map((name) => [name, '$.id'])), InputTemplate: '"x"' } });
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `v${i}`);
    expect([withPaths(names(100)), withPaths(['AWSvalue', 'a-b_1'])]).toEqual([undefined, undefined]);
    expect(withPaths(names(101))).toMatch(/inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to 100$/);
    for (const name of ['aws.events.rule-name', 'AWS.x', 'a b'])
      expect(withPaths([name])).toMatch(/^1 validation error detected: .*inputPathsMap' failed to satisfy constraint: Map keys must satisfy/);
  });

  it('refuses one id twice in a call, and takes it as a change in the next', () => {
    expect(refusal({}, {})).toBe("Parameter targets is not valid. Reason: More than one target with Id 't' is provided.");
    const cloud = withRule();
    putTargets(cloud, {});
    putTargets(cloud, { InputPath: '$.detail' });
    expect(cloud.send('events', 'ListTargetsByRule', { Rule: 'r' })['Targets']).toEqual([{ Id: 't', Arn: QUEUE, InputPath: '$.detail' }]);
  });

  it('says of targets that exist on AWS only that they are not modelled', () => {
    const arns = [
      `arn:aws:states:${AT}:stateMachine:x`,
      `arn:aws:logs:${AT}:log-group:/x`,
      `arn:aws:events:${AT}:api-destination/x`,
      'arn:aws:sqs:us-east-1:111111111111:theirs',
      'arn:aws:lambda:eu-west-1:000000000000:function:far',
    ];
    expect(arns.map((Arn) => refusal({ Arn, RoleArn: ROLE }))).toEqual(arns.map(() => 'NotModelled'));
  });

  it('takes a target that is not there and one that may not be reached: both show when an event comes', () => {
    expect(putTargets(withRule(), { DeadLetterConfig: { Arn: `arn:aws:sqs:${AT}:dead` } })?.output).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
  });

  it('adds nothing when one of its targets is refused', () => {
    const cloud = withRule();
    putTargets(cloud, {}, { Id: 'bad', Input: 'no' });
    expect(cloud.send('events', 'ListTargetsByRule', { Rule: 'r' })['Targets']).toEqual([]);
  });
});

describe('a FIFO queue as a target', () => {
  function deliver(attributes: object): TestWorld {
    const cloud = withRule();
    const url = String(cloud.send('sqs', 'CreateQueue', { QueueName: 'a.fifo', Attributes: { FifoQueue: 'true', ...attributes } })['QueueUrl']);
    cloud.send('sqs', 'SetQueueAttributes', {
      QueueUrl: url,
      Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }] }) },
    });
    putTargets(cloud, { Arn: `${QUEUE}.fifo`, SqsParameters: { MessageGroupId: 'g' } });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
    cloud.untilIdle();
    return cloud;
  }

  it('gets its events in the group that is set, when it deduplicates by content', () => {
    const cloud = deliver({ ContentBasedDeduplication: 'true' });
    expect(cloud.events('events.Delivered')).toHaveLength(1);
  });

  it('gets none without that, and no retry could help', () => {
    const cloud = deliver({});
    expect(cloud.events('events.DeliveryStarted')).toHaveLength(1);
    expect(cloud.events('events.EventDropped').map(({ data }) => data['error'])).toEqual(['InvalidParameterValue']);
  });
});

describe('a function as a target', () => {
  it.each([
    [{}, 1],
    [{ SourceAccount: '000000000000' }, 0],
  ])('is called when its policy has %j beside the rule: %d time', (more, calls) => {
    const cloud = createTestWorld();
    cloud.send('iam', 'CreateRole', {
      RoleName: 'r',
      AssumeRolePolicyDocument: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }),
    });
    cloud.send('lambda', 'CreateFunction', {
      FunctionName: 'f',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { synthetic: { durationMs: { kind: 'const', ms: 5 } } },
    });
    cloud.advance(10_000);
    cloud.send('lambda', 'AddPermission', {
      FunctionName: 'f',
      StatementId: 'e',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: `arn:aws:events:${AT}:rule/r`,
      ...more,
    });
    cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
    putTargets(cloud, { Arn: `arn:aws:lambda:${AT}:function:f` });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
    cloud.untilIdle();
    expect(cloud.events('events.Delivered')).toHaveLength(calls);
  });
});
