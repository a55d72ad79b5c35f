/** Operations on alarms of one metric. @source aws/other-services.md §8 (Amazon CloudWatch API reference, 2026) @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { isJson } from '../../../../base/is-json.ts';
import { AwsError, NotModelled } from '../../../../sim/errors.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../../sim/unmodelled.ts';
import { ALARM } from '../limits.ts';
import { metricKey } from '../state.ts';
import type { MonitoringContext, MonitoringState } from '../state.ts';
import { checkStatistic } from '../statistics.ts';
import { enter } from './acting.ts';
import { isPercentile, shownAlarm } from './alarm.ts';
import type { Alarm, AlarmSettings } from './alarm.ts';
import { watchLater } from './watching.ts';

const SOURCE = 'aws/other-services.md §8 (Amazon CloudWatch API reference, 2026)';
const RECALLED = 'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.';
const validation = (message: string): AwsError => new AwsError('ValidationError', message);
const notFound = (): AwsError => new AwsError('ResourceNotFound', 'Unknown alarm', { status: 404 });

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
const dimension = z.object({ Name: z.string(), Value: z.string() });
const actions = z.array(z.string()).max(ALARM.actionsMax).optional();
/** Alarms on expressions, on bands, on other alarms and on logs, and what belongs to them. */
const NOT_MODELLED = ['Metrics', 'ThresholdMetricId', 'EvaluateLowSampleCountPercentile', 'Tags', 'EvaluationCriteria', 'EvaluationInterval', 'EvaluationWindow', 'WarmUpConfiguration', 'ActionConfiguration'] as const;
const putInput = z.object({
  ...unmodelled(NOT_MODELLED),
  AlarmName: z.string().min(1).max(ALARM.nameCharsMax),
  AlarmDescription: z.string().max(ALARM.descriptionCharsMax).optional(),
  ActionsEnabled: z.boolean().optional(),
  OKActions: actions,
  AlarmActions: actions,
  InsufficientDataActions: actions,
  MetricName: z.string().max(255).optional(),
  Namespace: z.string().max(255).optional(),
  Statistic: z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']).optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: z.array(dimension).max(30).optional(),
  Period: z.int().optional(),
  Unit: z.string().optional(),
  EvaluationPeriods: z.int().min(1).optional(),
  DatapointsToAlarm: z.int().min(1).optional(),
  Threshold: z.number().optional(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold', 'LessThanLowerOrGreaterThanUpperThreshold', 'LessThanLowerThreshold', 'GreaterThanUpperThreshold']),
  TreatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).optional(),
});
type PutInput = z.infer<typeof putInput>;

function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new AwsError('MissingParameter', `The parameter ${name} is required for an alarm on one metric.`);
  return value;
}

function checkActions(list: readonly string[]): readonly string[] {
  for (const action of list) {
    const { service } = parseArn(action);
    if (!action.startsWith('arn:')) throw validation(`Invalid action ARN: ${action}`);
    if (service !== 'sns' && service !== 'lambda') throw new NotModelled('monitoring', `alarm actions of ${service}`, 'Topics and functions are.');
  }
  return list;
}

/** @throws AwsError for periods that are none, or that together are longer than a week (a day, with periods under an hour) */
function checkPeriods(periodSec: number, evaluationPeriods: number, datapointsToAlarm: number | undefined): void {
  if (![10, 20, 30].includes(periodSec) && (periodSec < 60 || periodSec % 60 !== 0)) throw validation('Period must be 10, 20, 30 or a multiple of 60');
  const longest = periodSec < ALARM.longPeriodSec ? ALARM.spanSecMax : ALARM.longSpanSecMax;
  if (periodSec * evaluationPeriods > longest) throw validation(`Metrics cannot be checked across more than ${longest} seconds (EvaluationPeriods * Period must be <= ${longest})`);
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) throw validation('DatapointsToAlarm must not be greater than EvaluationPeriods');
}

