import { describe, expect, it } from 'vitest';
import type { CheckResult } from './checks.ts';
import type { LessonFiles } from './grade.ts';
import { createLessonStore } from './lesson.store.ts';
import type { TextStorage } from './lesson.store.ts';

function storage(first: Record<string, string> = {}): TextStorage & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(first));
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text), removeItem: (key) => void kept.delete(key) };
}
const files = { lesson: { front: { id: '18-x' }, steps: [{ kind: 'predict' }, { kind: 'do' }, { kind: 'rule' }] } } as unknown as LessonFiles;
const opened = (at = storage()) => {
  const store = createLessonStore({ storage: at });
  store.openLesson(files);
  return store;
};

describe('Lesson store', () => {
  it('keeps step, guesses, hints and stars for the next visit', () => {
    const at = storage();
    const store = opened(at);
    store.goTo(1);
    store.finish(0);
    store.answer(0, { ask: 'pick', option: 'two' });
    store.showHint(2);
    store.award(2);
    expect(createLessonStore({ storage: at }).progressOf('18-x')).toEqual({ step: 1, done: [0], hints: 2, checks: [], stars: 2, solutionSeen: false, guesses: { '0': { ask: 'pick', option: 'two' } } });
  });

  it('never takes a star away, and gives none once the solution was seen', () => {
    const store = opened();
    store.award(2);
    store.award(1);
    expect(store.progressOf('18-x').stars).toBe(2);
    store.seeSolution();
    store.award(3);
    expect(store.progressOf('18-x')).toMatchObject({ stars: 2, solutionSeen: true });
  });

  it('remembers a check as held only when the run has ended', () => {
    const store = opened();
    const held = [{ check: { id: 'kept' }, state: 'passed', message: '' }, { check: { id: 'soon' }, state: 'failed', message: '' }] as unknown as CheckResult[];
    store.setLive(held, false);
    expect(store.progressOf('18-x').checks).toEqual([]);
    store.setLive(held, true);
    expect(store.progressOf('18-x').checks).toEqual(['kept']);
  });

  it('keeps to the steps that there are', () => {
    const store = opened();
    store.goTo(9);
    expect(store.progressOf('18-x').step).toBe(2);
    store.goTo(-3);
    expect(store.progressOf('18-x').step).toBe(0);
  });

  it('exports, and imports without losing what was reached here', () => {
    const store = opened();
    store.award(1);
    store.finish(1);
    const other = opened();
    other.award(3);
    other.finish(0);
    expect(store.importProgress(other.exportProgress())).toBeNull();
    expect(store.progressOf('18-x')).toMatchObject({ stars: 3, done: [1, 0] });
  });

  it.each([
    ['no JSON', 'stars', /no JSON/],
    ['another file', '{"base":{}}', /no lesson progress/],
    ['a newer version', '{"coldstart":"lessons","version":99,"lessons":{}}', /newer Coldstart/],
    ['stars that do not exist', '{"coldstart":"lessons","version":1,"lessons":{"18-x":{"stars":7}}}', /no lesson progress/],
  ])('refuses to import %s and stays as it was', (_, text, message) => {
    const store = opened();
    store.award(1);
    expect(store.importProgress(text)).toMatch(message);
    expect(store.progressOf('18-x').stars).toBe(1);
  });

  it('resets one lesson or all', () => {
    const store = opened(storage({ 'coldstart.lessons': '{"coldstart":"lessons","version":1,"lessons":{"01-y":{"stars":1}}}' }));
    store.award(1);
    store.resetProgress('18-x');
    expect([store.progressOf('18-x').stars, store.progressOf('01-y').stars]).toEqual([0, 1]);
    store.resetProgress();
    expect(store.getState().progress).toEqual({});
  });

  it('goes on, and says so, when the browser keeps nothing', () => {
    const full: TextStorage = { getItem: () => null, setItem: () => { throw new Error('QuotaExceededError'); }, removeItem: () => {} };
    const store = opened(full as ReturnType<typeof storage>);
    store.award(1);
    expect(store.progressOf('18-x').stars).toBe(1);
    expect(store.getState().kept).toBe(false);
  });

  it('leaves what it cannot read as it is until there is something new to keep', () => {
    const at = storage({ 'coldstart.lessons': 'garbled' });
    const store = opened(at);
    expect(at.kept.get('coldstart.lessons')).toBe('garbled');
    store.award(1);
    expect(at.kept.get('coldstart.lessons')).toContain('"stars":1');
  });

  it("sets the visitor's own scenario and each lesson's design aside under keys of their own", () => {
    const at = storage();
    const store = opened(at);
    store.own.set('mine');
    store.work.set('18-x', 'design');
    expect([...at.kept.keys()].sort()).toEqual(['coldstart.lessons.own', 'coldstart.lessons.work.18-x']);
    store.own.set(null);
    expect(store.own.get()).toBeNull();
  });
});
