/** The SQS model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { accessDenied, OTHER_ERRORS } from './errors.ts';
import { onMoveNext, moveOperations } from './move-tasks.ts';
import { onTimer, onWaitOver } from './handing-out.ts';
import { invalidInput } from './inputs.ts';
import { permissionOperations } from './permissions.ts';
import { pollablePort, targetPort } from './ports.ts';
import { queueOperations } from './queues.ts';
import { receiveOperations } from './receiving.ts';
import { onExpire } from './retention.ts';
import { sendOperations } from './sending.ts';
import { queueByArn } from './state.ts';
import type { SqsState, SqsTuning } from './state.ts';
import { summarizeQueue } from './summary.ts';
import { sqsTraceKinds } from './trace-kinds.ts';
import { errorTypes, flatQuery } from './wire.ts';

export const model = defineModel<SqsState, SqsTuning>({
  id: 'sqs',
  initialState: () => ({ queues: new Map(), deleted: new Map() }),
  tuning: { aws: { duplicateChance: 0, reorderChance: 0, shortPollShare: 1 }, ideal: { duplicateChance: 0, reorderChance: 0, shortPollShare: 1 } },
  operations: { ...queueOperations, ...sendOperations, ...receiveOperations, ...moveOperations, ...permissionOperations },
  notModelled: [],
  entries: { timer: onTimer, 'wait-over': onWaitOver, 'move-next': onMoveNext, expire: onExpire },
  provides: { target: targetPort, pollable: pollablePort },
  traceKinds: sqsTraceKinds,
  accessDenied,
  invalidInput,
  resourcePolicy: (context, arn) => queueByArn(context, arn)?.policy,
  resources: (context) => [...context.state.queues.values()].map((queue) => queue.arn),
  summarize: summarizeQueue,
  sdk: { packageName: '@aws-sdk/client-sqs', clientName: 'SQSClient', protocol: 'json-1.0', targetPrefix: 'AmazonSQS', blobMembers: ['BinaryValue', 'BinaryListValues'], apiVersion: '2012-11-05', otherErrors: OTHER_ERRORS, flatQuery, errorTypes },
});
