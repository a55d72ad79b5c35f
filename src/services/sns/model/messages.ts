/** The operations that publish, and the topic as a target of others. @source aws/other-services.md §4, aws/observed.md L @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError, errorToData, NotModelled } from '../../../sim/errors.ts';
import type { TargetPort } from '../../../sim/ports/ports.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { row } from './common.ts';
import { batchError, invalidParameter } from './errors.ts';
import { BATCH_ENTRIES_MAX, MESSAGE_BYTES_MAX } from './limits.ts';
import { countPublish, messageBytes, publish } from './publishing.ts';
import { findTopic, topicOf } from './state.ts';
import type { SnsContext, SnsState, SnsTuning } from './state.ts';
import { notFound } from './errors.ts';

const attribute = z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.unknown().optional() });
const message = {
  Message: z.string(),
  Subject: z.string().optional(),
  MessageStructure: z.string().optional(),
  MessageAttributes: z.record(z.string(), attribute).optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};
const publishInput = z.object({ TopicArn: z.string().optional(), TargetArn: z.string().optional(), PhoneNumber: z.string().optional(), ...message });
const batchInput = z.object({ TopicArn: z.string(), PublishBatchRequestEntries: z.array(z.object({ Id: z.string(), ...message })) });

function batch(context: SnsContext, input: z.infer<typeof batchInput>, call: Call): object {
  const topic = topicOf(context, input.TopicArn);
  const entries = input.PublishBatchRequestEntries;
  if (entries.length === 0) throw batchError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > BATCH_ENTRIES_MAX) throw batchError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw batchError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  if (entries.some(({ Id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(Id))) throw batchError('InvalidBatchEntryId', "The Id of a batch entry in a batch request doesn't abide by the specification.");
  const sizeOf = (entry: (typeof entries)[number]): number => {
    try {
      return messageBytes(entry);
    } catch {
      return 0; // that entry fails by itself
    }
  };
  if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > MESSAGE_BYTES_MAX) throw batchError('BatchRequestTooLong', 'The length of all the batch messages put together is more than the limit.');
  countPublish(context, topic, entries.map(({ MessageGroupId }) => MessageGroupId));
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...publish(context, topic, entry, { traceHeader: call.traceHeader }) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, Code: error.queryCode ?? error.name, Message: error.message, SenderFault: error.fault === 'client' });
    }
  }
  return { Successful, Failed };
}

const destination = (input: { readonly TopicArn?: string | undefined; readonly TargetArn?: string | undefined }): string | undefined => input.TopicArn ?? input.TargetArn;

export const publishOperations: OperationTable<SnsState, SnsTuning> = {
  Publish: row('Publish', publishInput, {
    writes: true,
    resource: (_, input) => destination(input) ?? '*',
    handle: (context, input, call) => {
      if (input.PhoneNumber !== undefined) throw new NotModelled('sns', 'messages to a phone number');
      const arn = destination(input);
      if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
      if (arn.includes(':endpoint/')) throw new NotModelled('sns', 'messages to mobile endpoints');
      if (arn.split(':').length !== 6) throw invalidParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${arn.split(':').length}`);
      const topic = topicOf(context, arn);
      countPublish(context, topic, [input.MessageGroupId]);
      return publish(context, topic, input, { traceHeader: call.traceHeader });
    },
  }),
  PublishBatch: row('PublishBatch', batchInput, { writes: true, resource: (_, input) => input.TopicArn, handle: batch }, 'Publish'),
};

/** Rules, schedules, buckets, destinations and dead letters publish here. */
export const targetPort: TargetPort<SnsContext> = {
  action: 'sns:Publish',
  accept: (context, arn, delivery, call) => {
    try {
      const topic = findTopic(context, arn);
      if (topic === undefined) throw notFound('Topic');
      const decision = context.authorize(call.principal, 'sns:Publish', arn);
      if (!decision.allowed) throw context.deny(decision, 'sns');
      const input = { Message: delivery.body, Subject: delivery.subject, MessageAttributes: delivery.messageAttributes, MessageGroupId: delivery.messageGroupId, MessageDeduplicationId: delivery.messageDeduplicationId };
      countPublish(context, topic, [delivery.messageGroupId]);
      const output = publish(context, topic, input, { subjects: delivery.subjects, traceHeader: delivery.traceHeader });
      return { kind: 'ok', output: { messageId: output.MessageId }, cause: call.cause };
    } catch (error) {
      if (error instanceof AwsError) return { kind: 'error', error: errorToData(error), cause: call.cause };
      throw error;
    }
  },
};
