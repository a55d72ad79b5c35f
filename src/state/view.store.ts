/** What is looked at: selection, open panels, what is followed. Never part of a scenario; sizes and tabs are remembered in this browser. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

export const BOTTOM_TABS = ['timeline', 'code', 'logs', 'metrics', 'media'] as const;
export type BottomTab = (typeof BOTTOM_TABS)[number];
export type PhoneTab = 'canvas' | 'timeline' | 'lesson' | 'inspect';

/** What a lesson draws over the canvas: ways between nodes, and what could be added. */
export interface Drawing {
  readonly paths: readonly { readonly kind: 'guess' | 'truth'; readonly nodes: readonly string[] }[];
  readonly ghostNodes: readonly { readonly id: string; readonly service: string; readonly name: string; readonly x: number; readonly y: number }[];
  readonly ghostEdges: readonly { readonly from: string; readonly to: string; readonly words: string }[];
}

export interface ViewState {
  readonly selectedNodes: readonly string[];
  readonly selectedEdges: readonly string[];
  /** Subject whose life is shown (message id, `s3://…`), or null. */
  readonly followed: string | null;
  /** Event that 'why?' was asked of. */
  readonly asked: number | null;
  readonly bottomOpen: boolean;
  readonly bottomTab: BottomTab;
  readonly lessonOpen: boolean;
  readonly inspectorTab: string | null;
  /** Node whose name is being edited on its card. */
  readonly renaming: string | null;
  readonly phoneTab: PhoneTab;
  /** File open in the editor: of which node, at which line; `entered` when the focus goes there too. */
  readonly openFile: { readonly nodeId: string; readonly file: string; readonly line?: number; readonly entered?: true } | null;
  readonly dialog: 'none' | 'share' | 'gallery' | 'find' | 'shortcuts' | 'docs';
  /** By who draws them. */
  readonly drawings: Readonly<Record<string, Drawing>>;
  readonly singleKeys: boolean;
  readonly logFilter: string;
}

export interface ViewStore extends StoreApi<ViewState> {
  select(nodes: readonly string[], edges?: readonly string[]): void;
  follow(subject: string | null): void;
  ask(seq: number | null): void;
  openBottom(tab: BottomTab): void;
  closeBottom(): void;
  openFileOf(nodeId: string, file: string, line?: number): void;
  setDialog(dialog: ViewState['dialog']): void;
  toggleLesson(open?: boolean): void;
  /** Draws over the canvas, or takes the own drawing away. */
  draw(owner: string, drawing: Drawing | null): void;
}

const FIRST: ViewState = {
  selectedNodes: [],
  selectedEdges: [],
  followed: null,
  asked: null,
  bottomOpen: false,
  bottomTab: 'timeline',
  lessonOpen: false,
  inspectorTab: null,
  renaming: null,
  phoneTab: 'canvas',
  openFile: null,
  dialog: 'none',
  drawings: {},
  singleKeys: true,
  logFilter: '',
};

export function createViewStore(remembered: Partial<ViewState> = {}): ViewStore {
  const store = createStore<ViewState>()(() => ({ ...FIRST, ...remembered }));
  return {
    ...store,
    select: (nodes, edges = []) => store.setState({ selectedNodes: nodes, selectedEdges: edges, inspectorTab: null }),
    follow: (subject) => store.setState({ followed: subject }),
    ask: (seq) => store.setState({ asked: seq }),
    // On a phone the panel is a tab of its own.
    openBottom: (tab) => store.setState({ bottomOpen: true, bottomTab: tab, phoneTab: 'timeline' }),
    closeBottom: () => store.setState({ bottomOpen: false }),
    openFileOf: (nodeId, file, line) =>
      store.setState({ openFile: { nodeId, file, entered: true, ...(line === undefined ? {} : { line }) }, bottomOpen: true, bottomTab: 'code', phoneTab: 'timeline' }),
    setDialog: (dialog) => store.setState({ dialog }),
    draw: (owner, drawing) =>
      store.setState(({ drawings: { [owner]: _, ...others } }) => ({ drawings: drawing === null ? others : { ...others, [owner]: drawing } })),
    toggleLesson: (open) => store.setState((state) => ({ lessonOpen: open ?? !state.lessonOpen })),
  };
}
