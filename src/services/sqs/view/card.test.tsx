/** The card and the send form of a FIFO queue, drawn. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { InspectorTabProps } from '../../view-contract.ts';
import { createTestWorld } from '../../testing.ts';
import { QueueCard } from './node.tsx';
import { SendTab } from './send-tab.tsx';

const node = { id: 'line', service: 'sqs', config: { name: 'line', FifoQueue: true }, position: { x: 0, y: 0 } };
const ARN = 'arn:aws:sqs:us-east-1:000000000000:line.fifo';

/** What the model says of a queue with one message of group red in flight, another behind it, and one of group blue. */
function summary(): unknown {
  const cloud = createTestWorld();
  const { QueueUrl } = cloud.send('sqs', 'CreateQueue', { QueueName: 'line.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
  for (const [MessageBody, MessageGroupId] of [['one', 'red'], ['two', 'red'], ['three', 'blue']]) cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody, MessageGroupId });
  cloud.send('sqs', 'ReceiveMessage', { QueueUrl });
  return cloud.world.models.get('sqs')!.summarize(cloud.world.context('sqs') as never, ARN);
}
const text = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/[\s\u00a0]+/g, ' ');

describe('the card of a FIFO queue', () => {
  it('counts blocked groups, and near names the group of each message and what it waits for', () => {
    const card = (form: 'mid' | 'near'): string => text(renderToStaticMarkup(<QueueCard node={node} summary={summary()} nowUs={0} form={form} thumbnail={() => undefined} />));
    expect(card('mid')).toContain('2 visible 1 in flight 1 group blocked');
    expect(card('near')).toMatch(/red, attempt 1/);
    expect(card('near')).toMatch(/red, new waits for red/);
    expect(card('near')).toMatch(/blue, new visible/);
  });
});

describe('the send form', () => {
  const form = (arn: string): string => text(renderToStaticMarkup(<SendTab {...({ node, arnOf: () => arn, send: async () => ({}) } as unknown as InspectorTabProps)} />));
  it('of a FIFO queue asks for group and deduplication id, and has no delay', () => {
    expect(form(ARN)).toMatch(/Group.*Deduplication id/);
    expect(form(ARN)).not.toContain('Delay');
  });
  it('of a standard queue has a delay and no deduplication id', () => {
    expect(form('arn:aws:sqs:us-east-1:000000000000:line')).toMatch(/Group.*Delay/);
    expect(form('arn:aws:sqs:us-east-1:000000000000:line')).not.toContain('Deduplication id');
  });
});
