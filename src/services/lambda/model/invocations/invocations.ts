/** One invocation in an environment: from its start to its result, with log lines, billing, timeout and what becomes of the environment. */
import type { Outcome } from '../../../../sim/ports/ports.ts';
import type { Stimulus } from '../../../../sim/ports/runtime.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { blobValue, bytesValue } from '../../../../sim/values.ts';
import { base64Encode } from '../../../../base/base64.ts';
import { utf8Encode } from '../../../../base/utf8.ts';
import { asyncEnded } from './async-queue.ts';
import { batchEnded } from '../mappings/batches.ts';
import { streamBatchEnded } from '../mappings/stream-batches.ts';
import { rest } from '../environments/environments.ts';
import { qualifierOf } from '../functions/qualifiers.ts';
import { concurrencyBeside } from './concurrency-beside.ts';
import { billedMs, platformLine, writeLines } from '../environments/log-lines.ts';
import { bootAgain, exitResult, freeze, invokeProcess, run, stopProcess, versionOfEnvironment } from '../environments/process.ts';
import { arnOfEnvironment, functionOfEnvironment } from '../state.ts';
import type { Environment, Invocation, InvocationRecord, LambdaContext, LambdaFunction, Process, Result, Sink, Version } from '../state.ts';
import { struck } from './faults.ts';
import { recordSegments, xrayText } from './xray.ts';
import { runSynthetic, timeoutResult } from '../environments/synthetic.ts';

/** Invocations that a function's summary shows. */
const RECENT_MAX = 20;

/** Gives an invocation to an environment that is ready (or that only has to start its process again). */
export function begin(context: LambdaContext, environment: Environment, version: Version, invocation: Invocation): void {
  environment.invocation = invocation;
  environment.phase = 'busy';
  const { overheadMs } = context.tuning;
  if (version.code.synthetic !== undefined || overheadMs === 0) return started(context, environment, version);
  context.schedule(msToUs(overheadMs), 'started', { key: environment.key, token: environment.token }, { cause: [environment.lastSeq] });
}

export function onStarted(context: LambdaContext, payload: { readonly key: number; readonly token: number }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.invocation === null) return;
  started(context, environment, versionOfEnvironment(context, environment)!);
}

/** The handler's clock begins. */
function started(context: LambdaContext, environment: Environment, version: Version): void {
  const invocation = environment.invocation!;
  const fn = functionOfEnvironment(context, environment);
  const { synthetic } = version.code;
  invocation.startUs = context.now;
  invocation.deadlineUs = context.now + version.settings.timeoutSec * US_PER_SEC;
  environment.sinceUs = context.now;
  environment.untilUs = invocation.deadlineUs;
  if (fn) fn.counters.invocations++;
  const seq = context.emit(
    'lambda.InvocationStarted',
    fn?.arn ?? arnOfEnvironment(context, environment),
    { environment: environment.id, requestId: invocation.requestId, version: environment.version, attempt: invocation.attempt, cold: invocation.cold, deadlineUs: invocation.deadlineUs, concurrency: fn === undefined ? 1 : fn.running + fn.runningProvisioned, ...extras(context, fn, environment) },
    { cause: environment.lastSeq === invocation.startSeq ? [invocation.startSeq] : [invocation.startSeq, environment.lastSeq], subjects: invocation.subjects },
  );
  invocation.startSeq = seq;
  environment.lastSeq = seq;
  if (synthetic !== undefined) return struck(context, environment, fn?.arn ?? arnOfEnvironment(context, environment)) ? undefined : runSynthetic(context, environment, version, synthetic);
  environment.timeout = context.schedule(version.settings.timeoutSec * US_PER_SEC, 'timeout', { key: environment.key, token: environment.token }, { cancellable: true, cause: [seq] });
  environment.startTold = false;
  if (!environment.initFailed) tellStart(context, environment, version, seq);
  if (environment.needsInit || environment.process === null) bootAgain(context, environment);
  else invokeProcess(context, environment, environment.process);
}

