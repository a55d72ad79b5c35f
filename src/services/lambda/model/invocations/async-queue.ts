/** Async invocations: the internal queue with its retries, ages, throttle waits, dead-letter queue and destinations. @source aws/lambda.md §8.2 */
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { admit } from './admission.ts';
import { LAMBDA } from '../limits.ts';
import { headerFor, recurses, routed } from './invoke.ts';
import { qualified } from '../functions/naming.ts';
import { byQualifier } from '../functions/qualifiers.ts';
import { giveUpRecord, sendDeadLetter, sendDestination, successRecord } from './destinations.ts';
import { latest } from '../state.ts';
import type { AsyncEvent, Invocation, InvokeConfig, LambdaContext, LambdaFunction, Result } from '../state.ts';

export function invokeConfigOf(fn: LambdaFunction, qualifier: string): InvokeConfig | undefined {
  return fn.invokeConfigs.get(qualifier === '' ? '$LATEST' : qualifier);
}
const maxAgeUs = (config: InvokeConfig | undefined): number => (config?.maximumEventAgeSec ?? LAMBDA.eventAgeSec.default) * US_PER_SEC;

/** Takes an event into the queue; it is tried shortly after. */
export function acceptAsync(context: LambdaContext, fn: LambdaFunction, o: { readonly requestId: string; readonly qualifier: string; readonly payload: string; readonly subjects: readonly string[]; readonly traceHeader: string; readonly cause: Seq }): void {
  const id = context.state.nextAsync++;
  const event: AsyncEvent = { id, requestId: o.requestId, fn: fn.name, qualifier: o.qualifier, payload: o.payload, acceptedUs: context.now, subjects: o.subjects, traceHeader: o.traceHeader, tries: 0, throttles: 0, seq: o.cause };
  context.state.asyncEvents.set(id, event);
  fn.counters.asyncReceived++;
  event.seq = context.emit('lambda.AsyncQueued', fn.arn, { requestId: o.requestId, queued: context.state.asyncEvents.size, ...byQualifier(o.qualifier) }, { cause: [o.cause], subjects: o.subjects });
  context.schedule(msToUs(context.tuning.asyncPickupMs), 'async-try', { id }, { cause: [event.seq] });
  const { asyncDuplicateChance } = context.tuning;
  if (asyncDuplicateChance === 0 || context.random(`lambda.async-duplicate.${fn.name}`).float() >= asyncDuplicateChance) return;
  const twin: AsyncEvent = { ...event, id: context.state.nextAsync++ };
  context.state.asyncEvents.set(twin.id, twin);
  context.schedule(msToUs(context.tuning.asyncPickupMs), 'async-try', { id: twin.id }, { cause: [event.seq] });
}

/** Agenda: the queue hands an event to the function. */
export function onAsyncTry(context: LambdaContext, payload: { readonly id: number }): void {
  const event = context.state.asyncEvents.get(payload.id);
  if (event === undefined) return;
  const fn = context.state.functions.get(event.fn);
  if (fn === undefined) return drop(context, event, 'the function was deleted');
  const { qualifier } = event;
  if (recurses(fn, event.traceHeader)) {
    event.seq = context.emit('lambda.RecursionStopped', fn.arn, { times: LAMBDA.recursionMax, ...byQualifier(event.qualifier) }, { cause: [event.seq], subjects: event.subjects });
    return giveUp(context, fn, event, { condition: undefined });
  }
  if (fn.reserved === 0) return giveUp(context, fn, event, { condition: 'ZeroReservedConcurrency' });
  if (context.now - event.acceptedUs > maxAgeUs(invokeConfigOf(fn, qualifier))) return giveUp(context, fn, event, { condition: 'EventAgeExceeded' });
  const name = fn.aliases.get(qualifier)?.version ?? (qualifier === '' ? '$LATEST' : qualifier);
  if (!fn.versions.has(name)) return drop(context, event, 'the version was deleted');
  const version = routed(context, fn, qualifier);
  const reason = admit(context, fn, version, {
    requestId: event.requestId,
    invokedArn: qualified(fn.arn, qualifier),
    payload: event.payload,
    sink: { kind: 'async', id: event.id },
    attempt: event.tries + 1,
    subjects: event.subjects,
    traceHeader: headerFor(context, fn, version, event.traceHeader),
    cause: event.seq,
    clientContext: undefined,
  });
  if (reason === undefined) event.tries++;
  else waitForRoom(context, fn, event);
}

