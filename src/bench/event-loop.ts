/** The event loop: M/M/1 through the whole kernel against a bare heap on typed arrays, and the agenda alone at three sizes. */
import { createRandom } from '../base/random.ts';
import { Agenda } from '../sim/agenda.ts';
import type { Context } from '../sim/service.ts';
import { defineModel } from '../sim/service.ts';
import { simTime } from '../sim/units.ts';
import { bestRates, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { mm1OnTypedHeap } from './reference/typed-heap.ts';
import { createBenchWorld } from './world.ts';

const CUSTOMERS = 1_000_000;
const ARN = 'arn:aws:mm1:::queue';

interface QueueState {
  waiting: number;
  arrivalsLeft: number;
}
type QueueContext = Context<QueueState, object>;

/** One server, Poisson arrivals at 0.8, exponential service at 1 (per second): two agenda entries and two trace events a customer. */
const mm1 = defineModel<QueueState, object>({
  id: 'mm1',
  initialState: () => ({ waiting: 0, arrivalsLeft: 0 }),
  tuning: { aws: {}, ideal: {} },
  operations: {},
  notModelled: [],
  entries: {
    arrive: (context: QueueContext) => {
      const { state } = context;
      context.emit('mm1.Arrived', ARN, { waiting: state.waiting });
      if (state.waiting++ === 0) context.schedule(gap(context, 'mm1.service', 1_000_000), 'depart', NOTHING);
      if (--state.arrivalsLeft > 0) context.schedule(gap(context, 'mm1.arrivals', 1_250_000), 'arrive', NOTHING);
    },
    depart: (context: QueueContext) => {
      const { state } = context;
      context.emit('mm1.Departed', ARN, { waiting: --state.waiting });
      if (state.waiting > 0) context.schedule(gap(context, 'mm1.service', 1_000_000), 'depart', NOTHING);
    },
  },
  provides: {},
  traceKinds: {},
  resources: () => [ARN],
  summarize: () => undefined,
});
const NOTHING = {};
const NO_CAUSE: readonly number[] = [];

function gap(context: QueueContext, stream: string, meanUs: number): number {
  return Math.round(context.random(stream).exponential(meanUs));
}

/** Answers with the time of the last departure, µs. */
function mm1OnKernel(customers: number, trace: 'keep' | 'counts'): number {
  const world = createBenchWorld([mm1], { trace });
  (world.states.get('mm1') as QueueState).arrivalsLeft = customers;
  world.agenda.push(0, { service: 'mm1', kind: 'arrive', payload: NOTHING, cause: [], background: false });
  world.runTo(simTime(Number.MAX_SAFE_INTEGER), { foregroundOnly: true });
  if (world.trace.length !== 2 * customers) throw new Error(`${world.trace.length} events for ${customers} customers`);
  return world.now;
}

const PAIRS = 50_000;

/** Pairs of pop and push, at a constant number of entries. */
function agendaLoop(entries: number): () => void {
  const random = createRandom(1, 'bench.agenda');
  const agenda = new Agenda();
  const push = (at: number): void => void agenda.push(at, { service: 'bench', kind: 'tick', payload: NOTHING, cause: NO_CAUSE, background: false });
  for (let i = 0; i < entries; i++) push(random.nextUint32());
  return () => {
    for (let i = 0; i < PAIRS; i++) {
      const at = agenda.peekTime()!;
      agenda.pop();
      push(at + random.nextUint32());
    }
  };
}

export function eventLoopRows(scale: Scale): readonly Row[] {
  const [ours, theirs] = [mm1OnKernel(CUSTOMERS, 'counts'), mm1OnTypedHeap(CUSTOMERS, 1)];
  if (ours !== theirs) throw new Error(`the last customer leaves at ${ours} µs here and at ${theirs} µs in the reference`);
  // Apart, so that the garbage of kept traces is not collected in a pass that keeps none.
  const [typed, counted] = bestRates(scale, 2 * CUSTOMERS, [() => mm1OnTypedHeap(CUSTOMERS, 1), () => mm1OnKernel(CUSTOMERS, 'counts')]);
  const [typedAgain, kept] = bestRates(scale, 2 * CUSTOMERS, [() => mm1OnTypedHeap(CUSTOMERS, 1), () => mm1OnKernel(CUSTOMERS, 'keep')]);
  const [small, middle, large] = bestRates({ budgetMs: 2 * scale.budgetMs }, PAIRS, [100, 10_000, 1_000_000].map(agendaLoop));
  const referenceWhat = 'typed 4-ary heap, bare loop, same customers';
  return [
    row({ id: 'mm1-counted', what: `M/M/1, ${CUSTOMERS} customers, trace counted`, unit: 'events/s', figure: counted!, reference: typed!, referenceWhat, atLeast: 0.4 }),
    row({ id: 'mm1-kept', what: `M/M/1, ${CUSTOMERS} customers, trace kept`, unit: 'events/s', figure: kept!, reference: typedAgain!, referenceWhat, atLeast: 0.15 }),
    row({ id: 'agenda-1e4', what: 'agenda, pop + push at 10,000 entries', unit: 'pairs/s', figure: middle!, reference: small!, referenceWhat: 'the same at 100 entries', atLeast: 0.25 }),
    row({ id: 'agenda-1e6', what: 'agenda, pop + push at 1,000,000 entries', unit: 'pairs/s', figure: large!, reference: middle!, referenceWhat: 'the same at 10,000 entries', atLeast: 0.3 }),
  ];
}
