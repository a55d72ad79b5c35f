/** Laws of arrivals, and what the number of a call does to its texts. */
import { describe, expect, it } from 'vitest';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { noRuntime } from '../services/testing.ts';
import { simTime } from '../sim/units.ts';
import type { Stimulus } from '../scenario/schema.ts';
import { createBlobStore } from './blobs.ts';
import { Simulation } from './simulation.ts';
import { loaded } from './testing.ts';

type Arrivals = Stimulus['arrivals'];
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

/** A queue under one load, run until `ms`. */
function ran(arrivals: Arrivals, ms: number, MessageBody = 'hello'): Simulation {
  const stimulus: Stimulus = { id: 'load', node: 'jobs', call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody } }, arrivals };
  const simulation = new Simulation({ models, manifests, runtime: noRuntime, blobs: createBlobStore() }, { ...loaded, base: { ...loaded.base, stimuli: [stimulus] } });
  simulation.runTo(simTime(ms * 1_000));
  return simulation;
}
const times = (arrivals: Arrivals, ms = 60_000): number[] => ran(arrivals, ms).world.trace.events.filter(({ kind }) => kind === 'stimuli.Fired').map(({ at }) => at);
const ramp = (fromPerSec: number, toPerSec: number, fromMs = 0, untilMs = 10_000): Arrivals => ({ kind: 'ramp', fromPerSec, toPerSec, fromMs, untilMs });

describe('A ramp of load', () => {
  it('from a rate to the same is a constant load', () => {
    expect(times(ramp(4, 4, 500, 3_000))).toEqual(times({ kind: 'constant', everyMs: 250, fromMs: 500, untilMs: 3_000 }));
  });

  it('calls wherever the integral of its rate is a whole number', () => {
    // From 0 to 2 a second over 10 s: the integral is t²/10, so call n comes at √(10 n) s.
    expect(times(ramp(0, 2))).toEqual([0, 3_162_278, 4_472_136, 5_477_226, 6_324_555, 7_071_068, 7_745_967, 8_366_600, 8_944_272, 9_486_833]);
  });

  it('makes as many calls down as up, at mirrored gaps', () => {
    const up = times(ramp(0, 2));
    const down = times(ramp(2, 0));
    expect(down).toHaveLength(up.length);
    expect(down.map((at) => 10_000_000 - at).reverse().slice(0, -1)).toEqual(up.slice(1));
  });

  it('makes no call without a rate or a span, and none after its end', () => {
    expect([times(ramp(0, 0)), times(ramp(1, 2, 5_000, 5_000)), times(ramp(1, 2, 6_000, 5_000))]).toEqual([[], [], []]);
    expect(Math.max(...times(ramp(0, 200, 1_000, 3_000)))).toBeLessThan(3_000_000);
    expect(times(ramp(0, 200, 1_000, 3_000))).toHaveLength(200);
  });
});

describe('Other laws of load', () => {
  it('are a list in any order, a burst, and even gaps that end before their end', () => {
    expect(times({ kind: 'list', atMs: [2_000, 500, 1_000, 500] })).toEqual([500_000, 500_000, 1_000_000, 2_000_000]);
    expect(times({ kind: 'list', atMs: [] })).toEqual([]);
    expect(times({ kind: 'burst', atMs: 700, count: 3 })).toEqual([700_000, 700_000, 700_000]);
    expect(times({ kind: 'constant', everyMs: 400, fromMs: 100, untilMs: 900 })).toEqual([100_000, 500_000]);
  });
});

describe('The text of a call', () => {
  it('has the number of the call where it asks for it', () => {
    const simulation = ran({ kind: 'list', atMs: [0, 1_000] }, 2_000, '{"order":"o-{{n}}","again":"{{n}}"}');
    const answer = simulation.read('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const bodies = answer?.kind === 'ok' ? (answer.output as { Messages: { Body: string }[] }).Messages.map(({ Body }) => Body) : [];
    expect(bodies.toSorted()).toEqual(['{"order":"o-1","again":"1"}', '{"order":"o-2","again":"2"}']);
  });
});