/** What only some starts have: the age of an async event, how provisioned concurrency is used, and concurrency beside the function's own. */
function extras(context: LambdaContext, fn: LambdaFunction | undefined, environment: Environment): Record<string, number | boolean | string> {
  const { sink } = environment.invocation!;
  const event = sink.kind === 'async' ? context.state.asyncEvents.get(sink.id) : undefined;
  let kept = 0;
  if (fn !== undefined && fn.provisioned.size > 0) for (const one of fn.provisioned.values()) if (one.version === environment.version) kept += one.allocated;
  return {
    ...(event === undefined ? {} : { ageUs: context.now - event.acceptedUs }),
    ...(kept === 0 ? {} : { provisioned: environment.provisioned, provisionedRunning: fn!.runningProvisioned, provisionedKept: kept }),
    ...(fn === undefined ? {} : concurrencyBeside(context, fn, environment)),
  };
}

/** The START line. @source aws/lambda.md §4: after a failed init it comes when the second attempt is over */
function tellStart(context: LambdaContext, environment: Environment, version: Version, cause: Seq): void {
  if (environment.startTold) return;
  environment.startTold = true;
  writeLines(context, environment, version.settings, [platformLine(context, version.settings, { kind: 'start', requestId: environment.invocation!.requestId, version: environment.version })], [cause]);
}

/** Runs the handler on the event, unless a fault of the run comes first. */
export function beginHandler(context: LambdaContext, environment: Environment, process: Process, wasStruck = false): void {
  if (!wasStruck && struck(context, environment, arnOfEnvironment(context, environment))) return;
  const invocation = environment.invocation!;
  const version = versionOfEnvironment(context, environment)!;
  const { settings } = version;
  const stimulus: Stimulus = {
    kind: 'invoke',
    event: invocation.payload,
    context: {
      awsRequestId: invocation.requestId,
      functionName: environment.fn,
      functionVersion: environment.version,
      invokedFunctionArn: invocation.invokedArn,
      memoryLimitInMB: String(settings.memoryMb),
      logGroupName: settings.logGroup,
      logStreamName: environment.logStream,
      deadlineEpochUs: context.epochUs - context.now + invocation.deadlineUs,
      ...(invocation.clientContext === undefined ? {} : { clientContext: invocation.clientContext }),
      ...(invocation.traceHeader === '' ? {} : { traceId: invocation.traceHeader }),
    },
  };
  process.result = null;
  run(context, environment, version, process, stimulus, []);
}

/** An init is over, inside or before an invocation. */
export function initEnded(context: LambdaContext, environment: Environment, o: { readonly status: 'success' | 'error' | 'timeout'; readonly errorType: string; readonly result?: Result }): void {
  const version = versionOfEnvironment(context, environment);
  const us = context.now - environment.initStartUs;
  if (environment.phase !== 'init') return suppressedInitEnded(context, environment, version!, o);
  if (environment.timeout !== null) context.cancel(environment.timeout);
  environment.timeout = null;
  const failed = o.status !== 'success';
  const seq = context.emit(failed ? 'lambda.InitFailed' : 'lambda.InitEnded', arnOfEnvironment(context, environment), { environment: environment.id, initUs: us, status: o.status, error: o.errorType, provisioned: environment.provisioned, ...(failed || environment.provisioned ? { memoryMb: version?.settings.memoryMb ?? 0, architecture: version?.settings.architecture ?? 'x86_64' } : {}) }, { cause: [environment.lastSeq], subjects: environment.invocation?.subjects ?? [] });
  environment.lastSeq = seq;
  environment.needsInit = failed;
  environment.initFailed = failed;
  environment.initUs = failed || environment.provisioned ? -1 : us;
  if (version && version.code.synthetic === undefined) {
    const { provisioned } = environment;
    const line = { status: o.status, errorType: o.errorType, provisioned };
    writeLines(context, environment, version.settings, [platformLine(context, version.settings, { kind: 'init-done', ...line }), platformLine(context, version.settings, { kind: 'init-report', us, phase: 'init', ...line })], [seq]);
  }
  const { invocation } = environment;
  if (version && invocation) {
    environment.phase = 'busy';
    return started(context, environment, version);
  }
  const fn = functionOfEnvironment(context, environment);
  freeze(context, environment);
  if (fn) rest(context, fn, environment);
}

/** The process was started inside an invocation: its time counts there. @source aws/lambda.md §5.1 reset, §4 INIT_REPORT Phase: invoke */
function suppressedInitEnded(context: LambdaContext, environment: Environment, version: Version, o: { readonly status: 'success' | 'error' | 'timeout'; readonly errorType: string; readonly result?: Result }): void {
  const us = context.now - environment.invocation!.startUs;
  if (o.status !== 'success') {
    writeLines(context, environment, version.settings, [platformLine(context, version.settings, { kind: 'init-report', us, phase: 'invoke', status: o.status, errorType: o.errorType, provisioned: environment.provisioned })]);
    return finishInvocation(context, environment, o.result ?? exitResult(environment, ''));
  }
  environment.needsInit = false;
  environment.initFailed = false;
  tellStart(context, environment, version, environment.lastSeq);
  beginHandler(context, environment, environment.process!);
}

