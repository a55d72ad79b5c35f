/** Creating, finding, setting and deleting topics. @source aws/other-services.md §4, aws/observed.md L @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { NotModelled } from '../../../sim/errors.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../sim/unmodelled.ts';
import { byTopic, page, PAGES, row } from './common.ts';
import { invalidParameter, limitExceeded, notFound } from './errors.ts';
import { TOPICS_MAX } from './limits.ts';
import { findTopic, subscriptionsOf, topicArn, topicOf } from './state.ts';
import type { SnsContext, SnsState, SnsTuning, Topic } from './state.ts';

const SETTABLE = new Set(['DisplayName', 'DeliveryPolicy', 'Policy', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion', 'ContentBasedDeduplication', 'FifoThroughputScope']);
const ONLY_FIFO = new Set(['ContentBasedDeduplication', 'FifoThroughputScope']);
/** Archives, data protection and logs of deliveries. @source AWS SNS API model (2026-08) */
const UNMODELLED = /^(ArchivePolicy|DataProtectionPolicy|(HTTP|Firehose|Lambda|Application|SQS)((Success|Failure)FeedbackRoleArn|SuccessFeedbackSampleRate))$/;

const OWNER_ACTIONS = ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:AddPermission', 'SNS:RemovePermission', 'SNS:DeleteTopic', 'SNS:Subscribe', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'];

/** The policy that a topic is born with: its owner may do everything. */
function ownPolicy(context: SnsContext, arn: string): PolicyDocument {
  return { Version: '2008-10-17', Id: '__default_policy_ID', Statement: [{ Effect: 'Allow', Sid: '__default_statement_ID', Principal: { AWS: '*' }, Action: OWNER_ACTIONS, Resource: arn, Condition: { StringEquals: { 'AWS:SourceOwner': context.account } } }] };
}

function readPolicy(text: string): PolicyDocument {
  try {
    const policy = JSON.parse(text) as PolicyDocument;
    if (typeof policy === 'object' && policy !== null && policy.Statement !== undefined) return policy;
  } catch {
    // falls through to the error below
  }
  throw invalidParameter('Policy Error: null');
}

/** Splits what was set into the policy and the rest. @throws InvalidParameterException for an attribute that topics of this kind do not have, NotModelled for one that would do nothing here */
function readAttributes(attributes: Readonly<Record<string, string>>, fifo: boolean): { readonly policy: PolicyDocument | undefined; readonly rest: Record<string, string> } {
  const { Policy, FifoTopic: _, ...rest } = attributes;
  for (const [name, value] of Object.entries(rest)) {
    if (UNMODELLED.test(name)) throw new NotModelled('sns', `the attribute ${name} of a topic`);
    if (!SETTABLE.has(name) || (ONLY_FIFO.has(name) && !fifo)) throw invalidParameter('AttributeName');
    if (name === 'FifoThroughputScope' && value !== 'Topic' && value !== 'MessageGroup') throw invalidParameter('FifoThroughputScope');
    if (name === 'DisplayName' && value.length > 100) throw invalidParameter('DisplayName');
  }
  return { policy: Policy === undefined || Policy === '' ? undefined : readPolicy(Policy), rest };
}

const FIFO_NAME = 'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.';

