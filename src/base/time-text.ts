/** Epoch milliseconds as ISO 8601 text in UTC, without Date. */
import { civilFromDays, daysFromCivil } from './civil.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-01-01T00:00:00Z`; fractions are cut. */
export function isoSec(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1_000);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const { year, month, day } = civilFromDays(days);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`;
}

/** `2026-01-01T00:00:00.000Z`. */
export function isoMs(epochMs: number): string {
  const ms = ((Math.floor(epochMs) % 1_000) + 1_000) % 1_000;
  return `${isoSec(epochMs).slice(0, -1)}.${String(ms).padStart(3, '0')}Z`;
}

/** Epoch milliseconds of an ISO 8601 text in UTC or with an offset; undefined when it is none. */
export function parseIso(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const offset = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  return ((days * 24 + Number(hour)) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1_000);
}
