/** Functions without code, for load studies: durations and errors by chance, no sandbox, no log lines. */
import { msToUs } from '../../../../sim/units.ts';
import { finishInvocation } from '../invocations/invocations.ts';
import type { Distribution, Environment, LambdaContext, Result, Synthetic, Version } from '../state.ts';

/** A draw, in the distribution's unit. */
export function draw(context: LambdaContext, stream: string, distribution: Distribution): number {
  switch (distribution.kind) {
    case 'const':
      return distribution.value;
    case 'exp':
      return context.random(stream).exponential(distribution.mean);
    case 'lognormal':
      return context.random(stream).logNormal(distribution.median, distribution.sigma);
    case 'empirical':
      return distribution.values[context.random(stream).int(distribution.values.length)]!;
  }
}

const OK: Result = { status: 'success', payload: 'null', errorType: '', fatal: false };
const FAILED: Result = { status: 'error', payload: '{"errorType":"Error","errorMessage":"synthetic error","trace":[]}', errorType: 'Error', fatal: false };

/** Runs an invocation of a synthetic function: its length is known at once, so it takes one agenda entry. */
export function runSynthetic(context: LambdaContext, environment: Environment, version: Version, synthetic: Synthetic): void {
  const stream = version.streamName;
  const us = msToUs(draw(context, stream, synthetic.durationMs));
  const limitUs = environment.invocation!.deadlineUs - context.now;
  const failed = synthetic.errorRate > 0 && context.random(stream).float() < synthetic.errorRate;
  const status = us > limitUs ? 2 : failed ? 1 : 0;
  environment.untilUs = context.now + Math.min(us, limitUs);
  context.schedule(Math.min(us, limitUs), 'synthetic-end', { key: environment.key, token: environment.token, status }, { cause: [environment.lastSeq] });
}

export function onSyntheticEnd(context: LambdaContext, payload: { readonly key: number; readonly token: number; readonly status: number }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.invocation === null) return;
  if (payload.status === 2) finishInvocation(context, environment, timeoutResult(environment));
  else finishInvocation(context, environment, payload.status === 1 ? FAILED : OK);
}

/** @source aws/lambda.md §3.4 (recorded 2025-11-25) */
export function timeoutResult(environment: Environment): Result {
  const { invocation } = environment;
  const seconds = ((invocation!.deadlineUs - invocation!.startUs) / 1_000_000).toFixed(2);
  return { status: 'timeout', payload: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${invocation!.requestId} Error: Task timed out after ${seconds} seconds` }), errorType: 'Sandbox.Timedout', fatal: true };
}
