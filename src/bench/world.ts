/** Worlds for benchmarks: the models asked for, no sandbox unless given, trace counted unless told. */
import { createBlobStore } from '../runner/blobs.ts';
import type { Runtime } from '../sim/ports/runtime.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { Trace } from '../sim/trace.ts';
import type { TraceEvent, TraceMode, Travel } from '../sim/trace.ts';
import type { SimTime } from '../sim/units.ts';
import { World } from '../sim/world.ts';
import type { WorldOptions } from '../sim/world.ts';

const noRuntime: Runtime = {
  start: () => {
    throw new Error('this benchmark runs no handler code');
  },
  resume: () => {
    throw new Error('this benchmark runs no handler code');
  },
  release: () => {},
};

/** Trust policy of an execution role. */
export const TRUST_LAMBDA = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

export function createBenchWorld(models: readonly AnyServiceModel[], o: Partial<WorldOptions> = {}, trace?: Trace): World {
  return new World(
    {
      models,
      seed: 1,
      startAtEpochMs: 1_767_225_600_000,
      accountId: '000000000000',
      region: 'us-east-1',
      iam: 'on',
      tuning: 'ideal',
      trace: 'counts',
      runtime: noRuntime,
      blobs: createBlobStore(),
      bounds: { entriesMax: Number.MAX_SAFE_INTEGER, traceEventsMax: Number.MAX_SAFE_INTEGER },
      ...o,
    },
    trace ?? new Trace(o.trace ?? 'counts'),
  );
}

/** A trace that shows every event as it happens, and keeps none unless told. */
export class WatchedTrace extends Trace {
  readonly #watch: (event: Omit<TraceEvent, 'seq'>) => void;
  constructor(watch: (event: Omit<TraceEvent, 'seq'>) => void, mode: TraceMode = 'counts') {
    super(mode);
    this.#watch = watch;
  }
  override add(at: SimTime, kind: string, resource: string, cause: readonly number[], data: TraceEvent['data'], subjects?: readonly string[], travel?: Travel): number {
    // Without a spread where it can be: this runs for every event of a study.
    if (travel !== undefined) this.#watch({ at, kind, resource, cause, data, ...(subjects === undefined ? {} : { subjects }), travel });
    else this.#watch(subjects === undefined ? { at, kind, resource, cause, data } : { at, kind, resource, cause, data, subjects });
    return super.add(at, kind, resource, cause, data, subjects, travel);
  }
}

/** The output of a call that is answered at once. */
export function answer(world: World, service: string, operation: string, input: object): Record<string, unknown> {
  const outcome = world.request(service, operation, input, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'none' } });
  if (outcome.kind === 'ok') return outcome.output as Record<string, unknown>;
  throw new Error(`${service}.${operation}: ${outcome.kind === 'error' ? `${outcome.error.name}: ${outcome.error.message}` : 'takes virtual time'}`);
}
