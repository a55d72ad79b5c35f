/** What the run so far has to say about one function's code: its newest output and its errors, up to the shown moment. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ScenarioNodeDocument } from '../../scenario/schema.ts';
import { LogBook } from '../../state/log-lines.ts';
import type { LogRow } from '../../state/log-lines.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import { newestOutput } from './output.ts';
import type { Output } from './output.ts';
import { lastInvocation } from './last/invocation-facts.ts';
import type { LastInvocation } from './last/invocation-facts.ts';
import { runErrors } from './run-errors.ts';
import type { RunError } from './run-errors.ts';

export interface FunctionRun {
  readonly output: Output;
  readonly errors: readonly RunError[];
  /** The invocation that ended last, or null. */
  readonly last: LastInvocation | null;
}

export function useFunctionRun(run: RunStore, node: ScenarioNodeDocument): FunctionRun {
  const reader = useMemo(() => new FunctionReader(), []);
  const shownUs = useStore(run, (state) => state.status.shownUs);
  const length = useStore(run, (state) => state.traceLength);
  const arn = useStore(run, (state) => state.arns[node.id]);
  const group = groupOf(node);
  return useMemo(() => reader.read(run, { arn, group, shownUs }), [reader, run, arn, group, shownUs, length]);
}

/** The function's log group. */
export function groupOf(node: ScenarioNodeDocument): string {
  const own = node.config['LogGroup'];
  return typeof own === 'string' && own !== '' ? own : `/aws/lambda/${String(node.config['name'] ?? node.id)}`;
}

/** Remembers its last answers, so that what did not change keeps its identity from frame to frame. */
class FunctionReader {
  readonly #book = new LogBook();
  #rows: LogRow[] = [];
  #read = 0;
  #key = '';
  #answer: FunctionRun = { output: { requestId: null, rows: [], cut: 0 }, errors: [], last: null };
  #seen = '';

  read(run: RunStore, o: { readonly arn: string | undefined; readonly group: string; readonly shownUs: number }): FunctionRun {
    const { index } = run.getState();
    const book = this.#book.follow(index.events);
    const key = `${book.edition} ${o.group}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#rows = [];
      this.#read = 0;
    }
    for (; this.#read < book.rows.length; this.#read++) if (book.rows[this.#read]!.group === o.group) this.#rows.push(book.rows[this.#read]!);
    const seqs = o.arn === undefined ? [] : (index.byResource.get(o.arn) ?? []);
    const seen = `${key} ${countUntil(this.#rows.length, (at) => this.#rows[at]!.atUs, o.shownUs)} ${countUntil(seqs.length, (at) => index.events[seqs[at]!]?.at ?? Infinity, o.shownUs)}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      const events = seqs.map((seq) => index.events[seq]).filter((event): event is TraceEvent => event !== undefined);
      const errors = runErrors(this.#rows, events, o.shownUs);
      this.#answer = { output: newestOutput(this.#rows, o.shownUs), errors: JSON.stringify(errors) === JSON.stringify(this.#answer.errors) ? this.#answer.errors : errors, last: lastInvocation(events, o.shownUs) };
    }
    return this.#answer;
  }

  get answer(): FunctionRun {
    return this.#answer;
  }
}

/** How many of `length` ascending times are at or before a moment. */
function countUntil(length: number, at: (index: number) => number, untilUs: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) <= untilUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
