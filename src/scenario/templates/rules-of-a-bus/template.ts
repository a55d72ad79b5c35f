/** One bus, three rules, three queues: which event goes where, and which goes nowhere. */
import type { Stimulus } from '../../schema.ts';
import { edge, node, template } from '../template.ts';

const put = (id: string, atMs: number[], detailType: string, detail: Record<string, string | number>): Stimulus => ({
  id,
  node: 'bus',
  call: { service: 'events', operation: 'PutEvents', input: { Entries: [{ EventBusName: 'shop', Source: 'shop.orders', DetailType: detailType, Detail: JSON.stringify(detail) }] } },
  arrivals: { kind: 'list', atMs },
});
const rule = (Name: string, pattern: object): { Name: string; EventPattern: string } => ({ Name, EventPattern: JSON.stringify(pattern) });

export const rulesOfABus = template({
  id: 'rules-of-a-bus',
  title: 'Rules of a bus',
  summary: 'Three rules look at the same events: by type, by amount, by country. One event fits none.',
  nodes: [
    node('bus', 'events', [176, 296], { name: 'shop' }),
    node('all', 'sqs', [576, 96], { name: 'all-orders' }),
    node('large', 'sqs', [576, 296], { name: 'large-orders' }),
    node('abroad', 'sqs', [576, 496], { name: 'orders-abroad' }),
  ],
  edges: [
    edge('by-type', 'bus', 'all', 'events.rule', rule('all-orders', { 'detail-type': ['Order Placed'] })),
    edge('by-amount', 'bus', 'large', 'events.rule', rule('large-orders', { detail: { amount: [{ numeric: ['>=', 100] }] } })),
    edge('by-country', 'bus', 'abroad', 'events.rule', rule('orders-abroad', { 'detail-type': ['Order Placed'], detail: { country: [{ 'anything-but': ['DE'] }] } })),
  ],
  stimuli: [
    put('small', [500, 3_500], 'Order Placed', { amount: 20, country: 'DE' }),
    put('large', [1_500], 'Order Placed', { amount: 250, country: 'FR' }),
    put('cancelled', [2_500], 'Order Cancelled', { amount: 5, country: 'DE' }),
  ],
});
