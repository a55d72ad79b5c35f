/** One topic, three subscribers: everything, only what is large, and a function; what a filter keeps back says why. */
import type { Stimulus } from '../../schema.ts';
import { edge, node, template } from '../template.ts';
import handler from './index.mjs?raw';

const order = (id: string, atMs: number[], amount: number, country: string): Stimulus => ({
  id,
  node: 'orders',
  call: {
    service: 'sns',
    operation: 'Publish',
    input: {
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders',
      Subject: 'New order',
      Message: JSON.stringify({ id, amount }),
      MessageAttributes: { amount: { DataType: 'Number', StringValue: String(amount) }, country: { DataType: 'String', StringValue: country } },
    },
  },
  arrivals: { kind: 'list', atMs },
});

export const fanOut = template({
  id: 'fan-out',
  title: 'Fan-out with SNS',
  summary: 'A topic hands each order to everybody who wants it. Two look at its attributes first.',
  nodes: [
    node('orders', 'sns', [176, 296], { name: 'orders' }),
    node('all', 'sqs', [576, 96], { name: 'all-orders' }),
    node('large', 'sqs', [576, 296], { name: 'large-orders' }),
    node('mail', 'lambda', [576, 496], { name: 'mail', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 10 }, { 'index.mjs': handler }),
  ],
  edges: [
    edge('every', 'orders', 'all', 'sns.subscription', { RawMessageDelivery: true }),
    edge('over-100', 'orders', 'large', 'sns.subscription', { FilterPolicy: '{"amount":[{"numeric":[">=",100]}]}' }),
    edge('from-abroad', 'orders', 'mail', 'sns.subscription', { FilterPolicy: '{"country":[{"anything-but":["DE"]}]}' }),
  ],
  stimuli: [order('o-1', [500], 20, 'DE'), order('o-2', [1_500], 250, 'FR'), order('o-3', [2_500], 140, 'DE')],
});
