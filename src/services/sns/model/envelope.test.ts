/** What a function gets of a message: one record, with the names of its own form. @source aws/other-services.md §2 (SNS) */
import { describe, expect, it } from 'vitest';
import type { Message } from './envelope.ts';
import { lambdaEvent } from './envelope.ts';
import type { SnsContext, Subscription } from './state.ts';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:orders';
const subscription = { arn: `${topicArn}:2bcf`, topic: 'orders', protocol: 'lambda', endpoint: 'arn:aws:lambda:us-east-1:000000000000:function:f' } as Subscription;
const eventOf = (o: Partial<Message>): { Records: Record<string, unknown>[] } => {
  const message: Message = { id: 'm', topicArn, text: '{"orderId":"o-17"}', subject: undefined, attributes: {}, timestamp: '2026-01-01T00:00:00.000Z', groupId: undefined, deduplicationId: undefined, sequence: undefined, ...o };
  return JSON.parse(lambdaEvent({ region: 'us-east-1' } as SnsContext, message, subscription)) as never;
};

describe('The event of a function that is subscribed', () => {
  it('has one record, with Url where the envelope for queues has URL', () => {
    const { Records } = eventOf({ subject: 'New order', attributes: { kind: { DataType: 'String', StringValue: 'order' }, raw: { DataType: 'Binary', BinaryValue: { $bytes: 'AQL/' } } } });
    expect(Records).toHaveLength(1);
    const [{ Sns, ...around } = {}] = Records;
    expect(around).toEqual({ EventVersion: '1.0', EventSubscriptionArn: `${topicArn}:2bcf`, EventSource: 'aws:sns' });
    expect(Object.keys(Sns as object).toSorted()).toEqual(['Message', 'MessageAttributes', 'MessageId', 'Signature', 'SignatureVersion', 'SigningCertUrl', 'Subject', 'Timestamp', 'TopicArn', 'Type', 'UnsubscribeUrl']);
    expect(Sns).toMatchObject({ Type: 'Notification', SignatureVersion: '1', TopicArn: topicArn, Subject: 'New order', Message: '{"orderId":"o-17"}', MessageAttributes: { kind: { Type: 'String', Value: 'order' }, raw: { Type: 'Binary', Value: 'AQL/' } } });
  });

  it('has a Subject of null and empty MessageAttributes when the message has none', () => {
    expect(eventOf({}).Records[0]!['Sns']).toMatchObject({ Subject: null, MessageAttributes: {} });
  });
});
