import { describe, expect, it } from 'vitest';
import { manifests } from '../services/manifests.ts';
import { readKept, startAutosave } from './autosave.ts';
import type { Keeper } from './autosave.ts';
import { manifestsById } from './environment.ts';
import { createScenarioStore, documentNow, EMPTY_BASE } from './scenario.store.ts';
import type { ScenarioStore } from './scenario.store.ts';
import { freeTestEventName, renamedTestEvent, testEventsOf, withTestEvent, withoutTestEvent } from './test-events.ts';
import { scenarioSchema } from './schema.ts';
import type { ScenarioDocument } from './schema.ts';
import { templateById } from './templates/templates.ts';

const known = manifestsById(manifests);
const pipeline = templateById.get('video-pipeline')!.document;
const open = (): ScenarioStore => createScenarioStore(known, pipeline, { kind: 'template', id: 'video-pipeline' });
const empty = (): ScenarioStore => createScenarioStore(known, { base: EMPTY_BASE, inputs: [] });
const names = (store: ScenarioStore): unknown[] => store.getState().design.nodes.map((node) => node.config['name']);
const at = { x: 101, y: 99 };

describe('Scenario store', () => {
  it('adds nodes with the defaults of their service, free names and places on the grid', () => {
    const store = empty();
    const first = store.addNode({ service: 'sqs', position: at });
    const second = store.addNode({ service: 'sqs', position: at });
    expect(names(store)).toEqual(['jobs', 'jobs-2']);
    expect(first).not.toBe(second);
    expect(store.getState().design.nodes[0]).toMatchObject({ position: { x: 104, y: 96 }, config: { VisibilityTimeout: 30 } });
  });

  it('undoes and redoes everything, by name', () => {
    const store = open();
    const before = store.getState().design;
    store.addNode({ service: 'sqs', position: at });
    store.setConfig('jobs', { VisibilityTimeout: 60 });
    store.moveNodes([{ id: 'jobs', x: 0, y: 0 }]);
    store.setFile('transcode', 'handler.mjs', '// new');
    store.setGrant('put', false);
    store.setEdgeConfig('redrive', { maxReceiveCount: 5 });
    expect(store.rename('dlq', 'graveyard')).toBeNull();
    store.remove(['renditions'], []);
    store.setSeed(99);
    const after = store.getState().design;
    const undone: (string | null)[] = [];
    while (store.getState().past.length > 0) undone.push(store.undo());
    expect(undone).toEqual(['Seed 99', 'Remove renditions', 'Rename jobs-dlq to graveyard', 'Change the connection', 'Take the permission away', 'Edit handler.mjs', 'Move jobs', 'Change jobs', 'Add jobs-2']);
    expect(store.getState().design).toEqual(before);
    expect(store.undo()).toBeNull();
    while (store.redo() !== null);
    expect(store.getState().design).toEqual(after);
  });

  it('forgets the redone future when something else is done', () => {
    const store = open();
    store.setSeed(1);
    store.undo();
    store.setSeed(2);
    expect(store.redo()).toBeNull();
    expect(store.getState().design.seed).toBe(2);
  });

  it('takes typing in one file, or dragging one thing, as one step', () => {
    const store = open();
    for (const text of ['a', 'ab', 'abc']) store.setFile('transcode', 'handler.mjs', text);
    store.endGroup();
    store.setFile('transcode', 'handler.mjs', 'abcd');
    expect(store.getState().past.map((step) => step.label)).toEqual(['Edit handler.mjs', 'Edit handler.mjs']);
    store.undo();
    expect(store.getState().design.nodes.find((node) => node.id === 'transcode')!.files!['handler.mjs']).toBe('abc');
  });

  it("refuses a value outside AWS's limits with a message for its field, and changes nothing", () => {
    const store = open();
    const issues = store.setConfig('jobs', { VisibilityTimeout: 43_201 });
    expect(issues).toMatchObject([{ path: 'VisibilityTimeout', message: expect.stringContaining('43,200') }]);
    expect(store.getState().past).toEqual([]);
  });

  it('refuses names that are taken or not allowed', () => {
    const store = open();
    expect(store.rename('jobs', 'jobs-dlq')).toContain('taken');
    expect(store.rename('jobs', 'no spaces')).toContain('letters');
    expect(names(store)).toContain('jobs');
  });

  it('removes a node with its connections', () => {
    const store = open();
    store.remove(['jobs'], []);
    expect(store.getState().design.edges.some((edge) => edge.from === 'jobs' || edge.to === 'jobs')).toBe(false);
    store.undo();
    expect(store.getState().design).toEqual(pipeline.base);
  });

  it('keeps load and faults as they are when a node goes that has none: the run goes on', () => {
    const store = createScenarioStore(known, templateById.get('fan-out')!.document, { kind: 'template', id: 'fan-out' });
    const { stimuli, faults } = store.getState().design;
    expect(stimuli.length).toBeGreaterThan(0);
    store.remove(['mail'], []);
    expect(store.getState().design.stimuli).toBe(stimuli);
    expect(store.getState().design.faults).toBe(faults);
    store.remove(['orders'], []);
    expect(store.getState().design.stimuli).toEqual([]);
  });

  it('duplicates, copies and pastes with new ids and names, and the connections among them', () => {
    const store = open();
    const ids = store.duplicate(['jobs', 'dlq']);
    expect(ids).toHaveLength(2);
    expect(names(store).slice(-2)).toEqual(['jobs-2', 'jobs-dlq-2']);
    expect(store.getState().design.edges.at(-1)).toMatchObject({ from: ids[0], to: ids[1], port: 'sqs.redrive' });
    const other = empty();
    expect(other.paste(store.copy(['jobs', 'dlq']))).toHaveLength(2);
    expect(names(other)).toEqual(['jobs', 'jobs-dlq']);
    expect(other.paste('hello')).toEqual([]);
    expect(other.paste('{"coldstart":"fragment","nodes":[{"id":1}],"edges":[]}')).toEqual([]);
  });

  it('keeps the inputs of a run with the design they lead to, and drops them after another change', () => {
    const store = open();
    const edited = { ...pipeline, inputs: [{ kind: 'edit' as const, atUs: 5, nodes: pipeline.base.nodes.slice(0, 3), edges: [] }] };
    store.apply('Cut', (base) => ({ ...base, nodes: base.nodes.slice(0, 3), edges: [] }));
    store.setRecorded(edited);
    expect(documentNow(store.getState())).toEqual(edited);
    store.setSeed(5);
    expect(documentNow(store.getState())).toEqual({ base: store.getState().design, inputs: [] });
  });

  it('keeps test events with the scenario: they begin no new run, go with their node, and come back with undo', () => {
    const store = open();
    const keep = (name: string, text: string): void => store.apply(`Save ${name}`, (base) => withTestEvent(base, { node: 'transcode', name, text }));
    const worked: ScenarioDocument = { base: store.getState().design, inputs: [{ kind: 'upload', atUs: 5, node: 'uploads', key: 'a.mp4', clip: { name: 'a.mp4', sha256: '0'.repeat(64), size: 1 } }] };
    store.setRecorded(worked);
    keep('good', '{}');
    keep('bad', '[]');
    keep('good', '{"a":1}');
    store.apply('Rename', (base) => renamedTestEvent(base, 'transcode', { from: 'bad', to: 'worse' }));
    store.apply('Rename', (base) => renamedTestEvent(base, 'transcode', { from: 'good', to: 'worse' }));
    const kept = [{ node: 'transcode', name: 'good', text: '{"a":1}' }, { node: 'transcode', name: 'worse', text: '[]' }];
    expect(documentNow(store.getState())).toMatchObject({ base: { testEvents: kept }, inputs: worked.inputs });
    expect(scenarioSchema.safeParse(documentNow(store.getState())).success).toBe(true);
    store.remove(['transcode'], []);
    expect(store.getState().design.testEvents).toBeUndefined();
    store.undo();
    expect(testEventsOf(store.getState().design, 'transcode')).toEqual(kept);
    store.apply('Delete', (base) => withoutTestEvent(base, 'transcode', 'good'));
    expect(freeTestEventName(store.getState().design, 'transcode', 'worse')).toBe('worse 2');
    expect(testEventsOf(store.getState().design, 'transcode')).toEqual(kept.slice(1));
  });

  it("takes what was done during a run for the visitor's own work, and looking for none", () => {
    const store = open();
    store.setRecorded(pipeline);
    expect(store.getState().changed).toBe(false);
    store.setRecorded({ ...pipeline, inputs: [{ kind: 'cancel-work', atUs: 5, workId: 'work-1' }] });
    expect(store.getState().changed).toBe(true);
  });
});

