/** What a topic gives to a function or to a queue before one, as examples for the editor. @source aws/other-services.md §2, §4 */
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';

const ID = '95df01b4-ee98-5cb9-9903-4c221d41eb5e';
const SUBSCRIPTION = '2bcfbf39-05c3-41de-beaa-fcfcc21c8f55';

function message({ arn, region, epochMs, to, inner }: HandlerEventContext): object {
  const text = inner === undefined ? JSON.stringify({ orderId: 'o-17' }) : typeof inner === 'string' ? inner : JSON.stringify(inner);
  const subscription = `${arn}:${SUBSCRIPTION}`;
  const host = `https://sns.${region}.amazonaws.com/`;
  const certificate = `${host}SimpleNotificationService-example.pem`;
  const unsubscribe = `${host}?Action=Unsubscribe&SubscriptionArn=${subscription}`;
  const shared = { Type: 'Notification', MessageId: ID, TopicArn: arn, Message: text, Timestamp: new Date(epochMs).toISOString(), SignatureVersion: '1', Signature: 'EXAMPLE==' };
  if (to === 'other') return { ...shared, SigningCertURL: certificate, UnsubscribeURL: unsubscribe };
  return { Records: [{ EventVersion: '1.0', EventSubscriptionArn: subscription, EventSource: 'aws:sns', Sns: { ...shared, Subject: null, SigningCertUrl: certificate, UnsubscribeUrl: unsubscribe, MessageAttributes: {} } }] };
}

export const handlerEvents: readonly HandlerEvent[] = [{ id: 'sns.message', port: 'sns.subscription', type: 'SNSEvent', label: 'SNS message', example: message }];
