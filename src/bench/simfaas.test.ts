/** SimFaaS's figures through our Lambda, briefly: what runs at length is `npm run bench -- --long`. A file of its own, so that it runs beside the closed forms. */
import { describe, expect, it } from 'vitest';
import { SEEDS } from './closed-forms.ts';
import { studyLambda } from './lambda-model.ts';
import { hasReferenceData, readReference } from './reference-data.ts';

const exp = (meanSec: number) => ({ kind: 'exp', meanMs: meanSec * 1000 }) as const;

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
  }, 120_000);

  it("rejects at the account's concurrency as it does", () => {
    const found = rows.find((row) => row.id === 'simfaas-maxconc')!;
    const result = study(found, 1, 300);
    expect(result.throttled / result.requests).toBeGreaterThan(0.49);
    expect(Math.abs(result.throttled / result.requests - (found.expected['p_reject'] as number)) / (found.expected['p_reject'] as number)).toBeLessThanOrEqual(0.02);
  }, 120_000);

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
