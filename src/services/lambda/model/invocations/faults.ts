/** Faults of a run that strike an invocation: the handler fails, is stopped, or begins late. What follows is as if it had happened by itself. */
import { isoMs } from '../../../../base/time-text.ts';
import type { FaultKind } from '../../../../sim/faults.ts';
import { handlerLine, writeLines } from '../environments/log-lines.ts';
import { exitResult, versionOfEnvironment } from '../environments/process.ts';
import { runSynthetic, timeoutResult } from '../environments/synthetic.ts';
import type { Environment, LambdaContext, Result, Settings } from '../state.ts';
import { beginHandler, finishInvocation } from './invocations.ts';

type Strike = Extract<FaultKind, 'throw' | 'slow' | 'timeout' | 'out-of-memory'>;
const STRIKES: readonly Strike[] = ['throw', 'out-of-memory', 'timeout', 'slow'];
const BYTES_PER_MB = 1_048_576;

const ERROR = { errorType: 'InjectedFault', errorMessage: 'The scenario makes this invocation fail.' };
const INJECTED: Result = { status: 'error', payload: JSON.stringify({ ...ERROR, trace: [] }), errorType: ERROR.errorType, fatal: false };

/** The line that the runtime client writes of an error that a handler throws. @source aws/lambda.md §4 */
function errorLine(context: LambdaContext, settings: Settings, requestId: string): string | undefined {
  const at = isoMs(context.epochMs);
  const stack = [`${ERROR.errorType}: ${ERROR.errorMessage}`];
  const text = settings.logFormat === 'Text' ? `${at}\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify({ ...ERROR, stack })}` : JSON.stringify({ timestamp: at, level: 'ERROR', requestId, message: { ...ERROR, stackTrace: stack } });
  return handlerLine(settings, 'error', text);
}

/** Whether a fault takes the place of the handler now, or delays it. */
export function struck(context: LambdaContext, environment: Environment, resource: string): boolean {
  for (const kind of STRIKES) {
    const fault = context.fault(resource, kind);
    if (fault === undefined) continue;
    const invocation = environment.invocation!;
    const seq = context.emit('lambda.FaultInjected', resource, { fault: fault.id, kind, environment: environment.id, requestId: invocation.requestId }, { cause: [invocation.startSeq], subjects: invocation.subjects });
    environment.lastSeq = seq;
    const leftUs = invocation.deadlineUs - context.now;
    const delayUs = kind === 'timeout' ? leftUs : kind === 'slow' ? Math.min(fault.delayUs, leftUs) : 0;
    context.schedule(delayUs, 'fault', { key: environment.key, token: environment.token, requestId: invocation.requestId, kind }, { cause: [seq] });
    return true;
  }
  return false;
}

/** Agenda: the fault has its effect. */
export function onFault(context: LambdaContext, payload: { readonly key: number; readonly token: number; readonly requestId: string; readonly kind: Strike }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.invocation?.requestId !== payload.requestId) return;
  const version = versionOfEnvironment(context, environment)!;
  const over = context.now >= environment.invocation.deadlineUs;
  if (payload.kind === 'throw') {
    if (version.code.synthetic === undefined) writeLines(context, environment, version.settings, [errorLine(context, version.settings, payload.requestId)], [environment.lastSeq]);
    return finishInvocation(context, environment, INJECTED);
  }
  if (payload.kind === 'out-of-memory') {
    environment.heapPeakBytes = version.settings.memoryMb * BYTES_PER_MB;
    return finishInvocation(context, environment, exitResult(environment, 'signal: killed', 'Runtime.OutOfMemory'));
  }
  if (over) return finishInvocation(context, environment, timeoutResult(environment));
  if (version.code.synthetic !== undefined) runSynthetic(context, environment, version, version.code.synthetic);
  else if (environment.process !== null) beginHandler(context, environment, environment.process, true);
}
