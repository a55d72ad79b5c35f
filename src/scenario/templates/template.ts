/** What a template is, and short words for writing one. */
import type { ScenarioBase, ScenarioDocument, ScenarioEdgeDocument, ScenarioNodeDocument, Stimulus } from '../schema.ts';
import { SCENARIO_VERSION } from '../schema.ts';

export interface Template {
  /** `video-pipeline`: how a link names it. */
  readonly id: string;
  readonly title: string;
  /** One sentence for the gallery. */
  readonly summary: string;
  readonly document: ScenarioDocument;
  /** How much of a run is computed when it is opened, and the moment that is shown, ms. */
  readonly opening: { readonly prefetchMs: number; readonly showMs: number };
}

type Config = ScenarioNodeDocument['config'];

export function node(id: string, service: string, at: readonly [number, number], config: Config, files?: Readonly<Record<string, string>>): ScenarioNodeDocument {
  return { id, service, config, ...(files === undefined ? {} : { files: { ...files } }), position: { x: at[0], y: at[1] } };
}

export function edge(id: string, from: string, to: string, port: string, config: Config = {}): ScenarioEdgeDocument {
  return { id, from, to, port, config, grant: true };
}

export function template(o: {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly seed?: number;
  /** Start of the calendar; the first of January 2026, 9:00 UTC, unless told. */
  readonly startAt?: string;
  readonly nodes?: readonly ScenarioNodeDocument[];
  readonly edges?: readonly ScenarioEdgeDocument[];
  readonly stimuli?: readonly Stimulus[];
  readonly opening?: Template['opening'];
}): Template {
  const base: ScenarioBase = {
    version: SCENARIO_VERSION,
    name: o.title,
    startAt: o.startAt ?? '2026-01-01T09:00:00Z',
    seed: o.seed ?? 7,
    nodes: [...(o.nodes ?? [])],
    edges: [...(o.edges ?? [])],
    stimuli: [...(o.stimuli ?? [])],
    faults: [],
  };
  return { id: o.id, title: o.title, summary: o.summary, document: { base, inputs: [] }, opening: o.opening ?? { prefetchMs: 0, showMs: 0 } };
}
