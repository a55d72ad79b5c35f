/** CloudWatch's operations on metrics. @source aws/other-services.md §8 (Amazon CloudWatch API reference, 2026) @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../sim/unmodelled.ts';
import { epochMsOf } from '../../../sim/values.ts';
import { DATAPOINTS_MAX, DATA_MAX, DIMENSIONS_MAX, METRICS_PER_PAGE, QUERIES_MAX } from './limits.ts';
import { metricsIn, samplesOf, ALWAYS } from './reading.ts';
import type { Span } from './reading.ts';
import { metricKey, namespaceArn } from './state.ts';
import type { Metric, MonitoringContext, MonitoringState, Sample } from './state.ts';
import { byPeriod, checkStatistic, statisticOf } from './statistics.ts';

const SOURCE = 'aws/other-services.md §8 (Amazon CloudWatch API reference, 2026)';
const RECALLED = 'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.';
/** Metrics of other accounts. */
const LINKED = ['IncludeLinkedAccounts', 'OwningAccount'] as const;
const US_PER_SEC = 1_000_000;

const time = z.union([z.number(), z.string(), z.object({ $date: z.number() })]);
const dimension = z.object({ Name: z.string(), Value: z.string() });
const dimensions = z.array(dimension).optional();

const recordOf = (list: readonly { readonly Name: string; readonly Value: string }[] | undefined): Record<string, string> => Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));
const listOf = (record: Readonly<Record<string, string>>): object[] => Object.entries(record).map(([Name, Value]) => ({ Name, Value }));
const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue' });
const combination = (message: string): AwsError => new AwsError('InvalidParameterCombinationException', message, { queryCode: 'InvalidParameterCombination' });

