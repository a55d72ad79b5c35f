/** SNS on the canvas: a topic, its settings, what is drawn, counted and paid of it. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, MetricDatum, ScenarioNode } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { edges } from './edges.ts';
import { BILLED_CHUNK_BYTES } from './limits.ts';

const config = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,251}(\.fifo)?$/, 'A topic name has 1 to 256 letters, digits, - or _; a FIFO topic ends in .fifo.').meta({ label: 'Name', group: 'Topic', help: 'A name that ends in .fifo makes a FIFO topic.' }),
  DisplayName: z.string().max(100, 'A display name has up to 100 characters.').default('').meta({ label: 'Display name', group: 'Topic' }),
  ContentBasedDeduplication: z.boolean().default(true).meta({ label: 'Deduplicate by content', group: 'FIFO', help: 'Only of a FIFO topic: equal messages within 5 minutes count once.' }),
});

const isFifo = (node: ScenarioNode): boolean => String(node.config['name']).endsWith('.fifo');

/** What of the settings AWS can change in place. */
function settings(node: ScenarioNode): Readonly<Record<string, string>> {
  return { DisplayName: String(node.config['DisplayName'] ?? ''), ...(isFifo(node) ? { ContentBasedDeduplication: String(node.config['ContentBasedDeduplication'] ?? true) } : {}) };
}
function attributes(node: ScenarioNode): Readonly<Record<string, string>> {
  const own = Object.fromEntries(Object.entries(settings(node)).filter(([, value]) => value !== ''));
  return isFifo(node) ? { FifoTopic: 'true', ...own } : own;
}
const sns = (operation: string, input: Readonly<Record<string, unknown>>): ApiCall => ({ service: 'sns', operation, input });
const set = (node: ScenarioNode, environment: DeployEnvironment, AttributeName: string, AttributeValue: string): ApiCall => sns('SetTopicAttributes', { TopicArn: environment.arnOf(node.id), AttributeName, AttributeValue });

/** AWS/SNS, by topic. @source aws/other-services.md §4 (names of the CloudWatch page, recalled) */
function metrics({ kind, resource, data }: TraceEvent): readonly MetricDatum[] {
  const dimensions = { TopicName: resource.split(':')[5] ?? '' };
  const datum = (metric: string, value = 1, unit: MetricDatum['unit'] = 'Count'): MetricDatum => ({ namespace: 'AWS/SNS', metric, dimensions, value, unit });
  switch (kind) {
    case 'sns.MessagePublished':
      return [datum('NumberOfMessagesPublished'), datum('PublishSize', Number(data['bytes']), 'Bytes')];
    case 'sns.Delivered':
      return [datum('NumberOfNotificationsDelivered')];
    case 'sns.FilteredOut':
      return [datum('NumberOfNotificationsFilteredOut'), datum(data['kind'] === 'body' ? 'NumberOfNotificationsFilteredOut-MessageBody' : data['bare'] === true ? 'NumberOfNotificationsFilteredOut-NoMessageAttributes' : 'NumberOfNotificationsFilteredOut-MessageAttributes')];
    case 'sns.MessageDropped':
      return [datum('NumberOfNotificationsFailed')];
    case 'sns.DeadLettered':
      return [datum('NumberOfNotificationsFailed'), datum('NumberOfNotificationsRedrivenToDlq')];
    case 'sns.DeadLetterFailed':
      return [datum('NumberOfNotificationsFailed'), datum('NumberOfNotificationsFailedToRedriveToDlq')];
    default:
      return [];
  }
}

/** A publish to a standard topic is paid by each 64 KB, one to a FIFO topic with its bytes. */
function cost({ kind, resource, data }: TraceEvent): readonly { readonly unit: string; readonly quantity: number }[] {
  if (kind !== 'sns.MessagePublished') return [];
  const bytes = Number(data['bytes'] ?? 0);
  if (resource.endsWith('.fifo')) return [{ unit: 'fifoPublish', quantity: 1 }, { unit: 'fifoByte', quantity: bytes }];
  return [{ unit: 'publish', quantity: Math.max(1, Math.ceil(bytes / BILLED_CHUNK_BYTES)) }];
}

