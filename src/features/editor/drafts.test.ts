/** Drafts: when typing becomes part of the design. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createScenarioStore } from '../../scenario/scenario.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ServiceManifest } from '../../sim/manifest.ts';
import { CodeDrafts } from './drafts.ts';

let scenario: ScenarioStore;
let due: (() => void) | null;
let drafts: CodeDrafts;
let id: string;
const text = (file = 'a.mjs'): string | undefined => scenario.getState().design.nodes[0]?.files?.[file];

beforeEach(() => {
  scenario = createScenarioStore(new Map<string, ServiceManifest>());
  due = null;
  drafts = new CodeDrafts(scenario, { start: (callback) => (due = callback), stop: () => (due = null) });
  id = scenario.addNode({ service: 'lambda', position: { x: 0, y: 0 }, config: { name: 'f' }, files: { 'a.mjs': '1', 'b.mjs': '2' } });
});

describe('code drafts', () => {
  it('waits for a rest before the design changes', () => {
    drafts.type(id, 'a.mjs', '12');
    expect([text(), drafts.textOf(id, 'a.mjs'), drafts.state()]).toEqual(['1', '12', 'typing']);
    due?.();
    expect([text(), drafts.state()]).toEqual(['12', 'saved']);
  });
  it('makes one undo step of typing in one file', () => {
    drafts.type(id, 'a.mjs', '12');
    drafts.flush();
    drafts.type(id, 'a.mjs', '123');
    drafts.flush();
    expect(scenario.undo()).toBe('Edit a.mjs');
    expect(text()).toBe('1');
  });
  it('begins a new undo step after leaving', () => {
    drafts.type(id, 'a.mjs', '12');
    drafts.leave();
    drafts.type(id, 'a.mjs', '123');
    drafts.leave();
    scenario.undo();
    expect(text()).toBe('12');
  });
  it('keeps what was typed in one file when another is typed in', () => {
    drafts.type(id, 'a.mjs', '12');
    drafts.type(id, 'b.mjs', '22');
    expect([text('a.mjs'), text('b.mjs')]).toEqual(['12', '2']);
  });
  it('does not bring back a file that was removed meanwhile', () => {
    drafts.type(id, 'a.mjs', '12');
    scenario.setFile(id, 'a.mjs', null);
    drafts.flush();
    expect(text()).toBeUndefined();
  });
  it('keeps the last text that fits when more is typed than a file may hold', () => {
    drafts.type(id, 'a.mjs', 'x'.repeat(256_001));
    expect(drafts.state()).toBe('too-long');
    drafts.flush();
    expect(text()).toBe('1');
  });
});
