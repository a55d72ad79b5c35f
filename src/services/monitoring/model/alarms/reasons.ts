/** The words and data in which an alarm tells its state. @source aws/other-services.md §8; notifications of alarms in public repositories (2025) @simplified Texts of states are recalled where no notification was found. */
import { isoMs, isoSec } from '../../../../base/time-text.ts';
import type { AlarmSettings, AlarmState } from './alarm.ts';
import { breaches } from './evaluation.ts';

export interface Point {
  /** Start of its period. */
  readonly startMs: number;
  readonly value: number;
}

const COMPARED = { GreaterThanThreshold: 'greater than', GreaterThanOrEqualToThreshold: 'greater than or equal to', LessThanThreshold: 'less than', LessThanOrEqualToThreshold: 'less than or equal to' } as const;
/** As Java writes a double. */
const double = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
/** `01/02/26 12:05:00`: day, month, year. */
function dated(ms: number): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(.{8})/.exec(isoSec(ms))!;
  return `${day}/${month}/${year} ${time}`;
}
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** @param points the real datapoints that decided, oldest first */
export function reasonOf(state: AlarmState, settings: AlarmSettings, points: readonly Point[]): string {
  const { evaluationPeriods: of, comparison, threshold } = settings;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${plural(of, 'datapoint')} ${of === 1 ? 'was' : 'were'} unknown.`;
  if (points.length === 0) return `Threshold Crossed: no datapoints were received for ${plural(of, 'period')} and ${plural(of, 'missing datapoint')} ${of === 1 ? 'was' : 'were'} treated as [${settings.treatMissing === 'breaching' ? 'Breaching' : 'NonBreaching'}].`;
  const told = points.toReversed().filter(({ value }) => breaches(value, settings) === (state === 'ALARM'));
  const list = `[${told.map(({ value, startMs }) => `${double(value)} (${dated(startMs)})`).join(', ')}]`;
  const verb = `${told.length === 1 ? 'was' : 'were'} ${state === 'ALARM' ? '' : 'not '}${COMPARED[comparison]} the threshold (${double(threshold)})`;
  if (of === 1) return `Threshold Crossed: ${plural(told.length, 'datapoint')} ${list} ${verb}.`;
  const toAlarm = settings.datapointsToAlarm ?? of;
  const least = state === 'ALARM' ? `${plural(toAlarm, 'datapoint')} for OK -> ALARM` : `${plural(of - toAlarm + 1, 'datapoint')} for ALARM -> OK`;
  return `Threshold Crossed: ${told.length} out of the last ${of} datapoints ${list} ${verb} (minimum ${least} transition).`;
}

/** AWS's form of a moment in these texts. */
export const stamp = (ms: number): string => isoMs(ms).replace('Z', '+0000');

export function reasonDataOf(settings: AlarmSettings, points: readonly Point[], nowMs: number): string {
  return JSON.stringify({
    version: '1.0',
    queryDate: stamp(nowMs),
    ...(points.length === 0 ? {} : { startDate: stamp(points[0]!.startMs) }),
    ...(settings.unit === undefined ? {} : { unit: settings.unit }),
    statistic: settings.statistic,
    period: settings.periodSec,
    recentDatapoints: points.map(({ value }) => value),
    threshold: settings.threshold,
  });
}
