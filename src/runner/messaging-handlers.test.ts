/** Handlers that use the SDK clients of SNS and Scheduler in the sandbox, and the templates that show both. */
import { describe, expect, it } from 'vitest';
import { fanOut } from '../scenario/templates/fan-out/template.ts';
import { weekdaysAtNine } from '../scenario/templates/weekdays-at-nine/template.ts';
import { createCloud } from './headless/create-cloud.ts';
import { runScenario } from './headless/run-scenario.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const FN = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
const allow = (Action: readonly string[]): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const trust = (Service: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });

async function running(code: string, ...rights: string[]) {
  const cloud = createCloud();
  await cloud.send('iam', 'CreateRole', { RoleName: 'fn-role', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  await cloud.send('iam', 'PutRolePolicy', { RoleName: 'fn-role', PolicyName: 'p', PolicyDocument: allow(rights) });
  await cloud.send('sns', 'CreateTopic', { Name: 'news' });
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Role: 'arn:aws:iam::000000000000:role/fn-role', Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 20, Code: { files: { 'index.mjs': code } } });
  await cloud.advance(5_000);
  const invoke = async (event: object): Promise<unknown> => JSON.parse(new TextDecoder().decode((await cloud.send('lambda', 'Invoke', { FunctionName: 'fn', Payload: JSON.stringify(event) })).Payload as Uint8Array)) as unknown;
  const events = (kind: string) => cloud.trace.filter((event) => event.kind === kind);
  return { cloud, invoke, events };
}

const PUBLISHER = `import { SNSClient, PublishCommand, NotFoundException, AuthorizationErrorException } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async ({ topic }) => {
  try {
    return await sns.send(new PublishCommand({ TopicArn: topic, Message: 'hi', MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } } }));
  } catch (error) {
    return { missing: error instanceof NotFoundException, denied: error instanceof AuthorizationErrorException, message: error.message };
  }
};`;

describe('a handler', () => {
  it('publishes with @aws-sdk/client-sns, and gets its errors by class', async () => {
    const { invoke, events } = await running(PUBLISHER, 'sns:Publish');
    expect(await invoke({ topic: TOPIC })).toMatchObject({ MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown });
    expect(events('sns.MessagePublished')).toHaveLength(1);
    expect(await invoke({ topic: `${TOPIC}x` })).toMatchObject({ missing: true, message: 'Topic does not exist' });
  });

  it('without the right is denied by SNS', async () => {
    const { invoke } = await running(PUBLISHER, 'sqs:*');
    expect(await invoke({ topic: TOPIC })).toMatchObject({ denied: true });
  });

  it('schedules a call of itself with @aws-sdk/client-scheduler', async () => {
    const { cloud, invoke, events } = await running(`import { SchedulerClient, CreateScheduleCommand, ConflictException } from '@aws-sdk/client-scheduler';
const scheduler = new SchedulerClient({});
export const handler = async (event) => {
  if (event.n) return event.n;
  const input = { Name: 'later', ScheduleExpression: 'at(2026-01-01T00:10:00)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: '${FN}', RoleArn: event.role, Input: '{"n":7}' } };
  await scheduler.send(new CreateScheduleCommand(input));
  try {
    await scheduler.send(new CreateScheduleCommand(input));
  } catch (error) {
    return { conflict: error instanceof ConflictException };
  }
};`, 'scheduler:*', 'iam:PassRole');
    await cloud.send('iam', 'CreateRole', { RoleName: 'later-role', AssumeRolePolicyDocument: trust('scheduler.amazonaws.com') });
    await cloud.send('iam', 'PutRolePolicy', { RoleName: 'later-role', PolicyName: 'p', PolicyDocument: allow(['lambda:InvokeFunction']) });
    expect(await invoke({ role: 'arn:aws:iam::000000000000:role/later-role' })).toEqual({ conflict: true });
    await cloud.advance(700_000);
    expect(events('scheduler.Invoked')).toHaveLength(1);
    expect(events('lambda.InvocationStarted').length).toBeGreaterThanOrEqual(2);
  });

  it('that throws at a message of a topic is tried again by Lambda; the dead letters of the subscription stay empty', async () => {
    const { cloud, events } = await running('export const handler = async (event) => { throw new Error(event.Records[0].Sns.Message); };', 'sqs:*');
    await cloud.send('sqs', 'CreateQueue', { QueueName: 'dead' });
    await cloud.send('lambda', 'AddPermission', { FunctionName: 'fn', StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: TOPIC });
    await cloud.send('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FN, Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}' } });
    await cloud.send('sns', 'Publish', { TopicArn: TOPIC, Message: 'boom' });
    await cloud.advance(600_000);
    expect(events('lambda.InvocationStarted')).toHaveLength(3);
    expect(events('sns.Delivered')).toHaveLength(1);
    expect(events('sns.DeadLettered').length + events('sns.DeliveryFailed').length).toBe(0);
  });
});

describe('the template', () => {
  it('with a topic hands three orders to those whose filters take them', async () => {
    const { trace } = await runScenario(fanOut.document, { untilMs: 20_000 });
    const delivered = trace.filter(({ kind }) => kind === 'sns.Delivered').map(({ data }) => String(data['endpoint']).split(':').pop());
    expect(delivered.toSorted()).toEqual(['all-orders', 'all-orders', 'all-orders', 'large-orders', 'large-orders', 'mail']);
    expect(trace.filter(({ kind }) => kind === 'sns.FilteredOut').map(({ data }) => data['field'])).toEqual(['amount', 'country', 'country']);
    expect(trace.some(({ kind }) => /Denied|Failed/.test(kind))).toBe(false);
  });

  it('of weekdays at nine fires at 8:00 and at 7:00 UTC, and its function gets the time', async () => {
    const { trace } = await runScenario(weekdaysAtNine.document, { untilMs: 4 * 86_400_000 });
    expect(trace.filter(({ kind }) => kind === 'scheduler.ScheduleFired').map(({ data }) => data['scheduledTime'])).toEqual(['2026-03-27T08:00:00Z', '2026-03-30T07:00:00Z', '2026-03-31T07:00:00Z']);
    expect(trace.filter(({ kind }) => kind === 'scheduler.Invoked')).toHaveLength(3);
    expect(trace.some(({ kind }) => /Denied|Failed/.test(kind))).toBe(false);
  });
});
