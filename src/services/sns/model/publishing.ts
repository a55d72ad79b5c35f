/** Publish and PublishBatch: what a message may be, FIFO's memory, and the fan-out to every subscription. @source aws/other-services.md §4 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { base64Decode } from '../../../base/base64.ts';
import { sha256Hex } from '../../../base/hash.ts';
import { isoMs } from '../../../base/time-text.ts';
import { utf8ByteLength } from '../../../base/utf8.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { invalidParameter, invalidValue, throttled } from './errors.ts';
import { deliver } from './delivering.ts';
import { whyNot } from './filtering.ts';
import { DEDUPLICATION_MS, FIFO_PUBLISHES_PER_SEC, MESSAGE_BYTES_MAX, SUBJECT_CHARS_MAX } from './limits.ts';
import { subscriptionsOf } from './state.ts';
import type { MessageAttribute, SnsContext, Topic } from './state.ts';

export interface PublishInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

export interface Published {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

/** Bytes of a binary value: given as they are, as base64, or as text. */
function binaryBytes(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'object' && value !== null && '$bytes' in value) return base64Decode(String(value.$bytes)).length;
  return utf8ByteLength(String(value ?? ''));
}

/** Up to 256 letters, digits, -, _ and single dots inside. @source texts as LocalStack's suite knows them, validated on AWS */
function checkName(name: string): void {
  if (name.length > 256) throw invalidValue('Length of message attribute name must be less than 256 bytes.');
  if (name.startsWith('.')) throw invalidValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw invalidValue("Invalid message attribute name ending with character '.' was found.");
  const odd = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (odd !== undefined) throw invalidValue(`Invalid non-alphanumeric character '#x${odd.codePointAt(0)!.toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`);
  if (name.includes('..')) throw invalidValue("Message attribute name can not have successive '.' character.");
}

