/** StartMessageMoveTask: redrive from a dead-letter queue, message by message at a rate. @source aws/sqs.md §8, aws/observed.md SQS-055, SQS-056 (recorded) @simplified The texts about rates, types and the account's limit are recalled. */
import { z } from 'zod';
import { base64Decode, base64Encode } from '../../../base/base64.ts';
import { utf8Decode, utf8Encode } from '../../../base/utf8.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { invalidParameter, notFound } from './errors.ts';
import { MOVE_TASK_DEFAULT_PER_SEC, SQS } from './limits.ts';
import { nextSequenceNumber } from './fifo.ts';
import { serveWaiters } from './handing-out.ts';
import { messagesOf } from './message-store.ts';
import { addMessage, isExpired, removeMessage } from './messages.ts';
import { depthOf, queueByArn, withGauges } from './state.ts';
import type { MoveTask, Queue, SqsContext, SqsState, SqsTuning } from './state.ts';

function sourceQueue(context: SqsContext, arn: string): Queue {
  const queue = queueByArn(context, arn);
  if (queue === undefined) throw notFound("The resource that you specified for the SourceArn parameter doesn't exist.");
  return queue;
}

function start(context: SqsContext, input: { SourceArn: string; DestinationArn?: string | undefined; MaxNumberOfMessagesPerSecond?: number | undefined }): { TaskHandle: string } {
  const queue = sourceQueue(context, input.SourceArn);
  const isDeadLetterQueue = [...context.state.queues.values()].some((source) => source.redrive?.targetArn === queue.arn);
  if (!isDeadLetterQueue) throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  if (input.DestinationArn !== undefined && queueByArn(context, input.DestinationArn) === undefined) {
    throw notFound("The resource that you specified for the DestinationArn parameter doesn't exist.");
  }
  const destination = input.DestinationArn === undefined ? undefined : queueByArn(context, input.DestinationArn);
  if (destination !== undefined && (destination.fifo !== undefined) !== (queue.fifo !== undefined)) throw invalidParameter('Source queue and destination queue must be of the same type.');
  const perSec = input.MaxNumberOfMessagesPerSecond ?? MOVE_TASK_DEFAULT_PER_SEC;
  if (perSec < 1 || perSec > SQS.moveTaskMessagesPerSecMax) throw invalidParameter(`Value ${perSec} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a value that's less than or equal to 500.`);
  if (queue.moveTasks.some((task) => task.status === 'RUNNING')) throw invalidParameter('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
  const active = [...context.state.queues.values()].filter((other) => other.moveTasks.some((task) => task.status === 'RUNNING')).length;
  if (active >= SQS.moveTasksMax) throw invalidParameter(`Only ${SQS.moveTasksMax} message move tasks can be active in an account.`);
  const id = context.uuid(`sqs.move-task.${queue.name}`);
  const handle = base64Encode(utf8Encode(JSON.stringify({ taskId: id, sourceArn: queue.arn })));
  const task: MoveTask = { handle, id, sourceArn: queue.arn, destinationArn: input.DestinationArn, perSec, rateGiven: input.MaxNumberOfMessagesPerSecond !== undefined, startedMs: context.epochMs, status: 'RUNNING', moved: 0, toMove: depthOf(queue).visible, failure: undefined };
  queue.moveTasks.unshift(task);
  const seq = context.emit('sqs.MoveTaskStarted', queue.arn, { taskId: id, toMove: task.toMove, perSec });
  context.schedule(0, 'move-next', { queue: queue.name, taskId: id }, { cause: [seq] });
  return { TaskHandle: handle };
}

/** Agenda: moves one message and comes back for the next, until the messages that were there at the start are moved. */
export function onMoveNext(context: SqsContext, payload: { readonly queue: string; readonly taskId: string }): void {
  const queue = context.state.queues.get(payload.queue);
  const task = queue?.moveTasks.find((candidate) => candidate.id === payload.taskId);
  if (!queue || task?.status !== 'RUNNING') return;
  if (context.epochMs - task.startedMs >= SQS.moveTaskHoursMax * MS_PER_HOUR) {
    fail(context, queue, task, 'AWS.SimpleQueueService.TaskTimedOut');
    return;
  }
  const message = nextVisible(context, queue);
  if (message === undefined || task.moved >= task.toMove) {
    task.status = 'COMPLETED';
    context.emit('sqs.MoveTaskCompleted', queue.arn, { taskId: task.id, moved: task.moved });
    return;
  }
  const targetArn = task.destinationArn ?? message.deadLetterSource;
  if (targetArn === undefined) {
    fail(context, queue, task, 'CouldNotDetermineMessageSource');
    return;
  }
  const target = queueByArn(context, targetArn);
  if (target === undefined) {
    fail(context, queue, task, 'AWS.SimpleQueueService.NonExistentQueue');
    return;
  }
  removeMessage(queue, message);
  task.moved++;
  const id = context.uuid(target.messageIds);
  const seq = context.emit(
    'sqs.MessageRedriven',
    queue.arn,
    withGauges(context, queue, { messageId: id, formerMessageId: message.id, targetArn: target.arn }),
    { cause: [...context.cause, message.lastSeq], subjects: [message.id, id], travel: { from: queue.arn, to: target.arn, shape: 'message', durationUs: 0, attempt: 1 } },
  );
  target.totals.sent++;
  const sequenceNumber = target.fifo && nextSequenceNumber(target.fifo);
  const { body, bytes, md5, attributes, attributesMd5, traceHeader, groupId, deduplicationId, senderId } = message;
  const group = { ...(groupId === undefined ? {} : { groupId }), ...(sequenceNumber === undefined || deduplicationId === undefined ? {} : { deduplicationId, sequenceNumber }) };
  const arrived = context.emit('sqs.MessageSent', target.arn, withGauges(context, target, { messageId: id, bytes, delaySec: 0, ...group }, 'visible'), { cause: [seq], subjects: [id] });
  addMessage(context, target, { id, body, bytes, md5, attributes, attributesMd5, traceHeader, groupId, deduplicationId, sequenceNumber, senderId, sentMs: context.epochMs, delaySec: 0, lastSeq: arrived });
  serveWaiters(context, target);
  context.schedule(Math.ceil(US_PER_SEC / task.perSec), 'move-next', { queue: queue.name, taskId: task.id }, { cause: [seq] });
}

const MS_PER_HOUR = 3_600_000;

function fail(context: SqsContext, queue: Queue, task: MoveTask, reason: string): void {
  task.status = 'FAILED';
  task.failure = reason;
  context.emit('sqs.MoveTaskFailed', queue.arn, { taskId: task.id, moved: task.moved, reason });
}

function nextVisible(context: SqsContext, queue: Queue) {
  for (const message of messagesOf(queue.messages)) {
    if (message.state === 'visible' && !isExpired(context, queue, message)) return message;
  }
  return undefined;
}

/** @throws InvalidParameterValue for a text that is no handle, ResourceNotFoundException for one of no queue or task. @source aws/observed.md SQS-056; texts as recorded by LocalStack's suite (2024-01) */
function taskOfHandle(context: SqsContext, handle: string): { readonly queue: Queue; readonly task: MoveTask } {
  const { taskId, sourceArn } = readTaskHandle(handle);
  const queue = sourceQueue(context, sourceArn);
  const task = queue.moveTasks.find(({ id }) => id === taskId);
  if (task === undefined) throw notFound('Task does not exist.');
  return { queue, task };
}

function readTaskHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  try {
    const { taskId, sourceArn } = JSON.parse(utf8Decode(base64Decode(handle))) as { readonly taskId?: unknown; readonly sourceArn?: unknown };
    if (typeof taskId === 'string' && typeof sourceArn === 'string') return { taskId, sourceArn };
  } catch {
    // falls through to the error below
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}

const SOURCE = 'aws/sqs.md §8 (AWS SQS API model 2026-08, recorded answers 2024–2025)';

export const moveOperations: OperationTable<SqsState, SqsTuning> = {
  StartMessageMoveTask: operation({
    input: z.object({ SourceArn: z.string(), DestinationArn: z.string().optional(), MaxNumberOfMessagesPerSecond: z.int().optional() }),
    action: 'sqs:StartMessageMoveTask',
    resource: (_, input) => input.SourceArn,
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterValue'],
    source: SOURCE,
    handle: start,
  }),
  ListMessageMoveTasks: operation({
    input: z.object({ SourceArn: z.string(), MaxResults: z.int().min(1).max(10).optional() }),
    action: 'sqs:ListMessageMoveTasks',
    resource: (_, input) => input.SourceArn,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: SqsContext, input) => ({
      Results: sourceQueue(context, input.SourceArn)
        .moveTasks.slice(0, input.MaxResults ?? 1)
        .map((task) => ({
          ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
          Status: task.status,
          SourceArn: task.sourceArn,
          ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
          ...(task.rateGiven ? { MaxNumberOfMessagesPerSecond: task.perSec } : {}),
          ApproximateNumberOfMessagesMoved: task.moved,
          ApproximateNumberOfMessagesToMove: task.toMove,
          StartedTimestamp: task.startedMs,
          ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
        })),
    }),
  }),
  CancelMessageMoveTask: operation({
    input: z.object({ TaskHandle: z.string() }),
    action: 'sqs:CancelMessageMoveTask',
    resource: () => '*',
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterValue'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const { queue, task } = taskOfHandle(context, input.TaskHandle);
      if (task.status !== 'RUNNING') throw notFound('Only active tasks can be cancelled.');
      task.status = 'CANCELLED';
      context.emit('sqs.MoveTaskCancelled', queue.arn, { taskId: task.id, moved: task.moved });
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  }),
};
