/** Queue attributes: from AWS's string map to a queue's settings and back, with AWS's checks. */
import type { PolicyDocument } from '../../../sim/iam.ts';
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import { invalidParameter } from './errors.ts';
import { SQS } from './limits.ts';
import { depthOf, queueByArn } from './state.ts';
import type { Queue, SqsContext } from './state.ts';

type Settings = Pick<Queue, 'visibilityTimeoutSec' | 'delaySec' | 'retentionSec' | 'maximumMessageBytes' | 'waitTimeSec' | 'policy' | 'policyText' | 'redrive' | 'redriveAllow' | 'managedSse'>;
type NumberMember = 'visibilityTimeoutSec' | 'delaySec' | 'retentionSec' | 'maximumMessageBytes' | 'waitTimeSec';

const NUMBERS: Readonly<Record<string, { readonly member: NumberMember; readonly min: number; readonly max: number }>> = {
  VisibilityTimeout: { member: 'visibilityTimeoutSec', ...SQS.visibilityTimeoutSec },
  DelaySeconds: { member: 'delaySec', ...SQS.delaySec },
  MessageRetentionPeriod: { member: 'retentionSec', ...SQS.retentionSec },
  MaximumMessageSize: { member: 'maximumMessageBytes', ...SQS.messageBytes },
  ReceiveMessageWaitTimeSeconds: { member: 'waitTimeSec', ...SQS.waitTimeSec },
};
const FIFO_ONLY = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];
const READ_ONLY = ['QueueArn', 'CreatedTimestamp', 'LastModifiedTimestamp', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'];

export const DEFAULT_SETTINGS: Settings = {
  visibilityTimeoutSec: SQS.visibilityTimeoutSec.default,
  delaySec: SQS.delaySec.default,
  retentionSec: SQS.retentionSec.default,
  maximumMessageBytes: SQS.messageBytes.default,
  waitTimeSec: SQS.waitTimeSec.default,
  policy: undefined,
  policyText: undefined,
  redrive: undefined,
  redriveAllow: undefined,
  managedSse: true,
};

/** Reads an attribute map; throws AWS's error for the first that does not fit. An empty text clears Policy and the redrive policies. */
export function readAttributes(context: SqsContext, attributes: Readonly<Record<string, string>>, queueArn: string): Partial<Settings> {
  const settings: { -readonly [K in keyof Settings]?: Settings[K] } = {};
  for (const [name, value] of Object.entries(attributes)) {
    const number = NUMBERS[name];
    if (number) settings[number.member] = readNumber(name, value, number);
    else if (name === 'Policy') Object.assign(settings, readPolicy(value));
    else if (name === 'RedrivePolicy') settings.redrive = readRedrive(context, value, queueArn);
    else if (name === 'RedriveAllowPolicy') settings.redriveAllow = readRedriveAllow(value);
    else if (name === 'SqsManagedSseEnabled') settings.managedSse = value === 'true';
    else if (name === 'KmsMasterKeyId' || name === 'KmsDataKeyReusePeriodSeconds') throw new NotModelled('sqs', `attribute ${name}`, 'Use SqsManagedSseEnabled.');
    else if (name === 'FifoQueue') {
      if (value === 'true') throw new NotModelled('sqs', 'FIFO queues');
      throw new AwsError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
    } else if (FIFO_ONLY.includes(name)) throw fifoOnly(name);
    else if (READ_ONLY.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
  return settings;
}

function fifoOnly(name: string): AwsError {
  if (name === 'ContentBasedDeduplication') return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  return new AwsError('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`);
}

function readNumber(name: string, value: string, limits: { readonly min: number; readonly max: number }): number {
  const number = Number(value);
  if (!/^-?\d+$/.test(String(value)) || number < limits.min || number > limits.max) throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  return number;
}

function readPolicy(value: string): Pick<Settings, 'policy' | 'policyText'> {
  if (value === '') return { policy: undefined, policyText: undefined };
  try {
    return { policy: JSON.parse(value) as PolicyDocument, policyText: value };
  } catch {
    throw new AwsError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
  }
}

function readRedrive(context: SqsContext, value: string, queueArn: string): Settings['redrive'] {
  if (value === '') return undefined;
  let policy: { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown };
  try {
    policy = JSON.parse(value) as typeof policy;
  } catch {
    throw invalidParameter(`Value ${value} for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.`);
  }
  const bad = (reason: string): never => {
    throw invalidParameter(`Value ${value} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  };
  if (typeof policy !== 'object' || policy === null) return bad('Redrive policy is not a valid JSON map.');
  if (policy.deadLetterTargetArn === undefined) return bad('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (policy.maxReceiveCount === undefined) return bad('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  const count = Number(policy.maxReceiveCount);
  if (!Number.isInteger(count) || count < SQS.maxReceiveCount.min || count > SQS.maxReceiveCount.max) return bad(`Invalid value for maxReceiveCount: ${String(policy.maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`);
  const targetArn = String(policy.deadLetterTargetArn);
  const target = queueByArn(context, targetArn);
  if (target === undefined) return bad('Dead letter target does not exist.');
  const allow = target.redriveAllow;
  if (allow?.permission === 'denyAll' || (allow?.permission === 'byQueue' && !allow.sources.includes(queueArn))) {
    return bad('Dead letter target does not allow this source queue.');
  }
  return { targetArn, maxReceiveCount: count };
}

function readRedriveAllow(value: string): Settings['redriveAllow'] {
  if (value === '') return undefined;
  const policy = JSON.parse(value) as { redrivePermission?: string; sourceQueueArns?: string[] };
  const permission = policy.redrivePermission ?? 'allowAll';
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') throw new AwsError('InvalidAttributeValue', 'Invalid value for the parameter RedriveAllowPolicy.');
  return { permission, sources: policy.sourceQueueArns ?? [] };
}

/** All attributes of a queue as AWS lists them. */
export function listAttributes(queue: Queue): Record<string, string> {
  const depth = depthOf(queue);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(depth.visible),
    ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
    ApproximateNumberOfMessagesDelayed: String(depth.delayed),
    CreatedTimestamp: String(Math.floor(queue.createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedMs / 1000)),
    VisibilityTimeout: String(queue.visibilityTimeoutSec),
    MaximumMessageSize: String(queue.maximumMessageBytes),
    MessageRetentionPeriod: String(queue.retentionSec),
    DelaySeconds: String(queue.delaySec),
    ReceiveMessageWaitTimeSeconds: String(queue.waitTimeSec),
    SqsManagedSseEnabled: String(queue.managedSse),
    ...(queue.policyText === undefined ? {} : { Policy: queue.policyText }),
    ...(queue.redrive === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue.redrive.targetArn, maxReceiveCount: queue.redrive.maxReceiveCount }) }),
    ...(queue.redriveAllow === undefined
      ? {}
      : { RedriveAllowPolicy: JSON.stringify({ redrivePermission: queue.redriveAllow.permission, ...(queue.redriveAllow.sources.length > 0 ? { sourceQueueArns: queue.redriveAllow.sources } : {}) }) }),
  };
}