/** The span of a query, widened to whole periods. @throws AwsError for a period or an order that makes no sense */
function spanOf(input: { readonly StartTime: z.infer<typeof time>; readonly EndTime: z.infer<typeof time> }, periodSec: number): Span {
  if (![1, 5, 10, 20, 30].includes(periodSec) && (periodSec < 60 || periodSec % 60 !== 0)) throw invalid(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, got ${periodSec}.`);
  const [fromMs, toMs] = [epochMsOf(input.StartTime), epochMsOf(input.EndTime)];
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) throw invalid('The parameters StartTime and EndTime must be timestamps.');
  if (fromMs >= toMs) throw combination('The parameter StartTime must be less than the parameter EndTime.');
  const periodMs = periodSec * 1000;
  return { fromUs: Math.floor(fromMs / periodMs) * periodMs * 1000, toUs: toMs * 1000 };
}

const statisticsInput = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions, StartTime: time, EndTime: time, Period: z.int().min(1), Statistics: z.array(z.string()).optional(), ExtendedStatistics: z.array(z.string()).optional(), Unit: z.string().optional() });

function metricStatistics(context: MonitoringContext, input: z.infer<typeof statisticsInput>): Record<string, unknown> {
  const plain = input.Statistics ?? [];
  const extended = input.ExtendedStatistics ?? [];
  if (plain.length === 0 && extended.length === 0) throw new AwsError('MissingRequiredParameterException', 'The request must contain the parameter Statistics or ExtendedStatistics.', { queryCode: 'MissingParameter' });
  for (const statistic of [...plain, ...extended]) checkStatistic(statistic);
  const span = spanOf(input, input.Period);
  const asked = Math.ceil((span.toUs - span.fromUs) / (input.Period * US_PER_SEC));
  if (asked > DATAPOINTS_MAX) throw combination(`You have requested up to ${asked} datapoints, which exceeds the limit of ${DATAPOINTS_MAX}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`);
  const { samples, unit } = samplesOf(context, span, { metric: { namespace: input.Namespace, name: input.MetricName, dimensions: recordOf(input.Dimensions) }, unit: input.Unit });
  const points = byPeriod(samples, input.Period * US_PER_SEC).map(([startUs, inPeriod]) => ({
    Timestamp: { $date: startUs / 1000 },
    ...Object.fromEntries(plain.map((statistic) => [statistic, statisticOf(inPeriod, statistic)])),
    ...(extended.length === 0 ? {} : { ExtendedStatistics: Object.fromEntries(extended.map((statistic) => [statistic, statisticOf(inPeriod, statistic)])) }),
    Unit: unit,
  }));
  return { Label: input.MetricName, Datapoints: points };
}

const stat = z.object({ Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }), Period: z.int().min(1), Stat: z.string(), Unit: z.string().optional() });
const dataInput = z.object({
  MetricDataQueries: z.array(z.object({ Id: z.string().regex(/^[a-z][A-Za-z0-9_]*$/), MetricStat: stat.optional(), Expression: z.string().optional(), Label: z.string().optional(), ReturnData: z.boolean().optional() })).max(QUERIES_MAX),
  StartTime: time,
  EndTime: time,
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).optional(),
  MaxDatapoints: z.int().optional(),
  NextToken: z.string().optional(),
  ...unmodelled(['LabelOptions']),
});

function metricData(context: MonitoringContext, input: z.infer<typeof dataInput>): Record<string, unknown> {
  const ids = input.MetricDataQueries.map(({ Id }) => Id);
  refuseMembers('monitoring', input, ['LabelOptions']);
  if (new Set(ids).size < ids.length) throw invalid('The values for parameter id in MetricDataQueries are not unique.');
  const results = input.MetricDataQueries.map(({ Id, MetricStat, Expression, Label }) => {
    if (MetricStat === undefined) throw Expression === undefined ? invalid(`The query ${Id} must have a MetricStat or an Expression.`) : new NotModelled('monitoring', 'metric math expressions', 'Ask for the metrics themselves.');
    const { Metric, Period, Stat, Unit } = MetricStat;
    checkStatistic(Stat);
    const { samples } = samplesOf(context, spanOf(input, Period), { metric: { namespace: Metric.Namespace, name: Metric.MetricName, dimensions: recordOf(Metric.Dimensions) }, unit: Unit });
    const points = byPeriod(samples, Period * US_PER_SEC).map(([startUs, inPeriod]) => ({ at: { $date: startUs / 1000 }, value: statisticOf(inPeriod, Stat) }));
    if (input.ScanBy !== 'TimestampAscending') points.reverse();
    return { Id, Label: Label ?? Metric.MetricName, Timestamps: points.map(({ at }) => at), Values: points.map(({ value }) => value), StatusCode: 'Complete' };
  });
  const shown = new Set(input.MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).map(({ Id }) => Id));
  return { MetricDataResults: results.filter(({ Id }) => shown.has(Id)), Messages: [] };
}

const putInput = z.object({
  ...unmodelled(['EntityMetricData']),
  Namespace: z.string().min(1).max(255),
  MetricData: z
    .array(
      z.object({
        MetricName: z.string().min(1).max(255),
        Dimensions: z.array(dimension).max(DIMENSIONS_MAX).optional(),
        Timestamp: time.optional(),
        Value: z.number().optional(),
        Values: z.array(z.number()).optional(),
        Counts: z.array(z.number()).optional(),
        StatisticValues: z.object({ SampleCount: z.number().positive(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() }).optional(),
        Unit: z.string().optional(),
        StorageResolution: z.int().optional(),
      }),
    )
    .max(DATA_MAX)
    .default([]),
});

/** What one datum says. */
function samplesOfDatum(datum: z.infer<typeof putInput>['MetricData'][number], atUs: number): Sample[] {
  const { Value, Values, Counts, StatisticValues } = datum;
  if ([Value, Values, StatisticValues].filter((given) => given !== undefined).length !== 1) throw combination('At least one of the parameters Value, Values and StatisticValues must be specified, and no two of them.');
  if (StatisticValues !== undefined) return [{ atUs, count: StatisticValues.SampleCount, sum: StatisticValues.Sum, minimum: StatisticValues.Minimum, maximum: StatisticValues.Maximum }];
  if (Counts !== undefined && Counts.length !== Values?.length) throw invalid('The parameters Values and Counts must be of the same size.');
  return (Values ?? [Value!]).map((value, i) => ({ atUs, count: Counts?.[i] ?? 1, sum: value * (Counts?.[i] ?? 1), minimum: value, maximum: value }));
}

function putData(context: MonitoringContext, input: z.infer<typeof putInput>): Record<string, unknown> {
  refuseMembers('monitoring', input, ['EntityMetricData']);
  if (input.Namespace.startsWith('AWS/')) throw invalid(`The value ${input.Namespace} for parameter Namespace is invalid.`);
  const read = input.MetricData.map((datum) => ({ datum, samples: samplesOfDatum(datum, datum.Timestamp === undefined ? context.epochUs : epochMsOf(datum.Timestamp) * 1000) }));
  for (const { datum, samples } of read) {
    const metric: Metric = { namespace: input.Namespace, name: datum.MetricName, dimensions: recordOf(datum.Dimensions) };
    const unit = datum.Unit ?? 'None';
    const key = `${metricKey(metric)}${unit}`;
    const known = context.state.custom.get(key);
    if (known === undefined) context.state.custom.set(key, { ...metric, unit, samples });
    else known.samples.push(...samples);
  }
  context.emit('monitoring.MetricsPut', namespaceArn(context, input.Namespace), { namespace: input.Namespace, metrics: input.MetricData.length });
  return {};
}

export const monitoringOperations: OperationTable<MonitoringState, object> = {
  PutMetricData: operation({
    input: putInput,
    action: 'cloudwatch:PutMetricData',
    resource: () => '*',
    writes: true,
    errors: ['InvalidParameterValueException', 'InvalidParameterCombinationException'],
    source: SOURCE,
    simplified: ['A reported value can be read at once; on AWS it takes up to two minutes.', 'Dashboards and metric math are not modelled, nor what metrics cost: the page plots metrics and says so.', RECALLED],
    handle: putData,
  }),
  GetMetricData: operation({
    input: dataInput,
    action: 'cloudwatch:GetMetricData',
    resource: () => '*',
    writes: false,
    errors: ['InvalidParameterValueException', 'InvalidParameterCombinationException'],
    source: SOURCE,
    simplified: ['GetMetricData answers all of its results in one page, and knows no metric math.', 'A percentile is a value that was measured; AWS interpolates.', RECALLED],
    pages: { inputToken: 'NextToken', outputToken: 'NextToken' },
    handle: metricData,
  }),
  GetMetricStatistics: operation({
    input: statisticsInput,
    action: 'cloudwatch:GetMetricStatistics',
    resource: () => '*',
    writes: false,
    errors: ['InvalidParameterValueException', 'InvalidParameterCombinationException', 'MissingRequiredParameterException'],
    source: SOURCE,
    simplified: [RECALLED],
    handle: metricStatistics,
  }),
  ListMetrics: operation({
    input: z.object({ Namespace: z.string().optional(), MetricName: z.string().optional(), Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().optional() })).optional(), NextToken: z.string().optional(), RecentlyActive: z.enum(['PT3H']).optional(), ...unmodelled(LINKED) }),
    action: 'cloudwatch:ListMetrics',
    resource: () => '*',
    writes: false,
    errors: ['InvalidParameterValueException'],
    source: SOURCE,
    pages: { inputToken: 'NextToken', outputToken: 'NextToken' },
    handle: (context: MonitoringContext, input) => {
      refuseMembers('monitoring', input, LINKED);
      const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
      if (!Number.isInteger(from) || from < 0) throw invalid('The parameter NextToken is invalid.');
      const fits = (metric: Metric): boolean =>
        (input.Namespace === undefined || metric.namespace === input.Namespace) &&
        (input.MetricName === undefined || metric.name === input.MetricName) &&
        (input.Dimensions ?? []).every(({ Name, Value }) => metric.dimensions[Name] !== undefined && (Value === undefined || metric.dimensions[Name] === Value));
      const span = input.RecentlyActive === undefined ? ALWAYS : { fromUs: context.epochUs - 3 * 3_600 * US_PER_SEC, toUs: Number.MAX_SAFE_INTEGER };
      const byKey = new Map(metricsIn(context, span, fits).map((metric) => [metricKey(metric), metric]));
      const all = [...byKey.values()];
      const page = all.slice(from, from + METRICS_PER_PAGE);
      return { Metrics: page.map(({ namespace, name, dimensions: by }) => ({ Namespace: namespace, MetricName: name, Dimensions: listOf(by) })), ...(from + METRICS_PER_PAGE < all.length ? { NextToken: String(from + METRICS_PER_PAGE) } : {}) };
    },
  }),
};
