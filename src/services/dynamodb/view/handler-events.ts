/** What a table's stream gives to a function, as an example for the editor. @source aws/other-services.md §2 */
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';

function changes(context: HandlerEventContext): object {
  const { arn, region, epochMs } = context;
  const key = String(context.source.config['PartitionKey'] ?? 'id');
  return {
    Records: [
      {
        eventID: 'f07f8ca4b0b26cb9c4e5e77e69f274ee',
        eventName: 'MODIFY',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: region,
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(epochMs / 1_000),
          Keys: { [key]: { S: 'o-17' } },
          NewImage: { [key]: { S: 'o-17' }, qty: { N: '2' } },
          OldImage: { [key]: { S: 'o-17' }, qty: { N: '1' } },
          SequenceNumber: '1405400000000002063282832',
          SizeBytes: 54,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: `${arn}/stream/${new Date(epochMs).toISOString().slice(0, 23)}`,
      },
    ],
  };
}

export const handlerEvents: readonly HandlerEvent[] = [{ id: 'dynamodb.change', port: 'lambda.stream', type: 'DynamoDBStreamEvent', label: 'DynamoDB stream record', example: changes }];
