/** What handler code does to the outside: log lines, AWS calls, timers, children, its result. Each at its own virtual time. */
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { AwsError, errorToData } from '../../../../sim/errors.ts';
import type { AwsErrorData } from '../../../../sim/errors.ts';
import type { Deferred, Outcome } from '../../../../sim/ports/ports.ts';
import type { Effect, Wake } from '../../../../sim/ports/runtime.ts';
import type { Credentials, Principal } from '../../../../sim/principal.ts';
import type { Seq, TokenShape } from '../../../../sim/trace.ts';
import { killChild, startChild } from './children.ts';
import { LAMBDA } from '../limits.ts';
import { sendFetch } from './fetching.ts';
import { loseRequest, reaches, wayUs } from './network.ts';
import { handlerLine, rolePrincipal, writeLines } from './log-lines.ts';
import { scheduleTimer, versionOfEnvironment, wake } from './process.ts';
import { arnOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, Process, Result, Settings } from '../state.ts';
import { withTraceHeader } from '../invocations/trace-header.ts';

export function applyEffect(context: LambdaContext, environment: Environment, process: Process, effect: Effect): void {
  const { settings } = versionOfEnvironment(context, environment)!;
  const cause = environment.lastSeq;
  switch (effect.kind) {
    case 'log':
      return writeLines(context, environment, settings, [handlerLine(settings, effect.level, effect.text)], [cause]);
    case 'call':
      return sendCall(context, environment, process, effect, settings);
    case 'fetch':
      return sendFetch(context, environment, process, effect, settings);
    case 'timer': {
      const dueUs = context.now + effect.delayUs;
      process.timers.push({ id: effect.id, dueUs, entry: scheduleTimer(context, environment, effect.id, dueUs) });
      return;
    }
    case 'clear-timer': {
      const at = process.timers.findIndex((timer) => timer.id === effect.id);
      const [timer] = at < 0 ? [] : process.timers.splice(at, 1);
      if (timer && timer.entry !== null) context.cancel(timer.entry);
      return;
    }
    case 'child':
      return startChild(context, environment, process, effect.id, effect.command);
    case 'kill-child':
      return killChild(context, environment, process, effect.id, effect.signal);
    case 'result':
      process.result = resultOf(effect);
      return;
    case 'blob':
      return;
  }
}

