/** How a schedule reaches its target: templated targets through ports, universal ones as API calls. @source aws/eventbridge.md §10 */
import { isoSec } from '../../../base/time-text.ts';
import { AwsError, errorToData, NotModelled } from '../../../sim/errors.ts';
import type { Deferred, Delivery, Outcome } from '../../../sim/ports/ports.ts';
import type { Principal } from '../../../sim/principal.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { Job } from './invoking.ts';
import type { SchedulerContext, Target } from './state.ts';

const UNIVERSAL = 'arn:aws:scheduler:::aws-sdk:';
/** Names of services in universal targets, where they are not the endpoint's. */
const SDK_NAMES: Readonly<Record<string, string>> = { eventbridge: 'events', cloudwatchlogs: 'logs' };
const TEMPLATED = new Set(['lambda', 'sqs', 'sns', 'events']);
/** Operations that only read cannot be a target. @source aws/eventbridge.md §10 (recalled) */
const READS = /^(get|describe|list|poll|receive|search|scan|query|select|lookup|head)/i;

/** `arn:aws:scheduler:::aws-sdk:sqs:sendMessage` → sqs, SendMessage. */
function universal(arn: string): { readonly service: string; readonly operation: string } | undefined {
  if (!arn.startsWith(UNIVERSAL)) return undefined;
  const [service = '', action = ''] = arn.slice(UNIVERSAL.length).split(':');
  return { service: SDK_NAMES[service] ?? service, operation: action.slice(0, 1).toUpperCase() + action.slice(1) };
}

/** @throws ValidationException for what Scheduler does not take, NotModelled for a target that is not modelled */
export function checkTarget(target: Target): void {
  const invalid = (message: string): never => {
    throw new AwsError('ValidationException', message);
  };
  const call = universal(target.Arn);
  const { service, resource } = parseArn(target.Arn);
  if (call !== undefined) {
    if (!/^[a-z0-9]+$/.test(call.service) || !/^[A-Z][A-Za-z0-9]+$/.test(call.operation) || READS.test(call.operation)) invalid(`Provided Arn is not valid. ${target.Arn}`);
    if (target.Input !== undefined && objectOf(target.Input) === undefined) invalid('Input is not valid JSON.');
    return;
  }
  if (!target.Arn.startsWith('arn:') || service === '') invalid('Provided Arn is not in correct format.');
  if (!TEMPLATED.has(service)) throw new NotModelled('scheduler', `a target of ${service}`);
  if (service === 'events' && target.EventBridgeParameters === undefined) invalid('EventBridgeParameters must be specified for an EventBridge target.');
  if (service !== 'events' && target.EventBridgeParameters !== undefined) invalid('EventBridgeParameters can be specified only for an EventBridge target.');
  if (service !== 'sqs' && target.SqsParameters !== undefined) invalid('SqsParameters can be specified only for an SQS target.');
  if (service === 'sqs' && resource.endsWith('.fifo') && target.SqsParameters?.MessageGroupId === undefined) invalid('MessageGroupId must be specified for a FIFO queue.');
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const failed = (error: AwsError | NotModelled): Outcome => ({ kind: 'error', error: errorToData(error), cause: [] });

/** Hands the input over. Undefined when there is no such target. An answer that takes time comes to the entry `answer`. */
export function callTarget(context: SchedulerContext, job: Job, { body, principal }: { readonly body: string; readonly principal: Principal }): Outcome | Deferred | undefined {
  const { target, executionId, attempt } = job;
  const call = { principal, cause: context.cause, replyTo: { kind: 'none' } as const };
  const sdk = universal(target.Arn);
  if (sdk !== undefined) {
    const input = objectOf(target.Input === undefined || target.Input === '' ? '{}' : body);
    if (input === undefined) return failed(new AwsError('ValidationException', 'Input is not valid JSON.'));
    return context.api(sdk.service, sdk.operation, input, { ...call, replyTo: { kind: 'entry', service: 'scheduler', entry: 'answer', payload: { job } } });
  }
  const subjects = [executionId];
  const invocable = context.invocable(target.Arn);
  if (invocable) return invocable.invoke(target.Arn, { type: 'async', payload: body, subjects, attempt }, call);
  const put = target.EventBridgeParameters;
  const detail = objectOf(body) === undefined ? undefined : body;
  if (put !== undefined && detail === undefined) return failed(new AwsError('ValidationException', 'The input of an EventBridge target is no JSON object.'));
  const delivery: Delivery = {
    body,
    attempt,
    subjects,
    ...(put === undefined ? {} : { event: { source: put.Source, detailType: put.DetailType, detail: detail ?? '{}', resources: [job.arn], time: isoSec(context.epochMs), forwarded: true } }),
    ...(target.SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: target.SqsParameters.MessageGroupId }),
  };
  return context.target(target.Arn)?.accept(target.Arn, delivery, call);
}
