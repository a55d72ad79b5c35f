/** Orders on a queue, a function that works them off, and one order that it can't. */
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';
const send = (item: string): { service: string; operation: string; input: Record<string, string> } => ({ service: 'sqs', operation: 'SendMessage', input: { QueueUrl: url, MessageBody: JSON.stringify({ item }) } });

export const queueAndWorker = template({
  id: 'queue-and-worker',
  title: 'Queue and worker',
  summary: 'Orders arrive at random, a function works them off, and one of them never works.',
  nodes: [
    node('orders', 'sqs', [208, 240], { name: 'orders', VisibilityTimeout: 18 }),
    node('worker', 'lambda', [576, 240], { name: 'worker', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 3 }, { 'index.mjs': handler }),
    node('dead', 'sqs', [208, 472], { name: 'orders-dlq', MessageRetentionPeriod: 1_209_600 }),
  ],
  edges: [edge('poll', 'orders', 'worker', 'lambda.event-source-mapping', { BatchSize: 5 }), edge('redrive', 'orders', 'dead', 'sqs.redrive', { maxReceiveCount: 3 })],
  stimuli: [
    { id: 'books', node: 'orders', call: send('book'), arrivals: { kind: 'poisson', perSec: 2, fromMs: 0, untilMs: 60_000 } },
    { id: 'fridge', node: 'orders', call: send('fridge'), arrivals: { kind: 'list', atMs: [5_000] } },
  ],
});
