// A function gets one record for each message, whatever the topic has of other subscribers.
export const handler = async (event) => {
  const { Message, MessageAttributes, Subject } = event.Records[0].Sns;
  const order = JSON.parse(Message);
  console.log(`${Subject}: order ${order.id} from ${MessageAttributes.country.Value}`);
  return { mailed: order.id };
};
