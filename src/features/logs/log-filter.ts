/** Which log lines are shown: by source, request, level and words. Keeps up with a growing book without reading lines twice. */
import type { LogBook, LogLevelName, LogRow } from '../../state/log-lines.ts';

/** `all`; `handler`: what code printed; `problems`: warnings and errors; `platform`: START, END, REPORT and INIT lines. */
export type LevelChoice = 'all' | 'handler' | 'problems' | 'platform';

export interface LogFilter {
  /** Log group, or null for all. */
  readonly group: string | null;
  readonly requestId: string | null;
  readonly level: LevelChoice;
  /** Words that must all be in a line; case does not matter. */
  readonly text: string;
}

const PLATFORM: ReadonlySet<LogLevelName> = new Set(['INIT', 'START', 'END', 'REPORT']);
const PROBLEMS: ReadonlySet<LogLevelName> = new Set(['WARN', 'ERROR', 'FATAL']);
/** What a REPORT line of a failed invocation ends with. */
const FAILED_REPORT = /\tStatus: (?:error|timeout)/;

/** What a filter comes to for a row. */
export function passes(row: LogRow, filter: LogFilter, words: readonly string[] = wordsOf(filter.text)): boolean {
  if (filter.group !== null && row.group !== filter.group) return false;
  if (filter.requestId !== null && row.requestId !== filter.requestId) return false;
  if (filter.level === 'platform' && !PLATFORM.has(row.level)) return false;
  if (filter.level === 'handler' && PLATFORM.has(row.level)) return false;
  if (filter.level === 'problems' && !PROBLEMS.has(row.level) && !(PLATFORM.has(row.level) && FAILED_REPORT.test(row.text))) return false;
  if (words.length === 0) return true;
  const text = row.text.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

/** Rows of a book that pass one filter, grown with the book. */
export class FilteredRows {
  readonly rows: LogRow[] = [];
  /** Log groups seen, in order. */
  readonly groups: string[] = [];
  #filter: LogFilter | null = null;
  #words: readonly string[] = [];
  #edition = -1;
  #read = 0;
  #grouped = 0;

  follow(book: LogBook, filter: LogFilter): this {
    if (book.edition !== this.#edition) {
      this.#edition = book.edition;
      this.#restart();
      this.groups.length = 0;
      this.#grouped = 0;
    }
    if (this.#filter === null || !same(this.#filter, filter)) {
      this.#filter = filter;
      this.#words = wordsOf(filter.text);
      this.#restart();
    }
    for (; this.#grouped < book.rows.length; this.#grouped++) {
      const { group } = book.rows[this.#grouped]!;
      if (!this.groups.includes(group)) this.groups.push(group);
    }
    for (; this.#read < book.rows.length; this.#read++) {
      const row = book.rows[this.#read]!;
      if (passes(row, filter, this.#words)) this.rows.push(row);
    }
    return this;
  }

  /** Index of the last row at or before a moment; -1 when there is none. */
  lastUntil(atUs: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rows[middle]!.atUs <= atUs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #restart(): void {
    this.rows.length = 0;
    this.#read = 0;
  }
}

function same(a: LogFilter, b: LogFilter): boolean {
  return a.group === b.group && a.requestId === b.requestId && a.level === b.level && a.text === b.text;
}