/** A throttled event waits longer each time; it is given up when that wait would pass its age. */
function waitForRoom(context: LambdaContext, fn: LambdaFunction, event: AsyncEvent): void {
  const { min, max } = LAMBDA.throttleBackoffSec;
  const waitUs = Math.min(max, min * 2 ** Math.min(20, event.throttles)) * US_PER_SEC;
  event.throttles++;
  if (context.now + waitUs - event.acceptedUs >= maxAgeUs(invokeConfigOf(fn, event.qualifier))) return giveUp(context, fn, event, { condition: 'EventAgeExceeded' });
  event.seq = context.emit('lambda.AsyncWaiting', fn.arn, { requestId: event.requestId, waitUs, reason: 'throttled', attempt: event.tries }, { cause: [event.seq], subjects: event.subjects });
  context.schedule(waitUs, 'async-try', { id: event.id }, { cause: [event.seq] });
}

/** An invocation of the queue has its result. */
export function asyncEnded(context: LambdaContext, id: number, invocation: Invocation, result: Result, seq: Seq): void {
  const event = context.state.asyncEvents.get(id);
  if (event === undefined) return;
  const fn = context.state.functions.get(event.fn);
  event.seq = seq;
  if (fn === undefined) return drop(context, event, 'the function was deleted');
  const config = invokeConfigOf(fn, event.qualifier);
  if (result.status === 'success') {
    context.state.asyncEvents.delete(id);
    if (config?.onSuccess !== undefined) sendDestination(context, fn, { to: config.onSuccess, qualifier: event.qualifier, body: successRecord(context, fn, event, { invocation, result }), traceHeader: invocation.traceHeader, cause: seq });
    return;
  }
  const retries = config?.maximumRetryAttempts ?? LAMBDA.retryAttempts.default;
  if (event.tries > retries) return giveUp(context, fn, event, { condition: 'RetriesExhausted', invocation, result });
  const waitUs = LAMBDA.retryDelaysSec[event.tries - 1]! * US_PER_SEC;
  if (context.now + waitUs - event.acceptedUs >= maxAgeUs(config)) return giveUp(context, fn, event, { condition: 'EventAgeExceeded', invocation, result });
  event.seq = context.emit('lambda.AsyncRetryScheduled', fn.arn, { requestId: event.requestId, attempt: event.tries + 1, waitUs, reason: 'error' }, { cause: [seq], subjects: event.subjects });
  context.schedule(waitUs, 'async-try', { id }, { cause: [event.seq] });
}

function drop(context: LambdaContext, event: AsyncEvent, why: string): void {
  context.state.asyncEvents.delete(event.id);
  context.emit('lambda.AsyncDropped', `arn:aws:lambda:${context.region}:${context.account}:function:${event.fn}`, { requestId: event.requestId, condition: why, attempts: event.tries, ...byQualifier(event.qualifier) }, { cause: [event.seq], subjects: event.subjects });
}

/** No further try: the failure destination and the dead-letter queue both get it. @source aws/lambda.md §8.4 (both fire) */
function giveUp(context: LambdaContext, fn: LambdaFunction, event: AsyncEvent, o: { readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency' | undefined; readonly invocation?: Invocation; readonly result?: Result }): void {
  context.state.asyncEvents.delete(event.id);
  fn.counters.asyncDropped++;
  const config = invokeConfigOf(fn, event.qualifier);
  const deadLetterArn = latest(fn).settings.deadLetterArn;
  const kept = config?.onFailure !== undefined || deadLetterArn !== undefined;
  const seq = context.emit(kept ? 'lambda.AsyncGivenUp' : 'lambda.AsyncDropped', fn.arn, { requestId: event.requestId, condition: o.condition ?? 'recursion', attempts: event.tries, ...byQualifier(event.qualifier) }, { cause: [event.seq], subjects: event.subjects });
  if (config?.onFailure !== undefined) sendDestination(context, fn, { to: config.onFailure, qualifier: event.qualifier, body: giveUpRecord(context, fn, event, o), traceHeader: o.invocation?.traceHeader ?? event.traceHeader, cause: seq });
  if (deadLetterArn !== undefined) sendDeadLetter(context, fn, deadLetterArn, event, o.result, seq);
}
