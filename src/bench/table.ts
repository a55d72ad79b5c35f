/** Rows of measurements as aligned text. */
import type { Row } from './measure.ts';

const HEAD = ['figure', 'ours', 'reference', 'ratio', 'bar', 'met'] as const;

export function tableOf(rows: readonly Row[]): readonly string[] {
  const cells = rows.map((row) => [
    row.what,
    `${short(row.figure)} ${row.unit}`,
    row.reference === null ? '–' : `${short(row.reference)} (${row.referenceWhat})`,
    row.reference === null ? '–' : `${ratioText(row.ratio)}×`,
    `${row.bar.kind === 'at-least' ? '≥' : '≤'} ${row.bar.value}${row.reference === null ? ` ${row.unit}` : '×'}`,
    row.met ? 'yes' : 'NO',
  ]);
  const widths = HEAD.map((head, i) => Math.max(head.length, ...cells.map((line) => line[i]!.length)));
  const line = (texts: readonly string[]): string => texts.map((text, i) => text.padEnd(widths[i]!)).join('  ').trimEnd();
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)];
}

function ratioText(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

/** `12.3 M`, `4.56 k`, `0.0123`. */
export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (value >= 1e3) return `${(value / 1e3).toPrecision(3)} k`;
  return value.toPrecision(3);
}
