/** One call on a world of its own, made at a moment of it, and everything that it leads to until it answers. Nothing of it enters the run on the page. */
import type { AwsErrorData } from '../sim/errors.ts';
import type { Outcome } from '../sim/ports/ports.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { fromPlain } from './border.ts';
import { waitForHost } from './grade-run.ts';
import type { GradeHost } from './grade-run.ts';
import { Simulation } from './simulation.ts';
import { HostFailure, WorkHost } from './work-host.ts';

export interface TriedCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
}

export interface TryOptions {
  readonly call: TriedCall;
  /** When it is made, µs since t = 0. */
  readonly atUs: number;
  /** Virtual time that it may take, µs. */
  readonly forUs: number;
}

export interface Tried {
  /** Bytes of an output are Uint8Arrays. */
  readonly answer: { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: AwsErrorData };
  /** What happened since the call, in order. */
  readonly events: readonly TraceEvent[];
}

export type RunForTrying = (scenario: ScenarioDocument, o: TryOptions) => Promise<Tried>;

/** Entries taken between two looks at the answer. */
const SLICE_ENTRIES = 500;

/** Answers how to try a call. Rejects with HostFailure when a clip is not here, ffmpeg can't be loaded, or no answer comes in the time it may take. */
export function createTryRun(host: GradeHost): RunForTrying {
  return async (scenario, { call, atUs, forUs }) => {
    const simulation = new Simulation(host, scenario);
    const work = new WorkHost(host.performers);
    work.onChange = () => host.onWork?.(work.running()[0]?.progress ?? null);
    const runTo = async (untilUs: number, done: () => boolean): Promise<void> => {
      while (!done()) {
        const status = simulation.runTo(simTime(untilUs), { maxEntries: SLICE_ENTRIES });
        if (status.kind === 'reached') return;
        if (status.kind === 'ended') throw new HostFailure(`It was ended by a bound: ${status.reason}.`);
        if (status.kind === 'waiting') await waitForHost(host, simulation, work);
      }
    };
    try {
      await runTo(atUs, () => false);
      const from = simulation.world.trace.length;
      const answers: Outcome[] = [];
      simulation.act({ kind: 'call', atUs, service: call.service, operation: call.operation, input: call.input }, (outcome) => answers.push(outcome));
      await runTo(atUs + forUs, () => answers.length > 0);
      // Log lines and the like of the same moment follow the answer.
      await runTo(simulation.world.now, () => false);
      const [answer] = answers;
      if (answer === undefined) throw new HostFailure('No answer came in the time that it may take.');
      return { answer: answer.kind === 'ok' ? { ok: true, output: fromPlain(answer.output, host.blobs) } : { ok: false, error: answer.error }, events: simulation.world.trace.slice(from) };
    } finally {
      work.abortAll();
    }
  };
}
