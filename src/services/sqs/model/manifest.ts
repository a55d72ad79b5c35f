/** SQS on the canvas: settings, connections, prices, what is drawn of it. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode, TimelineChange } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { requestsOf } from './bill.ts';
import { SQS } from './limits.ts';
import { metricsOf } from './metrics.ts';
import { queueUrl } from './queue-url.ts';

const { visibilityTimeoutSec, delaySec, retentionSec, messageBytes, waitTimeSec, maxReceiveCount } = SQS;
const seconds = (limits: { min: number; max: number; default: number }, what: string) =>
  z.int(`SQS allows whole seconds.`).min(limits.min, what).max(limits.max, what).default(limits.default);

const config = z.object({
  name: z.string().regex(/^(?=.{1,80}$)[A-Za-z0-9_-]+(\.fifo)?$/, 'A queue name has 1 to 80 letters, digits, - or _; that of a FIFO queue ends in .fifo.').meta({ label: 'Name', group: 'Queue' }),
  VisibilityTimeout: seconds(visibilityTimeoutSec, 'SQS allows 0 to 43,200 s, which is 12 hours.').meta({ label: 'Visibility timeout', unit: 's', group: 'Queue', help: 'How long a received message stays hidden from other receivers.' }),
  MessageRetentionPeriod: seconds(retentionSec, 'SQS allows 60 to 1,209,600 s, which is 14 days.').meta({ label: 'Retention', unit: 's', group: 'Queue', help: 'A message that nobody deletes is gone after this.' }),
  DelaySeconds: seconds(delaySec, 'SQS allows 0 to 900 s, which is 15 minutes.').meta({ label: 'Delivery delay', unit: 's', group: 'Queue', help: 'New messages stay invisible for this long.' }),
  ReceiveMessageWaitTimeSeconds: seconds(waitTimeSec, 'SQS allows 0 to 20 s.').meta({ label: 'Receive wait time', unit: 's', group: 'Queue', help: 'Long polling: how long a receive waits for a message.' }),
  MaximumMessageSize: z.int().min(messageBytes.min, 'SQS allows 1,024 to 1,048,576 bytes.').max(messageBytes.max, 'SQS allows 1,024 to 1,048,576 bytes.').default(messageBytes.default).meta({ label: 'Maximum message size', unit: 'bytes', group: 'Queue' }),
  FifoQueue: z.boolean().default(false).meta({ label: 'FIFO queue', group: 'FIFO', help: 'Messages of a group come in order, one batch at a time, and a repeated send is dropped. The name gets .fifo. AWS cannot change this later: the queue is made anew.' }),
  ContentBasedDeduplication: z.boolean().default(false).meta({ label: 'Content-based deduplication', group: 'FIFO', help: 'FIFO only. A message without MessageDeduplicationId is told from others by the SHA-256 of its body.' }),
  DeduplicationScope: z.enum(['queue', 'messageGroup']).default('queue').meta({ label: 'Deduplication scope', group: 'FIFO', help: 'FIFO only. Whether the same deduplication id in another group is a repetition.' }),
  FifoThroughputLimit: z.enum(['perQueue', 'perMessageGroupId']).default('perQueue').meta({ label: 'Throughput limit', group: 'FIFO', help: 'FIFO only. perMessageGroupId needs the scope messageGroup; both together are high throughput: 300 calls a second and group instead of 300 a queue.' }),
});

/** The queue's name in AWS: a FIFO queue's ends in .fifo. */
function nameOf(own: Readonly<Record<string, unknown>>): string {
  const name = String(own['name']);
  return own['FifoQueue'] === true && !name.endsWith('.fifo') ? `${name}.fifo` : name;
}

