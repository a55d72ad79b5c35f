/** The process in an environment: init, bursts of handler code turned into virtual time, and its end. @source aws/lambda.md §3, §5, §6 */
import { burstOffsetUs, CPU_PERIOD_US, cpuUsToFuel, cpuWithinWallUs, fuelToCpuUs, singleThreadShare } from '../../../../sim/cpu.ts';
import type { BurstInput, BurstResult, ChildResult, Stimulus, Wake } from '../../../../sim/ports/runtime.ts';
import { msToUs, US_PER_MS } from '../../../../sim/units.ts';
import { cancelChildren, startSyncChild } from './children.ts';
import { applyEffect } from './effects.ts';
import { beginHandler, finishInvocation, initEnded } from '../invocations/invocations.ts';
import { platformLine, writeLines } from './log-lines.ts';
import { LAMBDA } from '../limits.ts';
import { processSpec } from './process-spec.ts';
import { arnOfEnvironment, functionOfEnvironment } from '../state.ts';
import type { Burst, Environment, LambdaContext, Process, Result, Settings, Version } from '../state.ts';
import { draw } from './synthetic.ts';
import { bootOf } from '../tuning.ts';

const BYTES_PER_MB = 1_048_576;

export function versionOfEnvironment(context: LambdaContext, environment: Environment): Version | undefined {
  const version = functionOfEnvironment(context, environment)?.versions.get(environment.version);
  return version?.generation === environment.generation ? version : environment.retired;
}

/** Share of a vCPU that the process gets now: init runs at full speed, whatever the memory. @source aws/lambda.md §5.4, §6 */
function shareOf(environment: Environment, settings: Settings): number {
  return environment.phase === 'init' ? 1 : singleThreadShare(settings.memoryMb);
}

/** 10 s on demand; provisioned environments get 130 s, or the function's timeout when that is longer. @source aws/lambda.md §5.1 */
function initLimitUs(environment: Environment, settings: Settings): number {
  return environment.provisioned ? Math.max(LAMBDA.initMsMaxProvisioned, settings.timeoutSec * 1000) * US_PER_MS : LAMBDA.initMsMax * US_PER_MS;
}

/** Starts the init of a placed environment: the runtime boots, then the user's modules are evaluated. */
export function beginInit(context: LambdaContext, environment: Environment): void {
  const version = versionOfEnvironment(context, environment);
  if (version === undefined) return;
  const { settings, code } = version;
  environment.phase = 'init';
  environment.initStartUs = context.now;
  environment.sinceUs = context.now;
  if (code.synthetic !== undefined) {
    const us = msToUs(draw(context, `lambda.init.${environment.fn}`, code.synthetic.initMs));
    environment.untilUs = context.now + us;
    if (us === 0) return initEnded(context, environment, { status: 'success', errorType: '' });
    context.schedule(us, 'synthetic-init', { key: environment.key, token: environment.token }, { cause: [environment.lastSeq] });
    return;
  }
  const us = bootUs(context, environment, version);
  environment.untilUs = context.now + us;
  writeLines(context, environment, settings, [platformLine(context, settings, { kind: 'init-start', provisioned: environment.provisioned })], [environment.lastSeq]);
  environment.timeout = context.schedule(initLimitUs(environment, settings), 'init-timeout', { key: environment.key, token: environment.token }, { cancellable: true, cause: [environment.lastSeq] });
  context.schedule(us, 'boot', { key: environment.key, token: environment.token }, { cause: [environment.lastSeq] });
}

/** Start of the language runtime and loading of the code, before the user's modules are evaluated. @source aws/lambda.md §5.4 */
function bootUs(context: LambdaContext, environment: Environment, { settings, code }: Version): number {
  const { bootFactor, loadMsPerMb } = context.tuning;
  const boot = bootOf(settings.runtime, settings.architecture);
  const bootMs = bootFactor === 0 ? 0 : bootFactor * context.random(`lambda.init.${environment.fn}`).logNormal(boot.medianMs, boot.sigma);
  return msToUs(bootMs + (loadMsPerMb * code.unzippedBytes) / BYTES_PER_MB);
}

