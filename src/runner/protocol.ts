/** The protocol between page and worker: commands in, slices out, one typed union each. Everything is structured-cloneable. */
import type { AwsErrorData } from '../sim/errors.ts';
import type { TraceEvent } from '../sim/trace.ts';
import type { ClipRef, ScenarioDocument, ScenarioEdgeDocument, ScenarioNodeDocument } from '../scenario/schema.ts';

/** Playback speed as virtual per wall time; `max` takes entries as fast as it can. */
export type Speed = number | 'max';

export type Command =
  /** First message: the absolute address of the page's folder, with a slash at its end. */
  | { readonly kind: 'init'; readonly baseUrl: string }
  /** Deploys a scenario and computes it up to `prefetchUs`, paused at `showUs`. Ends any earlier run. */
  | { readonly kind: 'load'; readonly runId: number; readonly scenario: ScenarioDocument; readonly prefetchUs: number; readonly showUs: number }
  | { readonly kind: 'play'; readonly speed: Speed }
  | { readonly kind: 'pause' }
  | { readonly kind: 'speed'; readonly speed: Speed }
  /** Takes one entry that leaves something in the trace; with `resources`, until one of these ARNs has an event. */
  | { readonly kind: 'step'; readonly resources?: readonly string[] }
  /** Jumps to the next event that is not housekeeping. */
  | { readonly kind: 'skip-wait' }
  /** Shows another moment: back (snapshot and replay) or forward (computes on). Pauses. */
  | { readonly kind: 'seek'; readonly atUs: number }
  /** Everything after the shown moment is given up; the run goes on from here (a new future). */
  | { readonly kind: 'continue-from-here' }
  /** The design changed. At t = 0 it reloads; later it is deployed as the difference and recorded as an input. */
  | { readonly kind: 'edit'; readonly nodes: readonly ScenarioNodeDocument[]; readonly edges: readonly ScenarioEdgeDocument[] }
  /** A call of the user at the shown moment, recorded as an input when it writes. */
  | { readonly kind: 'call'; readonly callId: number; readonly service: string; readonly operation: string; readonly input: Readonly<Record<string, unknown>> }
  /** A dropped clip: bytes go to the worker's store; with `node`, it is uploaded there as `key` now. */
  | { readonly kind: 'clip'; readonly clip: ClipRef; readonly bytes: ArrayBuffer; readonly upload?: { readonly node: string; readonly key: string } }
  | { readonly kind: 'cancel-work'; readonly workId: string }
  /** A file that the worker wanted could not be fetched. */
  | { readonly kind: 'unreachable'; readonly sha256: string }
  /** Asks for bytes by SHA-256 (renditions to play or download). */
  | { readonly kind: 'blob'; readonly requestId: number; readonly sha256: string }
  /** Asks for the hash of the run so far. */
  | { readonly kind: 'hash'; readonly requestId: number };

/** Work that the host does while virtual time stands still or runs on. */
export interface WorkView {
  readonly workId: string;
  readonly kind: string;
  readonly resource: string;
  /** 0 to 1, or null while unknown. */
  readonly progress: number | null;
  readonly state: 'loading' | 'running';
  readonly detail: string;
}

export interface RunStatusView {
  readonly runId: number;
  /** After a load, until the moment to show is computed: what is shown meanwhile nobody asked for. */
  readonly arriving: boolean;
  readonly playing: boolean;
  readonly speed: Speed;
  /** Virtual µs shown on the page. */
  readonly shownUs: number;
  /** Virtual µs computed so far; shown < computed is 'the past'. */
  readonly computedUs: number;
  /** Time and trace-worthiness of the next event that is not housekeeping, for 'skip the wait'; null when nothing is left to happen. */
  readonly nextUs: number | null;
  /** Virtual time stands still for this. */
  readonly waitingFor: readonly WorkView[];
  readonly working: readonly WorkView[];
  /** A clip that the run needs and this browser does not hold. */
  readonly missingClips: readonly ClipRef[];
  readonly ended: string | null;
}

export type Slice =
  /** New trace events and the state at the shown moment. `truncateTo` cuts the page's copy of the trace first. */
  | {
      readonly kind: 'slice';
      readonly status: RunStatusView;
      readonly truncateTo: number | null;
      readonly events: readonly TraceEvent[];
      /** ARN → summary of its model at the shown moment, where it differs from the slice before; null: gone. */
      readonly summaries: Readonly<Record<string, object | null>>;
      /** These are all summaries: a new run. */
      readonly all: boolean;
      /** Node id → ARN. */
      readonly arns: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'call-result'; readonly callId: number; readonly ok: true; readonly output: unknown }
  | { readonly kind: 'call-result'; readonly callId: number; readonly ok: false; readonly error: AwsErrorData }
  | { readonly kind: 'blob'; readonly requestId: number; readonly sha256: string; readonly bytes: ArrayBuffer | null }
  | { readonly kind: 'hash'; readonly requestId: number; readonly hash: string }
  /** The recorded inputs of the run changed: the page keeps them in the document. */
  | { readonly kind: 'inputs'; readonly scenario: ScenarioDocument }
  /** A part of the deployment was refused with AWS's message; the rest stands. */
  | { readonly kind: 'deploy-problems'; readonly problems: readonly { readonly nodeId?: string; readonly edgeId?: string; readonly operation: string; readonly error: AwsErrorData }[] }
  /** Files beside the page that would spare work: recorded results of the sample clip. */
  | { readonly kind: 'want-files'; readonly files: readonly { readonly sha256: string; readonly size: number; readonly path: string }[] }
  | { readonly kind: 'media'; readonly sha256: string; readonly facts: { readonly durationMs: number; readonly width: number; readonly height: number } }
  | { readonly kind: 'progress'; readonly what: string; readonly loadedBytes: number; readonly totalBytes: number | null }
  /** The host failed (load, memory, worker): the run is paused, nothing is lost. */
  | { readonly kind: 'host-problem'; readonly what: string; readonly message: string }
  | { readonly kind: 'beat' };
