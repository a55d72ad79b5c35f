/** Orders that are sent twice, and a table whose condition lets each of them in once. */
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/incoming';
const send = (id: string, item: string): { service: string; operation: string; input: Record<string, string> } => ({ service: 'sqs', operation: 'SendMessage', input: { QueueUrl: url, MessageBody: JSON.stringify({ id, item }) } });

export const idempotentWriter = template({
  id: 'idempotent-writer',
  title: 'Idempotent writer',
  summary: 'Each order arrives twice, and a conditional write keeps it once.',
  nodes: [
    node('incoming', 'sqs', [208, 240], { name: 'incoming', VisibilityTimeout: 30 }),
    node('writer', 'lambda', [528, 240], { name: 'writer', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 5 }, { 'index.mjs': handler }),
    node('orders', 'dynamodb', [928, 240], { name: 'orders', TimeToLiveAttribute: 'expires' }),
  ],
  edges: [edge('poll', 'incoming', 'writer', 'lambda.event-source-mapping', { BatchSize: 1 }), edge('write', 'writer', 'orders', 'lambda.writes')],
  stimuli: [
    { id: 'lamp', node: 'incoming', call: send('o-1', 'lamp'), arrivals: { kind: 'list', atMs: [1_000, 9_000] } },
    { id: 'chair', node: 'incoming', call: send('o-2', 'chair'), arrivals: { kind: 'list', atMs: [3_000, 3_100] } },
    { id: 'table', node: 'incoming', call: send('o-3', 'table'), arrivals: { kind: 'list', atMs: [5_000, 20_000] } },
  ],
});
