/** A topic on the canvas: its subscriptions as connections, and the queue for what could not be delivered. */
import { z } from 'zod';
import { InvalidFilterPolicyException, parseFilterPolicy } from '../../../base/event-pattern/sns-filter-policy.ts';
import type { FilterPolicyScope } from '../../../base/event-pattern/sns-filter-policy.ts';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge, ScenarioNode } from '../../../sim/manifest.ts';
import { parseArn } from '../../../sim/principal.ts';

/** A policy that AWS would take in one of the two scopes, said in AWS's words otherwise. */
const policy = z.string().max(262_144).superRefine((text, context) => {
  if (text.trim() === '') return;
  try {
    JSON.parse(text);
    parseFilterPolicy(text, { scope: 'MessageBody', errorPrefix: '' });
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof InvalidFilterPolicyException ? `${error.message.replace(/\.$/, '')}.` : 'The filter policy is no JSON.' });
  }
});

const subscriptionConfig = z.object({
  FilterPolicy: policy.default('').meta({ label: 'Filter policy', group: 'Filter', control: 'json', help: 'Which messages it gets: {"kind": ["order"]}. Empty for all.' }),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).default('MessageAttributes').meta({ label: 'Filter looks at', group: 'Filter' }),
  RawMessageDelivery: z.boolean().default(false).meta({ label: 'Raw message delivery', group: 'Delivery', help: 'A queue gets the bare message instead of the envelope.' }),
});

const sns = (operation: string, input: Readonly<Record<string, unknown>>, capture?: string): ApiCall => ({ service: 'sns', operation, input, ...(capture === undefined ? {} : { capture }) });
const captured = (edge: ScenarioEdge): string => `{edge:${edge.id}.SubscriptionArn}`;
const setAttribute = (edge: ScenarioEdge, AttributeName: string, AttributeValue: string): ApiCall => sns('SetSubscriptionAttributes', { SubscriptionArn: captured(edge), AttributeName, AttributeValue });
const isLambda = (edge: ScenarioEdge, environment: DeployEnvironment): boolean => parseArn(environment.arnOf(edge.to)).service === 'lambda';
const isFifo = (node: ScenarioNode | undefined): boolean => String(node?.config['name']).endsWith('.fifo');

const subscriptionsFrom = (topicId: string, environment: DeployEnvironment): readonly ScenarioEdge[] => environment.edgesOf(topicId).filter((edge) => edge.port === 'sns.subscription' && edge.from === topicId);

/** A connection for dead letters is for the subscriber that it names, or for all. */
function covers(dead: ScenarioEdge, subscription: ScenarioEdge, environment: DeployEnvironment): boolean {
  return ['', String(environment.node(subscription.to)?.config['name'])].includes(String(dead.config['Subscriber'] ?? ''));
}

function redriveOf(subscription: ScenarioEdge, environment: DeployEnvironment): string {
  const all = environment.edgesOf(subscription.from).filter((dead) => dead.port === 'sns.dead-letter' && dead.from === subscription.from && covers(dead, subscription, environment));
  const dead = all.find((one) => one.config['Subscriber'] === environment.node(subscription.to)?.config['name']) ?? all[0];
  return dead === undefined ? '' : JSON.stringify({ deadLetterTargetArn: environment.arnOf(dead.to) });
}

function attributesOf(edge: ScenarioEdge, environment: DeployEnvironment): Readonly<Record<string, string>> {
  const text = String(edge.config['FilterPolicy'] ?? '').trim();
  const redrive = redriveOf(edge, environment);
  return {
    ...(text === '' ? {} : { FilterPolicyScope: String(edge.config['FilterPolicyScope'] ?? 'MessageAttributes'), FilterPolicy: text }),
    ...(isLambda(edge, environment) || edge.config['RawMessageDelivery'] !== true ? {} : { RawMessageDelivery: 'true' }),
    ...(redrive === '' ? {} : { RedrivePolicy: redrive }),
  };
}

