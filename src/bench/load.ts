/** A load generator as a service of its own: calls that arrive by a Poisson process or at a constant pace, straight into the world. */
import { ADMIN } from '../sim/principal.ts';
import { defineModel } from '../sim/service.ts';
import type { AnyServiceModel, Context } from '../sim/service.ts';
import type { World } from '../sim/world.ts';

export interface Load {
  readonly perSec: number;
  readonly arrivals: 'poisson' | 'constant';
  /** No call at or after this, µs. */
  readonly untilUs: number;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

interface LoadState {
  load: Load | null;
  sent: number;
}
type LoadContext = Context<LoadState, object>;
const NOTHING = {};

function schedule(context: LoadContext, load: Load): void {
  const meanUs = 1_000_000 / load.perSec;
  const gapUs = Math.round(load.arrivals === 'poisson' ? context.random('load.arrivals').exponential(meanUs) : meanUs);
  if (context.now + gapUs < load.untilUs) context.schedule(gapUs, 'arrive', NOTHING);
}

export const loadModel: AnyServiceModel = defineModel<LoadState, object>({
  id: 'load',
  initialState: () => ({ load: null, sent: 0 }),
  tuning: { aws: {}, ideal: {} },
  operations: {},
  notModelled: [],
  entries: {
    arrive: (context: LoadContext) => {
      const load = context.state.load!;
      context.state.sent++;
      const seq = context.emit('load.Arrived', 'arn:aws:load:::load', NOTHING, { cause: [] });
      context.api(load.service, load.operation, load.input, { principal: ADMIN, cause: [seq], replyTo: { kind: 'none' } });
      schedule(context, load);
    },
  },
  provides: {},
  traceKinds: {},
  resources: () => [],
  summarize: () => undefined,
});

/** Begins a load now. */
export function startLoad(world: World, load: Load): void {
  (world.states.get('load') as LoadState).load = load;
  schedule(world.context('load') as unknown as LoadContext, load);
}
/** Calls made so far. */
export function sentCalls(world: World): number {
  return (world.states.get('load') as LoadState).sent;
}
