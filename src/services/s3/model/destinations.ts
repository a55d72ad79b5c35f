/** Destinations of notifications: each must exist and let S3 in, which S3 finds out by sending queues and topics a test event. @source aws/other-services.md §3, aws/observed.md S3N-008; recorded texts: localstack snapshots of S3 notifications, 2023-08 @simplified Texts for topics and functions, and of missing permissions, are recalled. */
import { isoMs } from '../../../base/time-text.ts';
import { AwsError } from '../../../sim/errors.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { Principal } from '../../../sim/principal.ts';
import { SUBJECT } from './notifications.ts';
import type { Bucket, NotificationRule, S3Context } from './state.ts';

const ARGUMENTS = { queue: 'Queue', topic: 'Topic', function: 'CloudFunction' } as const;
const SERVICES = { queue: 'sqs', topic: 'sns', function: 'lambda' } as const;

/** @throws AwsError InvalidArgument for what is no ARN of such a destination; told even where destinations are not validated */
export function checkArns(rules: readonly NotificationRule[]): void {
  const wrong = rules.find(({ kind, arn }) => !arn.startsWith('arn:') || parseArn(arn).service !== SERVICES[kind]);
  if (wrong !== undefined) throw new AwsError('InvalidArgument', 'The ARN could not be parsed', { data: { ArgumentName: ARGUMENTS[wrong.kind], ArgumentValue: wrong.arn } });
}

/** What is wrong with a destination; undefined when nothing is. */
function problemOf(context: S3Context, principal: Principal, { kind, arn }: NotificationRule): string | undefined {
  const port = kind === 'function' ? context.invocable(arn) : context.target(arn);
  const exists = port !== undefined && (kind !== 'queue' || context.pollable(arn)?.describe(arn).exists === true);
  if (kind === 'queue' && !exists) return 'The destination queue does not exist';
  if (exists && context.authorize(principal, port.action, arn).allowed) return undefined;
  return kind === 'function' ? `Not authorized to invoke function [${arn}]` : `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`;
}

/** All destinations that do not fit are told at once. The others hear of the configuration only when all fit. @throws AwsError InvalidArgument */
export function checkDestinations(context: S3Context, bucket: Bucket, o: { readonly rules: readonly NotificationRule[]; readonly requestId: string }): void {
  const principal = { kind: 'service', name: 's3.amazonaws.com', sourceArn: bucket.arn, sourceAccount: context.account } as const;
  const destinations = [...new Map(o.rules.map((rule) => [rule.arn, rule])).values()];
  const fifo = destinations.find(({ arn }) => arn.endsWith('.fifo'));
  if (fifo !== undefined) throw new AwsError('InvalidArgument', fifo.kind === 'topic' ? 'FIFO SNS topics are not supported.' : 'FIFO SQS queues are not supported.');
  const problems = destinations.flatMap((rule) => {
    const problem = problemOf(context, principal, rule);
    return problem === undefined ? [] : [[rule.arn, problem] as const];
  });
  if (problems.length > 0) {
    const data = Object.fromEntries(problems.flatMap(([arn, problem], i) => [[`ArgumentName${i + 1}`, arn], [`ArgumentValue${i + 1}`, problem]]));
    throw new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', { data });
  }
  const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: isoMs(context.epochMs), Bucket: bucket.name, RequestId: o.requestId, HostId: o.requestId.repeat(2) });
  for (const { arn, kind } of destinations) {
    if (kind !== 'function') context.target(arn)?.accept(arn, { body, subject: SUBJECT, attempt: 1, subjects: [] }, { principal, cause: context.cause, replyTo: { kind: 'none' } });
  }
}
