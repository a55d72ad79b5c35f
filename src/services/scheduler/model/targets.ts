/** How a schedule reaches its target: templated targets through ports, universal ones as API calls. @source aws/eventbridge.md §10 @simplified Texts of refusals are recalled or as others quote them, not recorded. */
import { jsonFault } from '../../../base/event-pattern/language/json-fault.ts';
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

/** Targets whose input must be JSON: the others take any text. @source AWS Scheduler API, Target (2026-08, recalled) */
const JSON_INPUT = new Set(['lambda', 'events']);

/** Parameters of kinds of targets that are not modelled. */
export const PARAMETERS_OF_OTHERS = ['EcsParameters', 'KinesisParameters', 'SageMakerPipelineParameters', 'EventBridgePutEventsV2Parameters', 'EventBridgePutRawEventsParameters'] as const;
type Given = Target & Partial<Record<(typeof PARAMETERS_OF_OTHERS)[number], unknown>>;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

/** @throws ValidationException for what Scheduler does not take, NotModelled for a target that is not modelled */
export function checkTarget(context: SchedulerContext, target: Given): void {
  const { Arn, Input } = target;
  const call = universal(Arn);
  if (call !== undefined) return checkUniversal(target, call);
  const { service, region, account } = parseArn(Arn);
  if (!Arn.startsWith('arn:') || service === '') throw invalid('Provided Arn is not in correct format.');
  if (service === 'scheduler') throw invalid('scheduler is not a supported service for a target.');
  if (!TEMPLATED.has(service)) throw new NotModelled('scheduler', `a target of ${service}`);
  if (region !== context.region) throw invalid(`The target ARN provided does not match the current region ${context.region}.`);
  if (account !== context.account) throw new NotModelled('scheduler', 'a target in another account');
  if (Input !== undefined && Input !== '' && JSON_INPUT.has(service) && jsonFault(Input) !== undefined) throw invalid('JSON syntax error in input for the target.');
  checkParameters(target);
}

function checkUniversal({ Arn, Input }: Target, { service, operation }: { readonly service: string; readonly operation: string }): void {
  if (!/^[a-z0-9]+$/.test(service) || !/^[A-Z][A-Za-z0-9]+$/.test(operation)) throw invalid(`Provided Arn is not valid. ${Arn}`);
  if (READS.test(operation)) throw invalid(`${Arn.split(':').pop() ?? ''} API is not supported.`);
  if (Input === undefined) throw invalid('You must provide an input to set this target for your schedule.');
  if (objectOf(Input) === undefined) throw invalid('JSON syntax error in input for the target.');
}

/** Each kind of target has parameters of its own. */
function checkParameters(target: Given): void {
  const { Arn, EventBridgeParameters, SqsParameters } = target;
  const { service, resource } = parseArn(Arn);
  const other = PARAMETERS_OF_OTHERS.find((name) => target[name] !== undefined);
  if (other !== undefined) throw invalid(`Parameters ${other} not supported for the target.`);
  const isFifo = resource.endsWith('.fifo');
  if (service !== 'events' && EventBridgeParameters !== undefined) throw invalid('Parameters EventBridgeParameters not supported for the target.');
  if (service !== 'sqs' && SqsParameters !== undefined) throw invalid('Parameters SqsParameters not supported for the target.');
  if (service === 'events' && EventBridgeParameters === undefined) throw invalid('Parameters EventBridgeParameters must be specified.');
  if (service === 'sqs' && isFifo && SqsParameters?.MessageGroupId === undefined) throw invalid('Parameters SqsParameters must be specified.');
  if (service === 'sqs' && !isFifo && SqsParameters?.MessageGroupId !== undefined) throw invalid('Parameters MessageGroupId not valid for the target.');
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
