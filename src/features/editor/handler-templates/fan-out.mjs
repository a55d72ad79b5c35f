// Hands out the items of an event one by one, ten to a call:
// to a topic when there is TOPIC_ARN, else to a queue.
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

const { TOPIC_ARN, QUEUE_URL } = process.env;
const sns = new SNSClient({});
const sqs = new SQSClient({});
const CALL_MAX = 10; // entries that SQS and SNS take at a time

const handOut = (bodies) =>
  TOPIC_ARN
    ? sns.send(new PublishBatchCommand({ TopicArn: TOPIC_ARN, PublishBatchRequestEntries: bodies.map((Message, at) => ({ Id: `${at}`, Message })) }))
    : sqs.send(new SendMessageBatchCommand({ QueueUrl: QUEUE_URL, Entries: bodies.map((MessageBody, at) => ({ Id: `${at}`, MessageBody })) }));

export const handler = async (event) => {
  const bodies = event.items.map((item) => JSON.stringify(item));
  for (let from = 0; from < bodies.length; from += CALL_MAX) {
    // The call answers 200 even when it refuses some of its entries.
    const { Failed = [] } = await handOut(bodies.slice(from, from + CALL_MAX));
    if (Failed.length > 0) throw new Error(`${Failed.length} not handed out: ${Failed[0].Code}`);
  }
  console.log(`${bodies.length} handed out`);
  return { handedOut: bodies.length };
};
