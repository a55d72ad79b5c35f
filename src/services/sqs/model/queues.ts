/** Creating, finding and deleting queues. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { checkThroughput, DEFAULT_SETTINGS, listAttributes, readAttributes } from './attributes.ts';
import { batchError, invalidAttribute, invalidParameter, invalidValue, queueDoesNotExist } from './errors.ts';
import { newFifo } from './fifo.ts';
import { serveWaiters } from './handing-out.ts';
import { SQS } from './limits.ts';
import { clearMessages, createMessageStore } from './message-store.ts';
import { armTimer, delayAnew } from './messages.ts';
import { expireDue } from './retention.ts';
import { outcomeOf } from './reading.ts';
import { arnOfUrl, withGauges, queueByUrl } from './state.ts';
import type { Queue, SqsContext, SqsState, SqsTuning } from './state.ts';

const SOURCE = 'aws/sqs.md §1 (AWS SQS API model 2026-08, recorded answers 2024–2025)';
const url = z.object({ QueueUrl: z.string() });
const map = z.record(z.string(), z.coerce.string());
const byUrl = (context: SqsContext, input: { QueueUrl: string }): string => arnOfUrl(context, input.QueueUrl);

function createQueue(context: SqsContext, input: { QueueName: string; Attributes?: Record<string, string> | undefined; tags?: Record<string, string> | undefined }): { QueueUrl: string } {
  const name = input.QueueName;
  if (name.endsWith('.fifo') && input.Attributes?.['FifoQueue'] !== 'true') {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  if (!name.endsWith('.fifo') && input.Attributes?.['FifoQueue'] === 'true') {
    throw invalidParameter('The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.');
  }
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || name.length > SQS.nameCharsMax) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  const queueUrl = `https://sqs.${context.region}.amazonaws.com/${context.account}/${name}`;
  const arn = `arn:aws:sqs:${context.region}:${context.account}:${name}`;
  const isFifo = input.Attributes?.['FifoQueue'] === 'true';
  const read = readAttributes(context, input.Attributes ?? {}, { arn, fifo: isFifo });
  const fifo = isFifo ? { ...newFifo(), ...read.fifo } : undefined;
  if (fifo !== undefined) checkThroughput(fifo);
  const existing = context.state.queues.get(name);
  if (existing) {
    const now = listAttributes(existing);
    const other = Object.entries(input.Attributes ?? {}).find(([key, value]) => (now[key] ?? '') !== value && !sameJson(now[key] ?? '', value));
    if (other) throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${other[0]}`, { queryCode: 'QueueAlreadyExists' });
    return { QueueUrl: existing.url };
  }
  const deletedUs = context.state.deleted.get(name);
  if (deletedUs !== undefined && context.now - deletedUs < SQS.deletedNameSec * US_PER_SEC) {
    throw batchError('QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.');
  }
  const queue: Queue = {
    ...DEFAULT_SETTINGS,
    ...read.settings,
    fifo,
    name,
    url: queueUrl,
    arn,
    createdMs: context.epochMs,
    messageIds: `sqs.message-id.${name}`,
    modifiedMs: context.epochMs,
    tags: { ...input.tags },
    messages: createMessageStore(),
    nextNumber: 1,
    oldestNumber: 1,
    visible: { items: [], head: 0 },
    timed: [],
    timerAtUs: undefined,
    timerEntry: undefined,
    expiryAtMs: undefined,
    expiryEntry: undefined,
    hiddenCount: 0,
    tenants: new Map(),
    noisy: new Set(),
    delayedCount: 0,
    waiters: [],
    nextWaiter: 1,
    purgedUs: undefined,
    moveTasks: [],
    totals: { sent: 0, received: 0, deleted: 0, deadLettered: 0, emptyReceives: 0 },
  };
  context.state.queues.set(name, queue);
  context.emit('sqs.QueueCreated', arn, { name });
  return { QueueUrl: queueUrl };
}

/** Two JSON maps with the same members, in any order and with numbers as texts or not. Anything else is compared as text before. */
function sameJson(a: string, b: string): boolean {
  if (!a.startsWith('{')) return false;
  try {
    const normal = (text: string): string => JSON.stringify(Object.entries(JSON.parse(text) as object).map(([key, value]) => [key, String(value)]).sort());
    return normal(a) === normal(b);
  } catch {
    return false;
  }
}