function changes(before: ScenarioEdge, after: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  const value = (edge: ScenarioEdge, name: string, fallback: string): string => String(edge.config[name] ?? fallback).trim();
  const changed = (name: string, fallback: string): boolean => value(before, name, fallback) !== value(after, name, fallback);
  const scope: FilterPolicyScope = value(after, 'FilterPolicyScope', 'MessageAttributes') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
  const filtered = changed('FilterPolicy', '') || changed('FilterPolicyScope', 'MessageAttributes');
  const text = value(after, 'FilterPolicy', '') === '' ? '{}' : value(after, 'FilterPolicy', '');
  // The old policy may not fit the new scope: no policy in between.
  const rescope = changed('FilterPolicyScope', 'MessageAttributes') ? [setAttribute(after, 'FilterPolicy', '{}'), setAttribute(after, 'FilterPolicyScope', scope)] : [];
  return [
    ...(filtered ? [...rescope, setAttribute(after, 'FilterPolicy', text)] : []),
    ...(changed('RawMessageDelivery', 'false') && !isLambda(after, environment) ? [setAttribute(after, 'RawMessageDelivery', value(after, 'RawMessageDelivery', 'false'))] : []),
  ];
}

const subscription: EdgeType = {
  id: 'sns.subscription',
  label: 'subscribed',
  icon: 'arrow',
  owner: 'from',
  needs: 'target',
  services: ['sqs', 'lambda'],
  style: 'push',
  shape: 'message',
  config: subscriptionConfig,
  refuse: (from, to) => {
    if (to.service === 'lambda' && isFifo(from)) return 'A FIFO topic has queues as subscribers only.';
    return to.service === 'sqs' && isFifo(to) && !isFifo(from) ? 'FIFO SQS Queues can not be subscribed to standard SNS topics' : null;
  },
  deploy: (edge, environment) => {
    const Attributes = attributesOf(edge, environment);
    const Endpoint = environment.arnOf(edge.to);
    return [sns('Subscribe', { TopicArn: environment.arnOf(edge.from), Protocol: parseArn(Endpoint).service, Endpoint, ReturnSubscriptionArn: true, ...(Object.keys(Attributes).length === 0 ? {} : { Attributes }) }, `edge:${edge.id}`)];
  },
  update: changes,
  remove: (edge) => [sns('Unsubscribe', { SubscriptionArn: captured(edge) })],
  resourceStatement: (edge, environment) => {
    const Resource = environment.arnOf(edge.to);
    return { Sid: `sns-${edge.id}`, Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: isLambda(edge, environment) ? 'lambda:InvokeFunction' : 'sqs:SendMessage', Resource, Condition: { ArnEquals: { 'aws:SourceArn': environment.arnOf(edge.from) } } };
  },
};

/** Sets the redrive policy of the subscriptions that exist already; one that is made later brings its own. */
function setRedrive(dead: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  const own = environment.edgesOf(dead.from);
  const at = own.findIndex((edge) => edge.id === dead.id);
  const before = (edge: ScenarioEdge): boolean => at === -1 || own.findIndex((other) => other.id === edge.id) < at;
  return subscriptionsFrom(dead.from, environment).filter(before).map((edge) => setAttribute(edge, 'RedrivePolicy', redriveOf(edge, environment)));
}

const deadLetter: EdgeType = {
  id: 'sns.dead-letter',
  label: 'undelivered messages',
  icon: 'dead-letter',
  owner: 'from',
  needs: 'pollable',
  services: ['sqs'],
  ownerNeeds: { port: 'sns.subscription', sentence: 'The topic has no subscription yet, so there is nothing that could fail to be delivered.' },
  style: 'dead-letter',
  shape: 'message',
  config: z.object({ Subscriber: z.string().regex(/^[A-Za-z0-9_.-]{0,80}$/, 'A name has letters, digits, - _ or .').default('').meta({ label: 'Subscriber', group: 'Dead letters', help: 'The queue or function whose undelivered messages go here. Empty for every subscription.' }) }),
  refuse: (from, to) => (isFifo(from) === isFifo(to) ? null : 'A FIFO topic needs a FIFO queue for dead letters, and a standard topic a standard one.'),
  deploy: setRedrive,
  update: (_, after, environment) => setRedrive(after, environment),
  remove: (edge, before, after) => (after?.node(edge.from)?.config['name'] === before.node(edge.from)?.config['name'] && after !== undefined ? setRedrive(edge, after) : []),
  resourceStatement: (edge, environment) => ({ Sid: `sns-dead-letter-${edge.id}`, Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: environment.arnOf(edge.to), Condition: { ArnEquals: { 'aws:SourceArn': environment.arnOf(edge.from) } } }),
};

export const edges: readonly EdgeType[] = [subscription, deadLetter];
