/** Queue attributes: from AWS's string map to a queue's settings and back, with AWS's checks. */
import { utf8ByteLength } from '../../../base/utf8.ts';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { invalidAttribute } from './errors.ts';
import { SQS } from './limits.ts';
import { readRedrive, readRedriveAllow } from './redrive-policies.ts';
import type { PolicyOwner } from './redrive-policies.ts';
import { depthOf } from './state.ts';
import type { FifoState, Queue, SqsContext } from './state.ts';

type Settings = Pick<Queue, 'visibilityTimeoutSec' | 'delaySec' | 'retentionSec' | 'maximumMessageBytes' | 'waitTimeSec' | 'policy' | 'policyText' | 'redrive' | 'redriveAllow' | 'managedSse' | 'kmsKeyId' | 'kmsReuseSec'>;
type FifoSettings = Pick<FifoState, 'contentBasedDeduplication' | 'deduplicationScope' | 'throughputLimit'>;
export interface ReadSettings {
  readonly settings: Partial<Settings>;
  readonly fifo: Partial<FifoSettings>;
}
type NumberMember = 'visibilityTimeoutSec' | 'delaySec' | 'retentionSec' | 'maximumMessageBytes' | 'waitTimeSec' | 'kmsReuseSec';

const NUMBERS: Readonly<Record<string, { readonly member: NumberMember; readonly min: number; readonly max: number }>> = {
  VisibilityTimeout: { member: 'visibilityTimeoutSec', ...SQS.visibilityTimeoutSec },
  DelaySeconds: { member: 'delaySec', ...SQS.delaySec },
  MessageRetentionPeriod: { member: 'retentionSec', ...SQS.retentionSec },
  MaximumMessageSize: { member: 'maximumMessageBytes', ...SQS.messageBytes },
  ReceiveMessageWaitTimeSeconds: { member: 'waitTimeSec', ...SQS.waitTimeSec },
  KmsDataKeyReusePeriodSeconds: { member: 'kmsReuseSec', ...SQS.kmsReuseSec },
};

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
  kmsKeyId: undefined,
  kmsReuseSec: SQS.kmsReuseSec.default,
};

/** Reads an attribute map; throws AWS's error for the first that does not fit. An empty text clears Policy and the redrive policies. */
export function readAttributes(context: SqsContext, attributes: Readonly<Record<string, string>>, owner: PolicyOwner): ReadSettings {
  const settings: { -readonly [K in keyof Settings]?: Settings[K] } = {};
  const fifo: Partial<FifoSettings> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const number = NUMBERS[name];
    if (number) settings[number.member] = readNumber(name, value, number);
    else if (name === 'Policy') Object.assign(settings, readPolicy(value));
    else if (name === 'RedrivePolicy') settings.redrive = readRedrive(context, value, owner);
    else if (name === 'RedriveAllowPolicy') settings.redriveAllow = readRedriveAllow(value);
    else if (name === 'SqsManagedSseEnabled') settings.managedSse = readBoolean(name, value);
    else if (name === 'KmsMasterKeyId') settings.kmsKeyId = value === '' ? undefined : value;
    else if (name === 'FifoQueue') readFifoQueue(value, owner);
    else readFifo(fifo, name, value, owner.fifo);
  }
  // @source LocalStack's suite, recorded on AWS (2022-08)
  if (settings.managedSse === true && settings.kmsKeyId !== undefined) throw invalidAttribute('InvalidAttributeName', 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.');
  if (settings.managedSse === true) settings.kmsKeyId = undefined;
  if (settings.kmsKeyId !== undefined) settings.managedSse = false;
  return { settings, fifo };
}

/** Only at creation, only true. @source aws/sqs.md §1 (recorded) */
function readFifoQueue(value: string, owner: PolicyOwner): void {
  if (value !== 'true' || !owner.fifo) throw invalidAttribute('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
}

/** Attributes of FIFO queues; anything else is unknown, read-only ones included. @source aws/sqs.md §1 (recorded) */
function readFifo(settings: Partial<FifoSettings>, name: string, value: string, isFifo: boolean): void {
  const oneOf = <T extends string>(...values: readonly T[]): T => {
    const found = values.find((candidate) => candidate === value);
    if (!isFifo) throw invalidAttribute('InvalidAttributeName', `You can specify the ${name} only when FifoQueue is set to true.`);
    if (found === undefined) throw invalidAttribute('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    return found;
  };
  if (name === 'DeduplicationScope') settings.deduplicationScope = oneOf('queue', 'messageGroup');
  else if (name === 'FifoThroughputLimit') settings.throughputLimit = oneOf('perQueue', 'perMessageGroupId');
  else if (name === 'ContentBasedDeduplication' && isFifo) settings.contentBasedDeduplication = readBoolean(name, value);
  else throw invalidAttribute('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

/** perMessageGroupId needs deduplication by group. @source aws/sqs.md §1 */
export function checkThroughput(fifo: FifoSettings): void {
  if (fifo.throughputLimit === 'perMessageGroupId' && fifo.deduplicationScope !== 'messageGroup') {
    throw invalidAttribute('InvalidAttributeValue', 'Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.');
  }
}

function readBoolean(name: string, value: string): boolean {
  if (value !== 'true' && value !== 'false') throw invalidAttribute('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  return value === 'true';
}

function readNumber(name: string, value: string, limits: { readonly min: number; readonly max: number }): number {
  const number = Number(value);
  if (!/^-?\d+$/.test(String(value)) || number < limits.min || number > limits.max) throw invalidAttribute('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  return number;
}

/** At most 8,192 bytes, 20 statements, 50 principals and 10 conditions. @source aws/sqs.md §1 */
function readPolicy(value: string): Pick<Settings, 'policy' | 'policyText'> {
  if (value === '') return { policy: undefined, policyText: undefined };
  const policy = utf8ByteLength(value) > SQS.policyBytesMax ? undefined : parsed(value);
  if (policy?.Statement === undefined) throw invalidAttribute('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
  const statements = [policy.Statement].flat() as readonly PolicyStatement[];
  const principals = statements.flatMap(({ Principal }) => (typeof Principal === 'object' ? Object.values(Principal).flat() : Principal === undefined ? [] : [Principal]));
  const conditions = statements.flatMap(({ Condition }) => Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys)));
  if (statements.length > SQS.policyStatementsMax || principals.length > SQS.policyPrincipalsMax || conditions.length > SQS.policyConditionsMax) throw invalidAttribute('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
  return { policy, policyText: value };
}

function parsed(text: string): PolicyDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as PolicyDocument) : undefined;
  } catch {
    return undefined;
  }
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
    ...(queue.kmsKeyId === undefined ? {} : { KmsMasterKeyId: queue.kmsKeyId, KmsDataKeyReusePeriodSeconds: String(queue.kmsReuseSec) }),
    ...(queue.fifo === undefined
      ? {}
      : { FifoQueue: 'true', ContentBasedDeduplication: String(queue.fifo.contentBasedDeduplication), DeduplicationScope: queue.fifo.deduplicationScope, FifoThroughputLimit: queue.fifo.throughputLimit }),
    ...(queue.policyText === undefined ? {} : { Policy: queue.policyText }),
    ...(queue.redrive === undefined ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue.redrive.targetArn, maxReceiveCount: queue.redrive.maxReceiveCount }) }),
    ...(queue.redriveAllow === undefined
      ? {}
      : { RedriveAllowPolicy: JSON.stringify({ redrivePermission: queue.redriveAllow.permission, ...(queue.redriveAllow.sources.length > 0 ? { sourceQueueArns: queue.redriveAllow.sources } : {}) }) }),
  };
}
