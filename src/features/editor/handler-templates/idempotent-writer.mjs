// Each order is written once, however often its message comes:
// the table itself refuses the second write.
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const DAY_SEC = 86_400;

// The id comes from whoever sends the order. The message id would not do:
// an order that is sent twice has two of them.
async function writeOnce(order) {
  const Item = { ...order, expires: Math.floor(Date.now() / 1000) + DAY_SEC };
  try {
    await table.send(new PutCommand({ TableName: process.env.TABLE, Item, ConditionExpression: 'attribute_not_exists(id)' }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error; // throttled, or not allowed: the message comes back
  }
}

export const handler = async (event) => {
  for (const { body } of event.Records) {
    const order = JSON.parse(body);
    console.log((await writeOnce(order)) ? `${order.id} is written` : `${order.id} was written before`);
  }
};
