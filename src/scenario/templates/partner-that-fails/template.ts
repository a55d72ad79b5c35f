/** Orders that are charged at somebody else's server, which is slow, fails now and then, and is down for a while. */
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';
const send = (id: string): { service: string; operation: string; input: Record<string, string> } => ({ service: 'sqs', operation: 'SendMessage', input: { QueueUrl: url, MessageBody: JSON.stringify({ id, amount: 1_250 }) } });

export const partnerThatFails = template({
  id: 'partner-that-fails',
  title: 'A partner that fails',
  summary: 'A function charges orders at a partner that is slow, fails by chance and is down for 20 s; the queue brings them back.',
  nodes: [
    node('orders', 'sqs', [208, 240], { name: 'orders', VisibilityTimeout: 6 }),
    node('charge', 'lambda', [528, 240], { name: 'charge', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 3 }, { 'index.mjs': handler }),
    node('partner', 'partner', [928, 240], {
      name: 'api.pay.example',
      LatencyMs: 300,
      Answers: [{ Method: 'POST', Path: '/v1/charges', Status: 201, Headers: {}, Body: '{"charge":"ch-9","paid":true}', LatencyMs: null }],
      FailurePercent: 20,
      Failure: 'HTTP 503',
      DownWindows: [{ FromSec: 20, ToSec: 40 }],
    }),
    node('dead', 'sqs', [208, 472], { name: 'orders-dlq', MessageRetentionPeriod: 1_209_600 }),
  ],
  edges: [edge('poll', 'orders', 'charge', 'lambda.event-source-mapping', { BatchSize: 1 }), edge('fetch', 'charge', 'partner', 'lambda.fetches'), edge('redrive', 'orders', 'dead', 'sqs.redrive', { maxReceiveCount: 4 })],
  stimuli: Array.from({ length: 12 }, (_, at) => ({ id: `o-${at + 1}`, node: 'orders', call: send(`o-${at + 1}`), arrivals: { kind: 'list' as const, atMs: [1_000 + at * 3_000] } })),
});