const urlOf = (nodeId: string, environment: DeployEnvironment): string => queueUrl(environment.arnOf(nodeId));
const ATTRIBUTES = ['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'ReceiveMessageWaitTimeSeconds', 'MaximumMessageSize'] as const;
const FIFO_ATTRIBUTES = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'] as const;

function attributesOf(node: ScenarioNode): Record<string, string> {
  const names = node.config['FifoQueue'] === true ? [...ATTRIBUTES, ...FIFO_ATTRIBUTES] : ATTRIBUTES;
  return Object.fromEntries(names.flatMap((name) => (node.config[name] === undefined ? [] : [[name, String(node.config[name])]])));
}

function setAttributes(nodeId: string, environment: DeployEnvironment, attributes: Record<string, string>): ApiCall {
  return { service: 'sqs', operation: 'SetQueueAttributes', input: { QueueUrl: urlOf(nodeId, environment), Attributes: attributes } };
}

function redrivePolicy(edge: ScenarioEdge, environment: DeployEnvironment): string {
  return JSON.stringify({ deadLetterTargetArn: environment.arnOf(edge.to), maxReceiveCount: edge.config['maxReceiveCount'] ?? 3 });
}

const BILLED = ['sqs.MessageSent', 'sqs.MessageReceived', 'sqs.ReceivedNothing', 'sqs.ReceiveRepeated', 'sqs.DuplicateDropped', 'sqs.MessageDeleted', 'sqs.VisibilityChanged'];

/** Every call is one, with a payload each 64 KB of it; of a call about several messages each event tells what it adds. */
function cost({ kind, resource, data }: TraceEvent): readonly { readonly unit: string; readonly quantity: number }[] {
  if (!BILLED.includes(kind)) return [];
  const quantity = typeof data['requests'] === 'number' ? data['requests'] : requestsOf(Number(data['bytes'] ?? 0));
  if (quantity === 0) return [];
  if (resource.endsWith('.fifo')) return [{ unit: 'fifoRequest', quantity }];
  return [{ unit: 'request', quantity }, ...(kind === 'sqs.MessageSent' && data['groupId'] !== undefined ? [{ unit: 'fairRequest', quantity }] : [])];
}

/** What the timeline shows: depth as a level, hiding of each message, dead letters. */
function timeline(event: TraceEvent): readonly TimelineChange[] {
  const { resource, data } = event;
  const changes: TimelineChange[] = [];
  if (typeof data['visible'] === 'number') {
    changes.push({ kind: 'level', resource, series: 'depth', value: data['visible'] + Number(data['inFlight'] ?? 0) + Number(data['delayed'] ?? 0) });
  }
  const id = String(data['messageId'] ?? '');
  if (event.kind === 'sqs.MessageReceived' || event.kind === 'sqs.ReceiveRepeated' || event.kind === 'sqs.VisibilityChanged') {
    changes.push({ kind: 'open', resource, lane: 'hidden', id, state: 'hidden', label: data['receiveCount'] === undefined ? '' : `${String(data['receiveCount'])}`, untilUs: Number(data['hiddenUntilUs']) });
  } else if (['sqs.MessageVisible', 'sqs.MessageDeleted', 'sqs.MessageExpired'].includes(event.kind)) changes.push({ kind: 'close', resource, lane: 'hidden', id });
  else if (event.kind === 'sqs.DuplicateDropped') changes.push({ kind: 'mark', resource, lane: 'duplicates', mark: 'dropped', label: 'a copy' });
  else if (event.kind === 'sqs.DeadLetterArrived') changes.push({ kind: 'mark', resource, lane: 'dead letters', mark: 'dead-letter', label: `after ${String(data['receiveCount'])} receives` });
  return changes;
}

/** A template writes numbers and booleans as such. */
function samValue(value: string): string | number | boolean {
  return value === 'true' || value === 'false' ? value === 'true' : /^\d+$/.test(value) ? Number(value) : value;
}

export const manifest = defineManifest({
  id: 'sqs',
  title: 'SQS queue',
  noun: 'Queue',
  summary: 'Holds messages until somebody has worked them off.',
  family: 'message',
  icon: 'queue',
  shortcut: 'Q',
  paletteOrder: 30,
  config,
  nameBase: 'jobs',
  variants: [{ noun: 'FIFO queue', config: { FifoQueue: true, ContentBasedDeduplication: true } }],
  provides: ['target', 'pollable', 'api'],
  arn: (own, at) => `arn:aws:sqs:${at.region}:${at.account}:${nameOf(own)}`,
  load: { operation: 'SendMessage', aim: (input, arn) => ({ ...input, QueueUrl: queueUrl(arn) }) },
  edges: [
    {
      id: 'sqs.redrive',
      label: 'after {config.maxReceiveCount} receives',
      icon: 'dead-letter',
      owner: 'from',
      needs: 'pollable',
      services: ['sqs'],
      style: 'dead-letter',
      shape: 'message',
      ownerMax: 1,
      config: z.object({
        maxReceiveCount: z
          .int()
          .min(maxReceiveCount.min, 'SQS allows 1 to 1,000 receives.')
          .max(maxReceiveCount.max, 'SQS allows 1 to 1,000 receives.')
          .default(3)
          .meta({ label: 'Maximum receives', group: 'Redrive', help: 'The receive after this many moves the message to the dead-letter queue.' }),
      }),
      refuse: (from, to) => {
        if (from.id === to.id) return 'A queue cannot be its own dead-letter queue.';
        const fifo = from.config['FifoQueue'] === true;
        if (fifo === (to.config['FifoQueue'] === true)) return null;
        return fifo ? 'The dead letters of a FIFO queue go to a FIFO queue. Make this one FIFO first.' : 'The dead letters of a standard queue go to a standard queue, not to a FIFO queue.';
      },
      deploy: (edge, environment) => [setAttributes(edge.from, environment, { RedrivePolicy: redrivePolicy(edge, environment) })],
      update: (_, after, environment) => [setAttributes(after.from, environment, { RedrivePolicy: redrivePolicy(after, environment) })],
      remove: (edge, environment) => [setAttributes(edge.from, environment, { RedrivePolicy: '' })],
    },
  ],
  refusals: [
    { fromService: 'sqs', toService: 'lambda', sentence: 'A queue does not push. Lambda asks it for work: that is an event source mapping.', offer: { port: 'lambda.event-source-mapping', swap: false } },
    { fromService: 'sqs', toService: 's3', sentence: 'A queue does not push, and a bucket does not poll. Put a function between them.' },
    { fromService: 'sqs', toService: 'events', sentence: 'A queue does not push. A function can poll it and put events on the bus.' },
  ],
  deploy: (node) => [{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: nameOf(node.config), Attributes: attributesOf(node) } }],
  update: (before, after, environment) => {
    if (nameOf(before.config) !== nameOf(after.config)) return null;
    const was = attributesOf(before);
    const changed = Object.fromEntries(Object.entries(attributesOf(after)).filter(([name, value]) => was[name] !== value));
    return Object.keys(changed).length === 0 ? [] : [setAttributes(after.id, environment, changed)];
  },
  remove: (node, environment) => [{ service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: urlOf(node.id, environment) } }],
  resourcePolicy: (node, _, after, environment) => [setAttributes(node.id, environment, { Policy: after.length === 0 ? '' : JSON.stringify({ Version: '2012-10-17', Statement: after }) })],
  lints: (node, environment) => {
    const mapping = environment.edgesOf(node.id).find((edge) => edge.port === 'lambda.event-source-mapping' && edge.from === node.id);
    const timeout = Number(mapping && environment.node(mapping.to)?.config['Timeout']);
    const visibility = Number(node.config['VisibilityTimeout'] ?? visibilityTimeoutSec.default);
    if (!Number.isFinite(timeout) || timeout <= 0) return [];
    const times = Math.floor(visibility / timeout);
    const words = times >= 6 ? `${times} times this function's timeout.` : 'AWS advises six times the timeout of the function.';
    return [{ level: visibility < timeout * 6 ? ('warning' as const) : ('effect' as const), field: 'VisibilityTimeout', sentence: `Messages come back after ${visibility} s. ${times >= 6 ? 'That is ' : ''}${words}` }];
  },
  prices: {
    request: { label: 'SQS requests', usd: 0.4e-6, source: 'aws/sqs.md §13: standard queues, $0.40 a million, us-east-1 (2026-06)' },
    fairRequest: { label: 'SQS requests, fair queues', usd: 0.1e-6, source: 'aws/sqs.md §13: $0.10 a million more for a send with a MessageGroupId to a standard queue (2026-03)' },
    fifoRequest: { label: 'SQS requests, FIFO', usd: 0.5e-6, source: 'aws/sqs.md §13: FIFO queues, $0.50 a million, us-east-1 (2026-06)' },
  },
  cost,
  metrics: (event) => metricsOf(event),
  timeline,
  simplified: ['A short poll asks all servers, so it finds a message that is there; on AWS it may miss one. A run can be tuned to miss some (shortPollShare), to hand out copies (duplicateChance) and to mix the order (reorderChance).', 'Pollers of Lambda and deliveries of other services do not count against the 300 calls a second of a FIFO queue.', 'Of a fair queue’s metrics the age of the oldest message in quiet groups is not told.', 'Reading and changing a queue’s settings, and a batch of which every entry fails, are not on the bill.', 'A KMS key of a queue is kept and not used.', 'Changes of settings and permissions take effect at once; on AWS they can take 60 seconds, of the retention 15 minutes.', 'A new queue can be used at once, a message received in the moment of its send, and counts are exact; on AWS each takes its time.', 'Texts of refusals are recalled where no recorded answer has them; their names and codes are AWS’s.'],
  sam: (node) => ({ [String(node.config['name']).replace(/[^A-Za-z0-9]/g, '')]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: nameOf(node.config), ...Object.fromEntries(Object.entries(attributesOf(node)).map(([name, value]) => [name, samValue(value)])) } } }),
});
