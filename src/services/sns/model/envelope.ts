/** What a subscriber gets of a message: the envelope for queues, the record for functions, or the bare message. @source aws/other-services.md §2 (SNS), §4 */
import { base64Encode } from '../../../base/base64.ts';
import { sha256Bytes } from '../../../base/hash.ts';
import { utf8Encode } from '../../../base/utf8.ts';
import type { MessageAttribute, SnsContext, Subscription } from './state.ts';

/** A message on its way to one subscriber. */
export interface Message {
  readonly id: string;
  readonly topicArn: string;
  /** What this protocol gets of it. */
  readonly text: string;
  readonly subject: string | undefined;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** ISO time of its publishing. */
  readonly timestamp: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Of a FIFO topic. */
  readonly sequence: string | undefined;
}

/** @simplified 256 bytes that follow from the message; nobody can verify them. */
function signature(message: Message): string {
  const bytes = new Uint8Array(256);
  for (let part = 0; part < 8; part++) bytes.set(sha256Bytes(`${message.topicArn} ${message.id} ${part}`), part * 32);
  return base64Encode(bytes);
}

function valueOf({ StringValue, BinaryValue }: MessageAttribute): string {
  if (StringValue !== undefined) return StringValue;
  if (BinaryValue instanceof Uint8Array) return base64Encode(BinaryValue);
  if (typeof BinaryValue === 'object' && BinaryValue !== null && '$bytes' in BinaryValue) return String(BinaryValue.$bytes);
  return base64Encode(utf8Encode(String(BinaryValue ?? '')));
}

function attributesOf(message: Message): Record<string, { Type: string; Value: string }> {
  return Object.fromEntries(Object.entries(message.attributes).map(([name, attribute]) => [name, { Type: attribute.DataType, Value: valueOf(attribute) }]));
}

function urls(context: SnsContext, subscription: Subscription): { readonly certificate: string; readonly unsubscribe: string } {
  const host = `https://sns.${context.region}.amazonaws.com/`;
  return { certificate: `${host}SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem`, unsubscribe: `${host}?Action=Unsubscribe&SubscriptionArn=${subscription.arn}` };
}

/** Body of the SQS message, raw delivery off. A message of a FIFO topic carries its sequence number and no signature. */
export function notification(context: SnsContext, message: Message, subscription: Subscription): string {
  const { certificate, unsubscribe } = urls(context, subscription);
  const attributes = attributesOf(message);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: message.id,
    ...(message.sequence === undefined ? {} : { SequenceNumber: message.sequence }),
    TopicArn: message.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: message.text,
    Timestamp: message.timestamp,
    ...(message.sequence === undefined ? { SignatureVersion: '1', Signature: signature(message), SigningCertURL: certificate } : {}),
    UnsubscribeURL: unsubscribe,
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  });
}

/** The event of a function: one record, with `Url` where the envelope for queues has `URL`. */
export function lambdaEvent(context: SnsContext, message: Message, subscription: Subscription): string {
  const { certificate, unsubscribe } = urls(context, subscription);
  return JSON.stringify({
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        EventSource: 'aws:sns',
        Sns: {
          SignatureVersion: '1',
          Timestamp: message.timestamp,
          Signature: signature(message),
          SigningCertUrl: certificate,
          MessageId: message.id,
          Message: message.text,
          MessageAttributes: attributesOf(message),
          Type: 'Notification',
          UnsubscribeUrl: unsubscribe,
          TopicArn: message.topicArn,
          Subject: message.subject ?? null,
        },
      },
    ],
  });
}