export const manifest = defineManifest({
  id: 'sns',
  title: 'SNS topic',
  noun: 'Topic',
  summary: 'Hands each message to everybody who is subscribed.',
  family: 'message',
  icon: 'topic',
  paletteOrder: 35,
  config,
  nameBase: 'news',
  variants: [{ noun: 'FIFO topic', config: { name: 'news.fifo' } }],
  provides: ['target', 'api'],
  arn: (own, at) => `arn:aws:sns:${at.region}:${at.account}:${String(own['name'])}`,
  load: { operation: 'Publish', aim: (input, arn) => ({ ...input, TopicArn: arn }) },
  edges,
  refusals: [
    { fromService: 'sns', toService: 's3', sentence: 'A topic does not write objects. Put a function between them that does.' },
    { fromService: 'sns', toService: 'events', sentence: 'A topic has no bus as a subscriber. A function can put events on the bus.' },
    { fromService: 'sns', toService: 'sns', sentence: 'A topic does not subscribe to another. Subscribe the same queues and functions to both.' },
    { fromService: 'sqs', toService: 'sns', sentence: 'A queue does not push. A function can poll it and publish.' },
  ],
  deploy: (node) => [sns('CreateTopic', { Name: node.config['name'], ...(Object.keys(attributes(node)).length === 0 ? {} : { Attributes: attributes(node) }) })],
  update: (before, after, environment) => {
    if (before.config['name'] !== after.config['name']) return null;
    const was = settings(before);
    return Object.entries(settings(after)).filter(([name, value]) => was[name] !== value).map(([name, value]) => set(after, environment, name, value));
  },
  remove: (node, environment) => [sns('DeleteTopic', { TopicArn: environment.arnOf(node.id) })],
  resourcePolicy: (node, _, after, environment) => [set(node, environment, 'Policy', after.length === 0 ? '' : JSON.stringify({ Version: '2012-10-17', Statement: after }))],
  prices: {
    publish: { label: 'SNS publishes', usd: 0.5e-6, source: 'aws/other-services.md §4: $0.50 a million, each 64 KB one; deliveries to queues and functions are free' },
    fifoPublish: { label: 'SNS publishes, FIFO', usd: 0.3e-6, source: 'aws/other-services.md §4: FIFO topics, $0.30 a million (recalled)' },
    fifoByte: { label: 'SNS payload, FIFO, bytes', usd: 0.017 / 2 ** 30, source: 'aws/other-services.md §4: FIFO topics, $0.017 a GB (recalled)' },
  },
  cost,
  metrics,
  timeline: (event) => {
    const { kind, resource, data } = event;
    if (kind === 'sns.DeadLettered') return [{ kind: 'mark', resource, lane: 'messages', mark: 'dead-letter', label: String(data['endpoint']).split(':').pop() ?? '' }];
    if (kind === 'sns.MessageDropped' || kind === 'sns.DeadLetterFailed') return [{ kind: 'mark', resource, lane: 'messages', mark: 'dropped', label: String(data['endpoint']).split(':').pop() ?? '' }];
    if (kind === 'sns.NotSubscribed') return [{ kind: 'mark', resource, lane: 'messages', mark: 'dropped', label: 'no subscription' }];
    return [];
  },
  simplified: [
    'A message takes a log-normal time with median 30 ms to each subscriber: AWS publishes no distribution.',
    'A filter policy takes effect at once; on AWS it can take 15 minutes.',
    'Each delivery is made once when it succeeds; AWS promises at least once on a standard topic.',
    'The ten waits of the backoff phase grow from 1 to 20 s by equal factors: AWS names only their ends.',
    'A retried message of a FIFO topic may be overtaken by the next one of its group.',
    'The signature of a notification is made up: nobody can verify it.',
    'DeliveryPolicy, KmsMasterKeyId, TracingConfig and SignatureVersion are kept and not used.',
    'What FIFO topics charge for each delivery is not counted.',
    'A message with more than ten attributes that could not be delivered raw lies in its dead-letter queue in the envelope: AWS does not say in which form.',
    'Texts of refusals are recalled where no recorded answer has them; their names and codes are AWS’s.',
    'Subscriptions by HTTP, email, SMS, mobile push and Firehose are not modelled.',
  ],
  sam: (node) => ({ [String(node.config['name']).replace(/[^A-Za-z0-9]/g, '')]: { Type: 'AWS::SNS::Topic', Properties: { TopicName: node.config['name'], ...(isFifo(node) ? { FifoTopic: true, ContentBasedDeduplication: node.config['ContentBasedDeduplication'] ?? true } : {}) } } }),
});
