/** Everything measurable in a run: the manifests' CloudWatch data, levels, and the age of messages, collected as the trace grows. Pure. */
import type { MetricDatum, ServiceManifest } from '../../sim/manifest.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import { nameOfArn } from '../../state/narrate.ts';

/** Values in order of time. */
export interface Points {
  /** µs. */
  readonly at: number[];
  readonly value: number[];
}

export interface Stay {
  readonly inUs: number;
  /** Infinity while it is there. */
  outUs: number;
}

export interface Measured {
  /** Service id and name of the resource: 'lambda', 'transcode'. */
  readonly service: string;
  readonly name: string;
  /** CloudWatch metric → its data. */
  readonly data: Map<string, Points & { readonly unit: MetricDatum['unit'] }>;
  /** Series of a level ('depth', 'concurrency') → its steps. */
  readonly levels: Map<string, Points>;
  /** Stays of messages in a queue, in order of arrival. */
  readonly stays: Stay[];
}

const ARRIVE: ReadonlySet<string> = new Set(['sqs.MessageSent', 'sqs.DeadLetterArrived']);
const LEAVE: ReadonlySet<string> = new Set(['sqs.MessageDeleted', 'sqs.MessageDeadLettered', 'sqs.MessageExpired', 'sqs.MessageRedriven']);

export class MetricsBook {
  readonly measured = new Map<string, Measured>();
  #source: readonly TraceEvent[] | null = null;
  #length = 0;
  readonly #open = new Map<string, Stay>();
  readonly #manifests: ReadonlyMap<string, ServiceManifest>;

  constructor(manifests: ReadonlyMap<string, ServiceManifest>) {
    this.#manifests = manifests;
  }

  /** Takes events that it has not seen; begins anew when the past was rewritten. */
  follow(events: readonly TraceEvent[]): this {
    if (events !== this.#source || events.length < this.#length) {
      this.#source = events;
      this.#length = 0;
      this.measured.clear();
      this.#open.clear();
    }
    for (; this.#length < events.length; this.#length++) this.#take(events[this.#length]!);
    return this;
  }

  #take(event: TraceEvent): void {
    const manifest = this.#manifests.get(event.kind.slice(0, event.kind.indexOf('.')));
    if (manifest === undefined) return;
    for (const datum of manifest.metrics(event)) {
      const [of] = Object.values(datum.dimensions);
      // Of the account, not of a resource.
      if (of === undefined) continue;
      const own = this.#of(manifest.id, of);
      let points = own.data.get(datum.metric);
      if (points === undefined) own.data.set(datum.metric, (points = { at: [], value: [], unit: datum.unit }));
      points.at.push(event.at - (datum.agoUs ?? 0));
      points.value.push(datum.value);
    }
    for (const change of manifest.timeline?.(event) ?? []) {
      if (change.kind !== 'level') continue;
      const own = this.#of(manifest.id, nameOfArn(change.resource));
      let points = own.levels.get(change.series);
      if (points === undefined) own.levels.set(change.series, (points = { at: [], value: [] }));
      points.at.push(event.at);
      points.value.push(change.value);
    }
    this.#stay(event, manifest.id);
  }

  #stay(event: TraceEvent, service: string): void {
    const id = event.data['messageId'];
    if (event.kind === 'sqs.QueuePurged') {
      for (const [key, stay] of this.#open) if (key.startsWith(`${event.resource} `)) this.#end(key, stay, event.at);
    } else if (typeof id !== 'string') return;
    else if (ARRIVE.has(event.kind)) {
      const stay: Stay = { inUs: event.at, outUs: Infinity };
      this.#of(service, nameOfArn(event.resource)).stays.push(stay);
      this.#open.set(`${event.resource} ${id}`, stay);
    } else if (LEAVE.has(event.kind)) {
      // A redriven message leaves under its old id.
      const former = event.data['formerMessageId'];
      const key = `${event.resource} ${typeof former === 'string' ? former : id}`;
      const stay = this.#open.get(key);
      if (stay !== undefined) this.#end(key, stay, event.at);
    }
  }

  #end(key: string, stay: Stay, atUs: number): void {
    stay.outUs = atUs;
    this.#open.delete(key);
  }

  #of(service: string, name: string): Measured {
    const key = `${service} ${name}`;
    let own = this.measured.get(key);
    if (own === undefined) this.measured.set(key, (own = { service, name, data: new Map(), levels: new Map(), stays: [] }));
    return own;
  }
}
