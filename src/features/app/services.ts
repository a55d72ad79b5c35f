/** Makes the stores and the run client, and wires them: the only place where they know each other. */
import { manifests, manifestById } from '../../services/manifests.ts';
import { viewById } from '../../services/views.ts';
import { createRunClient } from '../../runner/client.ts';
import type { RunClient } from '../../runner/client.ts';
import { startAutosave } from '../../scenario/autosave.ts';
import { createScenarioStore } from '../../scenario/scenario.store.ts';
import type { Origin, ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { templates } from '../../scenario/templates/templates.ts';
import { createRunStore } from '../../state/run.store.ts';
import type { RunStore } from '../../state/run.store.ts';
import { createViewStore } from '../../state/view.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { BlobUrls } from './blob-urls.ts';
import { browserKeeper } from './browser-keeper.ts';

/** What a first visit opens. */
export const FIRST = templates[0]!;

export interface AppServices {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
  readonly manifests: typeof manifestById;
  readonly manifestList: typeof manifests;
  readonly views: typeof viewById;
  /** Opens a document: the design is replaced, the run starts anew, paused. Nothing runs by itself. */
  open(document: ScenarioDocument, origin: Origin, opening?: { readonly prefetchMs: number; readonly showMs: number }): void;
  /** Runs the present design again from its start. */
  restart(): void;
  /** A file of the visitor, kept for thumbnails and players. */
  readonly names: Map<string, string>;
  readonly blobs: BlobUrls;
}

export function createServices(): AppServices {
  const scenario = createScenarioStore(manifestById, FIRST.document, { kind: 'template', id: FIRST.id });
  const run = createRunStore();
  const view = createViewStore({ singleKeys: localStorage.getItem('coldstart.single-keys') !== 'off' });
  const client = createRunClient(
    {
      onSlice: (slice) => run.take(slice),
      onInputs: (document) => scenario.setRecorded(document),
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
  startAutosave(scenario, browserKeeper(), { tab: crypto.randomUUID(), later: (callback) => setTimeout(callback, 600) });

  const open: AppServices['open'] = (document, origin, opening = { prefetchMs: 0, showMs: 0 }) => {
    scenario.open(document, origin);
    view.setState({ selectedNodes: [], selectedEdges: [], followed: null, asked: null, openFile: null });
    run.setProblems([]);
    client.load(document, opening);
  };
  // A change of nodes or edges reaches the running world; moves alone do not.
  let seen = scenario.getState().design;
  scenario.subscribe((state) => {
    const { design } = state;
    if (design === seen) return;
    const before = seen;
    seen = design;
    if (client.status === null) return;
    if (deployed(before) !== deployed(design)) client.edit(design.nodes, design.edges);
  });
  return {
    scenario,
    run,
    view,
    client,
    manifests: manifestById,
    manifestList: manifests,
    views: viewById,
    open,
    restart: () => client.load({ base: scenario.getState().design, inputs: [] }),
    names: new Map(),
    blobs: new BlobUrls(client),
  };
}

/** Everything of a design that the world knows of: positions left out. */
function deployed(design: { readonly nodes: readonly { readonly position: unknown }[]; readonly edges: readonly unknown[] }): string {
  return JSON.stringify([design.nodes.map(({ position: _, ...node }) => node), design.edges]);
}

