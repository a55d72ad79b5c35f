/** One Monaco model a file, kept in step with the scenario: typing goes to the drafts, undo and other changes come back into the model. */
import type { editor, IDisposable } from 'monaco-editor/editor';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import type { CodeDrafts } from '../drafts.ts';
import { languageOf } from '../file-names.ts';
import type { Monaco } from './load.ts';

interface Held {
  readonly model: editor.ITextModel;
  readonly listener: IDisposable;
  readonly nodeId: string;
  readonly file: string;
}

export class FileModels {
  readonly #monaco: Monaco;
  readonly #scenario: ScenarioStore;
  readonly #drafts: CodeDrafts;
  readonly #held = new Map<string, Held>();
  readonly #stop: () => void;
  #applying = false;

  constructor(monaco: Monaco, scenario: ScenarioStore, drafts: CodeDrafts) {
    this.#monaco = monaco;
    this.#scenario = scenario;
    this.#drafts = drafts;
    this.#stop = scenario.subscribe((state, before) => {
      if (state.design.nodes !== before.design.nodes) this.sync();
    });
    this.sync();
  }

  modelOf(nodeId: string, file: string): editor.ITextModel | undefined {
    return this.#held.get(`${nodeId}/${file}`)?.model;
  }

  /** The file of a model. */
  fileOf(model: editor.ITextModel): { readonly nodeId: string; readonly file: string } | undefined {
    for (const held of this.#held.values()) if (held.model === model) return held;
    return undefined;
  }

  /** Makes, changes and removes models until they are what the design says. */
  sync(): void {
    const wanted = new Set<string>();
    for (const node of this.#scenario.getState().design.nodes) {
      for (const file of Object.keys(node.files ?? {})) {
        wanted.add(`${node.id}/${file}`);
        const text = this.#drafts.textOf(node.id, file) ?? '';
        const held = this.#held.get(`${node.id}/${file}`);
        if (held === undefined) this.#add(node.id, file, text);
        else if (held.model.getValue() !== text) this.#apply(() => replaceText(this.#monaco, held.model, text));
      }
    }
    for (const [key, held] of this.#held) if (!wanted.has(key)) this.#remove(key, held);
  }

  dispose(): void {
    this.#stop();
    for (const [key, held] of this.#held) this.#remove(key, held);
  }

  #add(nodeId: string, file: string, text: string): void {
    const uri = this.#monaco.Uri.parse(uriOf(nodeId, file));
    const model = this.#monaco.editor.getModel(uri) ?? this.#monaco.editor.createModel(text, languageOf(file), uri);
    model.updateOptions({ tabSize: 2, insertSpaces: true, bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    const listener = model.onDidChangeContent(() => {
      if (!this.#applying) this.#drafts.type(nodeId, file, model.getValue());
    });
    this.#held.set(`${nodeId}/${file}`, { model, listener, nodeId, file });
  }

  #remove(key: string, held: Held): void {
    held.listener.dispose();
    held.model.dispose();
    this.#held.delete(key);
  }

  #apply(change: () => void): void {
    this.#applying = true;
    try {
      change();
    } finally {
      this.#applying = false;
    }
  }
}

/** TypeScript knows .ts by name only; Node's .mts and .cts are the same language. */
export function uriOf(nodeId: string, file: string): string {
  return `file:///var/task/${nodeId}/${file.replace(/\.[mc]ts$/, '.ts')}`;
}

/** Changes only what differs, so that cursor and folds stay. */
function replaceText(monaco: Monaco, model: editor.ITextModel, text: string): void {
  const before = model.getValue();
  let start = 0;
  while (start < before.length && start < text.length && before[start] === text[start]) start++;
  let end = 0;
  while (end < before.length - start && end < text.length - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end++;
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(before.length - end));
  model.pushEditOperations([], [{ range, text: text.slice(start, text.length - end) }], () => null);
  if (model.getValue() !== text) model.setValue(text);
}
