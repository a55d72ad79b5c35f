/** The scenario on the page: the design being edited, undo and redo by name, and the run's own document. Persisted by autosave.ts. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { withNodeConfig } from './aim.ts';
import { fragmentOf, freeName, mapEdge, mapNode, snapped, withEdge, withFragment, withNode, without } from './edit.ts';
import type { Config, Fragment, NewNode, Point } from './edit.ts';
import type { Manifests } from './environment.ts';
import { connectAnswer } from './legal-edges.ts';
import type { ConnectAnswer } from './legal-edges.ts';
import { nodeIssues } from './validate.ts';
import { edgeSchema, nodeSchema, SCENARIO_VERSION } from './schema.ts';
import type { ScenarioBase, ScenarioDocument, ScenarioNodeDocument, Stimulus } from './schema.ts';

/** Undo steps that are kept. */
export const UNDO_MAX = 200;

export interface Origin {
  readonly kind: 'template' | 'lesson' | 'link' | 'file' | 'own';
  /** Id of the template or lesson. */
  readonly id?: string;
}

export interface UndoStep {
  /** 'Move jobs', 'Connect jobs to transcode'. */
  readonly label: string;
  readonly before: ScenarioBase;
  readonly after: ScenarioBase;
  /** Edits of one group in a row make one step. */
  readonly group: string | null;
}

export interface ScenarioState {
  /** What the canvas shows and edits: the design as it is now. */
  readonly design: ScenarioBase;
  /** The document of the run as the worker keeps it: the design at t = 0 and the inputs since. Null before the first run. */
  readonly recorded: ScenarioDocument | null;
  readonly origin: Origin;
  /** False until the first change of one's own. */
  readonly changed: boolean;
  readonly past: readonly UndoStep[];
  readonly future: readonly UndoStep[];
  readonly saved: 'untouched' | 'saving' | 'saved' | 'failed' | 'other-tab';
}

export interface ScenarioStore extends StoreApi<ScenarioState> {
  addNode(node: NewNode): string;
  moveNodes(moves: readonly { readonly id: string; readonly x: number; readonly y: number }[]): void;
  /** Changes some members. Answers messages by field; nothing changes when there are any. */
  setConfig(nodeId: string, patch: Config): readonly { readonly path: string; readonly message: string }[];
  setEdgeConfig(edgeId: string, patch: Config): void;
  /** Takes away or gives back the permission that goes with a connection. */
  setGrant(edgeId: string, grant: boolean): void;
  /** Text of a file; null removes it. Typing in one file is one undo step until `endGroup`. */
  setFile(nodeId: string, file: string, text: string | null): void;
  renameFile(nodeId: string, from: string, to: string): void;
  /** Asks what is possible between two nodes. */
  connectAnswer(from: string, to: string): ConnectAnswer;
  /** Makes a connection. Answers its id, or the reason why not. */
  connect(from: string, to: string, port: string, config?: Config): { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };
  remove(nodeIds: readonly string[], edgeIds: readonly string[]): void;
  duplicate(nodeIds: readonly string[]): readonly string[];
  copy(nodeIds: readonly string[]): string;
  /** Answers the new nodes' ids; empty when the text is no fragment of a scenario. */
  paste(text: string, offset?: Point): readonly string[];
  /** Answers why not, or null. */
  rename(nodeId: string, name: string): string | null;
  setName(name: string): void;
  setSeed(seed: number): void;
  setStartAt(startAt: string): void;
  setStimuli(stimuli: readonly Stimulus[]): void;
  /** Any change under a name of its own (a lesson's patch, a layout). */
  apply(label: string, change: (base: ScenarioBase) => ScenarioBase): void;
  /** The next edit of the same group begins a new undo step. */
  endGroup(): void;
  /** Answers what was undone, or null. */
  undo(): string | null;
  redo(): string | null;
  /** Opens another document: history begins anew. */
  open(document: ScenarioDocument, origin: Origin): void;
  /** The worker's document of the run: inputs were recorded. */
  setRecorded(document: ScenarioDocument): void;
  setSaved(saved: ScenarioState['saved']): void;
}

/** The design of a document after all its recorded edits: what the canvas shows at the end of that run. */
export function latestDesign(document: ScenarioDocument): ScenarioBase {
  let design = document.base;
  for (const input of document.inputs) if (input.kind === 'edit') design = { ...design, nodes: input.nodes, edges: input.edges };
  return design;
}

/** 'As it is now, from the start': the design as a document without inputs. */
export function fromTheStart(design: ScenarioBase): ScenarioDocument {
  return { base: design, inputs: [] };
}

