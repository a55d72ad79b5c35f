/** What queueing theory knows in closed form, each measured through our services: for the tests briefly, for `npm run bench -- --long` at length. */
import { studyBatches } from './batch-studies.ts';
import { studyJitter } from './jitter-study.ts';
import { studyLambda } from './lambda-model.ts';
import type { LambdaStudy } from './lambda-model.ts';
import { studyQueue } from './queue-studies.ts';
import type { QueueStudy } from './queue-studies.ts';
import { readReference } from './reference-data.ts';
import { studyAsyncRetries, studyRedrive } from './retry-studies.ts';

export interface ClosedForm {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance_rel: number;
}
type Params = ClosedForm['params'];
export type Measured = Readonly<Record<string, number>>;

export interface Study {
  /** As in the reference file. */
  readonly id: string;
  readonly what: string;
  /** Measures with one seed, `length` times as long as the tests do. */
  readonly run: (params: Params, seed: number, length: number) => Measured;
  /** Cases of a run, and what the relative standard error is times the root of their number: what varies much is held to three standard errors. */
  readonly sampling?: { readonly cases: (length: number) => number; readonly variation: Measured };
}

export const SEEDS = [1, 2, 3] as const;

export const closedForms = (): readonly ClosedForm[] => readReference<{ readonly stochastic: readonly ClosedForm[] }>('closed-form.json').stochastic;

const lambda = (o: Omit<LambdaStudy, 'keepAliveSec'> & { readonly keepAliveSec?: number }) => studyLambda({ keepAliveSec: 600, ...o });
const exp = (meanSec: number) => ({ kind: 'exp', meanMs: meanSec * 1000 }) as const;
const constant = (sec: number) => ({ kind: 'const', ms: sec * 1000 }) as const;
const blocked = (result: ReturnType<typeof studyLambda>) => ({ block: result.throttled / result.requests });
const queue = (o: Pick<QueueStudy, 'duration' | 'servers' | 'roomFor'>, p: Params, seed: number, messages: number): Measured => studyQueue({ arrivalsPerSec: p['lambda']!, messages: Math.round(messages), seed, ...o });

/** A task is many bursts of handler code: few in the tests, enough for the tolerance at length. */
const jitterTasks = (length: number): number => (length > 1 ? 4_000 : 60);
/** Waits of a busy queue hang together, so that their error falls slowly: the variations below are estimates from runs of a million. */
const messages = (length: number): number => 30_000 * length;