/** Suppressed init: the runtime starts again inside an invocation, on its time. @source aws/lambda.md §5.1 reset */
export function bootAgain(context: LambdaContext, environment: Environment): void {
  const us = bootUs(context, environment, versionOfEnvironment(context, environment)!);
  if (us === 0) startProcess(context, environment);
  else context.schedule(us, 'boot', { key: environment.key, token: environment.token }, { cause: [environment.lastSeq] });
}

interface Step {
  readonly key: number;
  readonly token: number;
}
function current(context: LambdaContext, step: Step): Environment | undefined {
  const environment = context.state.environments.get(step.key);
  return environment?.token === step.token ? environment : undefined;
}

export function onSyntheticInit(context: LambdaContext, step: Step): void {
  const environment = current(context, step);
  if (environment) initEnded(context, environment, { status: 'success', errorType: '' });
}

/** Agenda: the runtime is up; the user's modules are loaded. */
export function onBoot(context: LambdaContext, step: Step): void {
  const environment = current(context, step);
  if (environment) startProcess(context, environment);
}

/** Loads the code in a new process, at the start of the environment or inside an invocation (suppressed init). */
export function startProcess(context: LambdaContext, environment: Environment): void {
  const version = versionOfEnvironment(context, environment)!;
  const process: Process = { image: null, cpuUs: 0, cpuAtUs: context.now, burst: null, wakes: [], timers: [], calls: [], children: [], result: null, initialized: false, thawing: false };
  environment.process = process;
  run(context, environment, version, process, null, []);
}

/** Agenda: the 10 s of an init are over. It is tried again in the first invocation. */
export function onInitTimeout(context: LambdaContext, step: Step): void {
  const environment = current(context, step);
  if (environment?.phase !== 'init') return;
  stopProcess(context, environment);
  initEnded(context, environment, { status: 'timeout', errorType: '' });
}

/** Gives the process the CPU: one burst, computed now and played over the virtual time it takes. */
export function run(context: LambdaContext, environment: Environment, version: Version, process: Process, stimulus: Stimulus | null, syncChildren: ChildResult[], repeated?: Burst): void {
  const { settings } = version;
  const share = shareOf(environment, settings);
  if (repeated === undefined && context.now - process.cpuAtUs >= CPU_PERIOD_US) process.cpuUs = 0;
  const startUs = repeated?.startUs ?? context.now;
  const cpuBeforeUs = repeated?.cpuBeforeUs ?? process.cpuUs;
  const paused = (repeated?.pauses ?? []).reduce((sum, pause) => sum + pause.us, 0);
  const deadlineUs = environment.phase === 'init' ? environment.initStartUs + initLimitUs(environment, settings) : (environment.invocation?.deadlineUs ?? startUs);
  const fuelMax = cpuUsToFuel(cpuWithinWallUs(cpuBeforeUs, Math.max(0, deadlineUs - startUs - paused), share));
  const tmpBefore = repeated?.tmpBefore ?? environment.tmp;
  const input: BurstInput = { clock: { epochUs: context.epochUs - context.now + startUs, share, cpuBeforeUs, pauses: repeated?.pauses ?? [] }, budget: { fuelMax }, tmp: tmpBefore, syncChildren };
  const imageBefore = repeated === undefined ? process.image : repeated.imageBefore;
  const result = stimulus === null ? context.runtime.start(processSpec(context, environment, version), input) : context.runtime.resume(imageBefore!, stimulus, input);
  environment.heapPeakBytes = result.end.kind === 'memory' ? settings.memoryMb * BYTES_PER_MB : Math.max(environment.heapPeakBytes, result.heapBytesPeak);
  process.burst = burstOf(result, { startUs, cpuBeforeUs, stimulus, imageBefore, tmpBefore, syncChildren, pauses: repeated?.pauses ?? [], next: repeated?.next ?? 0, share });
  if (result.end.kind === 'engine-failure') environment.lastSeq = context.emit('lambda.EngineFailed', arnOfEnvironment(context, environment), { environment: environment.id, message: result.end.message }, { cause: [environment.lastSeq], subjects: environment.invocation?.subjects ?? [] });
  if (result.end.kind === 'cap') context.emit('lambda.ComputingCut', arnOfEnvironment(context, environment), { environment: environment.id, cpuMs: Math.floor(fuelToCpuUs(result.fuel) / 1000) }, { cause: [environment.lastSeq] });
  playOn(context, environment, process, process.burst);
}

