/** The trace events of SQS. Those of a queue carry what it holds after the event: visible, inFlight, delayed, oldestMs; those of a call about several messages what it adds to the bill: requests. */
import type { TraceKind } from '../../../sim/trace.ts';

export const sqsTraceKinds = {
  'sqs.QueueCreated': { sentence: 'The queue {resource} is created.', level: 'detail' },
  'sqs.QueueDeleted': { sentence: 'The queue {resource} is deleted, with {lost} messages in it.', level: 'moment' },
  'sqs.AttributesSet': { sentence: 'Settings of {resource} change.', level: 'step' },
  'sqs.QueuePurged': { sentence: '{purged} messages are purged from {resource}.', level: 'moment' },
  /** data: messageId, bytes, delaySec */
  'sqs.MessageSent': { sentence: 'A message arrives in {resource}.', level: 'step' },
  /** A FIFO queue took this send for one it had. data: messageId (of the first), deduplicationId, groupId */
  'sqs.DuplicateDropped': { sentence: '{resource} has had this message in the last five minutes, so it drops the copy.', level: 'moment', severity: 'warning' },
  /** data: messageId, receiveCount, hiddenUntilUs, sentMs; groupId; copy when it was not hidden */
  'sqs.MessageReceived': { sentence: '{resource} hands out a message for the {receiveCount:th} time.', level: 'step' },
  /** A receive of the API found none; what pollers of Lambda find, Lambda tells. data: waitSec */
  'sqs.ReceivedNothing': { sentence: 'A receive finds no message in {resource}.', level: 'detail' },
  /** The answer to a ReceiveRequestAttemptId that was used before. data: messageId, hiddenUntilUs */
  'sqs.ReceiveRepeated': { sentence: '{resource} repeats its answer to a receive.', level: 'step' },
  /** data: messageId, after, receiveCount */
  'sqs.MessageVisible': { sentence: 'A message is visible again in {resource}, after its {after}.', level: 'step' },
  'sqs.MessageDeleted': { sentence: 'A message is deleted from {resource}.', level: 'step' },
  'sqs.VisibilityChanged': { sentence: 'A message of {resource} gets another visibility timeout.', level: 'step' },
  /** data: messageId, receiveCount, maxReceiveCount, deadLetterQueueArn */
  'sqs.MessageDeadLettered': { sentence: '{resource} gives a message up after {receiveCount} receives.', level: 'moment', severity: 'failure' },
  'sqs.DeadLetterArrived': { sentence: 'A dead letter arrives in {resource}.', level: 'moment', severity: 'failure' },
  'sqs.MessageExpired': { sentence: 'A message of {resource} is older than its retention and is gone.', level: 'moment', severity: 'failure' },
  'sqs.MoveTaskStarted': { sentence: 'A redrive from {resource} starts.', level: 'moment' },
  'sqs.MessageRedriven': { sentence: 'A dead letter of {resource} is sent back.', level: 'step' },
  'sqs.MoveTaskCompleted': { sentence: 'The redrive from {resource} has moved {moved} messages.', level: 'moment' },
  'sqs.MoveTaskCancelled': { sentence: 'The redrive from {resource} is cancelled after {moved} messages.', level: 'moment' },
  /** data: taskId, moved, reason */
  'sqs.MoveTaskFailed': { sentence: 'The redrive from {resource} fails: {reason}.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
