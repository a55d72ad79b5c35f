/** Filtering log lines. */
import { describe, expect, it } from 'vitest';
import { LogBook } from '../../state/log-lines.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/units.ts';
import { FilteredRows } from './log-filter.ts';
import type { LogFilter } from './log-filter.ts';

const all: LogFilter = { group: null, requestId: null, level: 'all', text: '' };
function line(seq: number, message: string, o: { readonly fn?: string; readonly requestId?: string } = {}): TraceEvent {
  return { seq, at: (seq * 1_000) as SimTime, kind: 'logs.Line', resource: `arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/${o.fn ?? 'f'}`, cause: [], subjects: o.requestId === undefined ? [] : [o.requestId], data: { stream: 's', timestampMs: 0, message } };
}
const events = [
  line(0, 'START RequestId: a Version: $LATEST\n', { requestId: 'r1' }),
  line(1, '2026-01-01T00:00:00.000Z\tr1\tINFO\tdog.mp4 is ready\n', { requestId: 'r1' }),
  line(2, '2026-01-01T00:00:00.000Z\tr2\tERROR\tno moov atom\n', { requestId: 'r2' }),
  line(3, 'REPORT RequestId: a\tDuration: 1.00 ms\tStatus: timeout\t\n', { requestId: 'r2' }),
  line(4, 'hello\n', { fn: 'g' }),
];
const seqs = (filter: Partial<LogFilter>): readonly number[] => new FilteredRows().follow(new LogBook().follow(events), { ...all, ...filter }).rows.map((row) => row.seq);

describe('log filter', () => {
  it('goes by function, request and words, whatever their case', () => {
    expect(seqs({ group: '/aws/lambda/g' })).toEqual([4]);
    expect(seqs({ requestId: 'r2' })).toEqual([2, 3]);
    expect(seqs({ text: 'MOOV no' })).toEqual([2]);
    expect(seqs({ text: 'moov ready' })).toEqual([]);
  });
  it('tells what code printed from what the platform wrote, and finds problems in both', () => {
    expect(seqs({ level: 'handler' })).toEqual([1, 2, 4]);
    expect(seqs({ level: 'platform' })).toEqual([0, 3]);
    expect(seqs({ level: 'problems' })).toEqual([2, 3]);
  });
  it('reads only new lines while the book grows, and all again for another filter', () => {
    const book = new LogBook();
    const rows = new FilteredRows();
    const growing = events.slice(0, 2);
    rows.follow(book.follow(growing), all);
    growing.push(events[2]!);
    expect(rows.follow(book.follow(growing), all).rows).toHaveLength(3);
    expect(rows.follow(book.follow(growing), { ...all, text: 'moov' }).rows).toHaveLength(1);
    expect(rows.groups).toEqual(['/aws/lambda/f']);
  });
  it('finds the last line of a moment', () => {
    const rows = new FilteredRows().follow(new LogBook().follow(events), all);
    expect([rows.lastUntil(2_500), rows.lastUntil(-1), rows.lastUntil(1e9)]).toEqual([2, -1, 4]);
  });
  it('does not need minutes for 200,000 lines', () => {
    const many = Array.from({ length: 200_000 }, (_, n) => line(n, `2026-01-01T00:00:00.000Z\tr1\tINFO\tframe ${n} of a clip is written\n`, { requestId: 'r1' }));
    const from = performance.now();
    expect(new FilteredRows().follow(new LogBook().follow(many), { ...all, text: 'frame 199999 ' }).rows).toHaveLength(1);
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});
