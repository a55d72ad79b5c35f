/** SimFaaS's model of Lambda, run by our Lambda: synthetic functions under load, and the averages that queueing theory speaks of. */
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { secToUs, simTime } from '../sim/units.ts';
import { Level } from './level.ts';
import { loadModel, sentCalls, startLoad } from './load.ts';
import { answer, createBenchWorld, TRUST_LAMBDA, WatchedTrace } from './world.ts';

export type Distribution = { readonly kind: 'const'; readonly ms: number } | { readonly kind: 'exp'; readonly meanMs: number };

export interface LambdaStudy {
  readonly arrivalsPerSec: number;
  readonly arrivals?: 'poisson' | 'constant';
  /** Virtual time, s. */
  readonly maxTimeSec: number;
  readonly duration: Distribution;
  /** Start-up of a cold environment, before the duration. */
  readonly init?: Distribution;
  /** How long an idle environment is kept, s. */
  readonly keepAliveSec: number;
  readonly reserved?: number;
  readonly accountConcurrency?: number;
  readonly seed: number;
}

export interface LambdaAverages {
  readonly requests: number;
  readonly accepted: number;
  readonly cold: number;
  readonly throttled: number;
  /** Time averages over the whole run. */
  readonly servers: number;
  readonly running: number;
  readonly idle: number;
  /** Mean life of the environments that ended, s. */
  readonly lifeSpanSec: number;
}

export function studyLambda(o: LambdaStudy): LambdaAverages {
  const servers = new Level();
  const running = new Level();
  const born = new Map<unknown, number>();
  const counts = { accepted: 0, cold: 0, throttled: 0, ended: 0, lifeUs: 0 };
  const watch = (event: Omit<TraceEvent, 'seq'>): void => WATCH[event.kind]?.(event, { servers, running, born, counts });
  const lambda = models.find((model) => model.id === 'lambda')!;
  const tuning = { ...(lambda.tuning.ideal as object), routing: 'newest', idleExpiryMs: o.keepAliveSec * 1000, accountConcurrency: o.accountConcurrency ?? 1_000 };
  const world = createBenchWorld([...models, loadModel], { seed: o.seed, tuning: { lambda: tuning } }, new WatchedTrace(watch));
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  const init = o.init === undefined ? {} : { initMs: o.init };
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: `arn:aws:iam::000000000000:role/worker`, Timeout: 900, Code: { synthetic: { durationMs: o.duration, ...init } } });
  world.runTo(simTime(0));
  if (o.reserved !== undefined) answer(world, 'lambda', 'PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: o.reserved });
  const until = secToUs(o.maxTimeSec);
  startLoad(world, { perSec: o.arrivalsPerSec, arrivals: o.arrivals ?? 'poisson', untilUs: until, service: 'lambda', operation: 'Invoke', input: { FunctionName: 'work' } });
  world.runTo(simTime(until));
  const average = { servers: servers.average(0, until), running: running.average(0, until) };
  return {
    requests: sentCalls(world),
    accepted: counts.accepted,
    cold: counts.cold,
    throttled: counts.throttled,
    ...average,
    idle: average.servers - average.running,
    lifeSpanSec: counts.ended === 0 ? 0 : counts.lifeUs / counts.ended / 1_000_000,
  };
}

interface Gauges {
  readonly servers: Level;
  readonly running: Level;
  readonly born: Map<unknown, number>;
  readonly counts: { accepted: number; cold: number; throttled: number; ended: number; lifeUs: number };
}
type Ended = (event: Omit<TraceEvent, 'seq'>, gauges: Gauges) => void;
const ended: Ended = ({ at }, { running }) => running.change(at, -1);

/** A request occupies its environment from the moment it is accepted, start-up included. */
const WATCH: Readonly<Record<string, Ended>> = {
  'lambda.EnvironmentStarting': ({ at, data }, { servers, running, born, counts }) => {
    servers.change(at, 1);
    running.change(at, 1);
    born.set(data['environment'], at);
    counts.cold++;
    counts.accepted++;
  },
  'lambda.InvocationStarted': ({ at, data }, { running, counts }) => {
    if (data['cold'] === true) return;
    running.change(at, 1);
    counts.accepted++;
  },
  'lambda.InvocationSucceeded': ended,
  'lambda.InvocationFailed': ended,
  'lambda.InvocationTimedOut': ended,
  'lambda.Throttled': (_, { counts }) => void counts.throttled++,
  'lambda.EnvironmentEnded': ({ at, data }, { servers, born, counts }) => {
    servers.change(at, -1);
    counts.ended++;
    counts.lifeUs += at - born.get(data['environment'])!;
    born.delete(data['environment']);
  },
};