function burstOf(result: BurstResult, o: Pick<Burst, 'startUs' | 'cpuBeforeUs' | 'stimulus' | 'imageBefore' | 'tmpBefore' | 'syncChildren' | 'pauses' | 'next' | 'share'>): Burst {
  return { ...o, effects: result.effects, fuel: result.fuel, end: result.end, image: result.image, tmpAfter: result.tmp, ready: result.ready };
}

/** Virtual time of a point in a burst. */
function timeOf(burst: Burst, fuel: number): number {
  return burst.startUs + burstOffsetUs(burst, fuel);
}

/** Applies the effects that are due, and comes back for the next one, or for the end of the burst. */
function playOn(context: LambdaContext, environment: Environment, process: Process, burst: Burst): void {
  const { token } = environment;
  while (burst.next < burst.effects.length) {
    const effect = burst.effects[burst.next]!;
    const at = timeOf(burst, effect.fuel);
    if (at > context.now) {
      context.schedule(at - context.now, 'play', { key: environment.key, token }, { cause: [environment.lastSeq] });
      return;
    }
    burst.next++;
    applyEffect(context, environment, process, effect);
    if (environment.token !== token) return;
  }
  const endUs = timeOf(burst, burst.end.kind === 'sync-child' ? burst.end.atFuel : burst.fuel);
  if (burst.end.kind === 'fuel' || burst.end.kind === 'cap') return;
  if (endUs > context.now) context.schedule(endUs - context.now, 'play', { key: environment.key, token }, { cause: [environment.lastSeq] });
  else endBurst(context, environment, process, burst);
}

export function onPlay(context: LambdaContext, step: Step): void {
  const environment = current(context, step);
  if (environment?.process?.burst) playOn(context, environment, environment.process, environment.process.burst);
}

function endBurst(context: LambdaContext, environment: Environment, process: Process, burst: Burst): void {
  const { end } = burst;
  if (end.kind === 'sync-child') return startSyncChild(context, environment, process, end.command);
  process.burst = null;
  process.cpuUs = burst.cpuBeforeUs + fuelToCpuUs(burst.fuel);
  process.cpuAtUs = context.now;
  environment.tmp = burst.tmpAfter;
  if (end.kind !== 'waiting') return die(context, environment, process, deathOf(environment, end));
  if (process.image !== null && process.image !== burst.image) context.runtime.release(process.image);
  process.image = burst.image;
  if (burst.ready && !process.initialized) {
    process.initialized = true;
    return initEnded(context, environment, { status: 'success', errorType: '' });
  }
  if (process.thawing) {
    process.thawing = false;
    return beginHandler(context, environment, process);
  }
  if (process.result !== null && environment.phase === 'busy') {
    const { result } = process;
    process.result = null;
    return finishInvocation(context, environment, result);
  }
  if (process.wakes.length > 0) return wakeUp(context, environment, process);
  if (end.pending === 0) neverSettled(context, environment, process);
}

/** Nothing will ever run again, and no result was told. @source aws/lambda.md §3.1 */
function neverSettled(context: LambdaContext, environment: Environment, process: Process): void {
  const { settings } = versionOfEnvironment(context, environment)!;
  if (!process.initialized) return die(context, environment, process, exitResult(environment, 'exit status 13'));
  if (settings.runtime !== 'nodejs22.x') return die(context, environment, process, exitResult(environment, ''));
  const errorMessage = 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';
  finishInvocation(context, environment, { status: 'error', payload: JSON.stringify({ errorType: 'Runtime.NodeJsExit', errorMessage, trace: [] }), errorType: 'Runtime.NodeJsExit', fatal: false });
}

