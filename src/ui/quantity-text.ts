/** Sizes and durations as people read them, with a no-break space before the unit. */
import { groupDigits, withUnit } from './number-text.ts';

const oneDecimal = (value: number): string => groupDigits(Math.round(value * 10) / 10);

/** 184320 → '184.3 kB', 13_100_000 → '13.1 MB', 11 → '11 bytes'. Decimal units. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return withUnit(bytes, bytes === 1 ? 'byte' : 'bytes');
  if (bytes < 999_950) return withUnit(oneDecimal(bytes / 1_000), 'kB');
  if (bytes < 999_950_000) return withUnit(oneDecimal(bytes / 1_000_000), 'MB');
  return withUnit(oneDecimal(bytes / 1_000_000_000), 'GB');
}

/** 62 ms, 1.7 s, 3 min 5 s, 2 h 10 min, 14 days; with a minus before it when it is negative. */
export function timeText(ms: number): string {
  if (ms < 0) return `\u2212${timeText(-ms)}`;
  if (ms < 99.5) return withUnit(Math.round(ms), 'ms');
  if (ms < 59_950) return withUnit(oneDecimal(ms / 1_000), 's');
  const sec = Math.round(ms / 1_000);
  if (sec < 3_600) return twoUnits(sec, 60, 'min', 's');
  const minutes = Math.round(sec / 60);
  if (minutes < 2 * 1_440) return twoUnits(minutes, 60, 'h', 'min');
  return withUnit(Math.round(minutes / 1_440), 'days');
}

function twoUnits(value: number, size: number, large: string, small: string): string {
  const rest = value % size;
  return withUnit(Math.floor(value / size), large) + (rest === 0 ? '' : ` ${withUnit(rest, small)}`);
}

/** '1 object', '3 objects'; `plural` where an s is not enough. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${groupDigits(count)} ${count === 1 ? noun : plural}`;
}