function settingsOf(input: PutInput): AlarmSettings {
  refuseMembers('monitoring', input, NOT_MODELLED);
  const { ComparisonOperator: comparison, Statistic, ExtendedStatistic } = input;
  if (comparison === 'LessThanLowerOrGreaterThanUpperThreshold' || comparison === 'LessThanLowerThreshold' || comparison === 'GreaterThanUpperThreshold') throw new NotModelled('monitoring', 'alarms on anomaly detection');
  if (Statistic !== undefined && ExtendedStatistic !== undefined) throw validation('Only one of Statistic and ExtendedStatistic can be specified');
  const statistic = required(Statistic ?? ExtendedStatistic, 'Statistic');
  checkStatistic(statistic);
  if (Statistic === undefined && !isPercentile(statistic)) throw validation(`The value ${statistic} for parameter ExtendedStatistic is invalid.`);
  const periodSec = required(input.Period, 'Period');
  const evaluationPeriods = required(input.EvaluationPeriods, 'EvaluationPeriods');
  checkPeriods(periodSec, evaluationPeriods, input.DatapointsToAlarm);
  return {
    description: input.AlarmDescription,
    namespace: required(input.Namespace, 'Namespace'),
    metric: required(input.MetricName, 'MetricName'),
    dimensions: input.Dimensions ?? [],
    statistic,
    unit: input.Unit,
    periodSec,
    evaluationPeriods,
    datapointsToAlarm: input.DatapointsToAlarm,
    threshold: required(input.Threshold, 'Threshold'),
    comparison,
    treatMissing: input.TreatMissingData,
    actions: { OK: checkActions(input.OKActions ?? []), ALARM: checkActions(input.AlarmActions ?? []), INSUFFICIENT_DATA: checkActions(input.InsufficientDataActions ?? []) },
  };
}

const arnOf = (context: Pick<MonitoringContext, 'region' | 'account'>, name: string): string => `arn:aws:cloudwatch:${context.region}:${context.account}:alarm:${name}`;

