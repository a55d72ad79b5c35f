/** Every lesson folder as text: it parses, keeps to its size, names facts that the models rely on, and points at nodes and services that exist. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestById } from '../services/manifests.ts';
import { validateScenario } from '../scenario/validate.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { lessonIds, listLessons, loadLesson } from './loader.ts';
import { applyPatches } from './patch.ts';
import { STEP_WORDS_MAX } from './schema.ts';
import type { Patch, Prediction, Step } from './schema.ts';

const folders = readdirSync('lessons', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const SOURCES: Readonly<Record<string, string>> = import.meta.glob<string>('/src/{services,sandbox,runner,sim}/**/*.ts', { query: '?raw', import: 'default', eager: true });
const cited = Object.entries(SOURCES)
  .filter(([path]) => !path.endsWith('.test.ts'))
  .map(([, text]) => text)
  .join('\n');
/** Lines of the notes that somebody teaches: headings and items, not blank lines. */
const NOTE_LINES_MAX = 149;

describe('Lessons', () => {
  it('are all seen: one for each folder, none left out, none made up', async () => {
    expect(lessonIds).toEqual(folders);
    expect(lessonIds.length).toBeGreaterThanOrEqual(2);
    expect((await listLessons()).map((listing) => listing.front.id)).toEqual(folders);
  });

  it.each(folders)('%s: each step keeps to its words, messages and hints among them', async (id) => {
    const { lesson } = await loadLesson(id);
    for (const step of lesson.steps) for (const [where, text] of textsOf(step)) expect(text.split(/\s+/).length, `${step.heading}, ${where}: ${text}`).toBeLessThanOrEqual(STEP_WORDS_MAX / 2);
    expect(lesson.steps.map((step) => step.kind)).toEqual(expect.arrayContaining(['predict', 'watch', 'do', 'break', 'rule']));
  });

  it.each(folders)('%s: speaks calmly', async (id) => {
    const { lesson } = await loadLesson(id);
    const all = lesson.steps.flatMap((step) => [...textsOf(step).map(([, text]) => text), ...step.prose.map((block) => block.runs.map((run) => run.text).join(''))]);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((text) => text.includes('!'))).toEqual([]);
  });

  it.each(folders)('%s: relies on facts that the models cite, and on lines of the notes', async (id) => {
    const { front } = (await loadLesson(id)).lesson;
    for (const fact of front.facts) {
      const match = /^([a-z-]+\.md) §(\d+(?:\.\d+)?)$/.exec(fact);
      expect(match, `'${fact}' is written like 'lambda.md §8.2'`).not.toBeNull();
      const [, file, section] = match!;
      expect(new RegExp(`aws/${file!.replace('.', '\\.')}[^*\\n]*§[^*\\n]*${section!.replace('.', '\\.')}(?![\\d])`).test(cited), `no model cites ${fact}`).toBe(true);
    }
    expect(front.noteLines.every((line) => line <= NOTE_LINES_MAX)).toBe(true);
    for (const service of [...front.uses, ...(front.palette ?? [])]) expect(manifestById.has(service), `there is no service ${service}`).toBe(true);
  });

  it.each(folders)('%s: start and solution are scenarios without complaint, and every patch fits', async (id) => {
    const { lesson, start, solution, handlers } = await loadLesson(id);
    const sound = (document: ScenarioDocument, what: string): void => {
      const check = validateScenario(document, manifestById);
      expect(check.ok ? check.issues : check, what).toEqual([]);
    };
    sound(start, 'start');
    sound(solution, 'solution');
    const { proof } = lesson.front;
    const varied: readonly (readonly [string, 'start' | 'solution', readonly Patch[]])[] = [
      ...proof.alternatives.map((entry) => [entry.name, entry.on, entry.patch] as const),
      ...proof.withheld.map((entry) => [entry.concept, entry.on, entry.patch] as const),
      ...proof.misconceptions.map((entry) => [entry.name, entry.on, entry.patch] as const),
      ...lesson.steps.flatMap((step) => (step.kind === 'break' ? [[step.data.label, 'solution', step.data.patch] as const] : [])),
      ...lesson.steps.flatMap((step) => (step.kind === 'do' ? step.data.hints.flatMap((hint) => (hint.ghost ? [[hint.say, 'start', hint.ghost] as const] : [])) : [])),
    ];
    expect(varied.length).toBeGreaterThan(3);
    for (const [name, on, patch] of varied) sound(applyPatches(on === 'start' ? start : solution, patch, handlers), name);
  });

  it.each(folders)('%s: names only nodes, options, checks and messages that are there', async (id) => {
    const { lesson, start } = await loadLesson(id);
    const nodes = new Set(start.base.nodes.map((node) => node.id));
    for (const node of lesson.front.locked) expect(nodes).toContain(node);
    for (const step of lesson.steps) {
      if (step.kind === 'predict') truthIsThere(step.data, nodes);
      if (step.kind === 'break') truthIsThere(step.data.prediction, nodes);
      if (step.kind === 'recall') expect(step.data.options[step.data.answer]).toBeDefined();
      if (step.kind !== 'do') continue;
      for (const hint of step.data.hints) if (hint.pointAt) expect(nodes).toContain(hint.pointAt.node);
      const checks = new Map(step.data.checks.map((check) => [check.id, check]));
      for (const withheld of lesson.front.proof.withheld) expect(checks.has(withheld.fails), withheld.fails).toBe(true);
      for (const { check, diagnosis } of lesson.front.proof.misconceptions) expect(checks.get(check)?.diagnoses.map((entry) => entry.id)).toContain(diagnosis);
    }
  });
});

function truthIsThere(prediction: Prediction, nodes: ReadonlySet<string>): void {
  if (prediction.ask === 'pick') expect(prediction.options.map((option) => option.id)).toContain(prediction.truth);
  if (prediction.ask === 'order') expect([...prediction.truth].sort()).toEqual(prediction.items.map((item) => item.id).sort());
  if (prediction.ask === 'path') for (const node of prediction.truth) expect(nodes).toContain(node);
}

/** Every sentence of a step that is not prose, with its place. */
function textsOf(step: Step): readonly (readonly [string, string])[] {
  const { data } = step;
  const found: [string, string][] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && /\b(say|fails|goal|because|label|notesSay|awsToday|tryNext)$/.test(path)) found.push([path, value]);
    if (typeof value === 'object' && value !== null) for (const [name, member] of Object.entries(value)) walk(member, `${path}.${name}`);
  };
  walk(data, step.kind);
  return found;
}
