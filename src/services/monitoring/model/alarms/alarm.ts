/** An alarm: what it watches, in which state it is, and how the API shows it. @source aws/other-services.md §8; Amazon CloudWatch API reference, MetricAlarm (2026) */
import { dateValue } from '../../../../sim/values.ts';
import type { Seq } from '../../../../sim/trace.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type Comparison = 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';
export type Treatment = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

export interface AlarmSettings {
  readonly description: string | undefined;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: readonly { readonly Name: string; readonly Value: string }[];
  /** `Sum`, or a percentile as `p99`. */
  readonly statistic: string;
  readonly unit: string | undefined;
  readonly periodSec: number;
  /** N. */
  readonly evaluationPeriods: number;
  /** M, where it was told. */
  readonly datapointsToAlarm: number | undefined;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissing: Treatment | undefined;
  /** ARNs of topics and functions by the state that is entered. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  /** Tells it from a later alarm of the same name. */
  readonly id: number;
  settings: AlarmSettings;
  actionsEnabled: boolean;
  configuredMs: number;
  state: AlarmState;
  reason: string;
  reasonData: string | undefined;
  updatedMs: number;
  transitionedMs: number;
  /** Trace event of its last change. */
  seq: Seq;
}

export const isPercentile = (statistic: string): boolean => /^p\d/.test(statistic);

/** As DescribeAlarms has it. */
export function shownAlarm(alarm: Alarm): Record<string, unknown> {
  const { settings } = alarm;
  const given = (name: string, value: unknown): object => (value === undefined ? {} : { [name]: value });
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ...given('AlarmDescription', settings.description),
    AlarmConfigurationUpdatedTimestamp: dateValue(alarm.configuredMs),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: settings.actions.OK,
    AlarmActions: settings.actions.ALARM,
    InsufficientDataActions: settings.actions.INSUFFICIENT_DATA,
    StateValue: alarm.state,
    StateReason: alarm.reason,
    ...given('StateReasonData', alarm.reasonData),
    StateUpdatedTimestamp: dateValue(alarm.updatedMs),
    StateTransitionedTimestamp: dateValue(alarm.transitionedMs),
    MetricName: settings.metric,
    Namespace: settings.namespace,
    [isPercentile(settings.statistic) ? 'ExtendedStatistic' : 'Statistic']: settings.statistic,
    Dimensions: settings.dimensions,
    Period: settings.periodSec,
    ...given('Unit', settings.unit),
    EvaluationPeriods: settings.evaluationPeriods,
    ...given('DatapointsToAlarm', settings.datapointsToAlarm),
    Threshold: settings.threshold,
    ComparisonOperator: settings.comparison,
    ...given('TreatMissingData', settings.treatMissing),
  };
}
