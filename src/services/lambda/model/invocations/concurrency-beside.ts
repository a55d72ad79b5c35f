/** Requests in progress beside the function's own: of the version or alias that was asked for, of the account, and what the account has given away. @source aws/lambda.md §13 (Lambda Developer Guide, monitoring-concurrency, 2026-07) */
import { isAlias, qualifierOf } from '../functions/qualifiers.ts';
import { environmentsOf } from '../state.ts';
import type { Environment, LambdaContext, LambdaFunction } from '../state.ts';

/** What is as large as the function's own concurrency is left out, and what is nothing. */
export function concurrencyBeside(context: LambdaContext, fn: LambdaFunction, environment: Environment): Record<string, number | string> {
  const { state } = context;
  const own = fn.running + fn.runningProvisioned;
  const { invokedArn } = environment.invocation!;
  const qualifier = qualifierOf(invokedArn);
  const inAll = state.functions.size === 1 ? own : [...state.functions.values()].reduce((sum, one) => sum + one.running + one.runningProvisioned, 0);
  return {
    ...(inAll === own ? {} : { concurrencyInAll: inAll }),
    ...(state.runningUnreserved === own ? {} : { concurrencyUnreserved: state.runningUnreserved }),
    ...(state.setAside === 0 ? {} : { setAside: state.setAside }),
    ...(qualifier === '' ? {} : byQualifierOf(context, fn, environment, qualifier)),
  };
}

function byQualifierOf(context: LambdaContext, fn: LambdaFunction, environment: Environment, qualifier: string): Record<string, number | string> {
  const { invokedArn } = environment.invocation!;
  const same = environmentsOf(context, fn.name).filter((one) => one.fnId === fn.id && one.invocation?.invokedArn === invokedArn);
  return { qualifier, concurrencyByQualifier: same.length, ...(isAlias(qualifier) ? { concurrencyByVersion: same.filter(({ version }) => version === environment.version).length } : {}) };
}