/** Agenda: the function's timeout. The process is killed; /tmp stays. */
export function onTimeout(context: LambdaContext, payload: { readonly key: number; readonly token: number }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token !== payload.token || environment.invocation === null) return;
  environment.timeout = null;
  finishInvocation(context, environment, timeoutResult(environment));
}

/** Memory in whole MB as REPORT shows it: the most the environment ever used. @source aws/lambda.md §4 */
function maxMemoryMb(context: LambdaContext, environment: Environment, version: Version): number {
  const { memoryMb } = version.settings;
  if (version.code.synthetic !== undefined) return Math.min(memoryMb, version.code.synthetic.memoryMb || context.tuning.baselineMb);
  return Math.min(memoryMb, context.tuning.baselineMb + Math.ceil(environment.heapPeakBytes / 1_048_576));
}

/** The invocation has its result: log, bill, answer; then the environment rests, is reset, or ends. */
export function finishInvocation(context: LambdaContext, environment: Environment, result: Result): void {
  const invocation = environment.invocation!;
  const version = versionOfEnvironment(context, environment)!;
  const fn = functionOfEnvironment(context, environment);
  const { settings } = version;
  if (environment.timeout !== null) context.cancel(environment.timeout);
  environment.timeout = null;
  const durationUs = context.now - invocation.startUs;
  const { initUs } = environment;
  const qualifier = qualifierOf(invocation.invokedArn);
  const billed = billedMs(durationUs, initUs);
  const memory = maxMemoryMb(context, environment, version);
  if (version.code.synthetic === undefined) writeEnd(context, environment, version, { result, durationUs, billed, memory, initUs });
  if (fn && result.status !== 'success') fn.counters.errors++;
  if (fn && result.status === 'timeout') fn.counters.timeouts++;
  if (fn) release(context, fn, environment.provisioned);
  const seq = context.emit(
    result.status === 'success' ? 'lambda.InvocationSucceeded' : result.status === 'timeout' ? 'lambda.InvocationTimedOut' : 'lambda.InvocationFailed',
    fn?.arn ?? arnOfEnvironment(context, environment),
    {
      environment: environment.id,
      requestId: invocation.requestId,
      attempt: invocation.attempt,
      status: result.status,
      durationUs,
      initUs,
      billedMs: billed,
      memoryMb: settings.memoryMb,
      maxMemoryMb: memory,
      architecture: settings.architecture,
      tmpMb: settings.tmpMb,
      provisioned: environment.provisioned,
      error: result.errorType,
      message: result.status === 'success' ? '' : messageOf(result.payload),
      reset: result.fatal,
      concurrency: fn === undefined ? 0 : fn.running + fn.runningProvisioned,
      ...(qualifier === '' ? {} : { qualifier, version: environment.version }),
    },
    { cause: environment.lastSeq === invocation.startSeq ? [invocation.startSeq] : [invocation.startSeq, environment.lastSeq], subjects: invocation.subjects },
  );
  if (fn && version.code.synthetic === undefined) remember(fn, environment, { invocation, result, durationUs, billedMs: billed, maxMemoryMb: memory, seq });
  recordSegments(context, environment, { settings, invocation, result, initUs, cause: seq });
  environment.initUs = -1;
  environment.served++;
  environment.lastSeq = seq;
  environment.invocation = null;
  if (result.fatal) {
    stopProcess(context, environment);
    environment.needsInit = version.code.synthetic === undefined;
  } else freeze(context, environment);
  if (fn) rest(context, fn, environment);
  else context.state.environments.delete(environment.key);
  deliver(context, invocation, result, seq);
}

/** Of a returned value, so many characters are kept for those who look. */
const RETURNED_CHARS_MAX = 400;

