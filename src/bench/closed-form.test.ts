import { describe, expect, it } from 'vitest';
import { studyLambda } from './lambda-model.ts';
import type { LambdaStudy } from './lambda-model.ts';
import { hasReferenceData, readReference } from './reference-data.ts';
import { studyAsyncRetries, studyRedrive } from './retry-studies.ts';
import { studyBatches } from './batch-studies.ts';

interface ClosedForm {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
  readonly tolerance_rel: number;
}
const SEEDS = [1, 2, 3] as const;

const forms = hasReferenceData ? readReference<{ readonly stochastic: readonly ClosedForm[] }>('closed-form.json').stochastic : [];
const formOf = (id: string): ClosedForm => {
  const found = forms.find((form) => form.id === id);
  if (!found) throw new Error(`there is no closed form '${id}'`);
  return found;
};

/** Counted cases a seed, and standard deviation over mean of what is averaged: what varies much is held to three standard errors. */
interface Sampling {
  readonly cases: number;
  readonly variation: Readonly<Record<string, number>>;
}

/** Holds the mean of three seeds against the closed form. */
function hold(id: string, study: (params: Readonly<Record<string, number>>, seed: number) => Readonly<Record<string, number>>, sampling?: Sampling): void {
  const { params, expected, tolerance_rel } = formOf(id);
  const results = SEEDS.map((seed) => study(params, seed));
  for (const [name, wanted] of Object.entries(expected)) {
    const mean = results.reduce((sum, result) => sum + result[name]!, 0) / results.length;
    const error = sampling === undefined ? 0 : (sampling.variation[name] ?? 0) / Math.sqrt(sampling.cases * SEEDS.length);
    const tolerance = Math.max(tolerance_rel, 3 * error);
    expect(Math.abs(mean - wanted) / wanted, `${id} ${name}: ${mean}, expected ${wanted}`).toBeLessThanOrEqual(tolerance);
  }
}

const lambda = (o: Omit<LambdaStudy, 'keepAliveSec'> & { readonly keepAliveSec?: number }) => studyLambda({ keepAliveSec: 600, ...o });
const exp = (meanSec: number) => ({ kind: 'exp', meanMs: meanSec * 1000 }) as const;
const constant = (sec: number) => ({ kind: 'const', ms: sec * 1000 }) as const;
const blocked = (result: ReturnType<typeof studyLambda>) => ({ block: result.throttled / result.requests });

describe.skipIf(!hasReferenceData)('Closed forms through our services, on three seeds', () => {
  it('Erlang B: throttles at reserved concurrency', () => {
    hold('M/M/c/c (Erlang B)', (p, seed) => blocked(lambda({ arrivalsPerSec: p['lambda']!, duration: exp(1 / p['mu']!), reserved: p['c']!, maxTimeSec: 12_000, seed })));
  });

  it('Erlang B does not depend on the law of durations', () => {
    hold('M/D/c/c insensitivity', (p, seed) => blocked(lambda({ arrivalsPerSec: p['lambda']!, duration: constant(p['S']!), reserved: p['c']!, maxTimeSec: 12_000, seed })));
  });

  it("Little's law: mean number of running invocations", () => {
    hold('M/G/inf (Little)', (p, seed) => ({ busy: lambda({ arrivalsPerSec: p['lambda']!, duration: exp(p['S']!), maxTimeSec: 200_000, seed }).running }));
  });

  it('keep-alive: probability of a cold start and mean number of environments', () => {
    hold('keep-alive, S->0', (p, seed) => {
      const result = lambda({ arrivalsPerSec: p['lambda']!, duration: constant(0), keepAliveSec: p['T']!, maxTimeSec: 30_000_000, seed });
      return { p: result.cold / result.requests, inst: result.servers };
    });
  });

  it('keep-alive with one environment: cold share of the accepted, share of the throttled', () => {
    hold('keep-alive, reserved 1, drop', (p, seed) => {
      const result = lambda({ arrivalsPerSec: p['lambda']!, duration: constant(p['S']!), keepAliveSec: p['T']!, reserved: 1, maxTimeSec: 150_000, seed });
      return { cold: result.cold / result.accepted, thr: result.throttled / result.requests };
    });
  });

  it('async retries: attempts per event, share that ends in the dead-letter queue, time to settle', () => {
    hold('async retries (max 2)', (p, seed) => studyAsyncRetries({ errorRate: p['p']!, events: 80_000, seed }), { cases: 80_000, variation: { dlq: 6, time: 1.85 } });
  });

  it('SQS redrive: receives per message, share that is dead-lettered, time to settle', () => {
    hold('SQS redrive', (p, seed) => studyRedrive({ failRate: p['p']!, maxReceiveCount: p['m']!, visibilitySec: p['V']!, messages: 40_000, seed }), { cases: 40_000, variation: { dlq: 11 } });
  });

  it('batches by window and size', () => {
    hold('batch window+size', (p, seed) => studyBatches({ perSec: p['lambda']!, windowSec: p['W']!, batchSize: p['B']!, maxTimeSec: 30_000, seed }));
  });

  it('batches by window alone', () => {
    hold('batch window only', (p, seed) => studyBatches({ perSec: p['lambda']!, windowSec: p['W']!, batchSize: 10_000, maxTimeSec: 30_000, seed }));
  });
});

