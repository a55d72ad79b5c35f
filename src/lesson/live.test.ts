import { describe, expect, it } from 'vitest';
import type { ServiceManifest } from '../sim/manifest.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import { LiveChecks } from './live.ts';
import { CheckedTrace } from './matcher.ts';
import { checkSchema, matcherSchema } from './schema.ts';

const event = (seq: number, kind: string, subjects: string[] = [], o: { cause?: number[]; resource?: string } = {}): TraceEvent => ({ seq, at: simTime(seq * 1_000_000), kind, resource: o.resource ?? 'arn:q', cause: o.cause ?? [], subjects, data: {} });
const check = (property: object) => checkSchema.parse({ id: 'c', goal: 'g', fails: 'f', property });
/** Two uploads, one after the other in the same environment; the first fails and ends in a queue. */
const events = [
  event(0, 's3.Created', ['s3://u/broken']),
  event(1, 'lambda.Requested', ['r-1', 's3://u/broken'], { cause: [0] }),
  event(2, 'lambda.Failed', ['r-1', 's3://u/broken'], { cause: [1] }),
  event(3, 's3.Created', ['s3://u/dog']),
  event(4, 'lambda.Requested', ['r-2', 's3://u/dog'], { cause: [3] }),
  event(5, 'lambda.Started', ['r-2', 's3://u/dog'], { cause: [4, 2] }),
  event(6, 'sqs.Sent', ['m-1', 'r-1'], { cause: [2], resource: 'arn:dead' }),
  event(7, 'sqs.Sent', ['m-2', 'r-2'], { cause: [5], resource: 'arn:done' }),
];

describe('Lives', () => {
  const trace = new CheckedTrace(events, { ended: true, costUsd: 0 });
  const seqs = (matcher: object): number[] => trace.find(matcherSchema.parse(matcher)).map((found) => found.seq);

  it('follow an upload through request and message, and not through an environment that served another', () => {
    expect(seqs({ kind: 'sqs.Sent', life: 's3://u/broken' })).toEqual([6]);
    expect(seqs({ kind: 'sqs.Sent', from: { kind: 's3.Created', subject: 's3://u/broken' } })).toEqual([6, 7]);
  });
  it('find what lies beside something else on a resource', () => {
    const besides = { kind: 'sqs.Sent', life: 's3://u/broken' };
    expect(seqs({ kind: 'sqs.Sent', life: 's3://u/dog', besides })).toEqual([]);
    const together = new CheckedTrace([...events, event(8, 'sqs.Sent', ['m-3', 'r-2'], { resource: 'arn:dead' })], { ended: true, costUsd: 0 });
    expect(together.find(matcherSchema.parse({ kind: 'sqs.Sent', life: 's3://u/dog', besides })).map((found) => found.seq)).toEqual([8]);
  });
});

describe('Live checks', () => {
  it('say the same over a trace that grows as over the whole of it', () => {
    const checks = [
      check({ is: 'always', when: { kind: 's3.Created', subject: '*broken' }, then: { kind: 'sqs.Sent' }, link: 'life' }),
      check({ is: 'never', event: { kind: 'sqs.Sent', life: 's3://u/dog' } }),
      check({ is: 'count', event: { kind: 'lambda.*' }, min: 5 }),
    ];
    const growing: TraceEvent[] = [];
    const live = new LiveChecks(checks, []);
    for (const next of events) {
      growing.push(next);
      const whole = new LiveChecks(checks, []).judge({ events: [...growing], length: growing.length, ended: false });
      expect(live.judge({ events: growing, length: growing.length, ended: false }).map((result) => [result.state, result.event?.seq])).toEqual(whole.map((result) => [result.state, result.event?.seq]));
    }
    expect(live.judge({ events: growing, length: growing.length, ended: true }).map((result) => result.state)).toEqual(['passed', 'failed', 'failed']);
  });

  it('are not judged again while nothing is new', () => {
    const live = new LiveChecks([check({ is: 'eventually', event: { kind: 'sqs.Sent' } })], []);
    const run = { events, length: 3, ended: false };
    expect(live.judge(run)).toBe(live.judge({ ...run }));
    expect(live.judge({ ...run, length: 7 })[0]!.state).toBe('passed');
  });

  it('begin anew when the past was rewritten', () => {
    const live = new LiveChecks([check({ is: 'eventually', event: { kind: 'sqs.Sent' } })], []);
    expect(live.judge({ events, length: 8, ended: false })[0]!.state).toBe('passed');
    expect(live.judge({ events: events.slice(0, 3), length: 3, ended: false })[0]!.state).toBe('open');
  });

  it('leave out what lies beyond the graded span', () => {
    const live = new LiveChecks([check({ is: 'never', event: { kind: 'sqs.Sent' } })], []);
    expect(live.judge({ events, length: 6, ended: true })[0]!.state).toBe('passed');
  });

  it('add up the cost from the manifests', () => {
    const manifest = { cost: (one: TraceEvent) => (one.kind === 'sqs.Sent' ? [{ unit: 'send', quantity: 2 }] : []), prices: { send: { label: '', usd: 0.5, source: '' } } } as unknown as ServiceManifest;
    const live = new LiveChecks([check({ is: 'cost', maxUsd: 1 })], [manifest]);
    expect(live.judge({ events, length: 7, ended: true })[0]!.state).toBe('passed');
    expect(live.judge({ events, length: 8, ended: true })[0]!.state).toBe('failed');
  });
});
