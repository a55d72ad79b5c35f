/** SQS on the canvas: settings, connections, prices, what is drawn of it. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode, TimelineChange } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { SQS } from './limits.ts';

const { visibilityTimeoutSec, delaySec, retentionSec, messageBytes, waitTimeSec, maxReceiveCount } = SQS;
const seconds = (limits: { min: number; max: number; default: number }, what: string) =>
  z.int(`SQS allows whole seconds.`).min(limits.min, what).max(limits.max, what).default(limits.default);

const config = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'A queue name has 1 to 80 letters, digits, - or _.').meta({ label: 'Name', group: 'Queue' }),
  VisibilityTimeout: seconds(visibilityTimeoutSec, 'SQS allows 0 to 43,200 s, which is 12 hours.').meta({ label: 'Visibility timeout', unit: 's', group: 'Queue', help: 'How long a received message stays hidden from other receivers.' }),
  MessageRetentionPeriod: seconds(retentionSec, 'SQS allows 60 to 1,209,600 s, which is 14 days.').meta({ label: 'Retention', unit: 's', group: 'Queue', help: 'A message that nobody deletes is gone after this.' }),
  DelaySeconds: seconds(delaySec, 'SQS allows 0 to 900 s, which is 15 minutes.').meta({ label: 'Delivery delay', unit: 's', group: 'Queue', help: 'New messages stay invisible for this long.' }),
  ReceiveMessageWaitTimeSeconds: seconds(waitTimeSec, 'SQS allows 0 to 20 s.').meta({ label: 'Receive wait time', unit: 's', group: 'Queue', help: 'Long polling: how long a receive waits for a message.' }),
  MaximumMessageSize: z.int().min(messageBytes.min, 'SQS allows 1,024 to 1,048,576 bytes.').max(messageBytes.max, 'SQS allows 1,024 to 1,048,576 bytes.').default(messageBytes.default).meta({ label: 'Maximum message size', unit: 'bytes', group: 'Queue' }),
});

const urlOf = (nodeId: string, environment: DeployEnvironment): string => `https://sqs.${environment.region}.amazonaws.com/${environment.account}/${environment.arnOf(nodeId).split(':').pop()!}`;
const ATTRIBUTES = ['VisibilityTimeout', 'MessageRetentionPeriod', 'DelaySeconds', 'ReceiveMessageWaitTimeSeconds', 'MaximumMessageSize'] as const;

function attributesOf(node: ScenarioNode): Record<string, string> {
  return Object.fromEntries(ATTRIBUTES.flatMap((name) => (node.config[name] === undefined ? [] : [[name, String(node.config[name])]])));
}

function setAttributes(nodeId: string, environment: DeployEnvironment, attributes: Record<string, string>): ApiCall {
  return { service: 'sqs', operation: 'SetQueueAttributes', input: { QueueUrl: urlOf(nodeId, environment), Attributes: attributes } };
}

function redrivePolicy(edge: ScenarioEdge, environment: DeployEnvironment): string {
  return JSON.stringify({ deadLetterTargetArn: environment.arnOf(edge.to), maxReceiveCount: edge.config['maxReceiveCount'] ?? 3 });
}

/** What the timeline shows: depth as a level, hiding of each message, dead letters. */
function timeline(event: TraceEvent): readonly TimelineChange[] {
  const { resource, data } = event;
  const changes: TimelineChange[] = [];
  if (typeof data['visible'] === 'number') {
    changes.push({ kind: 'level', resource, series: 'depth', value: data['visible'] + Number(data['inFlight'] ?? 0) + Number(data['delayed'] ?? 0) });
  }
  const id = String(data['messageId'] ?? '');
  if (event.kind === 'sqs.MessageReceived' || event.kind === 'sqs.VisibilityChanged') {
    changes.push({ kind: 'open', resource, lane: 'hidden', id, state: 'hidden', label: data['receiveCount'] === undefined ? '' : `${String(data['receiveCount'])}`, untilUs: Number(data['hiddenUntilUs']) });
  } else if (['sqs.MessageVisible', 'sqs.MessageDeleted', 'sqs.MessageExpired'].includes(event.kind)) changes.push({ kind: 'close', resource, lane: 'hidden', id });
  else if (event.kind === 'sqs.DeadLetterArrived') changes.push({ kind: 'mark', resource, lane: 'dead letters', mark: 'dead-letter', label: `after ${String(data['receiveCount'])} receives` });
  return changes;
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
  provides: ['target', 'pollable', 'api'],
  arn: (own, at) => `arn:aws:sqs:${at.region}:${at.account}:${String(own['name'])}`,
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
      refuse: (from, to) => (from.id === to.id ? 'A queue cannot be its own dead-letter queue.' : null),
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
  deploy: (node) => [{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: node.config['name'], Attributes: attributesOf(node) } }],
  update: (before, after, environment) => {
    if (before.config['name'] !== after.config['name']) return null;
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
  prices: { request: { label: 'SQS requests', usd: 0.4e-6, source: 'aws/sqs.md §13: standard queues, $0.40 a million, us-east-1 (2026-06)' } },
  cost: (event) => (['sqs.MessageSent', 'sqs.MessageReceived', 'sqs.MessageDeleted', 'sqs.VisibilityChanged'].includes(event.kind) ? [{ unit: 'request', quantity: Math.max(1, Math.ceil(Number(event.data['bytes'] ?? 0) / 65_536)) }] : []),
  metrics: (event) => {
    const dimensions = { QueueName: event.resource.split(':').pop() ?? '' };
    const metric = { 'sqs.MessageSent': 'NumberOfMessagesSent', 'sqs.MessageReceived': 'NumberOfMessagesReceived', 'sqs.MessageDeleted': 'NumberOfMessagesDeleted' }[event.kind];
    return metric === undefined ? [] : [{ namespace: 'AWS/SQS', metric, dimensions, value: 1, unit: 'Count' }];
  },
  timeline,
  simplified: ['A short poll asks all servers, so it finds a message that is there; on AWS it may miss one.', 'Changes of settings and permissions take effect at once; on AWS they can take 60 seconds.'],
  sam: (node) => ({ [String(node.config['name']).replace(/[^A-Za-z0-9]/g, '')]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: node.config['name'], ...Object.fromEntries(Object.entries(attributesOf(node)).map(([name, value]) => [name, Number(value)])) } } }),
});
