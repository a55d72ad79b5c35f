/** Execution environments: placement, reuse, idle expiry, recycling, retirement. One request at a time each. @source aws/lambda.md §5 */
import { isoSec } from '../../../../base/time-text.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { beginInit, stopProcess } from './process.ts';
import { provisionedReady, refill } from '../functions/provisioned.ts';
import { arnOfEnvironment, functionOfEnvironment } from '../state.ts';
import type { Environment, LambdaContext, LambdaFunction, Version } from '../state.ts';

/** `2026/01/01/[$LATEST]` and 32 hex digits; in a group of its own the function's name comes first. One stream per environment. @source aws/lambda.md §4 */
function logStreamName(context: LambdaContext, fn: string, version: Version): string {
  const day = isoSec(context.epochMs).slice(0, 10).replaceAll('-', '/');
  const digits = context.uuid(`lambda.stream.${fn}`).replaceAll('-', '');
  return version.settings.logGroup === `/aws/lambda/${fn}` ? `${day}/[${version.version}]${digits}` : `${day}/${fn}[${version.version}][${digits}]`;
}

/** A new environment. Its init begins after placement and fetching of the code; whoever it is for sits in `invocation`. */
export function createEnvironment(context: LambdaContext, fn: LambdaFunction, version: Version, o: { readonly provisioned: boolean; readonly cause: readonly Seq[]; readonly subjects: readonly string[] }): Environment {
  const { tuning, state } = context;
  const key = state.nextEnvironment++;
  const { placeMsMedian, placeSigma, fetchMs, fetchMsPerMb, maxAgeMsFrom, maxAgeMsTo } = tuning;
  const random = context.random(`lambda.place.${fn.name}`);
  const placeUs = placeMsMedian === 0 ? 0 : msToUs(random.logNormal(placeMsMedian, placeSigma));
  const fetchUs = msToUs((fetchMs + (fetchMsPerMb * version.code.zipBytes) / 1_048_576) * (version.fetched ? 1 : 3));
  const ageUs = maxAgeMsTo === 0 ? 0 : msToUs(maxAgeMsFrom + random.float() * (maxAgeMsTo - maxAgeMsFrom));
  version.fetched = true;
  const id = `e-${fn.nextEnvironment++}`;
  const seq = context.emit('lambda.EnvironmentStarting', fn.arn, { environment: id, version: version.version, provisioned: o.provisioned, placeUs: placeUs + fetchUs }, { cause: o.cause, subjects: o.subjects });
  const environment: Environment = {
    key,
    fnId: fn.id,
    id,
    fn: fn.name,
    version: version.version,
    generation: version.generation,
    provisioned: o.provisioned,
    bornUs: context.now,
    retireUs: ageUs === 0 ? 0 : context.now + ageUs,
    logStream: version.code.synthetic === undefined ? logStreamName(context, fn.name, version) : '',
    phase: 'placing',
    sinceUs: context.now,
    untilUs: 0,
    needsInit: false,
    initUs: -1,
    initStartUs: 0,
    initFailed: false,
    startTold: false,
    process: null,
    tmp: {},
    heapPeakBytes: 0,
    invocation: null,
    served: 0,
    lastUsedUs: context.now,
    token: 1,
    retired: undefined,
    timeout: null,
    lastSeq: seq,
  };
  state.environments.set(key, environment);
  fn.counters.coldStarts++;
  if (o.provisioned && ageUs > 0) context.schedule(ageUs, 'recycle', { key }, { background: true, cause: [seq] });
  if (placeUs + fetchUs > 0) context.schedule(placeUs + fetchUs, 'placed', { key, token: 1 }, { cause: [seq] });
  return environment;
}

/** Agenda: a provisioned environment is too old. One that waits is replaced, used or not; a busy one when its request is over. @source aws/lambda.md §7.3 */
export function onRecycle(context: LambdaContext, payload: { readonly key: number }): void {
  const environment = context.state.environments.get(payload.key);
  const fn = environment && functionOfEnvironment(context, environment);
  const version = fn?.versions.get(environment?.version ?? '');
  const at = version?.idle.indexOf(payload.key) ?? -1;
  if (!environment || !fn || !version || at < 0) return;
  version.idle.splice(at, 1);
  version.provisionedIdle--;
  endEnvironment(context, environment, 'age');
  refill(context, fn, environment);
}

/** Begins the init at once when placing took no time. Call it when `invocation` is set. */
export function startIfPlaced(context: LambdaContext, environment: Environment): void {
  const { placeMsMedian, fetchMs, fetchMsPerMb } = context.tuning;
  if (placeMsMedian === 0 && fetchMs === 0 && fetchMsPerMb === 0) beginInit(context, environment);
}

export function onPlaced(context: LambdaContext, payload: { readonly key: number; readonly token: number }): void {
  const environment = context.state.environments.get(payload.key);
  if (environment?.token === payload.token) beginInit(context, environment);
}