/** Keeps an invocation for the inspector: the last 20, and the last that failed. */
function remember(fn: LambdaFunction, environment: Environment, o: { readonly invocation: Invocation; readonly result: Result; readonly durationUs: number; readonly billedMs: number; readonly maxMemoryMb: number; readonly seq: Seq }): void {
  const { invocation, result } = o;
  const failed = result.status !== 'success';
  const { kind } = invocation.sink;
  const record: InvocationRecord = {
    requestId: invocation.requestId,
    environment: environment.id,
    version: environment.version,
    startUs: invocation.startUs,
    durationUs: o.durationUs,
    initUs: environment.initUs,
    billedMs: o.billedMs,
    maxMemoryMb: o.maxMemoryMb,
    status: result.status,
    errorType: result.errorType,
    errorMessage: failed ? messageOf(result.payload) : '',
    returned: failed ? '' : result.payload.slice(0, RETURNED_CHARS_MAX),
    attempt: invocation.attempt,
    source: kind === 'stream' ? 'mapping' : kind === 'async' || kind === 'mapping' ? kind : 'sync',
    subjects: invocation.subjects,
    seq: o.seq,
  };
  if (fn.recent.length >= RECENT_MAX) fn.recent.shift();
  fn.recent.push(record);
  if (failed) fn.lastError = record;
}

function messageOf(payload: string): string {
  const message = (JSON.parse(payload) as { errorMessage?: string }).errorMessage ?? '';
  return message.slice(0, 400);
}

function writeEnd(context: LambdaContext, environment: Environment, version: Version, o: { readonly result: Result; readonly durationUs: number; readonly billed: number; readonly memory: number; readonly initUs: number }): void {
  const { settings } = version;
  const invocation = environment.invocation!;
  if (!environment.startTold && o.result.status === 'timeout') {
    writeLines(context, environment, settings, [platformLine(context, settings, { kind: 'init-report', us: o.durationUs, phase: 'invoke', status: 'timeout', errorType: '', provisioned: environment.provisioned })], [environment.lastSeq]);
  }
  tellStart(context, environment, version, environment.lastSeq);
  const traced = xrayText(settings, invocation.traceHeader);
  writeLines(
    context,
    environment,
    settings,
    [
      platformLine(context, settings, { kind: 'end', requestId: invocation.requestId, status: o.result.status, errorType: o.result.errorType, durationUs: o.durationUs }),
      platformLine(context, settings, {
        kind: 'report',
        report: {
          requestId: invocation.requestId,
          durationUs: o.durationUs,
          billedMs: o.billed,
          memoryMb: settings.memoryMb,
          maxMemoryMb: o.memory,
          initUs: o.initUs,
          status: o.result.status,
          errorType: o.result.fatal ? o.result.errorType : '',
          ...(traced === undefined ? {} : { xray: traced }),
        },
      }),
    ],
    [environment.lastSeq],
  );
}

/** One request less in progress. */
export function release(context: LambdaContext, fn: { running: number; runningProvisioned: number; readonly reserved: number | undefined }, provisioned: boolean): void {
  if (provisioned) fn.runningProvisioned--;
  else {
    fn.running--;
    if (fn.reserved === undefined) context.state.runningUnreserved--;
  }
}

/** Hands the result to whoever asked. */
function deliver(context: LambdaContext, invocation: Invocation, result: Result, seq: Seq): void {
  const { sink } = invocation;
  switch (sink.kind) {
    case 'async':
      return asyncEnded(context, sink.id, invocation, result, seq);
    case 'mapping':
      return batchEnded(context, sink, result, seq);
    case 'stream':
      return streamBatchEnded(context, sink, invocation, result, seq);
    default:
      if (sink.replyTo.kind !== 'none') context.reply(sink.replyTo, { kind: 'ok', output: answer(context, sink, invocation, result), cause: [seq] } satisfies Outcome);
  }
}

function answer(context: LambdaContext, sink: Extract<Sink, { kind: 'api' | 'port' }>, invocation: Invocation, result: Result): object {
  const failed = result.status !== 'success';
  if (sink.kind === 'port') {
    return { statusCode: 200, payload: result.payload, ...(failed ? { functionError: 'Unhandled' } : {}), executedVersion: invocation.version, requestId: invocation.requestId, logTail: base64Encode(utf8Encode(invocation.tail)) };
  }
  const bytes = utf8Encode(result.payload);
  return {
    StatusCode: 200,
    ...(failed ? { FunctionError: 'Unhandled' } : {}),
    ExecutedVersion: invocation.version,
    ...(sink.tail ? { LogResult: base64Encode(utf8Encode(invocation.tail)) } : {}),
    Payload: bytes.length > 65_536 ? blobValue(context.blobs, bytes) : bytesValue(bytes),
  };
}
