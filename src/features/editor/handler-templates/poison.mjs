// Two ways out for a message that can never work.
// What is no JSON is set aside at once, with the reason.
// What is refused throws, at every receive, until its queue hands it to the dead letters.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

async function setAside({ body, messageId }, error) {
  console.warn(`${messageId} is set aside: ${error.message}`);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.ASIDE_URL,
      MessageBody: body,
      MessageAttributes: { reason: { DataType: 'String', StringValue: error.message } },
    }),
  );
}

export const handler = async (event) => {
  for (const record of event.Records) {
    let order;
    try {
      order = JSON.parse(record.body);
    } catch (error) {
      await setAside(record, error);
      continue; // counts as done: it does not come back
    }
    if (order.amount < 0) throw new RangeError(`order ${order.id} has the amount ${order.amount}, at receive ${record.attributes.ApproximateReceiveCount}`);
    console.log(`order ${order.id} is done`);
  }
};