function setAttributes(context: SqsContext, queue: Queue, attributes: Readonly<Record<string, string>>): void {
  if (queue.fifo !== undefined && (attributes['FifoQueue'] ?? 'true') !== 'true') throw invalidAttribute('InvalidAttributeValue', 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.');
  if (queue.fifo === undefined && attributes['FifoQueue'] !== undefined) throw invalidAttribute('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  const { settings, fifo } = readAttributes(context, attributes, { arn: queue.arn, fifo: queue.fifo !== undefined });
  if (queue.fifo !== undefined) {
    checkThroughput({ ...queue.fifo, ...fifo });
    Object.assign(queue.fifo, fifo);
  }
  Object.assign(queue, settings);
  queue.modifiedMs = context.epochMs;
  context.emit('sqs.AttributesSet', queue.arn, { names: Object.keys(attributes).sort() });
  if (attributes['DelaySeconds'] !== undefined && queue.fifo !== undefined) delayAnew(context, queue);
  if (attributes['MessageRetentionPeriod'] !== undefined) expireDue(context, queue);
  serveWaiters(context, queue);
  armTimer(context, queue);
}

function deleteQueue(context: SqsContext, queue: Queue): void {
  if (queue.timerEntry !== undefined) context.cancel(queue.timerEntry);
  if (queue.expiryEntry !== undefined) context.cancel(queue.expiryEntry);
  for (const waiter of queue.waiters) {
    context.cancel(waiter.endEntry);
    context.reply(waiter.replyTo, waiter.names.form === 'port' ? outcomeOf(queue, [], waiter.names, waiter.cause) : { kind: 'error', error: { name: 'QueueDoesNotExist', message: 'The specified queue does not exist.', status: 400, fault: 'client', retryable: false }, cause: context.cause });
  }
  context.state.queues.delete(queue.name);
  context.state.deleted.set(queue.name, context.now);
  context.emit('sqs.QueueDeleted', queue.arn, { lost: queue.messages.size });
}

function purge(context: SqsContext, queue: Queue): void {
  if (queue.purgedUs !== undefined && context.now - queue.purgedUs < SQS.purgeEverySec * US_PER_SEC) {
    throw batchError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`, 403);
  }
  const purged = queue.messages.size;
  queue.purgedUs = context.now;
  clearMessages(queue.messages);
  queue.visible = { items: [], head: 0 };
  queue.timed = [];
  queue.hiddenCount = 0;
  queue.tenants.clear();
  queue.noisy.clear();
  queue.fifo?.inFlight.clear();
  queue.delayedCount = 0;
  queue.fifo?.groups.clear();
  queue.fifo?.attempts.clear();
  // @source aws/pitfalls.md 12: a purge clears the deduplication memory
  queue.fifo?.accepted.clear();
  armTimer(context, queue);
  context.emit('sqs.QueuePurged', queue.arn, withGauges(context, queue, { purged }));
}

const RESULTS_MAX = 1_000;
const paging = { MaxResults: z.int().min(1).max(RESULTS_MAX).optional(), NextToken: z.string().optional() };
const PAGES = { inputToken: 'NextToken', outputToken: 'NextToken', pageSize: 'MaxResults' } as const;

/** URLs in order, and a token of what follows when MaxResults was asked for. */
function pageOf(queues: readonly Queue[], input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined }): { readonly urls: readonly string[]; readonly next: { readonly NextToken?: string } } {
  if (input.NextToken !== undefined && !/^\d{1,9}$/.test(input.NextToken)) throw invalidValue(input.NextToken, 'NextToken', 'It is of no earlier answer.');
  const from = Number(input.NextToken ?? 0);
  const to = from + (input.MaxResults ?? RESULTS_MAX);
  const urls = queues.map((queue) => queue.url).sort();
  return { urls: urls.slice(from, to), next: input.MaxResults !== undefined && to < urls.length ? { NextToken: String(to) } : {} };
}

export const queueOperations: OperationTable<SqsState, SqsTuning> = {
  CreateQueue: operation({
    input: z.object({ QueueName: z.string(), Attributes: map.optional(), tags: map.optional() }),
    action: 'sqs:CreateQueue',
    resource: (context: SqsContext, input) => `arn:aws:sqs:${context.region}:${context.account}:${input.QueueName}`,
    writes: true,
    errors: ['QueueNameExists', 'QueueDeletedRecently', 'InvalidAttributeName', 'InvalidAttributeValue', 'InvalidParameterValue'],
    source: SOURCE,
    handle: createQueue,
  }),
  GetQueueUrl: operation({
    input: z.object({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
    action: 'sqs:GetQueueUrl',
    resource: (context: SqsContext, input) => `arn:aws:sqs:${context.region}:${context.account}:${input.QueueName}`,
    writes: false,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    handle: (context, input) => {
      const queue = context.state.queues.get(input.QueueName);
      if (!queue || (input.QueueOwnerAWSAccountId ?? context.account) !== context.account) throw queueDoesNotExist();
      return { QueueUrl: queue.url };
    },
  }),
  ListQueues: operation({
    input: z.object({ QueueNamePrefix: z.string().optional(), ...paging }),
    action: 'sqs:ListQueues',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    pages: PAGES,
    handle: (context: SqsContext, input) => {
      const { urls, next } = pageOf([...context.state.queues.values()].filter((queue) => queue.name.startsWith(input.QueueNamePrefix ?? '')), input);
      return { ...(urls.length > 0 ? { QueueUrls: urls } : {}), ...next };
    },
  }),
  GetQueueAttributes: operation({
    input: url.extend({ AttributeNames: z.array(z.string()).optional() }),
    action: 'sqs:GetQueueAttributes',
    resource: byUrl,
    writes: false,
    errors: ['QueueDoesNotExist', 'InvalidAttributeName'],
    source: SOURCE,
    handle: (context, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      const names = input.AttributeNames ?? [];
      const all = listAttributes(queue);
      const known = [...Object.keys(all), 'Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'All'];
      const odd = names.find((name) => !known.includes(name));
      if (odd !== undefined) throw invalidAttribute('InvalidAttributeName', `Unknown Attribute ${odd}.`);
      const chosen = names.includes('All') ? all : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
      return Object.keys(chosen).length === 0 ? {} : { Attributes: chosen };
    },
  }),
  SetQueueAttributes: operation({
    input: url.extend({ Attributes: map }),
    action: 'sqs:SetQueueAttributes',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'InvalidAttributeName', 'InvalidAttributeValue', 'InvalidParameterValue'],
    source: SOURCE,
    handle: (context, input) => {
      setAttributes(context, queueByUrl(context, input.QueueUrl), input.Attributes);
      return {};
    },
  }),
  DeleteQueue: operation({
    input: url,
    action: 'sqs:DeleteQueue',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    simplified: ['A deleted queue is gone at once; on AWS it can take up to 60 seconds.'],
    handle: (context, input) => {
      deleteQueue(context, queueByUrl(context, input.QueueUrl));
      return {};
    },
  }),
  PurgeQueue: operation({
    input: url,
    action: 'sqs:PurgeQueue',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'PurgeQueueInProgress'],
    source: 'aws/sqs.md §9 (recorded)',
    simplified: ['A purge takes no time; on AWS it can take up to 60 seconds.'],
    handle: (context, input) => {
      purge(context, queueByUrl(context, input.QueueUrl));
      return {};
    },
  }),
  ListDeadLetterSourceQueues: operation({
    input: url.extend(paging),
    action: 'sqs:ListDeadLetterSourceQueues',
    resource: byUrl,
    writes: false,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    pages: PAGES,
    handle: (context, input) => {
      const target = queueByUrl(context, input.QueueUrl);
      const { urls, next } = pageOf([...context.state.queues.values()].filter((queue) => queue.redrive?.targetArn === target.arn), input);
      return { queueUrls: urls, ...next };
    },
  }),
  TagQueue: operation({
    input: url.extend({ Tags: map }),
    action: 'sqs:TagQueue',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    handle: (context, input) => {
      Object.assign(queueByUrl(context, input.QueueUrl).tags, input.Tags);
      return {};
    },
  }),
  UntagQueue: operation({
    input: url.extend({ TagKeys: z.array(z.string()) }),
    action: 'sqs:UntagQueue',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    handle: (context, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      for (const key of input.TagKeys) delete queue.tags[key];
      return {};
    },
  }),
  ListQueueTags: operation({
    input: url,
    action: 'sqs:ListQueueTags',
    resource: byUrl,
    writes: false,
    errors: ['QueueDoesNotExist'],
    source: SOURCE,
    handle: (context, input) => {
      const { tags } = queueByUrl(context, input.QueueUrl);
      return Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } };
    },
  }),
};

