/** Admission of a request: concurrency, scaling rate, and which environment serves it. @source aws/lambda.md §7 */
import type { Seq } from '../../../../sim/trace.ts';
import { US_PER_SEC } from '../../../../sim/units.ts';
import { createEnvironment, startIfPlaced, takeIdle } from '../environments/environments.ts';
import type { ThrottleReason } from '../errors.ts';
import { begin } from './invocations.ts';
import { configOf } from '../functions/provisioned-state.ts';
import { qualifierOf } from '../functions/qualifiers.ts';
import { LAMBDA } from '../limits.ts';
import type { Invocation, LambdaContext, LambdaFunction, Sink, Version } from '../state.ts';

export interface Request {
  readonly requestId: string;
  readonly invokedArn: string;
  readonly payload: string;
  readonly sink: Sink;
  readonly attempt: number;
  readonly subjects: readonly string[];
  readonly traceHeader: string;
  readonly clientContext: string | undefined;
  readonly cause: Seq;
}

/** Starts an invocation, or says why it is throttled (and counts that). */
export function admit(context: LambdaContext, fn: LambdaFunction, version: Version, request: Request): ThrottleReason | undefined {
  const fault = context.fault(fn.arn, 'throttle');
  if (fault !== undefined) return throttled(context, fn, version, { request, reason: fn.reserved === undefined ? 'ConcurrentInvocationLimitExceeded' : 'ReservedFunctionConcurrentInvocationLimitExceeded', fault: fault.id });
  const { kind } = request.sink;
  const limited = context.tuning.rateLimits && (kind === 'api' || kind === 'port');
  if (limited && !takeRequestToken(context, fn)) return throttled(context, fn, version, { request, reason: fn.reserved === undefined ? 'FunctionInvocationRateLimitExceeded' : 'ReservedFunctionInvocationRateLimitExceeded' });
  const provisioned = version.provisionedIdle > 0 && (!limited || takeProvisionedToken(context, fn, version));
  const reason = provisioned ? undefined : refusal(context, fn);
  if (reason !== undefined) return throttled(context, fn, version, { request, reason });
  const idle = takeIdle(context, version, provisioned);
  if (idle !== undefined) {
    count(context, fn, idle.provisioned);
    begin(context, idle, version, invocationOf(context, fn, version, request, false));
    return undefined;
  }
  if (context.tuning.rateLimits && !takeScaleToken(context, fn)) return throttled(context, fn, version, { request, reason: 'ConcurrentInvocationLimitExceeded' });
  count(context, fn, false);
  const environment = createEnvironment(context, fn, version, { provisioned: false, cause: [request.cause], subjects: request.subjects });
  environment.invocation = invocationOf(context, fn, version, request, true);
  startIfPlaced(context, environment);
  return undefined;
}

function invocationOf(context: LambdaContext, fn: LambdaFunction, version: Version, request: Request, cold: boolean): Invocation {
  const { requestId, invokedArn, payload, sink, attempt, subjects, traceHeader, clientContext, cause } = request;
  return { requestId, fn: fn.name, version: version.version, invokedArn, payload, sink, attempt, subjects, traceHeader, clientContext, askedUs: context.now, startUs: -1, deadlineUs: 0, cold, startSeq: cause, tail: '' };
}

function count(context: LambdaContext, fn: LambdaFunction, provisioned: boolean): void {
  if (provisioned) {
    fn.runningProvisioned++;
    return;
  }
  fn.running++;
  if (fn.reserved === undefined) context.state.runningUnreserved++;
}

/** Why no further request fits into environments on demand: the function's own limit, or what is left of the account's. */
function refusal(context: LambdaContext, fn: LambdaFunction): ThrottleReason | undefined {
  if (fn.reserved !== undefined) return fn.running + provisionedTotal(fn) >= fn.reserved ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined;
  return context.state.runningUnreserved >= context.tuning.accountConcurrency - context.state.setAside ? 'ConcurrentInvocationLimitExceeded' : undefined;
}

/** Provisioned concurrency takes its part of a reservation whether it works or not. */
function provisionedTotal(fn: LambdaFunction): number {
  if (fn.provisioned.size === 0) return 0;
  let total = 0;
  for (const provisioned of fn.provisioned.values()) total += provisioned.requested;
  return total;
}

/** One new environment off the scaling rate. @source aws/lambda.md §7.1: 1,000 at once, refilled by 100 a second (M) */
function takeScaleToken(context: LambdaContext, fn: LambdaFunction): boolean {
  fn.scaleTokens = Math.min(LAMBDA.scaleBurst, fn.scaleTokens + ((context.now - fn.scaleAtUs) * LAMBDA.scalePerSec) / US_PER_SEC);
  fn.scaleAtUs = context.now;
  if (fn.scaleTokens < 1) return false;
  fn.scaleTokens--;
  return true;
}

/** One sync request off ten a second for each unit of concurrency: of the function's own, or of the account's, which functions without a reservation share. @source aws/lambda.md §7.1 */
function takeRequestToken(context: LambdaContext, fn: LambdaFunction): boolean {
  return takeToken(context, fn.reserved === undefined ? context.state : fn, fn.reserved ?? context.tuning.accountConcurrency);
}

/** The same of what is kept ready for a version: a request beyond that goes to an environment on demand, as if none of these were free. @source aws/lambda.md §7.1 (quotas page, 2026; that the rest spills over is told by two accounts of the developer guide) */
function takeProvisionedToken(context: LambdaContext, fn: LambdaFunction, version: Version): boolean {
  const config = configOf(fn, version.version);
  return config === undefined || takeToken(context, config, config.allocated);
}

/** @simplified a bucket of one second */
function takeToken(context: LambdaContext, bucket: { requestTokens: number; requestAtUs: number }, units: number): boolean {
  const perSec = units * LAMBDA.requestsPerSecPerUnit;
  if (perSec === 0) return true;
  bucket.requestTokens = bucket.requestAtUs < 0 ? perSec : Math.min(perSec, bucket.requestTokens + ((context.now - bucket.requestAtUs) * perSec) / US_PER_SEC);
  bucket.requestAtUs = context.now;
  if (bucket.requestTokens < 1) return false;
  bucket.requestTokens--;
  return true;
}

function throttled(context: LambdaContext, fn: LambdaFunction, version: Version, { request, reason, fault }: { readonly request: Request; readonly reason: ThrottleReason; readonly fault?: string }): ThrottleReason {
  fn.counters.throttles++;
  const qualifier = qualifierOf(request.invokedArn);
  const cause = fault === undefined ? request.cause : context.emit('lambda.FaultInjected', fn.arn, { fault, kind: 'throttle', requestId: request.requestId }, { cause: [request.cause], subjects: request.subjects });
  context.emit('lambda.Throttled', fn.arn, { requestId: request.requestId, reason, concurrency: fn.running + fn.runningProvisioned, attempt: request.attempt, ...(fault === undefined ? {} : { fault }), ...(qualifier === '' ? {} : { qualifier, version: version.version }) }, { cause: [cause], subjects: request.subjects });
  return reason;
}