/** The runtime's answer as the caller will see it. @source aws/lambda.md §2.1, §3.4 */
function resultOf(effect: Extract<Effect, { kind: 'result' }>): Result {
  if (!effect.ok) {
    const { errorType, errorMessage, trace } = effect.error;
    return { status: 'error', payload: JSON.stringify({ errorType, errorMessage, trace }), errorType, fatal: false };
  }
  const { length } = effect.value;
  if (length > LAMBDA.syncResponseBytesMax || (length * 3 > LAMBDA.syncResponseBytesMax && utf8ByteLength(effect.value) > LAMBDA.syncResponseBytesMax)) {
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${LAMBDA.syncResponseBytesMax} bytes).`;
    return { status: 'error', payload: JSON.stringify({ errorMessage, errorType: 'Function.ResponseSizeTooLarge' }), errorType: 'Function.ResponseSizeTooLarge', fatal: false };
  }
  return { status: 'success', payload: effect.value, errorType: '', fatal: false };
}

/** ARN that a call is about, as far as its input tells, and the shape of what travels. */
function destinationOf(context: LambdaContext, service: string, input: Readonly<Record<string, unknown>>): { readonly arn: string; readonly shape: TokenShape } | undefined {
  const at = (name: string): string => `arn:aws:${service}:${context.region}:${context.account}:${name}`;
  const text = (member: string): string | undefined => (typeof input[member] === 'string' ? input[member] : undefined);
  if (service === 's3' && text('Bucket')) return { arn: `arn:aws:s3:::${text('Bucket')!}`, shape: 'object' };
  if (service === 'sqs' && text('QueueUrl')) return { arn: at(text('QueueUrl')!.split('/').pop()!), shape: 'message' };
  if (service === 'sns' && text('TopicArn')) return { arn: text('TopicArn')!, shape: 'message' };
  if (service === 'lambda' && text('FunctionName')) return { arn: at(`function:${text('FunctionName')!.split(':').pop()!}`), shape: 'invocation' };
  if (service === 'dynamodb' && text('TableName')) return { arn: at(`table/${text('TableName')!}`), shape: 'object' };
  if (service === 'kinesis' && text('StreamName')) return { arn: at(`stream/${text('StreamName')!}`), shape: 'message' };
  if (service === 'events') {
    const entries = input['Entries'];
    const bus = Array.isArray(entries) ? String((entries[0] as { EventBusName?: string } | undefined)?.EventBusName ?? 'default') : undefined;
    return bus === undefined ? undefined : { arn: bus.startsWith('arn:') ? bus : at(`event-bus/${bus}`), shape: 'event' };
  }
  return undefined;
}

function sendCall(context: LambdaContext, environment: Environment, process: Process, effect: Extract<Effect, { kind: 'call' }>, settings: Settings): void {
  const { service, operation } = effect;
  if (!reaches(settings, service)) {
    process.calls.push({ id: effect.id, seq: loseRequest(context, environment, service) });
    return;
  }
  const input = JSON.parse(effect.input) as Record<string, unknown>;
  const { invocation } = environment;
  const to = destinationOf(context, service, input);
  const arn = arnOfEnvironment(context, environment);
  const waitUs = wayUs(context, context.tuning.sdkRequestMs, effect.input);
  const seq = context.emit(
    'lambda.CallSent',
    arn,
    { environment: environment.id, service, operation, requestId: invocation?.requestId ?? '', to: to?.arn ?? '' },
    { cause: [environment.lastSeq], subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects], ...(to === undefined ? {} : { travel: { from: arn, to: to.arn, shape: to.shape, durationUs: waitUs, attempt: 1 } }) },
  );
  process.calls.push({ id: effect.id, seq });
  const payload = { key: environment.key, token: environment.token, id: effect.id, service, operation, input: withTraceHeader(service, operation, input, invocation?.traceHeader ?? ''), fn: environment.fn, role: settings.roleArn, ...(invocation === null || invocation.traceHeader === '' ? {} : { traceHeader: invocation.traceHeader }), ...(effect.credentials === undefined ? {} : { credentials: effect.credentials }) };
  context.schedule(waitUs, 'call', payload, { cause: [seq] });
}

interface CallPayload {
  readonly key: number;
  readonly token: number;
  readonly id: number;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly fn: string;
  readonly role: string;
  readonly traceHeader?: string;
  /** Temporary ones that the client signs with, instead of the role's own. */
  readonly credentials?: Credentials;
}

/** Who a call is of when it arrives: the function's role, or whoever bears its credentials. */
function callerOf(context: LambdaContext, { fn, role, credentials }: CallPayload): Principal | AwsError {
  if (credentials === undefined) return rolePrincipal(fn, { roleArn: role } as Settings);
  try {
    return context.bearer(credentials);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** Agenda: a call reaches AWS, even if its sender has died meanwhile. */
export function onCall(context: LambdaContext, payload: CallPayload): void {
  const { key, token, id, service, operation } = payload;
  const principal = callerOf(context, payload);
  const traced = payload.traceHeader === undefined ? {} : { traceHeader: payload.traceHeader };
  const replyTo = { kind: 'entry', service: 'lambda', entry: 'call-answer', payload: { key, token, id, service, operation } } as const;
  const outcome: Outcome | Deferred = principal instanceof AwsError ? { kind: 'error', error: errorToData(principal), cause: context.cause } : context.api(service, operation, payload.input, { principal, cause: context.cause, ...traced, replyTo });
  if (outcome.kind !== 'deferred') onCallAnswer(context, { key, token, id, service, operation, outcome });
}

/** Agenda: AWS has answered; the answer travels back. */
export function onCallAnswer(context: LambdaContext, payload: { readonly key: number; readonly token: number; readonly id: number; readonly service: string; readonly operation: string; readonly outcome: Outcome }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.process === null) return;
  const { outcome } = payload;
  const one: Wake = outcome.kind === 'ok' ? { kind: 'reply', id: payload.id, ok: true, output: JSON.stringify(outcome.output ?? {}) } : { kind: 'reply', id: payload.id, ok: false, error: apiError(context, outcome.error) };
  const waitUs = wayUs(context, context.tuning.sdkResponseMs, one.ok ? one.output : '');
  context.schedule(waitUs, 'call-back', { key: payload.key, token: payload.token, wake: one, service: payload.service, operation: payload.operation }, { cause: [...new Set([...context.cause, ...outcome.cause])] });
}

function apiError(context: LambdaContext, error: AwsErrorData): Extract<Wake, { kind: 'reply'; ok: false }>['error'] {
  return {
    name: error.name,
    message: error.message,
    fault: error.fault,
    httpStatusCode: error.status,
    requestId: context.uuid('lambda.call'),
    ...(error.data === undefined ? {} : { data: JSON.stringify(error.data) }),
  };
}

/** Agenda: the answer is back in the environment. */
export function onCallBack(context: LambdaContext, payload: { readonly key: number; readonly token: number; readonly wake: Extract<Wake, { kind: 'reply' }>; readonly service: string; readonly operation: string }): void {
  const environment = context.state.environments.get(payload.key);
  const process = environment?.process;
  if (!environment || !process || environment.token !== payload.token) return;
  const at = process.calls.findIndex((call) => call.id === payload.wake.id);
  const [sent] = at < 0 ? [] : process.calls.splice(at, 1);
  const { invocation } = environment;
  const error = payload.wake.ok ? '' : payload.wake.error.name;
  const cause: Seq[] = [...(sent === undefined ? [] : [sent.seq]), ...context.cause.filter((seq) => seq !== sent?.seq)];
  environment.lastSeq = context.emit(
    error === '' ? 'lambda.CallAnswered' : 'lambda.CallFailed',
    arnOfEnvironment(context, environment),
    { environment: environment.id, service: payload.service, operation: payload.operation, error, message: payload.wake.ok ? '' : payload.wake.error.message },
    { cause, subjects: invocation === null ? [] : [invocation.requestId, ...invocation.subjects] },
  );
  wake(context, environment, payload.wake);
}
