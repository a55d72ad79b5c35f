/** Tells a trace event as a sentence for people: fills the documented sentence of its kind with names and numbers. Pure. */
import type { TraceData, TraceEvent, TraceKind } from '../sim/trace.ts';
import { leadUp } from './trace-index.ts';

export type TraceKinds = ReadonlyMap<string, TraceKind>;

export interface Narrated {
  readonly event: TraceEvent;
  readonly sentence: string;
  readonly level: TraceKind['level'];
  readonly severity: TraceKind['severity'];
}

const NBSP = '\u00a0';

/** The kernel's own kinds: no service documents them. */
const KERNEL: TraceKinds = new Map<string, TraceKind>([
  ['sim.ApiCall', { sentence: 'You call {operation} of {service}.', root: true, level: 'moment' }],
  ['sim.BoundReached', { sentence: 'The run ends here: {reason}.', level: 'moment', severity: 'warning' }],
  ['sim.NotModelled', { sentence: '{operation} of {service} is not modelled here, so the call fails.', level: 'moment', severity: 'failure' }],
]);

/** The sentence of an event, its rank, and whether something went wrong. A kind that nobody documents is told by its name. */
export function narrate(event: TraceEvent, kinds: TraceKinds): Narrated {
  const kind = kinds.get(event.kind) ?? KERNEL.get(event.kind);
  const sentence = kind === undefined ? plainSentence(event) : filled(kind.sentence, event);
  return { event, sentence, level: kind?.level ?? 'step', severity: kind?.severity };
}

function filled(sentence: string, event: TraceEvent): string {
  return sentence
    .replace(/\{(\w+)(:th)?\}/g, (whole, field: string, ordinal: string | undefined) => {
      if (field === 'resource') return nameOfArn(event.resource);
      const value = event.data[field];
      if (value === undefined) return whole;
      return ordinal !== undefined && typeof value === 'number' ? ordinalText(value) : valueText(value, field);
    })
    .replace(/\.\.(?=\s|$)/g, '.')
    .replace(/([^.:!?…])$/, '$1.')
    .replace(/\b1 (messages|targets|log lines|records|items|objects|parts)\b/g, (_, noun: string) => `1 ${noun.slice(0, -1)}`);
}

/** 'lambda.ChildStarted' → 'transcode: child started.' */
function plainSentence(event: TraceEvent): string {
  const words = event.kind
    .slice(event.kind.indexOf('.') + 1)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const name = nameOfArn(event.resource);
  return name === '' ? `${words}.` : `${name}: ${words}.`;
}

/** A value as people read it: ARNs by name, `…Us` and `…Ms` members as times, long texts cut. */
function valueText(value: TraceData, field: string): string {
  if (typeof value === 'number') return /Us$/.test(field) ? spanText(value) : /Ms$/.test(field) ? spanText(value * 1_000) : grouped(value);
  if (typeof value === 'string') return value.startsWith('arn:') ? nameOfArn(value) : value.length > 300 ? `${value.slice(0, 299)}…` : value;
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return (value as readonly TraceData[]).map((item) => valueText(item, field)).join(', ') || 'none';
  return JSON.stringify(value);
}

/** '1st', '2nd', '11th', '23rd'. */
function ordinalText(value: number): string {
  const tens = value % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${grouped(value)}${ending}`;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The name that people know a resource by: 'jobs' for a queue's ARN, 'uploads' for a bucket's. A text that is no ARN stays as it is. */
export function nameOfArn(arn: string): string {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return arn;
  const rest = parts.slice(5).join(':');
  const table = /^table\/([^/]+)\/stream\//.exec(rest)?.[1];
  if (table !== undefined) return `the stream of ${table}`;
  const typed = /^(?:function|log-group|layer):([^:]+)/.exec(rest)?.[1] ?? /^(?:event-bus|table|stream|role|rule\/[^/]+|rule|schedule\/[^/]+)\/(.+)$/.exec(rest)?.[1];
  return typed ?? rest;
}

/** A moment on the clock of the run: '6.2 s', '1 min 3.4 s', '2 h 1 min'. */
export function momentText(us: number): string {
  return timeText(us, us < 10_000_000 ? 2 : 1);
}

/** How long something took: '38 ms', '2.9 s', '12 s'. */
export function spanText(us: number): string {
  if (us < 1_000) return `${us}${NBSP}µs`;
  if (us < 999_500) return `${us < 9_950 ? trimmed(us / 1_000, 1) : Math.round(us / 1_000)}${NBSP}ms`;
  return timeText(us, 1);
}

function timeText(us: number, digits: number): string {
  const sec = Math.max(0, us) / 1_000_000;
  if (sec < 60) return `${trimmed(sec, digits)}${NBSP}s`;
  if (sec < 3_600) {
    const rest = sec - Math.floor(sec / 60) * 60;
    return `${Math.floor(sec / 60)}${NBSP}min${rest < 0.05 ? '' : ` ${trimmed(rest, 1)}${NBSP}s`}`;
  }
  const minutes = Math.floor((sec % 3_600) / 60);
  return `${Math.floor(sec / 3_600)}${NBSP}h${minutes === 0 ? '' : ` ${minutes}${NBSP}min`}`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

export interface LifeLine extends Narrated {
  /** µs since the line before; 0 for the first. */
  readonly afterUs: number;
  /** Attempt that it belongs to, from 1, when the event says one. */
  readonly attempt: number | null;
}

/** A life as lines: events in order, with the time since the one before. Details are left out unless they failed or were asked for. */
export function lifeLines(events: readonly TraceEvent[], kinds: TraceKinds, details = false): readonly LifeLine[] {
  const lines: LifeLine[] = [];
  for (const event of events) {
    const told = narrate(event, kinds);
    if (told.level === 'detail' && told.severity === undefined && !details) continue;
    const before = lines[lines.length - 1];
    lines.push({ ...told, afterUs: before === undefined ? 0 : event.at - before.event.at, attempt: attemptOf(event) });
  }
  return lines;
}

function attemptOf(event: TraceEvent): number | null {
  const value = event.data['attempt'] ?? event.data['receiveCount'] ?? event.travel?.attempt;
  return typeof value === 'number' && value > 0 ? value : null;
}

/** Why an event happened: the straight line of its causes, newest first, itself included. Details are passed over, except the event asked about and the root. */
export function whyLines(events: readonly TraceEvent[], seq: number, kinds: TraceKinds): readonly Narrated[] {
  const asked = events[seq];
  if (asked === undefined) return [];
  return [...leadUp(events, seq), asked]
    .map((event) => narrate(event, kinds))
    .filter((told, at) => told.level !== 'detail' || told.severity !== undefined || told.event.seq === seq || at === 0)
    .reverse();
}
