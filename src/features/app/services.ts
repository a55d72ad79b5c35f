/** Makes the stores and the run client, and wires them: the only place where they know each other. */
import { manifests, manifestById } from '../../services/manifests.ts';
import { createRunClient } from '../../runner/client.ts';
import type { RunClient } from '../../runner/client.ts';
import { startAutosave } from '../../scenario/autosave.ts';
import { createScenarioStore } from '../../scenario/scenario.store.ts';
import type { Origin, ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ClipRef, ScenarioBase, ScenarioDocument } from '../../scenario/schema.ts';
import { templates } from '../../scenario/templates/templates.ts';
import { createRunStore } from '../../state/run.store.ts';
import type { RunStore } from '../../state/run.store.ts';
import { createViewStore } from '../../state/view.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { BlobUrls } from './blob-urls.ts';
import { browserKeeper } from './browser-keeper.ts';
import { createClipKeeper } from './clip-keeper.ts';
import type { ClipKeeper } from './clip-keeper.ts';
import { createSaved } from './saved.ts';
import type { Saved } from './saved.ts';

/** What a first visit opens. */
export const FIRST = templates[0]!;
/** A change is saved this long after it, ms; later changes go with it. */
const SAVE_AFTER_MS = 600;

/** What ffmpeg or a player read of a clip. */
export interface ClipFacts {
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
}

export interface Notice {
  /** A link that could not be opened. */
  readonly link: { readonly sentence: string; readonly detail: string } | null;
  /** Facts of clips by SHA-256. */
  readonly facts: ReadonlyMap<string, ClipFacts>;
}

export interface AppServices {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
  readonly manifests: typeof manifestById;
  readonly manifestList: typeof manifests;
  /** Opens a document: the design is replaced, the run starts anew, paused. Nothing runs by itself. */
  open(document: ScenarioDocument, origin: Origin, opening?: { readonly prefetchMs: number; readonly showMs: number }): void;
  /** Runs the present design again from its start. */
  restart(): void;
  /** A file of the visitor, kept for thumbnails and players. */
  readonly names: Map<string, string>;
  readonly blobs: BlobUrls;
  /** Keeps the visitor's clips over a reload. */
  readonly clips: ClipKeeper;
  /** Names of our own clips that were uploaded from here. */
  readonly uploadNames: Set<string>;
  readonly saved: Saved;
  /** Saves now, over what another tab saved. */
  saveNow(): void;
  readonly notice: StoreApi<Notice>;
  /** Which setting of the scenario is being edited in a small dialog. */
  readonly settings: StoreApi<{ readonly open: 'name' | 'seed' | null }>;
}

export function createServices(): AppServices {
  const scenario = createScenarioStore(manifestById, FIRST.document, { kind: 'template', id: FIRST.id });
  const run = createRunStore();
  const view = createViewStore({ singleKeys: localStorage.getItem('coldstart.single-keys') !== 'off' });
  const notice = createStore<Notice>()(() => ({ link: null, facts: new Map() }));
  const clips = createClipKeeper();
  let opening = false;
  const client = createRunClient(
    {
      onSlice: (slice) => {
        run.take(slice);
        bringKept(slice.status.missingClips);
      },
      onInputs: (document) => scenario.setRecorded(document),
      onMedia: (sha256, facts) => notice.setState((state) => ({ facts: new Map(state.facts).set(sha256, facts) })),
      onComputing: (computing) => run.setComputing(computing),
      onDeployProblems: (problems) =>
        run.setProblems(
          problems.map((problem) => ({
            level: 'error' as const,
            sentence: problem.error.message,
            ...(problem.nodeId === undefined ? {} : { nodeId: problem.nodeId }),
            ...(problem.edgeId === undefined ? {} : { edgeId: problem.edgeId }),
          })),
        ),
      onProgress: (progress) => run.setProgress(progress.totalBytes !== null && progress.loadedBytes >= progress.totalBytes ? null : progress),
      onHostProblem: (what, message) => run.addProblem({ level: 'error', sentence: `${what}: ${message} The run is paused; nothing is lost.` }),
      onRebuilt: () => showToast({ text: 'The simulation hung and was started again. Your run was replayed to where it was.', icon: 'history' }),
    },
    { baseUrl: new URL('.', document.baseURI).href },
  );
  // A clip that this browser has kept is given to the run again without asking the visitor.
  const lookedFor = new Set<string>();
  function bringKept(missing: readonly ClipRef[]): void {
    for (const { sha256 } of missing) {
      if (lookedFor.has(sha256)) continue;
      lookedFor.add(sha256);
      clips.find(sha256).then(
        (found) => void (found && client.giveClip(found.name, found.bytes)),
        () => {}, // Nothing can be kept here: the banner asks for the clip.
      );
    }
  }
  const keeper = browserKeeper();
  const saved = createSaved(scenario, keeper, manifestById);
  const autosave = startAutosave(scenario, keeper, { tab: crypto.randomUUID(), later: (callback) => setTimeout(callback, SAVE_AFTER_MS) });
  // A page that goes away saves what it has not saved yet.
  window.addEventListener('pagehide', () => scenario.getState().changed && void autosave.flush());

  const open: AppServices['open'] = (document, origin, part = { prefetchMs: 0, showMs: 0 }) => {
    opening = true;
    scenario.open(document, origin);
    opening = false;
    saved.isNotOpen();
    view.setState({ selectedNodes: [], selectedEdges: [], followed: null, asked: null, openFile: null, renaming: null });
    run.setProblems([]);
    client.load(document, part);
  };
  const restart = (): void => {
    const document = { base: scenario.getState().design, inputs: [] };
    scenario.setRecorded(document);
    client.load(document);
  };
  // A change of nodes or edges reaches the running world; moves alone do not.
  let seen = scenario.getState().design;
  scenario.subscribe((state) => {
    const { design } = state;
    if (design === seen) return;
    const before = seen;
    seen = design;
    if (opening) return;
    if (!sameWorld(before, design)) restart();
    else if (deployed(before) !== deployed(design)) client.edit(design.nodes, design.edges);
  });
  return {
    scenario,
    run,
    view,
    client,
    manifests: manifestById,
    manifestList: manifests,
    open,
    restart,
    names: new Map(),
    blobs: new BlobUrls(client),
    clips,
    uploadNames: new Set(),
    saved,
    saveNow: () => void autosave.flush(),
    notice,
    settings: createStore(() => ({ open: null })),
  };
}

/** Seed, calendar, load and faults are laid down before a run: a change of them begins it anew. */
function sameWorld(a: ScenarioBase, b: ScenarioBase): boolean {
  return a.seed === b.seed && a.startAt === b.startAt && a.stimuli === b.stimuli && a.faults === b.faults;
}

/** Everything of a design that the world knows of: positions left out. */
function deployed(design: { readonly nodes: readonly { readonly position: unknown }[]; readonly edges: readonly unknown[] }): string {
  return JSON.stringify([design.nodes.map(({ position: _, ...node }) => node), design.edges]);
}