describe('Autosave', () => {
  function keeper(): Keeper & { text: string | null; other: (text: string) => void; fail: boolean } {
    const self = {
      text: null as string | null,
      other: (_: string): void => {},
      fail: false,
      read: () => Promise.resolve(self.text),
      write: (text: string) => {
        if (self.fail) return Promise.reject(new Error('full'));
        self.text = text;
        return Promise.resolve();
      },
      onOther: (listener: (text: string) => void) => {
        self.other = listener;
        return () => {};
      },
    };
    return self;
  }

  it('saves changes once, and what was saved opens again', async () => {
    const store = open();
    const kept = keeper();
    const timers: (() => void)[] = [];
    const autosave = startAutosave(store, kept, { tab: 'a', later: (callback) => void timers.push(callback) });
    store.setSeed(3);
    store.setSeed(4);
    expect(timers).toHaveLength(1);
    await autosave.flush();
    expect(store.getState().saved).toBe('saved');
    expect(await readKept(kept, known)).toEqual({ document: { ...pipeline, base: { ...pipeline.base, seed: 4 } }, origin: { kind: 'template', id: 'video-pipeline' } });
  });

  it('does not touch what it cannot read, and says when saving fails', async () => {
    const kept = keeper();
    expect(await readKept(kept, known)).toBeNull();
    kept.text = '{"document":{"base":{"version":99}}}';
    expect(await readKept(kept, known)).toBe('broken');
    const store = open();
    kept.fail = true;
    await startAutosave(store, kept, { tab: 'a', later: () => {} }).flush();
    expect(store.getState().saved).toBe('failed');
  });

  it('notices that another tab has saved the same, and not its own', async () => {
    const store = open();
    const kept = keeper();
    const autosave = startAutosave(store, kept, { tab: 'a', later: () => {} });
    await autosave.flush();
    kept.other(kept.text!);
    expect(store.getState().saved).toBe('saved');
    kept.other(kept.text!.replace('"savedBy":"a"', '"savedBy":"b"'));
    expect(store.getState().saved).toBe('other-tab');
  });
});
