/** The log lines of a run as rows, read from the trace's `logs.Line` events: grown with the trace, begun anew when the past is rewritten. */
import type { TraceEvent } from '../sim/trace.ts';

export type LogLevelName = 'INIT' | 'START' | 'END' | 'REPORT' | 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL' | 'OUT';

export interface LogRow {
  readonly seq: number;
  /** µs since the start. */
  readonly atUs: number;
  /** Log group: '/aws/lambda/transcode'. */
  readonly group: string;
  /** Last part of the group: the function, for groups that Lambda names. */
  readonly source: string;
  readonly stream: string;
  /** Request that wrote it, when the line or its writer tells. */
  readonly requestId: string | null;
  readonly level: LogLevelName;
  /** The message byte for byte, but for the newline at its end. */
  readonly text: string;
}

const PLATFORM = /^(INIT_START|INIT_REPORT|START|END|REPORT|RESTORE_START|RESTORE_REPORT) /;
const HANDLER = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([^\t]*)\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t/;
const JSON_LEVEL = /"level":\s*"(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)"/i;
const JSON_PLATFORM = /^\{"time":"[^"]*","type":"platform\.(\w+)"/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** A line may be megabytes long: its head tells all that is looked for. */
const HEAD_CHARS = 600;

/** The row of a `logs.Line` event. */
export function logRow(event: TraceEvent): LogRow {
  const message = String(event.data['message'] ?? '');
  const text = message.endsWith('\n') ? message.slice(0, -1) : message;
  const group = event.resource.slice(event.resource.indexOf(':log-group:') + ':log-group:'.length);
  const head = text.slice(0, HEAD_CHARS);
  return {
    seq: event.seq,
    atUs: event.at,
    group,
    source: group.slice(group.lastIndexOf('/') + 1),
    stream: String(event.data['stream'] ?? ''),
    requestId: event.subjects?.[0] ?? requestIdIn(head),
    level: levelOf(head),
    text,
  };
}

function requestIdIn(head: string): string | null {
  if (!PLATFORM.test(head) && !HANDLER.test(head)) return null;
  return UUID.exec(head)?.[0] ?? null;
}

function levelOf(head: string): LogLevelName {
  const platform = PLATFORM.exec(head)?.[1];
  if (platform !== undefined) return platform === 'START' || platform === 'END' || platform === 'REPORT' ? platform : 'INIT';
  const handler = HANDLER.exec(head)?.[2];
  if (handler !== undefined) return handler as LogLevelName;
  const type = JSON_PLATFORM.exec(head)?.[1];
  if (type !== undefined) return type === 'start' ? 'START' : type === 'report' ? 'REPORT' : 'INIT';
  return (JSON_LEVEL.exec(head)?.[1]?.toUpperCase() as LogLevelName | undefined) ?? 'OUT';
}

/** A place in the visitor's code. */
export interface CodePlace {
  /** File under /var/task: 'handler.mjs'. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

const PLACE = /(?:file:\/\/)?\/var\/task\/([^\s:()"\\]+):(\d+)(?::\d+)?/;
/** Where a stack is looked for in a line of any length. */
const PLACE_CHARS = 20_000;

/** The first place in own code that a text names: the top of a stack. */
export function placeIn(text: string): CodePlace | null {
  const found = PLACE.exec(text.slice(0, PLACE_CHARS));
  return found === null ? null : { file: found[1]!, line: Number(found[2]) };
}

/** Rows of all `logs.Line` events of a trace. One book per page part; it reads each event once. */
export class LogBook {
  readonly rows: LogRow[] = [];
  /** Grows when the book began anew, so that readers can tell. */
  edition = 0;
  #source: readonly TraceEvent[] | null = null;
  #length = 0;

  follow(events: readonly TraceEvent[]): this {
    // The index makes a new list when the past is rewritten.
    if (events !== this.#source || events.length < this.#length) {
      this.#source = events;
      this.#length = 0;
      this.rows.length = 0;
      this.edition += 1;
    }
    for (; this.#length < events.length; this.#length++) {
      const event = events[this.#length]!;
      if (event.kind === 'logs.Line') this.rows.push(logRow(event));
    }
    return this;
  }
}
