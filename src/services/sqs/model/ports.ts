/** SQS's ports: a target that accepts deliveries, and a queue that pollers empty. */
import { AwsError, errorToData } from '../../../sim/errors.ts';
import type { Outcome, PollablePort, PortCall, TargetPort } from '../../../sim/ports/ports.ts';
import { newBill } from './bill.ts';
import { queueDoesNotExist } from './errors.ts';
import { SQS } from './limits.ts';
import { changeVisibility, deleteMessage, receiveMessages } from './receiving.ts';
import { send } from './sending.ts';
import { queueByArn } from './state.ts';
import type { Queue, SqsContext } from './state.ts';

/** Runs `body` with the right checked and the queue found; failures become values. */
function guarded<T>(context: SqsContext, arn: string, action: string, call: PortCall, body: (queue: Queue) => T): T | Outcome {
  try {
    const queue = queueByArn(context, arn);
    if (queue === undefined) throw queueDoesNotExist();
    const decision = context.authorize(call.principal, action, arn);
    if (!decision.allowed) throw context.deny(decision, 'sqs');
    return body(queue);
  } catch (error) {
    if (error instanceof AwsError) return { kind: 'error', error: errorToData(error), cause: call.cause };
    throw error;
  }
}

/** AWS's refusal of one entry of many, which stops none of the others. */
function refusalOf(act: () => void): AwsError[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof AwsError) return [error];
    throw error;
  }
}

export const targetPort: TargetPort<SqsContext> = {
  action: 'sqs:SendMessage',
  accept: (context, arn, delivery, call) =>
    guarded<Outcome>(context, arn, 'sqs:SendMessage', call, (queue) => {
      const output = send(
        context,
        queue,
        {
          MessageBody: delivery.body,
          DelaySeconds: delivery.delaySec,
          MessageAttributes: delivery.messageAttributes,
          ...(delivery.traceHeader === undefined ? {} : { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: delivery.traceHeader } } }),
          MessageGroupId: delivery.messageGroupId,
          MessageDeduplicationId: delivery.messageDeduplicationId,
        },
        call.principal,
        { subjects: delivery.subjects },
      );
      return { kind: 'ok', output: { messageId: output.MessageId }, cause: call.cause };
    }),
};

export const pollablePort: PollablePort<SqsContext> = {
  actions: { receive: 'sqs:ReceiveMessage', delete: 'sqs:DeleteMessage', attributes: 'sqs:GetQueueAttributes' },
  receive: (context, arn, o, call) =>
    guarded(context, arn, 'sqs:ReceiveMessage', call, (queue) =>
      receiveMessages(context, queue, {
        max: o.max,
        waitSec: o.waitSec,
        visibilityTimeoutSec: o.visibilityTimeoutSec ?? queue.visibilityTimeoutSec,
        names: { form: 'port', system: ['All'], user: ['All'] },
        replyTo: call.replyTo,
      }),
    ),
  leave: (context, arn, isTheirs) => {
    const queue = queueByArn(context, arn);
    if (queue === undefined) return;
    const gone = queue.waiters.filter(isTheirs);
    for (const { endEntry } of gone) context.cancel(endEntry);
    queue.waiters = queue.waiters.filter((waiter) => !gone.includes(waiter));
  },
  delete: (context, arn, receiptHandles, call) =>
    guarded<Outcome>(context, arn, 'sqs:DeleteMessage', call, (queue) => {
      // Ten in one call.
      let bill = newBill();
      const [refused] = receiptHandles.flatMap((handle, i) => {
        if (i % SQS.batchEntriesMax === 0) bill = newBill();
        return refusalOf(() => deleteMessage(context, queue, handle, bill));
      });
      return refused === undefined ? { kind: 'ok', output: {}, cause: call.cause } : { kind: 'error', error: errorToData(refused), cause: call.cause };
    }),
  changeVisibility: (context, arn, o, call) =>
    guarded<Outcome>(context, arn, 'sqs:ChangeMessageVisibility', call, (queue) => {
      changeVisibility(context, queue, { handle: o.receiptHandle, timeoutSec: o.timeoutSec });
      return { kind: 'ok', output: {}, cause: call.cause };
    }),
  describe: (context, arn) => {
    const queue = queueByArn(context, arn);
    return { exists: queue !== undefined, visibilityTimeoutSec: queue?.visibilityTimeoutSec ?? 0, fifo: queue?.fifo !== undefined };
  },
};