/** Takes the idle environment that serves next, or undefined: a provisioned one, or one of the others by the routing of the tuning. */
export function takeIdle(context: LambdaContext, version: Version, provisioned: boolean): Environment | undefined {
  const { idle } = version;
  if (provisioned ? version.provisionedIdle === 0 : idle.length === version.provisionedIdle) return undefined;
  const { environments } = context.state;
  let at = idle.length - 1;
  if (version.provisionedIdle > 0) while (environments.get(idle[at]!)!.provisioned !== provisioned) at--;
  if (provisioned) version.provisionedIdle--;
  else if (context.tuning.routing === 'newest') {
    for (let i = 0; i < idle.length; i++) if (idle[i]! > idle[at]! && !environments.get(idle[i]!)!.provisioned) at = i;
  }
  const key = idle[at]!;
  if (at === idle.length - 1) idle.pop();
  else idle.splice(at, 1);
  return environments.get(key);
}

/** Puts an environment that has nothing to do to rest, or ends it when it is outdated or too old. */
export function rest(context: LambdaContext, fn: LambdaFunction, environment: Environment): void {
  const version = fn.versions.get(environment.version);
  if (version === undefined || version.generation !== environment.generation) return endEnvironment(context, environment, 'update');
  if (environment.retireUs > 0 && context.now >= environment.retireUs) {
    endEnvironment(context, environment, 'age');
    if (environment.provisioned) refill(context, fn, environment);
    return;
  }
  const use = environment.provisioned ? provisionedReady(context, fn, environment) : 'use';
  if (use === 'end') return endEnvironment(context, environment, 'concurrency');
  environment.phase = environment.needsInit ? 'failed' : 'idle';
  environment.sinceUs = context.now;
  environment.lastUsedUs = context.now;
  environment.untilUs = environment.provisioned ? 0 : context.now + msToUs(context.tuning.idleExpiryMs);
  if (use === 'hold') return;
  version.idle.push(environment.key);
  if (environment.provisioned) version.provisionedIdle++;
  if (!environment.provisioned && version.reapAtUs === 0) scheduleReaper(context, fn, version, msToUs(context.tuning.idleExpiryMs));
}

function scheduleReaper(context: LambdaContext, fn: LambdaFunction, version: Version, delayUs: number): void {
  version.reapAtUs = context.now + delayUs;
  context.schedule(delayUs, 'reap', { fn: fn.name, version: version.version, generation: version.generation }, { background: true, cause: [] });
}

/** Agenda: ends the environments of a version that have been idle for long enough; looks again when the next one may be. */
export function onReap(context: LambdaContext, payload: { readonly fn: string; readonly version: string; readonly generation: number }): void {
  const fn = context.state.functions.get(payload.fn);
  const version = fn?.versions.get(payload.version);
  if (!fn || !version || version.generation !== payload.generation || version.reapAtUs > context.now) return;
  version.reapAtUs = 0;
  let nextUs = 0;
  const kept: number[] = [];
  for (const key of version.idle) {
    const environment = context.state.environments.get(key)!;
    if (environment.provisioned) kept.push(key);
    else if (environment.untilUs <= context.now) endEnvironment(context, environment, 'idle');
    else {
      kept.push(key);
      if (nextUs === 0 || environment.untilUs < nextUs) nextUs = environment.untilUs;
    }
  }
  version.idle.splice(0, version.idle.length, ...kept);
  if (nextUs > 0) scheduleReaper(context, fn, version, nextUs - context.now);
}

/** Ends an environment that does nothing now. It must not be in the idle list any more. */
export function endEnvironment(context: LambdaContext, environment: Environment, reason: 'idle' | 'age' | 'update' | 'delete' | 'concurrency', cause: readonly Seq[] = [environment.lastSeq]): void {
  stopProcess(context, environment);
  environment.token++;
  context.state.environments.delete(environment.key);
  context.emit('lambda.EnvironmentEnded', arnOfEnvironment(context, environment), { environment: environment.id, reason, served: environment.served, idleSec: Math.floor((context.now - environment.lastUsedUs) / US_PER_SEC) }, { cause });
}

/** Ends the idle environments of a version that was replaced or deleted; busy ones keep it until their invocation ends. */
export function retireEnvironments(context: LambdaContext, fn: LambdaFunction, before: Version, o: { readonly reason: 'update' | 'delete'; readonly cause: Seq }): void {
  for (const environment of [...context.state.environments.values()]) {
    if (environment.fn !== fn.name || environment.version !== before.version || environment.generation !== before.generation) continue;
    if (environment.invocation === null) endEnvironment(context, environment, o.reason, [o.cause]);
    else {
      environment.retired = before;
      context.emit('lambda.EnvironmentOutdated', arnOfEnvironment(context, environment), { environment: environment.id, reason: o.reason }, { cause: [o.cause], subjects: environment.invocation.subjects });
    }
  }
  before.idle.splice(0);
}
