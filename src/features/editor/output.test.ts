/** The output beside the code. */
import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../state/log-lines.ts';
import { newestOutput, OUTPUT_ROWS_MAX } from './output.ts';

let seq = 0;
const row = (stream: string, requestId: string | null, text: string): LogRow => ({ seq: seq++, atUs: seq * 1_000, group: '/aws/lambda/f', source: 'f', stream, requestId, level: 'INFO', text });
const texts = (rows: readonly LogRow[], untilUs = Infinity): readonly string[] => newestOutput(rows, untilUs).rows.map((one) => one.text);

describe('newest output', () => {
  it('holds the lines of one request and of the init before it, from its environment alone', () => {
    seq = 0;
    const rows = [row('a', null, 'init a'), row('a', 'r1', 'start 1'), row('b', null, 'init b'), row('b', 'r2', 'start 2'), row('a', 'r1', 'end 1'), row('b', 'r2', 'end 2')];
    expect(texts(rows)).toEqual(['init b', 'start 2', 'end 2']);
    expect(texts(rows, rows[4]!.atUs)).toEqual(['init a', 'start 1', 'end 1']);
  });
  it('stops at the request before in the same environment', () => {
    seq = 0;
    expect(texts([row('a', 'r1', 'one'), row('a', 'r2', 'two')])).toEqual(['two']);
  });
  it('shows an init that never got to a request', () => {
    seq = 0;
    expect(texts([row('a', null, 'INIT_START'), row('a', null, 'SyntaxError')])).toEqual(['INIT_START', 'SyntaxError']);
  });
  it('cuts a flood at its front and says how much', () => {
    seq = 0;
    const output = newestOutput(Array.from({ length: OUTPUT_ROWS_MAX + 5 }, (_, n) => row('a', 'r1', String(n))), Infinity);
    expect([output.rows.length, output.cut, output.rows[0]!.text]).toEqual([OUTPUT_ROWS_MAX, 5, '5']);
  });
});
