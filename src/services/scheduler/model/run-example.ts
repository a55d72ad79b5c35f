/** What the contract suite does with Scheduler in its run: a schedule that calls a queue every minute, and one whose role may not. */
import type { ApiCall } from '../../../sim/manifest.ts';

const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
const rights = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }] });
const schedule = (Name: string, Arn: string): ApiCall => ({
  service: 'scheduler',
  operation: 'CreateSchedule',
  input: { Name, ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn, RoleArn: 'arn:aws:iam::000000000000:role/schedule-role', Input: '"tick"' } },
});

/** There are a queue `direct` that everybody may send to and a function `worker`. */
export const runExample: readonly ApiCall[] = [
  { service: 'iam', operation: 'CreateRole', input: { RoleName: 'schedule-role', AssumeRolePolicyDocument: trust } },
  { service: 'iam', operation: 'PutRolePolicy', input: { RoleName: 'schedule-role', PolicyName: 'send', PolicyDocument: rights } },
  schedule('every-minute', 'arn:aws:sqs:us-east-1:000000000000:direct'),
  schedule('refused', 'arn:aws:lambda:us-east-1:000000000000:function:worker'),
];
