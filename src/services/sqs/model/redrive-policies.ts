/** RedrivePolicy and RedriveAllowPolicy: which queue takes the messages that were received too often. @source aws/sqs.md §1, §8, aws/observed.md SQS-053 @simplified The reasons are recalled, except for an ARN that is none. */
import { invalidParameter } from './errors.ts';
import { SQS } from './limits.ts';
import { queueByArn } from './state.ts';
import type { Queue, SqsContext } from './state.ts';

/** The queue whose attributes are read: it may not be there yet. */
export interface PolicyOwner {
  readonly arn: string;
  readonly fifo: boolean;
}

/** @throws InvalidParameterValue for a policy that is no JSON map, lacks a member, or names a queue that cannot or will not take dead letters. An empty text clears it. */
export function readRedrive(context: SqsContext, value: string, owner: PolicyOwner): Queue['redrive'] {
  if (value === '') return undefined;
  const bad = (reason: string): never => refuse(value, 'RedrivePolicy', reason);
  const policy = mapOf(value) ?? bad('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  if (deadLetterTargetArn === undefined) return bad('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (maxReceiveCount === undefined) return bad('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  const count = typeof maxReceiveCount === 'string' && !/^\d+$/.test(maxReceiveCount) ? Number.NaN : Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < SQS.maxReceiveCount.min || count > SQS.maxReceiveCount.max) return bad(`Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`);
  const targetArn = String(deadLetterTargetArn);
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(targetArn)) return bad('Invalid value for deadLetterTargetArn.');
  if (targetArn === owner.arn) return bad('Dead letter target cannot be the source queue itself.');
  const target = queueByArn(context, targetArn);
  if (target === undefined) return bad('Dead letter target does not exist.');
  if ((target.fifo !== undefined) !== owner.fifo) return bad('Dead-letter queue must be same type of queue as the source.');
  const allow = target.redriveAllow;
  if (allow?.permission === 'denyAll' || (allow?.permission === 'byQueue' && !allow.sources.includes(owner.arn))) return bad('Dead letter target does not allow this source queue.');
  return { targetArn, maxReceiveCount: count };
}

/** @throws InvalidParameterValue unless it is `{"redrivePermission": allowAll | denyAll | byQueue, "sourceQueueArns": 1 to 10 ARNs, with byQueue only}` */
export function readRedriveAllow(value: string): Queue['redriveAllow'] {
  if (value === '') return undefined;
  const bad = (reason: string): never => refuse(value, 'RedriveAllowPolicy', reason);
  const policy = mapOf(value) ?? bad('Redrive allow policy is not a valid JSON map.');
  const { redrivePermission: permission, sourceQueueArns: sources } = policy;
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') return bad('redrivePermission must be one of allowAll, denyAll, byQueue.');
  if (sources !== undefined && (!Array.isArray(sources) || sources.some((arn) => typeof arn !== 'string' || !arn.startsWith('arn:aws:sqs:')))) return bad('sourceQueueArns must be a list of queue ARNs.');
  const arns = (sources ?? []) as readonly string[];
  if (permission !== 'byQueue' && arns.length > 0) return bad('sourceQueueArns can be given only when redrivePermission is byQueue.');
  if (permission === 'byQueue' && (arns.length === 0 || arns.length > SQS.sourceQueuesMax)) return bad('sourceQueueArns must hold 1 to 10 queue ARNs when redrivePermission is byQueue.');
  return { permission, sources: arns };
}

function refuse(value: string, parameter: string, reason: string): never {
  throw invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

function mapOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