/** An alarm that exists keeps its state; all else of it is new. */
function put(context: MonitoringContext, input: PutInput): object {
  const settings = settingsOf(input);
  // An alarm of a run whose trace is only counted could never be evaluated.
  context.observations({ fromUs: context.epochUs, toUs: context.epochUs });
  const { alarms } = context.state;
  const before = alarms.get(input.AlarmName);
  const arn = arnOf(context, input.AlarmName);
  const seq = context.emit('monitoring.AlarmPut', arn, { alarm: input.AlarmName, metric: settings.metric });
  const { epochMs: now } = context;
  if (before !== undefined) {
    Object.assign(before, { settings, actionsEnabled: input.ActionsEnabled ?? true, configuredMs: now, seq });
    return {};
  }
  const alarm: Alarm = { name: input.AlarmName, arn, id: context.state.nextAlarm++, settings, actionsEnabled: input.ActionsEnabled ?? true, configuredMs: now, state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', reasonData: undefined, updatedMs: now, transitionedMs: now, seq };
  alarms.set(alarm.name, alarm);
  watchLater(context, alarm);
  return {};
}

const describeInput = z.object({
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().min(1).optional(),
  AlarmTypes: z.array(z.enum(['CompositeAlarm', 'MetricAlarm', 'LogAlarm'])).optional(),
  StateValue: z.enum(STATES).optional(),
  ActionPrefix: z.string().optional(),
  MaxRecords: z.int().min(1).max(ALARM.perPage).optional(),
  NextToken: z.string().optional(),
  ...unmodelled(['ChildrenOfAlarmName', 'ParentsOfAlarmName']),
});

function describe(context: MonitoringContext, input: z.infer<typeof describeInput>): object {
  refuseMembers('monitoring', input, ['ChildrenOfAlarmName', 'ParentsOfAlarmName']);
  if (input.AlarmNames !== undefined && input.AlarmNamePrefix !== undefined) throw validation('Only one of AlarmNames and AlarmNamePrefix can be specified');
  const { AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix } = input;
  const fits = ({ name, state, settings }: Alarm): boolean =>
    (AlarmNames === undefined || AlarmNames.includes(name)) &&
    (AlarmNamePrefix === undefined || name.startsWith(AlarmNamePrefix)) &&
    (AlarmTypes === undefined || AlarmTypes.includes('MetricAlarm')) &&
    (StateValue === undefined || state === StateValue) &&
    (ActionPrefix === undefined || STATES.some((of) => settings.actions[of].some((action) => action.startsWith(ActionPrefix))));
  const all = [...context.state.alarms.values()].filter(fits).sort((a, b) => (a.name < b.name ? -1 : 1));
  const from = Number(input.NextToken ?? 0);
  if (!Number.isInteger(from) || from < 0) throw new AwsError('InvalidNextToken', 'The next token specified is invalid.');
  const to = from + (input.MaxRecords ?? ALARM.perPageUnlessTold);
  return { MetricAlarms: all.slice(from, to).map(shownAlarm), CompositeAlarms: [], ...(to < all.length ? { NextToken: String(to) } : {}) };
}

/** @throws ResourceNotFound */
function alarmOf(context: MonitoringContext, name: string): Alarm {
  const alarm = context.state.alarms.get(name);
  if (alarm === undefined) throw notFound();
  return alarm;
}

const namesInput = z.object({ AlarmNames: z.array(z.string()).max(100) });
const firstOf = (context: MonitoringContext, input: z.infer<typeof namesInput>): string => arnOf(context, input.AlarmNames[0] ?? '*');

/** Names that nobody has are passed over. */
function enable(context: MonitoringContext, names: readonly string[], actionsEnabled: boolean): object {
  for (const name of names) {
    const alarm = context.state.alarms.get(name);
    if (alarm !== undefined) alarm.actionsEnabled = actionsEnabled;
  }
  return {};
}

export const alarmOperations: OperationTable<MonitoringState, object> = {
  PutMetricAlarm: operation({
    input: putInput,
    action: 'cloudwatch:PutMetricAlarm',
    resource: (context: MonitoringContext, input) => arnOf(context, input.AlarmName),
    writes: true,
    errors: ['ValidationError', 'MissingParameter', 'LimitExceeded'],
    source: SOURCE,
    simplified: [
      'An alarm looks at whole periods that end at its evaluation, and at two more than it needs; on AWS a metric comes minutes late and the number depends on the period.',
      'Breaching datapoints that are fewer and younger than an alarm needs leave it in its state; AWS says only that it does not go to ALARM.',
      'Alarms are on one metric, with topics and functions as actions. What they cost, $0.10 a month (recalled), is not on the bill.',
      RECALLED,
    ],
    handle: put,
  }),
  DescribeAlarms: operation({
    input: describeInput,
    action: 'cloudwatch:DescribeAlarms',
    resource: (context: MonitoringContext) => arnOf(context, '*'),
    writes: false,
    errors: ['InvalidNextToken', 'ValidationError'],
    source: SOURCE,
    simplified: [RECALLED],
    pages: { inputToken: 'NextToken', outputToken: 'NextToken' },
    handle: describe,
  }),
  DescribeAlarmsForMetric: operation({
    input: z.object({ MetricName: z.string(), Namespace: z.string(), Statistic: z.string().optional(), ExtendedStatistic: z.string().optional(), Dimensions: z.array(dimension).optional(), Period: z.int().optional(), Unit: z.string().optional() }),
    action: 'cloudwatch:DescribeAlarmsForMetric',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    handle: (context: MonitoringContext, input) => {
      const keyOf = (namespace: string, name: string, list: readonly z.infer<typeof dimension>[]): string => metricKey({ namespace, name, dimensions: Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])) });
      const wanted = keyOf(input.Namespace, input.MetricName, input.Dimensions ?? []);
      const statistic = input.Statistic ?? input.ExtendedStatistic;
      const fits = ({ settings }: Alarm): boolean =>
        keyOf(settings.namespace, settings.metric, settings.dimensions) === wanted && (statistic === undefined || settings.statistic === statistic) && (input.Period === undefined || settings.periodSec === input.Period) && (input.Unit === undefined || settings.unit === input.Unit);
      return { MetricAlarms: [...context.state.alarms.values()].filter(fits).map(shownAlarm) };
    },
  }),
  SetAlarmState: operation({
    input: z.object({ AlarmName: z.string(), StateValue: z.enum(STATES), StateReason: z.string().max(ALARM.reasonCharsMax), StateReasonData: z.string().max(ALARM.reasonDataCharsMax).optional() }),
    action: 'cloudwatch:SetAlarmState',
    resource: (context: MonitoringContext, input) => arnOf(context, input.AlarmName),
    writes: true,
    errors: ['ResourceNotFound', 'InvalidFormatFault'],
    source: SOURCE,
    simplified: ['The state that was set holds until the next evaluation, up to a minute.', RECALLED],
    handle: (context: MonitoringContext, input) => {
      if (input.StateReasonData !== undefined && !isJson(input.StateReasonData)) throw new AwsError('InvalidFormatFault', 'StateReasonData is not valid JSON', { queryCode: 'InvalidFormat' });
      enter(context, alarmOf(context, input.AlarmName), { state: input.StateValue, reason: input.StateReason, reasonData: input.StateReasonData });
      return {};
    },
  }),
  DeleteAlarms: operation({
    input: namesInput,
    action: 'cloudwatch:DeleteAlarms',
    resource: firstOf,
    writes: true,
    errors: ['ResourceNotFound'],
    source: SOURCE,
    simplified: [RECALLED],
    handle: (context: MonitoringContext, input) => {
      for (const name of input.AlarmNames) alarmOf(context, name);
      for (const name of input.AlarmNames) context.state.alarms.delete(name);
      return {};
    },
  }),
  EnableAlarmActions: operation({ input: namesInput, action: 'cloudwatch:EnableAlarmActions', resource: firstOf, writes: true, errors: [], source: SOURCE, handle: (context: MonitoringContext, input) => enable(context, input.AlarmNames, true) }),
  DisableAlarmActions: operation({ input: namesInput, action: 'cloudwatch:DisableAlarmActions', resource: firstOf, writes: true, errors: [], source: SOURCE, handle: (context: MonitoringContext, input) => enable(context, input.AlarmNames, false) }),
};