function attributeBytes(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): number {
  checkName(name);
  const base = DataType.split('.')[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(base)) throw invalidValue(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
  const size = base === 'Binary' ? binaryBytes(BinaryValue) : utf8ByteLength(StringValue ?? '');
  if (size === 0) throw invalidValue(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`);
  if (base === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(StringValue ?? '')) throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  return utf8ByteLength(name) + utf8ByteLength(DataType) + size;
}

/** Bytes that count against the limit: message and attributes. @throws InvalidParameterException, InvalidParameterValueException */
export function messageBytes(input: PublishInput): number {
  return Object.entries(input.MessageAttributes ?? {}).reduce((bytes, [name, attribute]) => bytes + attributeBytes(name, attribute), utf8ByteLength(input.Message));
}

function check(topic: Topic, input: PublishInput): number {
  if (input.Message === '') throw invalidParameter('Empty message');
  const bytes = messageBytes(input);
  if (bytes > MESSAGE_BYTES_MAX) throw invalidParameter('Message too long');
  const { Subject } = input;
  // ASCII, no line breaks, not beginning with a space. @source SNS API, Publish (recalled beyond the length)
  if (Subject !== undefined && (Subject.length > SUBJECT_CHARS_MAX || !/^[!-~][ -~]*$/.test(Subject))) throw invalidParameter('Subject');
  if (topic.fifo && input.MessageGroupId === undefined) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (!topic.fifo && input.MessageDeduplicationId !== undefined) throw invalidParameter('MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type');
  if (topic.fifo && input.MessageDeduplicationId === undefined && topic.attributes['ContentBasedDeduplication'] !== 'true') {
    throw invalidParameter('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  return bytes;
}

/** The text for each protocol: with MessageStructure json its own entry, or the default one. @source aws/observed.md SNS-006 */
function textsOf(input: PublishInput): (protocol: string) => string {
  if (input.MessageStructure === undefined) return () => input.Message;
  if (input.MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  let texts: unknown;
  try {
    texts = JSON.parse(input.Message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const entries = (typeof texts === 'object' && texts !== null ? texts : {}) as Readonly<Record<string, unknown>>;
  if (typeof entries['default'] !== 'string') throw invalidParameter('Message Structure - No default entry in JSON message body');
  const fallback = entries['default'];
  return (protocol) => (typeof entries[protocol] === 'string' ? entries[protocol] : fallback);
}

/** FIFO: what the topic has had within 5 minutes is accepted and goes no further; by group where the throughput scope says so. */
function duplicateOf(context: SnsContext, topic: Topic, key: string): Published | undefined {
  for (const [old, { atMs }] of topic.seen) {
    if (context.epochMs - atMs < DEDUPLICATION_MS) break;
    topic.seen.delete(old);
  }
  const first = topic.seen.get(key);
  if (first === undefined) return undefined;
  context.emit('sns.DuplicateIgnored', topic.arn, { messageId: first.messageId }, { subjects: [first.messageId] });
  return { MessageId: first.messageId, SequenceNumber: first.sequence };
}

/**
 * Counts a call to a FIFO topic against the quota of this second.
 * @throws ThrottledException
 * @source aws/other-services.md §4: 300 calls a second, ten messages in each
 */
export function countPublish(context: SnsContext, topic: Topic, groupIds: readonly (string | undefined)[]): void {
  if (!topic.fifo) return;
  const second = Math.floor(context.now / US_PER_SEC);
  if (topic.calls['second'] !== second) topic.calls = { second };
  const names = topic.attributes['FifoThroughputScope'] === 'MessageGroup' ? [...new Set(groupIds)].map((groupId) => `group ${groupId ?? ''}`) : ['topic'];
  for (const name of names) {
    const count = (topic.calls[name] ?? 0) + 1;
    if (count > FIFO_PUBLISHES_PER_SEC) throw throttled();
    topic.calls[name] = count;
  }
}

/** Where a message came from, beside the call. */
export interface Origin {
  readonly subjects?: readonly string[];
  readonly traceHeader?: string | undefined;
}

/** Takes one message and hands it to each subscription by itself. @throws InvalidParameterException, InvalidParameterValueException */
export function publish(context: SnsContext, topic: Topic, input: PublishInput, origin: Origin = {}): Published {
  const bytes = check(topic, input);
  const textFor = textsOf(input);
  const deduplicationId = topic.fifo ? (input.MessageDeduplicationId ?? sha256Hex(input.Message)) : undefined;
  const key = topic.attributes['FifoThroughputScope'] === 'MessageGroup' ? `${input.MessageGroupId} ${deduplicationId}` : String(deduplicationId);
  const duplicate = topic.fifo ? duplicateOf(context, topic, key) : undefined;
  if (duplicate) return duplicate;
  const id = context.uuid('sns.message-id');
  const sequence = topic.fifo ? String(10_000_000_000_000_000_000n + BigInt(topic.nextSequence++) * 1_000n) : undefined;
  if (sequence !== undefined) topic.seen.set(key, { atMs: context.epochMs, messageId: id, sequence });
  const all = subscriptionsOf(context, topic.name);
  topic.published++;
  topic.bytes += bytes;
  const subjects = [id, ...(origin.subjects ?? [])];
  const seq = context.emit('sns.MessagePublished', topic.arn, { messageId: id, bytes, subscriptions: all.length, ...(sequence === undefined ? {} : { sequence }) }, { subjects });
  if (all.length === 0) context.emit('sns.NotSubscribed', topic.arn, { messageId: id }, { cause: [seq], subjects });
  for (const subscription of all) {
    const attributes = input.MessageAttributes ?? {};
    const text = textFor(subscription.protocol);
    const why = whyNot(subscription, { body: text, attributes: withoutUndefined(attributes) });
    if (why !== undefined) {
      subscription.filteredOut++;
      subscription.lastMiss = { messageId: id, atUs: context.now, field: why.path, why: why.sentence };
      const kind = subscription.filterScope === 'MessageBody' ? 'body' : 'attributes';
      context.emit('sns.FilteredOut', topic.arn, { endpoint: subscription.endpoint, messageId: id, field: why.path, expected: why.expected, actual: why.actual, kind, bare: Object.keys(attributes).length === 0, why: why.sentence }, { cause: [seq], subjects });
      continue;
    }
    const message = { id, topicArn: topic.arn, text, subject: input.Subject, attributes, timestamp: isoMs(context.epochMs), groupId: input.MessageGroupId, deduplicationId, sequence };
    deliver(context, subscription, { subscription: subscription.arn, message, attempt: 1, firstUs: context.now, subjects, ...(origin.traceHeader === undefined ? {} : { traceHeader: origin.traceHeader }) }, seq);
  }
  return { MessageId: id, ...(sequence === undefined ? {} : { SequenceNumber: sequence }) };
}

function withoutUndefined(attributes: Readonly<Record<string, MessageAttribute>>): Record<string, { DataType: string; StringValue?: string }> {
  return Object.fromEntries(Object.entries(attributes).map(([name, { DataType, StringValue }]) => [name, StringValue === undefined ? { DataType } : { DataType, StringValue }]));
}
