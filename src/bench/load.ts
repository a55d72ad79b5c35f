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
  /** The member of the input that gets the number of the call, as text. */
  readonly numbered?: string;
  /** A call is given up when the queue of its `QueueUrl` holds so many messages, those in flight included. */
  readonly roomFor?: number;
}

interface LoadState {
  load: Load | null;
  sent: number;
  refused: number;
}
type LoadContext = Context<LoadState, object>;
const NOTHING = {};

function schedule(context: LoadContext, load: Load): void {
  const meanUs = 1_000_000 / load.perSec;
  const gapUs = Math.round(load.arrivals === 'poisson' ? context.random('load.arrivals').exponential(meanUs) : meanUs);
  if (context.now + gapUs < load.untilUs) context.schedule(gapUs, 'arrive', NOTHING);
}

const COUNTERS = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];

/** What a producer that asks first is told. */
function messagesIn(context: LoadContext, input: object, cause: number): number {
  const { QueueUrl } = input as { readonly QueueUrl: string };
  const outcome = context.api('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: COUNTERS }, { principal: ADMIN, cause: [cause], replyTo: { kind: 'none' } });
  const { Attributes } = (outcome as { readonly output: { readonly Attributes: Readonly<Record<string, string>> } }).output;
  return COUNTERS.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}

export const loadModel: AnyServiceModel = defineModel<LoadState, object>({
  id: 'load',
  initialState: () => ({ load: null, sent: 0, refused: 0 }),
  tuning: { aws: {}, ideal: {} },
  operations: {},
  notModelled: [],
  entries: {
    arrive: (context: LoadContext) => {
      const load = context.state.load!;
      context.state.sent++;
      const seq = context.emit('load.Arrived', 'arn:aws:load:::load', NOTHING, { cause: [] });
      const input = load.numbered === undefined ? load.input : { ...load.input, [load.numbered]: String(context.state.sent) };
      if (load.roomFor !== undefined && messagesIn(context, load.input, seq) >= load.roomFor) context.state.refused++;
      else context.api(load.service, load.operation, input, { principal: ADMIN, cause: [seq], replyTo: { kind: 'none' } });
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
/** Calls of these that were given up. */
export function refusedCalls(world: World): number {
  return (world.states.get('load') as LoadState).refused;
}