function create(context: SnsContext, input: { readonly Name: string; readonly Attributes?: Readonly<Record<string, string>> | undefined; readonly Tags?: readonly Tag[] | undefined }): { TopicArn: string } {
  refuseMembers('sns', input, ['DataProtectionPolicy']);
  const { Name: name, Attributes = {} } = input;
  const fifo = Attributes['FifoTopic'] === 'true';
  if (fifo && !/^[A-Za-z0-9_-]{1,251}\.fifo$/.test(name)) throw invalidParameter(FIFO_NAME);
  if (!fifo && !/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const arn = topicArn(context, name);
  const { policy, rest } = readAttributes(Attributes, fifo);
  const tags = tagsOf(input.Tags ?? []);
  const existing = context.state.topics.get(name);
  if (existing) {
    if (Object.entries(rest).some(([key, value]) => existing.attributes[key] !== value)) throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    if (input.Tags !== undefined && Object.entries(tags).some(([key, value]) => existing.tags[key] !== value)) throw invalidParameter('Tags Reason: Topic already exists with different tags');
    return { TopicArn: arn };
  }
  if (context.state.topics.size >= TOPICS_MAX) throw limitExceeded('Topic', `An account has at most ${TOPICS_MAX} topics.`);
  const topic: Topic = { name, arn, fifo, createdMs: context.epochMs, policy: policy ?? ownPolicy(context, arn), attributes: rest, tags, seen: new Map(), calls: { second: -1 }, nextSequence: 1, published: 0, bytes: 0 };
  context.state.topics.set(name, topic);
  context.emit('sns.TopicCreated', arn, { topic: name });
  return { TopicArn: arn };
}

const RETRIES = { numRetries: 3, minDelayTarget: 20, maxDelayTarget: 20, numMaxDelayRetries: 0, numMinDelayRetries: 0, numNoDelayRetries: 0, backoffFunction: 'linear' };
const DELIVERY_POLICY = JSON.stringify({ http: { defaultHealthyRetryPolicy: RETRIES, disableSubscriptionOverrides: false, defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' } } });

function attributesOf(context: SnsContext, topic: Topic): Record<string, string> {
  return {
    TopicArn: topic.arn,
    Owner: context.account,
    DisplayName: '',
    Policy: JSON.stringify(topic.policy),
    EffectiveDeliveryPolicy: DELIVERY_POLICY,
    SubscriptionsConfirmed: String(subscriptionsOf(context, topic.name).length),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: '0',
    ...(topic.fifo ? { FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' } : {}),
    ...topic.attributes,
  };
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}
const tagsOf = (tags: readonly Tag[]): Record<string, string> => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
const tag = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) });
const topic = z.object({ TopicArn: z.string() });
const byArn = (_: SnsContext, input: { readonly ResourceArn: string }): string => input.ResourceArn;

function statementsOf(policy: PolicyDocument): readonly PolicyStatement[] {
  return [policy.Statement].flat() as readonly PolicyStatement[];
}

function addPermission(context: SnsContext, input: { readonly TopicArn: string; readonly Label: string; readonly AWSAccountId: readonly string[]; readonly ActionName: readonly string[] }): object {
  const found = topicOf(context, input.TopicArn);
  if (statementsOf(found.policy).some(({ Sid }) => Sid === input.Label)) throw invalidParameter('Statement already exists');
  const accounts = input.AWSAccountId.map((account) => `arn:aws:iam::${account}:root`);
  const statement: PolicyStatement = { Sid: input.Label, Effect: 'Allow', Principal: { AWS: accounts }, Action: input.ActionName.map((name) => `SNS:${name}`), Resource: found.arn };
  found.policy = { ...found.policy, Statement: [...statementsOf(found.policy), statement] };
  return {};
}

function removeTopic(context: SnsContext, arn: string): object {
  const gone = findTopic(context, arn);
  if (gone === undefined) return {};
  for (const { arn: subscription } of subscriptionsOf(context, gone.name)) context.state.subscriptions.delete(subscription);
  context.state.topics.delete(gone.name);
  context.emit('sns.TopicDeleted', gone.arn, { topic: gone.name });
  return {};
}

export const topicOperations: OperationTable<SnsState, SnsTuning> = {
  CreateTopic: row('CreateTopic', z.object({ Name: z.string(), Attributes: z.record(z.string(), z.coerce.string()).optional(), Tags: z.array(tag).optional(), ...unmodelled(['DataProtectionPolicy']) }), { writes: true, resource: (context, input) => topicArn(context, input.Name), handle: create }),
  DeleteTopic: row('DeleteTopic', topic, { writes: true, resource: byTopic, handle: (context, input) => removeTopic(context, input.TopicArn) }),
  ListTopics: row('ListTopics', z.object({ NextToken: z.string().optional() }), {
    writes: false,
    resource: () => '*',
    pages: PAGES,
    handle: (context, input) => {
      const { items, next } = page([...context.state.topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1)), input.NextToken);
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...next };
    },
  }),
  GetTopicAttributes: row('GetTopicAttributes', topic, { writes: false, resource: byTopic, handle: (context, input) => ({ Attributes: attributesOf(context, topicOf(context, input.TopicArn)) }) }),
  SetTopicAttributes: row('SetTopicAttributes', topic.extend({ AttributeName: z.string(), AttributeValue: z.coerce.string().optional() }), {
    writes: true,
    resource: byTopic,
    handle: (context, input) => {
      const found = topicOf(context, input.TopicArn);
      const value = input.AttributeValue ?? '';
      const { policy, rest } = readAttributes({ [input.AttributeName]: value }, found.fifo);
      if (input.AttributeName === 'FifoTopic') throw invalidParameter('AttributeName');
      if (input.AttributeName === 'Policy') found.policy = policy ?? ownPolicy(context, found.arn);
      else found.attributes = { ...found.attributes, ...rest };
      return {};
    },
  }),
  AddPermission: row('AddPermission', topic.extend({ Label: z.string(), AWSAccountId: z.array(z.string()), ActionName: z.array(z.string()) }), { writes: true, resource: byTopic, handle: addPermission }),
  RemovePermission: row('RemovePermission', topic.extend({ Label: z.string() }), {
    writes: true,
    resource: byTopic,
    handle: (context, input) => {
      const found = topicOf(context, input.TopicArn);
      const rest = statementsOf(found.policy).filter(({ Sid }) => Sid !== input.Label);
      if (rest.length === statementsOf(found.policy).length) throw notFound('Statement');
      found.policy = { ...found.policy, Statement: rest };
      return {};
    },
  }),
  TagResource: row('TagResource', z.object({ ResourceArn: z.string(), Tags: z.array(tag) }), {
    writes: true,
    resource: byArn,
    handle: (context, input) => {
      const found = topicOf(context, input.ResourceArn);
      found.tags = { ...found.tags, ...tagsOf(input.Tags) };
      return {};
    },
  }),
  UntagResource: row('UntagResource', z.object({ ResourceArn: z.string(), TagKeys: z.array(z.string()) }), {
    writes: true,
    resource: byArn,
    handle: (context, input) => {
      const found = topicOf(context, input.ResourceArn);
      found.tags = Object.fromEntries(Object.entries(found.tags).filter(([key]) => !input.TagKeys.includes(key)));
      return {};
    },
  }),
  ListTagsForResource: row('ListTagsForResource', z.object({ ResourceArn: z.string() }), { writes: false, resource: byArn, handle: (context, input) => ({ Tags: Object.entries(topicOf(context, input.ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })) }) }),
};
