/** Subscribing and unsubscribing, and what a subscription is set to. @source aws/other-services.md §4, aws/observed.md L @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { NotModelled } from '../../../sim/errors.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { byTopic, page, PAGES, row } from './common.ts';
import { invalidParameter, limitExceeded } from './errors.ts';
import { checkFilterPolicy } from './filtering.ts';
import { FIFO_SUBSCRIPTIONS_MAX, FILTER_POLICIES_MAX } from './limits.ts';
import { findTopic, subscriptionOf, subscriptionsOf, topicOf } from './state.ts';
import type { SnsContext, SnsState, SnsTuning, Subscription, Topic } from './state.ts';

type Attributes = Readonly<Record<string, string>>;
const NAMES = ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'SubscriptionRoleArn'];
const OTHER_PROTOCOLS = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'];
const FIFO_TO_STANDARD = 'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics';

/** @throws NotModelled for http, email, sms and the like; InvalidParameterException for an endpoint that the topic cannot have */
function checkEndpoint(topic: Topic, protocol: string, endpoint: string): asserts protocol is Subscription['protocol'] {
  if (OTHER_PROTOCOLS.includes(protocol)) throw new NotModelled('sns', `a subscription by ${protocol}`, 'Subscribe a queue or a function.');
  if (protocol !== 'sqs' && protocol !== 'lambda') throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  const { service, resource } = parseArn(endpoint);
  if (protocol === 'sqs' && (service !== 'sqs' || resource === '')) throw invalidParameter('SQS endpoint ARN');
  if (protocol === 'lambda' && (service !== 'lambda' || !resource.startsWith('function:'))) throw invalidParameter('Lambda endpoint ARN');
  if (protocol === 'sqs' && endpoint.endsWith('.fifo') && !topic.fifo) throw invalidParameter(FIFO_TO_STANDARD);
  if (protocol !== 'sqs' && topic.fifo) throw invalidParameter(`Invalid parameter: Endpoint Reason: ${protocol} endpoints can not be subscribed to FIFO SNS topics`);
}

function checkRedrive(topic: Topic, text: string, prefix: string): void {
  const refuse = (reason: string): never => {
    throw invalidParameter(`${prefix}RedrivePolicy: ${reason}`);
  };
  let target: unknown;
  try {
    target = (JSON.parse(text) as { deadLetterTargetArn?: unknown } | null)?.deadLetterTargetArn;
  } catch {
    refuse('failed to parse JSON.');
  }
  const own = parseArn(topic.arn);
  const queue = parseArn(typeof target === 'string' ? target : '');
  if (typeof target !== 'string' || queue.service !== 'sqs' || queue.account !== own.account || queue.region !== own.region) return refuse('deadLetterTargetArn is an invalid arn');
  if (topic.fifo !== target.endsWith('.fifo')) refuse(topic.fifo ? 'must use a FIFO queue as DLQ for a FIFO topic' : 'must use a standard queue as DLQ for a standard topic');
}

/** Lets every message through. */
const isOpen = (policy: string): boolean => policy === '' || /^\s*\{\s*\}\s*$/.test(policy);

/** Another policy of the topic is one too many. @throws FilterPolicyLimitExceededException */
function checkPolicies(context: SnsContext, topic: Topic, but: string): void {
  const policies = subscriptionsOf(context, topic.name).filter(({ arn, filterPolicy }) => filterPolicy !== undefined && arn !== but).length;
  if (policies >= FILTER_POLICIES_MAX) throw limitExceeded('FilterPolicy', `A topic has at most ${FILTER_POLICIES_MAX} filter policies.`);
}

