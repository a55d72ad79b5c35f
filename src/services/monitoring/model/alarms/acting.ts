/** What a change of an alarm's state does: its event on the default bus, and its actions, on a change only. @source aws/other-services.md §8; aws/eventbridge.md §11; Amazon CloudWatch user guide, alarm events and Lambda actions (2026) @simplified Bodies are recalled, but for the notification of a topic, which was found in public repositories (2025). */
import { isoSec } from '../../../../base/time-text.ts';
import type { Deferred, Outcome, PortCall } from '../../../../sim/ports/ports.ts';
import { parseArn } from '../../../../sim/principal.ts';
import type { Seq } from '../../../../sim/trace.ts';
import type { MonitoringContext } from '../state.ts';
import { isPercentile } from './alarm.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { stamp } from './reasons.ts';

export interface NewState {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData: string | undefined;
}

interface Told {
  readonly value: AlarmState;
  readonly reason: string;
  readonly reasonData?: string;
  readonly timestamp: string;
}
const told = (of: Pick<Alarm, 'state' | 'reason' | 'reasonData'>, ms: number): Told => ({ value: of.state, reason: of.reason, ...(of.reasonData === undefined ? {} : { reasonData: of.reasonData }), timestamp: stamp(ms) });

/** Puts an alarm into a state. The same state again is no change, and nothing follows. */
export function enter(context: MonitoringContext, alarm: Alarm, next: NewState, cause: readonly Seq[] = context.cause): void {
  const before = told(alarm, alarm.updatedMs);
  const changed = next.state !== alarm.state;
  alarm.state = next.state;
  alarm.reason = next.reason;
  alarm.reasonData = next.reasonData;
  if (!changed) return;
  alarm.updatedMs = alarm.transitionedMs = context.epochMs;
  alarm.seq = context.emit('monitoring.AlarmStateChanged', alarm.arn, { alarm: alarm.name, from: before.value, to: next.state, reason: next.reason }, { cause: cause.length === 0 ? [alarm.seq] : cause });
  const now = told(alarm, context.epochMs);
  putEvent(context, alarm, { before, now });
  if (alarm.actionsEnabled) for (const action of alarm.settings.actions[next.state]) act(context, alarm, { action, before, now });
}

/** The metric as events and functions are told of it. */
function configuration({ settings }: Alarm): object {
  const { metric, namespace, dimensions, periodSec, statistic, unit, description } = settings;
  const metricStat = { metric: { namespace, name: metric, dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])) }, period: periodSec, stat: statistic, ...(unit === undefined ? {} : { unit }) };
  return { ...(description === undefined ? {} : { description }), metrics: [{ id: 'm1', metricStat, returnData: true }] };
}

function callOf(context: MonitoringContext, alarm: Alarm, name: string): PortCall {
  return { principal: { kind: 'service', name, sourceArn: alarm.arn, sourceAccount: context.account, sourceOwner: context.account }, cause: [alarm.seq], replyTo: { kind: 'none' } };
}

interface Change {
  readonly before: Told;
  readonly now: Told;
}

function putEvent(context: MonitoringContext, alarm: Alarm, { before, now }: Change): void {
  const bus = `arn:aws:events:${context.region}:${context.account}:event-bus/default`;
  const detail = JSON.stringify({ alarmName: alarm.name, state: now, previousState: before, configuration: configuration(alarm) });
  const event = { source: 'aws.cloudwatch', detailType: 'CloudWatch Alarm State Change', detail, resources: [alarm.arn], time: isoSec(context.epochMs) };
  context.target(bus)?.accept(bus, { body: detail, event, attempt: 1, subjects: [] }, callOf(context, alarm, 'cloudwatch.amazonaws.com'));
}

function act(context: MonitoringContext, alarm: Alarm, o: Change & { readonly action: string }): void {
  const { action } = o;
  const outcome = parseArn(action).service === 'lambda' ? invoke(context, alarm, o) : notify(context, alarm, o);
  const failed = outcome === undefined || outcome.kind === 'error';
  const [error, message] = outcome?.kind === 'error' ? [outcome.error.name, outcome.error.message] : ['NotFound', `${action} does not exist.`];
  context.emit(failed ? 'monitoring.ActionFailed' : 'monitoring.ActionDone', alarm.arn, { alarm: alarm.name, action, ...(failed ? { error, message } : {}) }, { cause: [alarm.seq], ...(failed ? {} : { travel: { from: alarm.arn, to: action, shape: 'message' as const, durationUs: 0, attempt: 1 } }) });
}

function invoke(context: MonitoringContext, alarm: Alarm, { action, before, now }: Change & { readonly action: string }): Outcome | Deferred | undefined {
  const payload = JSON.stringify({ source: 'aws.cloudwatch', alarmArn: alarm.arn, accountId: context.account, time: now.timestamp, region: context.region, alarmData: { alarmName: alarm.name, state: now, previousState: before, configuration: configuration(alarm) } });
  return context.invocable(action)?.invoke(action, { type: 'async', payload, subjects: [], attempt: 1 }, callOf(context, alarm, 'lambda.alarms.cloudwatch.amazonaws.com'));
}

function notify(context: MonitoringContext, alarm: Alarm, { action, before, now }: Change & { readonly action: string }): Outcome | Deferred | undefined {
  const { settings } = alarm;
  const percentile = isPercentile(settings.statistic);
  const body = JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: settings.description ?? null,
    AWSAccountId: context.account,
    AlarmConfigurationUpdatedTimestamp: stamp(alarm.configuredMs),
    NewStateValue: now.value,
    NewStateReason: now.reason,
    StateChangeTime: now.timestamp,
    Region: regionName(context.region),
    AlarmArn: alarm.arn,
    OldStateValue: before.value,
    OKActions: settings.actions.OK,
    AlarmActions: settings.actions.ALARM,
    InsufficientDataActions: settings.actions.INSUFFICIENT_DATA,
    Trigger: {
      MetricName: settings.metric,
      Namespace: settings.namespace,
      StatisticType: percentile ? 'ExtendedStatistic' : 'Statistic',
      ...(percentile ? { ExtendedStatistic: settings.statistic } : { Statistic: settings.statistic.toUpperCase() }),
      Unit: settings.unit ?? null,
      Dimensions: settings.dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
      Period: settings.periodSec,
      EvaluationPeriods: settings.evaluationPeriods,
      ...(settings.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: settings.datapointsToAlarm }),
      ComparisonOperator: settings.comparison,
      Threshold: settings.threshold,
      TreatMissingData: settings.treatMissing ?? '',
      EvaluateLowSampleCountPercentile: '',
    },
  });
  const subject = `${now.value}: "${alarm.name}" in ${regionName(context.region)}`.slice(0, 99);
  return context.target(action)?.accept(action, { body, subject, attempt: 1, subjects: [] }, callOf(context, alarm, 'cloudwatch.amazonaws.com'));
}

/** @source AWS's names of regions (recalled) @simplified others are told by their code */
function regionName(region: string): string {
  return ({ 'us-east-1': 'US East (N. Virginia)', 'us-east-2': 'US East (Ohio)', 'us-west-2': 'US West (Oregon)', 'eu-west-1': 'EU (Ireland)', 'eu-central-1': 'EU (Frankfurt)', 'ap-northeast-1': 'Asia Pacific (Tokyo)' } as Readonly<Record<string, string>>)[region] ?? region;
}
