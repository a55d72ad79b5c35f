/** Faults of a scenario: they strike the nodes they name, and what cannot be struck so is told. */
import { describe, expect, it } from 'vitest';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { noRuntime } from '../services/testing.ts';
import { simTime } from '../sim/units.ts';
import type { Fault, ScenarioDocument } from '../scenario/schema.ts';
import { createBlobStore } from './blobs.ts';
import { Simulation } from './simulation.ts';
import { loaded } from './testing.ts';

const fault = (o: Partial<Fault>): Fault => ({ id: 'f', node: 'jobs', kind: 'deny', fromMs: 0, untilMs: 60_000, chance: 1, ...o });
function simulate(...faults: Fault[]): Simulation {
  const bus = { id: 'events', service: 'events', config: { name: 'default' }, position: { x: 0, y: 0 } };
  const document = { ...loaded, base: { ...loaded.base, nodes: [...loaded.base.nodes, bus], stimuli: [], faults } } as ScenarioDocument;
  return new Simulation({ models, manifests, runtime: noRuntime, blobs: createBlobStore() }, document);
}

describe('Faults of a scenario', () => {
  it('deny a node while they last, and no longer', () => {
    const simulation = simulate(fault({ untilMs: 10_000 }));
    expect(simulation.problems).toEqual([]);
    const arn = simulation.arns()['jobs']!;
    const allowed = (ms: number): boolean => {
      simulation.runTo(simTime(ms * 1_000));
      return simulation.world.authorize({ kind: 'service', name: 'sns.amazonaws.com', sourceArn: 'arn:aws:sns:us-east-1:000000000000:t' }, 'sqs:SendMessage', arn).reason.kind === 'explicit-deny';
    };
    expect([allowed(1), allowed(9_999), allowed(10_000)]).toEqual([true, true, false]);
  });

  it('that a node cannot be struck by are told, and the others go on', () => {
    const simulation = simulate(fault({ id: 'a', kind: 'timeout' }), fault({ id: 'b', node: 'nobody' }), fault({ id: 'c' }));
    expect(simulation.problems.map(({ operation, error }) => [operation, error.name, error.message])).toEqual([
      ['fault a', 'NotModelled', 'Not modelled: runner the fault timeout of a node of sqs. The scenario runs without it.'],
      ['fault b', 'NotModelled', 'Not modelled: runner the fault deny of a node of . The scenario runs without it.'],
    ]);
    expect(simulation.world.options.faults?.map(({ id }) => id)).toEqual(['c']);
  });
});