interface SimfaasRow {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, unknown>>;
}
interface AwsFigures {
  readonly p_cold: number;
  readonly server: number;
}

describe.skipIf(!hasReferenceData)("SimFaaS's models through our Lambda", () => {
  const rows = hasReferenceData ? readReference<{ readonly rows: readonly SimfaasRow[] }>('simfaas.json').rows : [];
  const study = ({ params: p }: SimfaasRow, seed: number, maxTimeSec = p['max_time_s']!) =>
    studyLambda({ arrivalsPerSec: p['arrival_rate_per_s']!, duration: exp(p['warm_mean_s']!), init: exp(p['cold_mean_s']! - p['warm_mean_s']!), keepAliveSec: p['keep_alive_s']!, accountConcurrency: p['max_concurrency'] ?? 1_000, maxTimeSec, seed });

  it("agrees with its README's example", () => {
    const found = rows.find((row) => row.id === 'simfaas-readme')!;
    const expected = found.expected as Readonly<Record<string, { readonly mean: number }>>;
    const results = SEEDS.map((seed) => study(found, seed));
    const mean = (read: (result: (typeof results)[number]) => number): number => results.reduce((sum, result) => sum + read(result), 0) / results.length;
    const close = (actual: number, name: string, tolerance: number): void => expect(Math.abs(actual - expected[name]!.mean) / expected[name]!.mean, `${name}: ${actual}`).toBeLessThanOrEqual(tolerance);
    close(mean((result) => result.cold / result.requests), 'p_cold', 0.04);
    close(mean((result) => result.servers), 'server', 0.01);
    close(mean((result) => result.running), 'running', 0.005);
    close(mean((result) => result.idle), 'idle', 0.02);
    close(mean((result) => result.lifeSpanSec), 'life_span', 0.08);
    close(mean((result) => result.requests), 'total', 0.005);
  });

  it("rejects at the account's concurrency as it does", () => {
    const found = rows.find((row) => row.id === 'simfaas-maxconc')!;
    const result = study(found, 1, 300);
    expect(result.throttled / result.requests).toBeGreaterThan(0.49);
    expect(Math.abs(result.throttled / result.requests - (found.expected['p_reject'] as number)) / (found.expected['p_reject'] as number)).toBeLessThanOrEqual(0.02);
  });

  it('is as near to what was measured on AWS: mean errors over all its rows', () => {
    const measured = rows.filter((row) => row.id.startsWith('aws-'));
    expect(measured.length).toBe(20);
    let cold = 0;
    let servers = 0;
    for (const [i, found] of measured.entries()) {
      const aws = found.expected['aws'] as AwsFigures;
      // Rare arrivals need more time for the same certainty, frequent ones less.
      // Each row has a seed of its own: with one seed all would share the luck of the same draws.
      const result = study(found, i + 1, found.params['max_time_s']! * (found.params['arrival_rate_per_s']! > 0.15 ? 0.4 : 4));
      cold += Math.abs(result.cold / result.requests - aws.p_cold) / aws.p_cold / measured.length;
      servers += Math.abs(result.servers - aws.server) / aws.server / measured.length;
    }
    expect(cold, 'mean error of the cold-start probability').toBeLessThanOrEqual(0.13);
    expect(servers, 'mean error of the number of environments').toBeLessThanOrEqual(0.035);
  }, 120_000);
});
