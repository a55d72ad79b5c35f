/** The state that datapoints mean: M of N, and what becomes of missing ones. @source aws/other-services.md §8; Amazon CloudWatch user guide, alarm evaluation and premature alarm state (2023-06) */
import type { AlarmState, Comparison, Treatment } from './alarm.ts';

export interface Rule {
  /** N and M. */
  readonly of: number;
  readonly toAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissing: Treatment;
}

/** Periods that are looked at beyond N, for datapoints in the place of missing ones. @source Amazon CloudWatch user guide, alarm evaluation (2023-06): 5 for N = 3 @simplified two for every N; AWS says that it depends on the period */
export const RANGE_BEYOND = 2;

export function breaches(value: number, { comparison, threshold }: Pick<Rule, 'comparison' | 'threshold'>): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/**
 * The state for datapoints, oldest first, undefined where one is missing; undefined when the alarm keeps the state it has.
 * @simplified Of a few breaching datapoints that are too young AWS says only that the alarm does not go to ALARM yet: here it keeps its state.
 */
export function stateOf(points: readonly (number | undefined)[], rule: Rule): AlarmState | undefined {
  const real = points.filter((point) => point !== undefined);
  if (real.length === 0) return ({ missing: 'INSUFFICIENT_DATA', ignore: undefined, breaching: 'ALARM', notBreaching: 'OK' } as const)[rule.treatMissing];
  const used = real.slice(-rule.of);
  const breaching = used.filter((point) => breaches(point, rule)).length;
  if (breaching >= rule.toAlarm) return 'ALARM';
  const missing = rule.of - used.length;
  if (missing === 0 || rule.treatMissing === 'notBreaching') return 'OK';
  if (rule.treatMissing === 'breaching') return breaching + missing >= rule.toAlarm ? 'ALARM' : 'OK';
  if (breaching < used.length) return 'OK';
  const age = points.length - points.findIndex((point) => point !== undefined);
  return rule.treatMissing === 'missing' && age >= rule.toAlarm ? 'ALARM' : undefined;
}
