/** The trace events of SNS. */
import type { TraceKind } from '../../../sim/trace.ts';

export const snsTraceKinds = {
  'sns.TopicCreated': { sentence: 'The topic {topic} is created.', level: 'detail' },
  'sns.TopicDeleted': { sentence: 'The topic {topic} is deleted.', level: 'moment' },
  'sns.Subscribed': { sentence: '{endpoint} is subscribed to {topic}.', level: 'detail' },
  'sns.SubscriptionChanged': { sentence: 'The subscription of {endpoint} gets another {attribute}.', level: 'detail' },
  'sns.Unsubscribed': { sentence: '{endpoint} is no longer subscribed to {topic}.', level: 'detail' },
  /** data: messageId, bytes, subscriptions, sequence (FIFO) */
  'sns.MessagePublished': { sentence: 'A message is published to {resource}, which has {subscriptions} subscriptions.', level: 'step' },
  /** FIFO: within 5 minutes of the first. */
  'sns.DuplicateIgnored': { sentence: 'The topic {resource} has had this message within 5 minutes: it is accepted and goes nowhere.', level: 'moment', severity: 'warning' },
  /** data: endpoint, messageId, field, expected, actual, kind (attributes, body), why (a sentence) */
  'sns.FilteredOut': { sentence: 'The filter policy of {endpoint} keeps the message back: {why}', level: 'moment' },
  'sns.NotSubscribed': { sentence: 'The topic {resource} has no subscription: the message goes nowhere.', level: 'moment', severity: 'warning' },
  /** data: endpoint, messageId, attempt, latencyUs */
  'sns.DeliveryStarted': { sentence: 'The message goes to {endpoint}.', level: 'step' },
  'sns.Delivered': { sentence: '{endpoint} has the message.', level: 'detail' },
  /** data: phase (immediate, pre-backoff, backoff, post-backoff, or none when it is not tried again) */
  'sns.DeliveryFailed': { sentence: 'The delivery to {endpoint} fails: {message}', level: 'moment', severity: 'failure' },
  'sns.MessageDropped': { sentence: 'The message for {endpoint} is lost after {attempts} attempts: its subscription has no dead-letter queue.', level: 'moment', severity: 'failure' },
  'sns.DeadLettered': { sentence: 'The message for {endpoint} goes to the dead-letter queue {queue}.', level: 'moment', severity: 'failure' },
  'sns.DeadLetterFailed': { sentence: 'The message for {endpoint} could not go to the dead-letter queue {queue} and is lost.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
