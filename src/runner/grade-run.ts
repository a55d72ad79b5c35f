/** Runs scenarios for grading, one after another on one host: a clip that was transcoded once is known to every further run. */
import type { RunForGrading } from '../lesson/grade.ts';
import { usdOf } from '../lesson/live.ts';
import type { ClipRef } from '../scenario/schema.ts';
import type { ServiceManifest } from '../sim/manifest.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { msToUs, simTime } from '../sim/units.ts';
import { asTraceData } from './ffmpeg/job.ts';
import { missingClips } from './missing-clips.ts';
import { recordedPath, recordedResults } from './recorded-work.ts';
import { Simulation } from './simulation.ts';
import type { SimulationHost } from './simulation.ts';
import { HostFailure, WorkHost } from './work-host.ts';
import type { Performers, WorkProgress } from './work-host.ts';

export interface GradeHost extends SimulationHost {
  readonly performers: Performers;
  /** Brings the bytes of a clip into the store; rejects when nobody has them. */
  readonly bring: (clip: ClipRef) => Promise<void>;
  /** Takes results that were recorded, as long as the files they name can be brought; without it all work is really done. */
  readonly useRecorded?: boolean;
  /** Hears what is being waited for; null when nothing is. */
  readonly onWork?: (progress: WorkProgress | null) => void;
}

/** Entries taken between two looks at the host's work. */
const SLICE_ENTRIES = 20_000;

/** Answers how to run one scenario with one seed. Rejects with HostFailure when a clip is not here or ffmpeg can't be loaded. */
export function createGradeRun(host: GradeHost): RunForGrading {
  let former: Simulation | null = null;
  return async (scenario, { seed, untilMs }) => {
    const simulation: Simulation = new Simulation(host, scenario, { seed, ...(former === null ? {} : { sharing: former }) });
    former = simulation;
    const work = new WorkHost(host.performers);
    work.onChange = () => host.onWork?.(work.running()[0]?.progress ?? null);
    const until = simTime(msToUs(untilMs));
    for (;;) {
      const status = simulation.runTo(until, { maxEntries: SLICE_ENTRIES });
      if (status.kind === 'reached') break;
      if (status.kind === 'ended') throw new HostFailure(`The run was ended by a bound: ${status.reason}.`);
      if (status.kind !== 'waiting') continue;
      await waitForHost(host, simulation, work);
    }
    work.abortAll();
    const trace = simulation.world.trace.events;
    return { trace, costUsd: costUsd(trace, host.manifests) };
  };
}

/** Brings what the outstanding work needs, has it done, and returns when a piece of it is. */
export async function waitForHost(host: GradeHost, simulation: Simulation, work: WorkHost): Promise<void> {
  if (host.useRecorded) await takeRecorded(host, simulation);
  for (const clip of missingClips(simulation.world.work.outstanding(), host.blobs, { inputs: simulation.inputs, events: simulation.world.trace })) await host.bring(clip);
  work.attend(simulation.world, (item) => !simulation.world.work.results.has(item.key));
  await work.next();
}

async function takeRecorded(host: GradeHost, { world }: Simulation): Promise<void> {
  for (const item of world.work.outstanding()) {
    const result = recordedResults[item.key];
    if (result === undefined || world.work.results.has(item.key)) continue;
    try {
      for (const { sha256, size } of result.outputs) if (!host.blobs.has(sha256)) await host.bring({ name: recordedPath(sha256), sha256, size });
      world.work.results.set(item.key, asTraceData(result));
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
    }
  }
}

function costUsd(trace: readonly TraceEvent[], manifests: readonly ServiceManifest[]): number {
  return trace.reduce((sum, event) => sum + usdOf(event, manifests), 0);
}
