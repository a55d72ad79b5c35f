/** What the parts of the canvas share: stores to read from, registries, and the actions a gesture leads to. */
import { createContext, use } from 'react';
import type { EdgeType, ScenarioEdge, ScenarioNode, ServiceManifest } from '../../sim/manifest.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ServiceView } from '../../services/view-contract.ts';

export interface ConnectOption {
  readonly to: string;
  readonly from: string;
  readonly edgeType: EdgeType;
}

/** Gestures end here. All of them are undoable; the caller records them by name. */
export interface CanvasActions {
  moveNodes(moves: readonly { readonly id: string; readonly x: number; readonly y: number }[]): void;
  /** Two ends were joined: the caller connects, asks which kind, or refuses with the reason. */
  connect(from: string, to: string, at: { readonly x: number; readonly y: number }): void;
  /** A node of this service was dropped from the palette, in canvas coordinates. */
  addNode(service: string, variant: number | null, position: { readonly x: number; readonly y: number }): void;
  /** Files from the visitor's disk were dropped, on a node or on the canvas. */
  dropFiles(files: readonly File[], nodeId: string | null): void;
  removeSelection(): void;
  openContextMenu(at: { readonly x: number; readonly y: number }, nodeId: string | null): void;
  rename(nodeId: string, name: string): string | null;
}

/** Ids of nodes that load comes to by itself, and of nodes that faults strike. */
export interface Scripted {
  readonly load: ReadonlySet<string | undefined>;
  readonly faults: ReadonlySet<string>;
}

export interface CanvasServices {
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly manifests: ReadonlyMap<string, ServiceManifest>;
  readonly views: ReadonlyMap<string, ServiceView>;
  readonly actions: CanvasActions;
  readonly thumbnail: (sha256: string) => string | undefined;
  readonly nodes: readonly ScenarioNode[];
  readonly edges: readonly ScenarioEdge[];
  readonly scripted: Scripted;
}

const CanvasContext = createContext<CanvasServices | null>(null);
export const CanvasProvider = CanvasContext.Provider;

export function useCanvas(): CanvasServices {
  const services = use(CanvasContext);
  if (services === null) throw new Error('the canvas parts live inside a CanvasProvider');
  return services;
}
