/** SQS on the wire: its older query protocol with flat lists and maps, and the types of its errors in JSON. @source aws/sqs.md §10; AWS SQS API model before 2023-11 (names of its XML) */
import type { FlatQuery } from '../../../sim/service.ts';

const NAME_AND_VALUE = ['Name', 'Value'] as const;
const KEY_AND_VALUE = ['Key', 'Value'] as const;

export const flatQuery: FlatQuery = {
  names: {
    Attributes: 'Attribute', AttributeNames: 'AttributeName',
    MessageAttributes: 'MessageAttribute', MessageAttributeNames: 'MessageAttributeName',
    MessageSystemAttributes: 'MessageSystemAttribute', MessageSystemAttributeNames: 'MessageSystemAttributeName',
    Tags: 'Tag', tags: 'Tag', TagKeys: 'TagKey',
    AWSAccountIds: 'AWSAccountId', Actions: 'ActionName',
    QueueUrls: 'QueueUrl', queueUrls: 'QueueUrl', Messages: 'Message', Results: 'ListMessageMoveTasksResultEntry', Failed: 'BatchResultErrorEntry',
    ...Object.fromEntries(['SendMessageBatch', 'DeleteMessageBatch', 'ChangeMessageVisibilityBatch'].flatMap((batch) => [[`${batch}.Entries`, `${batch}RequestEntry`], [`${batch}.Successful`, `${batch}ResultEntry`]])),
  },
  maps: { Attributes: NAME_AND_VALUE, MessageAttributes: NAME_AND_VALUE, Tags: KEY_AND_VALUE },
  namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  pathMember: 'QueueUrl',
  texts: { 'AWS.SimpleQueueService.NonExistentQueue': 'The specified queue does not exist for this wsdl version.' },
};

export const errorTypes = { namespace: 'com.amazonaws.sqs', names: { InvalidParameterValue: 'InvalidParameterValueException', MissingParameter: 'MissingRequiredParameterException' } };
