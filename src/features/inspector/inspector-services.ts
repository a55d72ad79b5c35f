/** What the inspector needs of the page. The shell gives it. */
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';

export interface InspectorServices {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly manifests: ReadonlyMap<string, ServiceManifest>;
  readonly thumbnail: (sha256: string) => string | undefined;
  /** An AWS call at the shown moment; recorded when it writes. */
  readonly call: (service: string, operation: string, input: object) => Promise<unknown>;
  readonly seek: (atUs: number) => void;
  /** Shows a clip or rendition. */
  readonly openBlob: (sha256: string, name: string) => void;
  readonly removeSelection: () => void;
}
