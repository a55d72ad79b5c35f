/** Load and faults of a design: what is edited, what follows a rename, what stays the same thing. */
import { describe, expect, it } from 'vitest';
import { manifests } from '../services/manifests.ts';
import { completeNode, DEFAULT_PLACE, manifestsById } from './environment.ts';
import { asKind, callsOf, faultsOf, loadOf, newFault, newStimulus, withFault, withoutFault, withoutStimulus, withStimulus } from './load.ts';
import type { Arrivals } from './load.ts';
import { createScenarioStore, documentNow, EMPTY_BASE } from './scenario.store.ts';
import type { ScenarioStore } from './scenario.store.ts';
import { baseSchema } from './schema.ts';
import { templateById } from './templates/templates.ts';

const known = manifestsById(manifests);
const open = (): ScenarioStore => createScenarioStore(known, templateById.get('queue-and-worker')!.document);
const span = { fromMs: 1_000, untilMs: 11_000 };

describe('Load of a node', () => {
  it('is what names it, and calls of nobody\u2019s that go to it', () => {
    const { design } = open().getState();
    const node = completeNode(design.nodes.find(({ id }) => id === 'orders')!, known);
    const at = { manifest: known.get('sqs')!, arn: known.get('sqs')!.arn(node.config, DEFAULT_PLACE) };
    expect(loadOf(design, node, at).map(({ id }) => id)).toEqual(['books', 'fridge']);
    const loose = { ...design, stimuli: design.stimuli.map(({ node: _, ...stimulus }) => stimulus) };
    expect(loadOf(loose, node, at).map(({ id }) => id)).toEqual(['books', 'fridge']);
    const other = { ...node, id: 'dead' };
    expect(loadOf(loose, other, { ...at, arn: 'arn:aws:sqs:us-east-1:000000000000:orders-dlq' })).toEqual([]);
  });

  it('is added, changed and removed by name, and each can be undone', () => {
    const store = open();
    const before = store.getState().design;
    const node = completeNode(before.nodes[0]!, known);
    const stimulus = newStimulus(before, node, { operation: 'SendMessage', input: { MessageBody: 'x' } });
    store.apply('Add load to orders', (base) => withStimulus(base, stimulus));
    store.apply('Change the load of orders', (base) => withStimulus(base, { ...stimulus, arrivals: { kind: 'ramp', fromPerSec: 0, toPerSec: 5, ...span } }));
    expect(store.getState().design.stimuli.map(({ id, arrivals }) => [id, arrivals.kind])).toEqual([['books', 'poisson'], ['fridge', 'list'], ['orders-load', 'ramp']]);
    expect(baseSchema.safeParse(store.getState().design).success).toBe(true);
    store.apply('Remove load of orders', (base) => withoutStimulus(base, 'books'));
    expect(store.getState().design.stimuli.map(({ id }) => id)).toEqual(['fridge', 'orders-load']);
    expect([store.undo(), store.undo(), store.undo()]).toEqual(['Remove load of orders', 'Change the load of orders', 'Add load to orders']);
    expect(store.getState().design).toBe(before);
  });

  it('has an id of its own, also after others were removed', () => {
    const node = { id: 'q', service: 'sqs', config: {}, position: { x: 0, y: 0 } };
    const call = { operation: 'SendMessage', input: {} };
    const one = withStimulus(EMPTY_BASE, newStimulus(EMPTY_BASE, node, call));
    const two = withStimulus(one, newStimulus(one, node, call));
    expect(two.stimuli.map(({ id }) => id)).toEqual(['q-load', 'q-load-2']);
    expect(newStimulus(withoutStimulus(two, 'q-load'), node, call).id).toBe('q-load');
  });

  it('follows its node to another name, and the run goes on when no node with load is renamed', () => {
    const store = open();
    const { stimuli } = store.getState().design;
    store.rename('worker', 'clerk');
    store.setConfig('orders', { VisibilityTimeout: 20 });
    expect(store.getState().design.stimuli).toBe(stimuli);
    store.rename('orders', 'sales');
    expect(new Set(store.getState().design.stimuli.map(({ call }) => call.input['QueueUrl']))).toEqual(new Set(['https://sqs.us-east-1.amazonaws.com/000000000000/sales']));
    store.setConfig('orders', { FifoQueue: true });
    expect(store.getState().design.stimuli[0]!.call.input).toMatchObject({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/sales.fifo', MessageBody: '{"item":"book"}' });
  });
});

describe('Another law for the same load', () => {
  const ten: Arrivals = { kind: 'constant', everyMs: 1_000, ...span };
  it('keeps the span and about the number of calls', () => {
    expect(asKind(ten, 'poisson')).toEqual({ kind: 'poisson', perSec: 1, ...span });
    expect(asKind(ten, 'ramp')).toEqual({ kind: 'ramp', fromPerSec: 0, toPerSec: 2, ...span });
    expect(asKind(ten, 'burst')).toEqual({ kind: 'burst', atMs: 1_000, count: 10 });
    expect(asKind({ kind: 'list', atMs: [3_000, 2_000] }, 'constant')).toEqual({ kind: 'constant', everyMs: 1_000, fromMs: 2_000, untilMs: 3_000 });
    expect(asKind(ten, 'constant')).toBe(ten);
    expect((['constant', 'poisson', 'ramp', 'burst'] as const).map((kind) => callsOf(asKind(ten, kind)))).toEqual([10, 10, 10, 10]);
  });

  it('is a law that a scenario can hold, from any other', () => {
    const kinds = ['constant', 'poisson', 'ramp', 'burst', 'list'] as const;
    const odd: Arrivals[] = [ten, { kind: 'poisson', perSec: 0.001, fromMs: 5, untilMs: 5 }, { kind: 'ramp', fromPerSec: 0, toPerSec: 0, ...span }, { kind: 'list', atMs: [] }, { kind: 'burst', atMs: 0, count: 1 }, { kind: 'constant', everyMs: 31_536_000_000, ...span }];
    for (const arrivals of odd.flatMap((from) => kinds.map((kind) => asKind(from, kind)))) {
      const stimulus = { id: 's', call: { service: 'sqs', operation: 'SendMessage', input: {} }, arrivals };
      expect(baseSchema.safeParse({ ...EMPTY_BASE, stimuli: [stimulus] }).error?.issues ?? [], JSON.stringify(arrivals)).toEqual([]);
    }
  });
});

describe('Faults of a node', () => {
  it('are added, changed and removed, and a run recorded with others is no longer this one', () => {
    const store = open();
    store.setRecorded({ base: store.getState().design, inputs: [{ kind: 'cancel-work', atUs: 1, workId: 'w' }] });
    expect(documentNow(store.getState()).inputs).toHaveLength(1);
    store.apply('Add', (base) => withFault(base, newFault(base, 'worker', 'throw')));
    store.apply('Change', (base) => withFault(base, { ...faultsOf(base, 'worker')[0]!, chance: 0.2 }));
    expect(faultsOf(store.getState().design, 'worker')).toEqual([{ id: 'worker-fault', node: 'worker', kind: 'throw', fromMs: 0, untilMs: 60_000, chance: 0.2 }]);
    expect(documentNow(store.getState())).toEqual({ base: store.getState().design, inputs: [] });
    expect(withoutFault(store.getState().design, 'worker-fault').faults).toEqual([]);
  });
});