/** 'This run': the document with its inputs as long as they lead to the design that is shown, else the design from the start. */
export function documentNow(state: Pick<ScenarioState, 'design' | 'recorded'>): ScenarioDocument {
  const { design, recorded } = state;
  if (!recorded) return fromTheStart(design);
  const latest = latestDesign(recorded);
  const leadsHere = JSON.stringify([latest.nodes, latest.edges, latest.seed, latest.startAt, latest.stimuli, latest.faults]) === JSON.stringify([design.nodes, design.edges, design.seed, design.startAt, design.stimuli, design.faults]);
  const { testEvents: _, ...base } = recorded.base;
  return leadsHere ? { ...recorded, base: { ...base, name: design.name, ...(design.testEvents === undefined ? {} : { testEvents: design.testEvents }) } } : fromTheStart(design);
}

export const EMPTY_BASE: ScenarioBase = { version: SCENARIO_VERSION, name: 'Untitled', startAt: '2026-01-01T00:00:00Z', seed: 1, nodes: [], edges: [], stimuli: [], faults: [] };

export function createScenarioStore(manifests: Manifests, first: ScenarioDocument = { base: EMPTY_BASE, inputs: [] }, origin: Origin = { kind: 'own' }): ScenarioStore {
  const opened = (document: ScenarioDocument, from: Origin): ScenarioState => ({ design: latestDesign(document), recorded: document.inputs.length > 0 ? document : null, origin: from, changed: false, past: [], future: [], saved: 'untouched' });
  const store = createStore<ScenarioState>()(() => opened(first, origin));
  const design = (): ScenarioBase => store.getState().design;
  const nameOf = (id: string): string => String(design().nodes.find((node) => node.id === id)?.config['name'] ?? id);

  const commit = (label: string, after: ScenarioBase, group: string | null = null): void => {
    store.setState((state) => {
      if (after === state.design) return state;
      const last = state.past[state.past.length - 1];
      const joins = group !== null && last?.group === group && state.future.length === 0;
      const step: UndoStep = { label, before: joins ? last.before : state.design, after, group };
      const past = [...(joins ? state.past.slice(0, -1) : state.past), step].slice(-UNDO_MAX);
      return { design: after, past, future: [], changed: true };
    });
  };
  const travel = (direction: 'undo' | 'redo'): string | null => {
    const { past, future } = store.getState();
    const step = direction === 'undo' ? past[past.length - 1] : future[future.length - 1];
    if (!step) return null;
    store.setState(
      direction === 'undo'
        ? { design: step.before, past: past.slice(0, -1), future: [...future, step], changed: true }
        : { design: step.after, past: [...past, { ...step, group: null }], future: future.slice(0, -1), changed: true },
    );
    return step.label;
  };
  const insert = (fragment: Fragment, offset: Point, label: string): readonly string[] => {
    const result = withFragment(design(), fragment, offset);
    if (result.ids.length > 0) commit(label, result.base);
    return result.ids;
  };

  return {
    ...store,
    addNode(node) {
      const result = withNode(design(), node, manifests);
      commit(`Add ${String(result.base.nodes[result.base.nodes.length - 1]?.config['name'])}`, result.base);
      return result.id;
    },
    moveNodes(moves) {
      const to = new Map(moves.map((move) => [move.id, snapped(move)]));
      const base = design();
      const moved = base.nodes.filter((node) => to.has(node.id) && (to.get(node.id)!.x !== node.position.x || to.get(node.id)!.y !== node.position.y));
      if (moved.length === 0) return;
      commit(moved.length === 1 ? `Move ${nameOf(moved[0]!.id)}` : `Move ${moved.length} nodes`, { ...base, nodes: base.nodes.map((node) => ({ ...node, position: to.get(node.id) ?? node.position })) }, `move:${moved.map((node) => node.id).join(',')}`);
    },
    setConfig(nodeId, patch) {
      const node = design().nodes.find((candidate) => candidate.id === nodeId);
      if (!node) return [{ path: '', message: 'This node is gone.' }];
      const config = merged(node.config, patch);
      const issues = nodeIssues({ service: node.service, config }, manifests).filter((issue) => Object.keys(patch).some((member) => issue.path === member || issue.path.startsWith(`${member}.`)));
      if (issues.length === 0) commit(`Change ${nameOf(nodeId)}`, withNodeConfig(design(), node, config, manifests), `config:${nodeId}:${Object.keys(patch).join(',')}`);
      return issues;
    },
    setEdgeConfig(edgeId, patch) {
      commit('Change the connection', mapEdge(design(), edgeId, (edge) => ({ ...edge, config: merged(edge.config, patch) })), `edge:${edgeId}:${Object.keys(patch).join(',')}`);
    },
    setGrant(edgeId, grant) {
      commit(grant ? 'Give the permission back' : 'Take the permission away', mapEdge(design(), edgeId, (edge) => ({ ...edge, grant })));
    },
    setFile(nodeId, file, text) {
      const change = (node: ScenarioNodeDocument): ScenarioNodeDocument => {
        const { [file]: _, ...others } = node.files ?? {};
        return { ...node, files: text === null ? others : { ...node.files, [file]: text } };
      };
      const node = design().nodes.find((candidate) => candidate.id === nodeId);
      if (!node || (node.files?.[file] ?? null) === text) return;
      commit(text === null ? `Remove ${file}` : `Edit ${file}`, mapNode(design(), nodeId, change), text === null ? null : `file:${nodeId}:${file}`);
    },
    renameFile(nodeId, from, to) {
      const files = design().nodes.find((candidate) => candidate.id === nodeId)?.files;
      if (!files || files[from] === undefined || files[to] !== undefined || to === '') return;
      const renamed = Object.fromEntries(Object.entries(files).map(([name, text]) => [name === from ? to : name, text]));
      commit(`Rename ${from} to ${to}`, mapNode(design(), nodeId, (node) => ({ ...node, files: renamed })));
    },
    connectAnswer: (from, to) => connectAnswer(from, to, design(), manifests),
    connect(from, to, port, config) {
      const answer = connectAnswer(from, to, design(), manifests);
      const option = answer.options.find((candidate) => candidate.edgeType.id === port);
      if (!option) return { ok: false, reason: answer.refusal?.sentence ?? 'These two have no connection of that kind.' };
      const result = withEdge(design(), { from, to, port, ...(config === undefined ? {} : { config }) }, manifests);
      commit(`Connect ${nameOf(from)} to ${nameOf(to)}`, result.base);
      return { ok: true, id: result.id };
    },
    remove(nodeIds, edgeIds) {
      const count = nodeIds.length + edgeIds.length;
      if (count === 0) return;
      commit(nodeIds.length === 1 ? `Remove ${nameOf(nodeIds[0]!)}` : nodeIds.length === 0 && count === 1 ? 'Remove the connection' : `Remove ${count} things`, without(design(), nodeIds, edgeIds));
    },
    duplicate: (nodeIds) => insert(fragmentOf(design(), nodeIds), { x: 32, y: 32 }, nodeIds.length === 1 ? `Duplicate ${nameOf(nodeIds[0]!)}` : `Duplicate ${nodeIds.length} nodes`),
    copy: (nodeIds) => JSON.stringify(fragmentOf(design(), nodeIds)),
    paste(text, offset = { x: 32, y: 32 }) {
      const fragment = readFragment(text);
      return fragment ? insert(fragment, offset, fragment.nodes.length === 1 ? `Paste ${String(fragment.nodes[0]!.config['name'])}` : `Paste ${fragment.nodes.length} nodes`) : [];
    },
    rename(nodeId, name) {
      const node = design().nodes.find((candidate) => candidate.id === nodeId);
      if (!node) return 'This node is gone.';
      if (node.config['name'] === name) return null;
      const issue = nodeIssues({ service: node.service, config: { ...node.config, name } }, manifests).find((candidate) => candidate.path === 'name');
      if (issue) return issue.message;
      if (freeName(without(design(), [nodeId], []), node.service, name) !== name) return `The name ${name} is taken.`;
      commit(`Rename ${String(node.config['name'])} to ${name}`, withNodeConfig(design(), node, { ...node.config, name }, manifests));
      return null;
    },
    setName: (name) => commit('Rename the scenario', { ...design(), name: name.trim().slice(0, 120) || 'Untitled' }, 'name'),
    setSeed: (seed) => commit(`Seed ${seed}`, { ...design(), seed }),
    setStartAt: (startAt) => commit('Change the start', { ...design(), startAt }),
    setStimuli: (stimuli) => commit('Change the load', { ...design(), stimuli: [...stimuli] }, 'stimuli'),
    apply: (label, change) => commit(label, change(design())),
    endGroup: () => store.setState((state) => ({ past: state.past.map((step, i) => (i === state.past.length - 1 ? { ...step, group: null } : step)) })),
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    open: (document, from) => store.setState(opened(document, from)),
    // What was done during a run (an upload, a call) is one's own work as much as a change of the design.
    setRecorded: (document) => store.setState((state) => ({ recorded: document, changed: state.changed || document.inputs.length > (state.recorded?.inputs.length ?? 0) })),
    setSaved: (saved) => store.setState({ saved }),
  };
}

/** A patch over a configuration; a member that is undefined is taken away. */
function merged(config: ScenarioNodeDocument['config'], patch: Config): ScenarioNodeDocument['config'] {
  return Object.fromEntries(Object.entries({ ...config, ...patch }).filter(([, value]) => value !== undefined)) as ScenarioNodeDocument['config'];
}

function readFragment(text: string): Fragment | null {
  try {
    const value = JSON.parse(text) as Partial<Fragment> | null;
    return value?.coldstart === 'fragment' && Array.isArray(value.nodes) && Array.isArray(value.edges) && value.nodes.every((node) => nodeSchema.safeParse(node).success) && value.edges.every((edge) => edgeSchema.safeParse(edge).success) ? (value as Fragment) : null;
  } catch {
    return null;
  }
}
