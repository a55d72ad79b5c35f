/** Seeded fuzz: one seed is one random scenario with random calls, edits and faults, played, checked, rewound and played again. */
import { traceHash } from '../sim/trace-hash.ts';
import type { World } from '../sim/world.ts';
import { DeliveryCheck } from './fuzz-deliveries.ts';
import { causeError, InvocationCheck, MessageCheck } from './fuzz-checks.ts';
import type { Places } from './fuzz-checks.ts';
import { arnOf, FuzzDriver, QUEUES, urlOf } from './fuzz-driver.ts';

export interface FuzzFinding {
  readonly seed: number;
  readonly what: string;
}

/** What is wrong with a run, or null. */
export function checkRun(world: World, accountConcurrency = Infinity): string | null {
  const messages = new MessageCheck();
  const invocations = new InvocationCheck(accountConcurrency);
  const deliveries = new DeliveryCheck();
  const { events } = world.trace;
  for (const [i, event] of events.entries()) {
    const wrong = causeError(event, i, events[i - 1]) ?? messages.take(event) ?? invocations.take(event) ?? deliveries.take(event);
    if (event.kind === 'sim.BoundReached') return `the run reached its ${String(event.data['reason'])}`;
    if (wrong !== null) return `${wrong} (event ${i})`;
  }
  return messages.end() ?? countError(world, messages.places());
}

/** The queues count as many messages in each place as the trace says. */
function countError(world: World, places: Places): string | null {
  for (const queue of QUEUES) {
    const outcome = world.request('sqs', 'GetQueueAttributes', { QueueUrl: urlOf(queue), AttributeNames: ['All'] }, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'none' } });
    const known = [...(places.get(arnOf(queue))?.values() ?? [])];
    if (outcome.kind !== 'ok') {
      if (known.length > 0) return `${queue} does not answer, its trace holds ${known.length} messages`;
      continue;
    }
    const { Attributes } = outcome.output as { readonly Attributes: Readonly<Record<string, string>> };
    const counted = ['', 'NotVisible', 'Delayed'].map((name) => Number(Attributes[`ApproximateNumberOfMessages${name}`]));
    const expected = (['visible', 'hidden', 'delayed'] as const).map((place) => known.filter((message) => message.place === place).length);
    if (counted.join() !== expected.join()) return `${queue} counts ${counted.join(', ')} messages, its trace ${expected.join(', ')}`;
  }
  return null;
}

/** Runs one seed: some acts to a snapshot at any moment, the others after it; then on from the snapshot again, and all of it anew. Answers with what is wrong, or null. */
export function fuzzSeed(seed: number, acts = 60): FuzzFinding | null {
  const finding = (what: string | null): FuzzFinding | null => (what === null ? null : { seed, what });
  const one = new FuzzDriver(seed);
  const moment = one.drawMoment(acts * 2);
  one.act(moment);
  const back = one.snapshot();
  one.act(acts * 2 - moment);
  const wrong = checkRun(one.world, one.accountConcurrency);
  if (wrong !== null) return finding(wrong);
  const hash = traceHash(one.world.trace);
  back();
  one.act(acts * 2 - moment);
  if (traceHash(one.world.trace) !== hash) return finding('a restored snapshot has another future');
  const two = new FuzzDriver(seed);
  two.act(acts * 2);
  return finding(traceHash(two.world.trace) === hash ? null : 'the same seed gives another run');
}
