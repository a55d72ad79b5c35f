/** The timeline's picture of a run: lanes of spans, levels and marks, built from trace events by the manifests' `timeline` functions. */
import type { ServiceManifest, SpanState, TimelineChange } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';

export interface Span {
  readonly id: string;
  readonly startUs: number;
  /** Open spans end at the moment computed so far. */
  endUs: number | null;
  /** Where it will end if nothing happens (visibility timeout). */
  readonly untilUs: number | null;
  state: SpanState;
  readonly label: string;
  readonly subjects: readonly string[];
  readonly seq: number;
}

export interface Mark {
  readonly atUs: number;
  readonly mark: Extract<TimelineChange, { kind: 'mark' }>['mark'];
  readonly label: string;
  readonly subjects: readonly string[];
  readonly seq: number;
}

export interface Lane {
  readonly resource: string;
  readonly lane: string;
  readonly spans: Span[];
  readonly marks: Mark[];
}

export interface Level {
  readonly resource: string;
  readonly series: string;
  /** Steps in order of time. */
  readonly points: { atUs: number; value: number }[];
}

/** Grows with the trace. Lanes are in order of first appearance, grouped by resource by the screen. */
export class Timeline {
  readonly lanes = new Map<string, Lane>();
  readonly levels = new Map<string, Level>();
  length = 0;
  #open = new Map<string, Span>();
  #followed: readonly TraceEvent[] | null = null;
  readonly #manifests: ReadonlyMap<string, ServiceManifest>;

  constructor(manifests: ReadonlyMap<string, ServiceManifest>) {
    this.#manifests = manifests;
  }

  /** Takes events that it has not seen; starts anew with another list, as there is after a cut. */
  follow(events: readonly TraceEvent[]): void {
    if (events !== this.#followed || events.length < this.length) {
      this.#followed = events;
      this.lanes.clear();
      this.levels.clear();
      this.#open.clear();
      this.length = 0;
    }
    for (; this.length < events.length; this.length++) {
      const event = events[this.length]!;
      const manifest = this.#manifests.get(event.kind.slice(0, event.kind.indexOf('.')));
      for (const change of manifest?.timeline?.(event) ?? []) this.#apply(change, event);
    }
  }

  #apply(change: TimelineChange, event: TraceEvent): void {
    if (change.kind === 'level') return this.#level(change, event.at);
    const lane = this.#lane(change.resource, change.lane);
    if (change.kind === 'mark') {
      lane.marks.push({ atUs: event.at, mark: change.mark, label: change.label ?? '', subjects: change.subjects ?? event.subjects ?? [], seq: event.seq });
      return;
    }
    const key = `${change.resource}\n${change.lane}\n${change.id}`;
    const open = this.#open.get(key);
    if (open) {
      open.endUs = event.at;
      if (change.kind === 'close' && change.state) open.state = change.state;
      this.#open.delete(key);
    }
    if (change.kind === 'close') return;
    const span: Span = {
      id: change.id,
      startUs: event.at,
      endUs: null,
      untilUs: change.untilUs ?? null,
      state: change.state,
      label: change.label ?? '',
      subjects: change.subjects ?? event.subjects ?? [],
      seq: event.seq,
    };
    lane.spans.push(span);
    this.#open.set(key, span);
  }

  #lane(resource: string, name: string): Lane {
    const key = `${resource}\n${name}`;
    let lane = this.lanes.get(key);
    if (lane === undefined) this.lanes.set(key, (lane = { resource, lane: name, spans: [], marks: [] }));
    return lane;
  }

  #level(change: Extract<TimelineChange, { kind: 'level' }>, atUs: number): void {
    const key = `${change.resource}\n${change.series}`;
    let level = this.levels.get(key);
    if (level === undefined) this.levels.set(key, (level = { resource: change.resource, series: change.series, points: [] }));
    const last = level.points[level.points.length - 1];
    if (last && last.atUs === atUs) last.value = change.value;
    else level.points.push({ atUs, value: change.value });
  }
}