export const STUDIES: readonly Study[] = [
  {
    id: 'M/M/1',
    what: 'one message group of a FIFO queue: messages in the system, time in it',
    run: (p, seed, length) => queue({ duration: exp(1 / p['mu']!), servers: 1 }, p, seed, messages(length)),
    sampling: { cases: messages, variation: { L: 7, W: 7 } },
  },
  {
    id: 'M/M/c (Erlang C)',
    what: 'a queue with maximum concurrency 5 on its mapping: wait, busy environments',
    run: (p, seed, length) => queue({ duration: exp(1 / p['mu']!), servers: p['c']! }, p, seed, messages(length)),
    sampling: { cases: messages, variation: { Wq: 10 } },
  },
  {
    id: 'M/M/c/c (Erlang B)',
    what: 'throttles at reserved concurrency',
    run: (p, seed, length) => blocked(lambda({ arrivalsPerSec: p['lambda']!, duration: exp(1 / p['mu']!), reserved: p['c']!, maxTimeSec: 12_000 * length, seed })),
  },
  {
    id: 'M/D/c/c insensitivity',
    what: 'throttles do not depend on the law of durations',
    run: (p, seed, length) => blocked(lambda({ arrivalsPerSec: p['lambda']!, duration: constant(p['S']!), reserved: p['c']!, maxTimeSec: 12_000 * length, seed })),
  },
  {
    id: 'M/M/1/K',
    what: 'a producer that gives up at a full queue: share given up, messages in the system',
    run: (p, seed, length) => queue({ duration: exp(1 / p['mu']!), servers: 1, roomFor: p['K']! }, p, seed, messages(length)),
    sampling: { cases: messages, variation: { block: 9 } },
  },
  {
    id: 'M/D/1 (Pollaczek-Khinchine)',
    what: 'one message group, constant durations: wait',
    run: (p, seed, length) => queue({ duration: constant(p['S']!), servers: 1 }, p, seed, messages(length)),
    sampling: { cases: messages, variation: { Wq: 6 } },
  },
  {
    id: 'M/G/1 lognormal (P-K)',
    what: 'one message group, log-normal durations: wait',
    // The mean of a log-normal is its median times e^(σ²/2).
    run: (p, seed, length) => queue({ duration: { kind: 'lognormal', median: p['mean']! * 1000 * Math.exp(-(p['sigma']! ** 2) / 2), sigma: p['sigma']! }, servers: 1 }, p, seed, messages(length)),
    sampling: { cases: messages, variation: { Wq: 6 } },
  },
  {
    id: 'M/G/inf (Little)',
    what: "Little's law: mean number of running invocations",
    run: (p, seed, length) => ({ busy: lambda({ arrivalsPerSec: p['lambda']!, duration: exp(p['S']!), maxTimeSec: 100_000 * length, seed }).running }),
  },
  {
    id: 'keep-alive, S->0',
    what: 'probability of a cold start, mean number of environments',
    run: (p, seed, length) => {
      const result = lambda({ arrivalsPerSec: p['lambda']!, duration: constant(0), keepAliveSec: p['T']!, maxTimeSec: 30_000_000 * length, seed });
      return { p: result.cold / result.requests, inst: result.servers };
    },
  },
  {
    id: 'keep-alive, reserved 1, drop',
    what: 'one environment: cold share of the accepted, share of the throttled',
    run: (p, seed, length) => {
      const result = lambda({ arrivalsPerSec: p['lambda']!, duration: constant(p['S']!), keepAliveSec: p['T']!, reserved: 1, maxTimeSec: 100_000 * length, seed });
      return { cold: result.cold / result.accepted, thr: result.throttled / result.requests };
    },
  },
  {
    id: 'async retries (max 2)',
    what: 'attempts per event, share that ends in the dead-letter queue, time to settle',
    run: (p, seed, length) => studyAsyncRetries({ errorRate: p['p']!, events: 120_000 * length, seed }),
    sampling: { cases: (length) => 120_000 * length, variation: { dlq: 6, time: 1.85 } },
  },
  {
    id: 'SQS redrive',
    what: 'receives per message, share that is dead-lettered, time to settle',
    run: (p, seed, length) => studyRedrive({ failRate: p['p']!, maxReceiveCount: p['m']!, visibilitySec: p['V']!, messages: 20_000 * length, seed }),
    sampling: { cases: (length) => 20_000 * length, variation: { dlq: 11 } },
  },
  {
    id: 'full-jitter backoff',
    what: 'a handler that backs off with full jitter: time until it gives up',
    run: (p, seed, length) => studyJitter({ baseSec: p['b']!, capSec: p['cap']!, retries: p['R']!, tasks: jitterTasks(length), seed }),
    sampling: { cases: jitterTasks, variation: { delay: 0.31 } },
  },
  {
    id: 'batch window+size',
    what: 'batches by window and size',
    run: (p, seed, length) => studyBatches({ perSec: p['lambda']!, windowSec: p['W']!, batchSize: p['B']!, maxTimeSec: 10_000 * length, seed }),
  },
  {
    id: 'batch window only',
    what: 'batches by window alone',
    run: (p, seed, length) => studyBatches({ perSec: p['lambda']!, windowSec: p['W']!, batchSize: 10_000, maxTimeSec: 10_000 * length, seed }),
  },
];

/** One figure of a study: mean over the seeds against the closed form. `error` and `tolerance` are shares of what is expected. */
export interface Verdict {
  readonly name: string;
  readonly mean: number;
  readonly expected: number;
  readonly error: number;
  readonly tolerance: number;
}

export function verdicts(study: Study, form: ClosedForm, length: number): readonly Verdict[] {
  const results = SEEDS.map((seed) => study.run(form.params, seed, length));
  return Object.entries(form.expected).map(([name, expected]) => {
    const mean = results.reduce((sum, result) => sum + result[name]!, 0) / results.length;
    const { cases, variation } = study.sampling ?? { cases: () => 1, variation: {} };
    const chance = (3 * (variation[name] ?? 0)) / Math.sqrt(cases(length) * SEEDS.length);
    return { name, mean, expected, error: Math.abs(mean - expected) / expected, tolerance: Math.max(form.tolerance_rel, chance) };
  });
}
