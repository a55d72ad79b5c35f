/** Log rows: what a line says of itself, and a book that follows a trace. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../sim/trace.ts';
import type { SimTime } from '../sim/units.ts';
import { LogBook, logRow, placeIn } from './log-lines.ts';
import { GrowingTraceIndex } from './trace-index.ts';

const ID = '5c1f20d4-7b6e-5d0a-9f3e-0be1a77d2c41';
function line(message: string, seq = 0, subjects: readonly string[] = []): TraceEvent {
  return { seq, at: (seq * 1_000) as SimTime, kind: 'logs.Line', resource: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/transcode', cause: [], subjects, data: { stream: '2026/01/01/[$LATEST]ab', timestampMs: 0, message } };
}

describe('log row', () => {
  it.each([
    [`START RequestId: ${ID} Version: $LATEST\n`, 'START', ID],
    [`END RequestId: ${ID}\n`, 'END', ID],
    [`REPORT RequestId: ${ID}\tDuration: 1.00 ms\t\n`, 'REPORT', ID],
    ['INIT_START Runtime Version: nodejs:22.v1\n', 'INIT', null],
    [`2026-11-23T09:00:18.655Z\t${ID}\tERROR\tmoov atom not found\n`, 'ERROR', ID],
    ['2026-11-23T09:00:18.655Z\tundefined\tINFO\tloading\n', 'INFO', null],
    [`{"timestamp":"2026-11-23T09:00:18.655Z","level":"WARN","message":"slow"}\n`, 'WARN', null],
    [`{"time":"2026-11-23T09:00:18.655Z","type":"platform.report","record":{}}\n`, 'REPORT', null],
    ['frame=  120\n', 'OUT', null],
  ])('reads %j', (message, level, requestId) => {
    expect(logRow(line(message))).toMatchObject({ level, requestId, source: 'transcode', group: '/aws/lambda/transcode' });
  });
  it('keeps every byte but the last newline', () => {
    expect(logRow(line('a\tb \nc\n\n')).text).toBe('a\tb \nc\n');
  });
  it('takes the request from its writer before the text', () => {
    expect(logRow(line('plain', 0, ['r-1'])).requestId).toBe('r-1');
  });
});

describe('place in code', () => {
  it('finds the top of a stack in an error line', () => {
    expect(placeIn(`ERROR\tInvoke Error \t{"stack":["Error: no","    at transcode (file:///var/task/ffmpeg.mjs:13:11)","    at file:///var/task/handler.mjs:4:2"]}`)).toEqual({ file: 'ffmpeg.mjs', line: 13 });
  });
  it('finds files in folders and without a column', () => {
    expect(placeIn('at /var/task/lib/a.js:7')).toEqual({ file: 'lib/a.js', line: 7 });
  });
  it('passes over layers and the runtime', () => {
    expect(placeIn('at /opt/nodejs/x.mjs:3:1\n at /var/runtime/index.mjs:9:1')).toBeNull();
  });
});

describe('log book', () => {
  it('reads only lines, and only what is new', () => {
    const index = new GrowingTraceIndex();
    const book = new LogBook();
    index.append([line('a', 0), { ...line('b', 1), kind: 'sqs.MessageSent' }]);
    expect(book.follow(index.events).rows.map((row) => row.text)).toEqual(['a']);
    index.append([line('c', 2)]);
    expect(book.follow(index.events).rows.map((row) => row.text)).toEqual(['a', 'c']);
    expect(book.edition).toBe(1);
  });
  it('begins anew when the past was rewritten, even if it has grown past the old length', () => {
    const index = new GrowingTraceIndex();
    const book = new LogBook();
    index.append([line('a', 0), line('old', 1)]);
    book.follow(index.events);
    index.truncate(1);
    index.append([line('new', 1), line('more', 2)]);
    expect(book.follow(index.events).rows.map((row) => row.text)).toEqual(['a', 'new', 'more']);
  });
});
