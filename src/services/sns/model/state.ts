/** SNS's state: topics and subscriptions, as plain data. */
import type { PolicyDocument } from '../../../sim/iam.ts';
import type { Context } from '../../../sim/service.ts';
import { notFound } from './errors.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: unknown;
}

/** A message that a filter policy did not let through, and what decided it. */
export interface Miss {
  readonly messageId: string;
  readonly atUs: number;
  readonly field: string;
  /** All of it as a sentence. */
  readonly why: string;
}

export interface Subscription {
  readonly arn: string;
  readonly topic: string;
  readonly protocol: 'sqs' | 'lambda';
  readonly endpoint: string;
  /** Text, as it was set. */
  filterPolicy: string | undefined;
  filterScope: 'MessageAttributes' | 'MessageBody';
  raw: boolean;
  /** Text, as it was set. */
  redrivePolicy: string | undefined;
  /** When the last delivery of a FIFO topic reaches it: none may overtake. */
  lastDueUs: number;
  delivered: number;
  filteredOut: number;
  failed: number;
  lastMiss: Miss | undefined;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly createdMs: number;
  policy: PolicyDocument;
  /** DisplayName, DeliveryPolicy, ContentBasedDeduplication, …: as they were set. */
  attributes: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  /** FIFO: deduplication id (with its group where that counts) → the first message's answer and when. */
  readonly seen: Map<string, { readonly atMs: number; readonly messageId: string; readonly sequence: string }>;
  /** FIFO: publish calls of the second `second`, by group where they are counted so. */
  calls: Record<string, number>;
  nextSequence: number;
  published: number;
  bytes: number;
}

export interface SnsState {
  /** By name, in order of creation. */
  readonly topics: Map<string, Topic>;
  /** By ARN, in order of creation. */
  readonly subscriptions: Map<string, Subscription>;
}

export interface SnsTuning {
  readonly deliveryMsMedian: number;
  readonly deliverySigma: number;
}

export type SnsContext = Context<SnsState, SnsTuning>;

export function topicArn(context: Pick<SnsContext, 'region' | 'account'>, name: string): string {
  return `arn:aws:sns:${context.region}:${context.account}:${name}`;
}

/** The topic of an ARN; a subscription's ARN begins with its topic's. */
export function findTopic(context: SnsContext, arn: string): Topic | undefined {
  const topic = context.state.topics.get(arn.split(':')[5] ?? '');
  return topic !== undefined && (arn === topic.arn || arn.startsWith(`${topic.arn}:`)) ? topic : undefined;
}

/** @throws NotFoundException */
export function topicOf(context: SnsContext, arn: string): Topic {
  const topic = findTopic(context, arn);
  if (topic === undefined) throw notFound('Topic');
  return topic;
}

/** @throws NotFoundException */
export function subscriptionOf(context: SnsContext, arn: string): Subscription {
  const subscription = context.state.subscriptions.get(arn);
  if (subscription === undefined) throw notFound('Subscription');
  return subscription;
}

export function subscriptionsOf(context: SnsContext, topic: string): Subscription[] {
  return [...context.state.subscriptions.values()].filter((subscription) => subscription.topic === topic);
}