/** Sets what the attributes say; a filter policy is judged by the scope that it will have. */
function apply(context: SnsContext, topic: Topic, subscription: Subscription, attributes: Attributes, prefix: '' | 'Attributes Reason: '): void {
  if (attributes['ReplayPolicy'] !== undefined) throw new NotModelled('sns', 'the attribute ReplayPolicy of a subscription');
  const unknown = Object.keys(attributes).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw invalidParameter(prefix === '' ? 'AttributeName' : 'Attributes');
  const { FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy } = attributes;
  if (FilterPolicyScope !== undefined && FilterPolicyScope !== 'MessageAttributes' && FilterPolicyScope !== 'MessageBody') {
    throw invalidParameter(`${prefix}FilterPolicyScope: Invalid value [${FilterPolicyScope}]. Please use either MessageBody or MessageAttributes`);
  }
  if (RawMessageDelivery !== undefined && !/^(true|false)$/i.test(RawMessageDelivery)) throw invalidParameter(`${prefix}RawMessageDelivery: Invalid value [${RawMessageDelivery}]. Must be true or false.`);
  if (RawMessageDelivery?.toLowerCase() === 'true' && subscription.protocol === 'lambda') throw invalidParameter(`${prefix}RawMessageDelivery: Delivery protocol [lambda] does not support raw message delivery.`);
  const scope = FilterPolicyScope ?? subscription.filterScope;
  const policy = FilterPolicy ?? subscription.filterPolicy;
  if (policy !== undefined && policy !== '') checkFilterPolicy(policy, scope, prefix);
  if (subscription.filterPolicy === undefined && FilterPolicy !== undefined && !isOpen(FilterPolicy)) checkPolicies(context, topic, subscription.arn);
  if (RedrivePolicy !== undefined && RedrivePolicy !== '') checkRedrive(topic, RedrivePolicy, prefix);
  subscription.filterScope = scope;
  if (FilterPolicy !== undefined) subscription.filterPolicy = isOpen(FilterPolicy) ? undefined : FilterPolicy;
  if (RawMessageDelivery !== undefined) subscription.raw = RawMessageDelivery.toLowerCase() === 'true';
  if (RedrivePolicy !== undefined) subscription.redrivePolicy = RedrivePolicy === '' ? undefined : RedrivePolicy;
}

const subscribeInput = z.object({ TopicArn: z.string(), Protocol: z.string(), Endpoint: z.string().optional(), Attributes: z.record(z.string(), z.coerce.string()).optional(), ReturnSubscriptionArn: z.boolean().optional() });

/** Subscribing the same endpoint again answers with the same ARN. @source aws/observed.md SNS-007 */
function subscribe(context: SnsContext, input: z.infer<typeof subscribeInput>): { SubscriptionArn: string } {
  const topic = topicOf(context, input.TopicArn);
  const { Protocol: protocol, Endpoint: endpoint = '', Attributes = {} } = input;
  checkEndpoint(topic, protocol, endpoint);
  const own = subscriptionsOf(context, topic.name);
  const existing = own.find((one) => one.protocol === protocol && one.endpoint === endpoint);
  const draft: Subscription = { arn: existing?.arn ?? '', topic: topic.name, protocol, endpoint, filterPolicy: undefined, filterScope: 'MessageAttributes', raw: false, redrivePolicy: undefined, lastDueUs: 0, delivered: 0, filteredOut: 0, failed: 0, lastMiss: undefined };
  apply(context, topic, draft, Attributes, 'Attributes Reason: ');
  if (existing) {
    const same = existing.filterPolicy === draft.filterPolicy && existing.raw === draft.raw && existing.redrivePolicy === draft.redrivePolicy && existing.filterScope === draft.filterScope;
    if (!same && Object.keys(Attributes).length > 0) throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    return { SubscriptionArn: existing.arn };
  }
  if (topic.fifo && own.length >= FIFO_SUBSCRIPTIONS_MAX) throw limitExceeded('Subscription', `A FIFO topic has at most ${FIFO_SUBSCRIPTIONS_MAX} subscriptions.`);
  const subscription: Subscription = { ...draft, arn: `${topic.arn}:${context.uuid('sns.subscription-id')}` };
  context.state.subscriptions.set(subscription.arn, subscription);
  context.emit('sns.Subscribed', topic.arn, { topic: topic.name, endpoint, protocol });
  return { SubscriptionArn: subscription.arn };
}