/** `Runtime exited …` as Lambda words it; `how` is empty for exit status 0. @source aws/lambda.md §3.4 */
export function exitResult(environment: Environment, how: string, errorType = 'Runtime.ExitError'): Result {
  const request = environment.invocation?.requestId ?? '';
  const text = how === '' ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return { status: 'error', payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${request} Error: ${text}` }), errorType, fatal: true };
}

type Death = Exclude<Burst['end'], { kind: 'waiting' | 'sync-child' | 'fuel' | 'cap' }>;

function deathOf(environment: Environment, end: Burst['end']): Result {
  const death = end as Death;
  switch (death.kind) {
    case 'memory':
      return exitResult(environment, 'signal: killed', 'Runtime.OutOfMemory');
    case 'exit':
      return exitResult(environment, death.code === 0 ? '' : `exit status ${death.code}`);
    case 'crash':
    case 'init-error': {
      const { errorType, errorMessage, trace } = death.error;
      return { status: 'error', payload: JSON.stringify({ errorType, errorMessage, trace }), errorType, fatal: true };
    }
    case 'engine-failure':
      return exitResult(environment, 'signal: aborted');
  }
}

/** The process ended by itself: in an init, the init failed; in an invocation, so did that. A result that was already told stands. */
function die(context: LambdaContext, environment: Environment, process: Process, death: Result): void {
  const told = process.result;
  if (environment.phase === 'init') {
    stopProcess(context, environment);
    return initEnded(context, environment, { status: 'error', errorType: death.errorType });
  }
  const duringInit = !process.initialized;
  stopProcess(context, environment);
  if (duringInit) return initEnded(context, environment, { status: 'error', errorType: death.errorType, result: death });
  finishInvocation(context, environment, told === null ? death : { ...told, fatal: true });
}

/** Ends the process, whatever it does: timers, children and calls are void. The environment and its /tmp stay. */
export function stopProcess(context: LambdaContext, environment: Environment): void {
  const { process } = environment;
  environment.token++;
  if (environment.timeout !== null) context.cancel(environment.timeout);
  environment.timeout = null;
  if (process === null) return;
  const end = process.burst?.end;
  if (end?.kind === 'sync-child') environment.tmp = end.command.tmp;
  else if (end?.kind === 'fuel' || end?.kind === 'cap') environment.tmp = process.burst!.tmpAfter;
  for (const timer of process.timers) if (timer.entry !== null) context.cancel(timer.entry);
  cancelChildren(context, environment, process);
  if (process.image !== null) context.runtime.release(process.image);
  environment.process = null;
}

/** Something the process waits for is there. It runs on at once, or when its burst is over, or when it is thawed. */
export function wake(context: LambdaContext, environment: Environment, one: Wake): void {
  const { process } = environment;
  if (process === null) return;
  process.wakes.push(one);
  const awake = environment.phase === 'busy' || environment.phase === 'init';
  if (awake && process.burst === null) wakeUp(context, environment, process);
}

function wakeUp(context: LambdaContext, environment: Environment, process: Process): void {
  const wakes = process.wakes.splice(0);
  run(context, environment, versionOfEnvironment(context, environment)!, process, { kind: 'wake', wakes }, []);
}

/** Hands the process the invocation, after thawing: what became due meanwhile runs first, other timers go on. */
export function invokeProcess(context: LambdaContext, environment: Environment, process: Process): void {
  for (const timer of [...process.timers]) {
    if (timer.dueUs > context.now) timer.entry = scheduleTimer(context, environment, timer.id, timer.dueUs);
    else {
      process.timers.splice(process.timers.indexOf(timer), 1);
      process.wakes.push({ kind: 'timer', id: timer.id });
    }
  }
  if (process.wakes.length === 0) return beginHandler(context, environment, process);
  process.thawing = true;
  wakeUp(context, environment, process);
}

export function scheduleTimer(context: LambdaContext, environment: Environment, id: number, dueUs: number): number {
  return context.schedule(dueUs - context.now, 'timer', { key: environment.key, token: environment.token, id }, { cancellable: true, cause: [environment.lastSeq] });
}

export function onTimer(context: LambdaContext, payload: Step & { readonly id: number }): void {
  const environment = current(context, payload);
  const timers = environment?.process?.timers;
  const at = timers?.findIndex((timer) => timer.id === payload.id) ?? -1;
  if (!environment || !timers || at < 0) return;
  timers.splice(at, 1);
  wake(context, environment, { kind: 'timer', id: payload.id });
}

/** Freezes the process between invocations: its timers stop. @source aws/lambda.md §5.1 freeze and thaw */
export function freeze(context: LambdaContext, environment: Environment): void {
  for (const timer of environment.process?.timers ?? []) {
    if (timer.entry !== null) context.cancel(timer.entry);
    timer.entry = null;
  }
}
