import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async ({ Records }) => {
  for (const { body, messageId } of Records) {
    const order = JSON.parse(body);
    try {
      await table.send(new PutCommand({ TableName: 'orders', Item: { ...order, messageId, expires: Math.floor(Date.now() / 1000) + 3600 }, ConditionExpression: 'attribute_not_exists(id)' }));
      console.log(`${order.id} is new`);
    } catch (error) {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
      console.log(`${order.id} was here before: nothing to do`);
    }
  }
};