function unsubscribe(context: SnsContext, arn: string): object {
  const gone = context.state.subscriptions.get(arn);
  if (gone === undefined) return {};
  context.state.subscriptions.delete(arn);
  context.emit('sns.Unsubscribed', arn.split(':').slice(0, 6).join(':'), { topic: gone.topic, endpoint: gone.endpoint });
  return {};
}

function attributesOf(context: SnsContext, one: Subscription): Record<string, string> {
  return {
    SubscriptionArn: one.arn,
    TopicArn: one.arn.split(':').slice(0, 6).join(':'),
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    Owner: context.account,
    PendingConfirmation: 'false',
    ConfirmationWasAuthenticated: 'true',
    RawMessageDelivery: String(one.raw),
    SubscriptionPrincipal: `arn:aws:iam::${context.account}:root`,
    ...(one.filterPolicy === undefined ? {} : { FilterPolicy: one.filterPolicy, FilterPolicyScope: one.filterScope }),
    ...(one.redrivePolicy === undefined ? {} : { RedrivePolicy: one.redrivePolicy }),
  };
}

const listed = (context: SnsContext, all: readonly Subscription[], token: string | undefined): object => {
  const { items, next } = page(all, token);
  return { Subscriptions: items.map((one) => ({ SubscriptionArn: one.arn, Owner: context.account, Protocol: one.protocol, Endpoint: one.endpoint, TopicArn: one.arn.split(':').slice(0, 6).join(':') })), ...next };
};
const subscription = z.object({ SubscriptionArn: z.string() });
const bySubscription = (context: SnsContext, input: { readonly SubscriptionArn: string }): string => findTopic(context, input.SubscriptionArn)?.arn ?? input.SubscriptionArn;

export const subscriptionOperations: OperationTable<SnsState, SnsTuning> = {
  Subscribe: row('Subscribe', subscribeInput, { writes: true, resource: byTopic, handle: subscribe }),
  Unsubscribe: row('Unsubscribe', subscription, { writes: true, resource: bySubscription, handle: (context, input) => unsubscribe(context, input.SubscriptionArn) }),
  GetSubscriptionAttributes: row('GetSubscriptionAttributes', subscription, { writes: false, resource: bySubscription, handle: (context, input) => ({ Attributes: attributesOf(context, subscriptionOf(context, input.SubscriptionArn)) }) }),
  SetSubscriptionAttributes: row('SetSubscriptionAttributes', subscription.extend({ AttributeName: z.string(), AttributeValue: z.coerce.string().optional() }), {
    writes: true,
    resource: bySubscription,
    handle: (context, input) => {
      const found = subscriptionOf(context, input.SubscriptionArn);
      const topic = topicOf(context, input.SubscriptionArn);
      apply(context, topic, found, { [input.AttributeName]: input.AttributeValue ?? '' }, '');
      context.emit('sns.SubscriptionChanged', topic.arn, { endpoint: found.endpoint, attribute: input.AttributeName });
      return {};
    },
  }),
  ListSubscriptions: row('ListSubscriptions', z.object({ NextToken: z.string().optional() }), { writes: false, resource: () => '*', pages: PAGES, handle: (context, input) => listed(context, [...context.state.subscriptions.values()], input.NextToken) }),
  ListSubscriptionsByTopic: row('ListSubscriptionsByTopic', z.object({ TopicArn: z.string(), NextToken: z.string().optional() }), {
    writes: false,
    resource: byTopic,
    pages: PAGES,
    handle: (context, input) => listed(context, subscriptionsOf(context, topicOf(context, input.TopicArn).name), input.NextToken),
  }),
};
