/** `runScenario`: one run of a scenario from its start to an end, external work included. */
import { manifests } from '../../services/manifests.ts';
import { SAMPLE_CLIP } from '../../scenario/sample-clip.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import type { ScenarioIssue } from '../../scenario/validate.ts';
import type { BlobStore } from '../../sim/ports/runtime.ts';
import { traceHash } from '../../sim/trace-hash.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import { msToUs, simTime } from '../../sim/units.ts';
import { IDLE_MS_MAX } from '../cloud.ts';
import { Simulation } from '../simulation.ts';
import type { DeployProblem } from '../simulation.ts';
import { WorkHost } from '../work-host.ts';
import { createNodeHost } from './host.ts';
import { readScenario } from './read-scenario.ts';
import { costOf, metricsOf } from './totals.ts';
import type { Cost, MetricSeries } from './totals.ts';

export interface RunOptions {
  /** Instead of the scenario's own. */
  readonly seed?: number;
  /** Virtual ms from t = 0; unless told, until only background entries are left, at most 24 h. */
  readonly untilMs?: number;
  /** Bytes of the clips that the scenario names, under any name: they are known by their content. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

export interface ScenarioRun {
  readonly trace: readonly TraceEvent[];
  readonly hash: string;
  readonly metrics: readonly MetricSeries[];
  readonly cost: Cost;
  /** Parts of the deployment that AWS refused. */
  readonly problems: readonly DeployProblem[];
  /** Configurations out of range. */
  readonly issues: readonly ScenarioIssue[];
  /** Virtual ms at the end. */
  readonly endedAtMs: number;
  /** The bound that ended the run before its time, or null. */
  readonly bound: string | null;
}

/** Entries taken between two looks at the host's work. */
const SLICE_ENTRIES = 20_000;

/**
 * Deploys a scenario before t = 0, runs it with its recorded inputs, and answers with all that came of it.
 * @throws InvalidScenario, or HostFailure when a clip is not here or ffmpeg can't be loaded; TypeError for options that make no sense
 */
export async function runScenario(scenario: object, o: RunOptions = {}): Promise<ScenarioRun> {
  const { document, issues } = readScenario(scenario);
  if (o.seed !== undefined && !Number.isSafeInteger(o.seed)) throw new TypeError(`seed must be a whole number, got ${String(o.seed)}`);
  if (o.untilMs !== undefined && !(o.untilMs >= 0 && Number.isFinite(o.untilMs))) throw new TypeError(`untilMs must be a time in ms ≥ 0, got ${String(o.untilMs)}`);
  const host = createNodeHost();
  for (const bytes of Object.values(o.files ?? {})) host.blobs.put(bytes);
  await bringSample(document, host.blobs);
  const simulation = new Simulation({ ...host, manifests }, document, o.seed === undefined ? {} : { seed: o.seed });
  const bound = await drive(simulation, new WorkHost(host.performers), o.untilMs);
  const trace = simulation.world.trace.events;
  return {
    trace,
    hash: traceHash(trace),
    metrics: metricsOf(trace, manifests),
    cost: costOf(trace, manifests),
    problems: simulation.problems,
    issues,
    endedAtMs: simulation.world.now / 1000,
    bound,
  };
}

/** Answers with the bound that ended the run, if one did. */
async function drive(simulation: Simulation, work: WorkHost, untilMs: number | undefined): Promise<string | null> {
  const until = simTime(msToUs(untilMs ?? IDLE_MS_MAX));
  for (;;) {
    const status = simulation.runTo(until, { maxEntries: SLICE_ENTRIES, foregroundOnly: untilMs === undefined });
    work.attend(simulation.world);
    if (status.kind === 'waiting') await work.next();
    else if (status.kind === 'reached') return null;
    else if (status.kind === 'ended') return status.reason;
  }
}

/** The clip that ships with Coldstart lies beside the source and beside the build: nobody has to hand it in. */
async function bringSample(document: ScenarioDocument, blobs: BlobStore): Promise<void> {
  if (blobs.has(SAMPLE_CLIP.sha256) || !mentionsSample(document)) return;
  const { readFile } = await import('node:fs/promises');
  for (const folder of ['../', '../../public/', '../../../public/', '../../../dist/']) {
    try {
      blobs.put(await readFile(new URL(folder + SAMPLE_CLIP.path, import.meta.url)));
      return;
    } catch {
      // not there: the next place
    }
  }
}

function mentionsSample(document: ScenarioDocument): boolean {
  const text = JSON.stringify(document);
  return text.includes(SAMPLE_CLIP.sha256) || text.includes('"clip":"sample"');
}
