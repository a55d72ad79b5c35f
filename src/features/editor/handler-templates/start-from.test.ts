import { describe, expect, it } from 'vitest';
import { manifestsById } from '../../../scenario/environment.ts';
import { createScenarioStore } from '../../../scenario/scenario.store.ts';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import { node, template } from '../../../scenario/templates/template.ts';
import { manifests } from '../../../services/manifests.ts';
import { startFrom } from './start-from.ts';

const CODE = 'export const handler = async () => 1;\n';
const started = (Handler: string, files: Readonly<Record<string, string>>): ScenarioStore => {
  const scenario = createScenarioStore(manifestsById(manifests), template({ id: 't', title: 't', summary: '', nodes: [node('fn', 'lambda', [0, 0], { name: 'fn', Handler }, files)] }).document);
  scenario.setFile('fn', Object.keys(files)[0] ?? 'x.mjs', 'typed just before');
  startFrom(scenario, { nodeId: 'fn', title: 'One', code: CODE });
  return scenario;
};
const filesOf = (scenario: ScenarioStore): unknown => scenario.getState().design.nodes[0]!.files;

describe('starting from a template', () => {
  it('replaces the entry file, and one Undo brings back what was typed just before', () => {
    const scenario = started('index.handler', { 'index.mjs': 'old', 'lib.mjs': 'lib' });
    expect(filesOf(scenario)).toEqual({ 'index.mjs': CODE, 'lib.mjs': 'lib' });
    expect(scenario.undo()).toBe('Edit index.mjs: start from One');
    expect(filesOf(scenario)).toEqual({ 'index.mjs': 'typed just before', 'lib.mjs': 'lib' });
  });

  it('keeps an undo step of its own when typing goes on', () => {
    const scenario = started('index.handler', { 'index.mjs': 'old' });
    scenario.setFile('fn', 'index.mjs', `${CODE}// more`);
    scenario.undo();
    expect(filesOf(scenario)).toEqual({ 'index.mjs': CODE });
  });

  it.each(['index.ts', 'index.cjs', 'index.js'])('takes the place of %s as an ES module', (name) => {
    const scenario = started('index.handler', { [name]: 'old' });
    expect(filesOf(scenario)).toEqual({ 'index.mjs': CODE });
    scenario.undo();
    expect(filesOf(scenario)).toEqual({ [name]: 'typed just before' });
  });

  it('exports what the Handler setting asks for', () => {
    expect(filesOf(started('src/app.main', { 'src/app.mjs': 'old' }))).toEqual({ 'src/app.mjs': 'export const main = async () => 1;\n' });
  });

  it('leaves other files alone where there is no entry file', () => {
    expect(filesOf(started('index.handler', { 'lib.mjs': 'lib', 'index.json': '{}' }))).toEqual({ 'index.mjs': CODE, 'lib.mjs': 'typed just before', 'index.json': '{}' });
  });
});
