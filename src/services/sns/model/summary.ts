/** What a topic's card and inspector show now: plain data. */
import { deadLetterArn } from './delivering.ts';
import { findTopic, subscriptionsOf } from './state.ts';
import type { Miss, SnsContext } from './state.ts';

export interface SubscriptionSummary {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly filterPolicy: string | null;
  readonly filterScope: string;
  readonly raw: boolean;
  readonly deadLetterArn: string | null;
  readonly delivered: number;
  readonly filteredOut: number;
  readonly failed: number;
  /** The last message that its filter policy kept back, and why. */
  readonly lastMiss: Miss | null;
}

export interface TopicSummary {
  readonly name: string;
  readonly fifo: boolean;
  readonly published: number;
  readonly delivered: number;
  readonly filteredOut: number;
  readonly failed: number;
  readonly subscriptions: readonly SubscriptionSummary[];
}

export function summarizeTopic(context: SnsContext, arn: string): TopicSummary | undefined {
  const topic = findTopic(context, arn);
  if (topic === undefined) return undefined;
  const subscriptions = subscriptionsOf(context, topic.name).map((one) => ({
    arn: one.arn,
    protocol: one.protocol,
    endpoint: one.endpoint,
    filterPolicy: one.filterPolicy ?? null,
    filterScope: one.filterScope,
    raw: one.raw,
    deadLetterArn: deadLetterArn(one) ?? null,
    delivered: one.delivered,
    filteredOut: one.filteredOut,
    failed: one.failed,
    lastMiss: one.lastMiss ?? null,
  }));
  const sum = (member: 'delivered' | 'filteredOut' | 'failed'): number => subscriptions.reduce((total, one) => total + one[member], 0);
  return { name: topic.name, fifo: topic.fifo, published: topic.published, delivered: sum('delivered'), filteredOut: sum('filteredOut'), failed: sum('failed'), subscriptions };
}
