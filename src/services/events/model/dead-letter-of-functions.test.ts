/** Who hears of a handler that throws, when a rule, a topic or a bucket has invoked its function. @source aws/pitfalls.md 1 */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const SQS = 'arn:aws:sqs:us-east-1:000000000000';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:fails';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

/** A function that always fails, with a dead-letter queue of its own beside that of whoever calls it. */
function world(caller: string): TestWorld {
  const cloud = createTestWorld();
  for (const QueueName of ['of-the-caller', 'of-the-function']) {
    cloud.send('sqs', 'CreateQueue', { QueueName, Attributes: { Policy: policy({ Effect: 'Allow', Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: `${SQS}:${QueueName}` }) } });
  }
  cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
  cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'p', PolicyDocument: policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }) });
  cloud.send('lambda', 'CreateFunction', { FunctionName: 'fails', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', DeadLetterConfig: { TargetArn: `${SQS}:of-the-function` }, Code: { synthetic: { errorRate: 1 } } });
  cloud.send('lambda', 'AddPermission', { FunctionName: 'fails', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: caller });
  cloud.advance(2_000);
  return cloud;
}
function depth(cloud: TestWorld, name: string): string {
  const { Attributes } = cloud.send('sqs', 'GetQueueAttributes', { QueueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`, AttributeNames: ['All'] }) as { Attributes: Record<string, string> };
  return Attributes['ApproximateNumberOfMessages']!;
}

describe('what naive simulators get wrong', () => {
  it.each<[string, string, (cloud: TestWorld) => void]>([
    [
      'EventBridge',
      'events.amazonaws.com',
      (cloud) => {
        cloud.send('events', 'PutRule', { Name: 'r', EventPattern: '{"source":["shop"]}' });
        cloud.send('events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: FUNCTION, DeadLetterConfig: { Arn: `${SQS}:of-the-caller` } }] });
        cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
      },
    ],
    [
      'SNS',
      'sns.amazonaws.com',
      (cloud) => {
        cloud.send('sns', 'CreateTopic', { Name: 'news' });
        cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${SQS}:of-the-caller` }) } });
        cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message: 'x' });
      },
    ],
    [
      'S3',
      's3.amazonaws.com',
      (cloud) => {
        cloud.send('s3', 'CreateBucket', { Bucket: 'clips' });
        cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'clips', NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: FUNCTION, Events: ['s3:ObjectCreated:*'] }] } });
        cloud.send('s3', 'PutObject', { Bucket: 'clips', Key: 'a.mp4', Body: 'x' });
      },
    ],
  ])('1: %s invokes asynchronously: a throwing handler is tried three times and reaches the dead letters of the function alone', (_, caller, act) => {
    const cloud = world(caller);
    act(cloud);
    cloud.untilIdle();
    expect(cloud.events('lambda.InvocationFailed').map(({ data }) => data['attempt'])).toEqual([1, 2, 3]);
    expect([depth(cloud, 'of-the-caller'), depth(cloud, 'of-the-function')]).toEqual(['0', '1']);
  });
});
