/** An alarm looks at its metric every minute, those with periods of 10 to 30 s every 10 s. @source aws/other-services.md §8 */
import { msToUs } from '../../../../sim/units.ts';
import { samplesOf } from '../reading.ts';
import type { MonitoringContext } from '../state.ts';
import { statisticOf } from '../statistics.ts';
import { enter } from './acting.ts';
import type { Alarm, AlarmSettings } from './alarm.ts';
import { RANGE_BEYOND, stateOf } from './evaluation.ts';
import { reasonDataOf, reasonOf } from './reasons.ts';
import type { Point } from './reasons.ts';

const MINUTE_MS = 60_000;
const SHORT_MS = 10_000;

/** At the next whole minute (or 10 s). */
export function watchLater(context: MonitoringContext, alarm: Alarm): void {
  const stepUs = msToUs(alarm.settings.periodSec < 60 ? SHORT_MS : MINUTE_MS);
  context.schedule(stepUs - (context.epochUs % stepUs), 'evaluate', { name: alarm.name, id: alarm.id }, { cause: [alarm.seq], background: true });
}

/** Agenda. */
export function onEvaluate(context: MonitoringContext, payload: { readonly name: string; readonly id: number }): void {
  const alarm = context.state.alarms.get(payload.name);
  if (alarm?.id !== payload.id) return;
  const { settings } = alarm;
  const points = pointsOf(context, settings);
  const of = settings.evaluationPeriods;
  const state = stateOf(points.map((point) => point?.value), { of, toAlarm: settings.datapointsToAlarm ?? of, threshold: settings.threshold, comparison: settings.comparison, treatMissing: settings.treatMissing ?? 'missing' });
  const used = points.filter((point) => point !== undefined).slice(-of);
  if (state !== undefined) enter(context, alarm, { state, reason: reasonOf(state, settings, used), reasonData: reasonDataOf(settings, used, context.epochMs) }, [alarm.seq]);
  watchLater(context, alarm);
}

/** The last periods up to now, oldest first; undefined where nothing was reported. @simplified they end at the moment of the evaluation, whatever the period */
function pointsOf(context: MonitoringContext, { namespace, metric: name, dimensions, statistic, unit, periodSec, evaluationPeriods }: AlarmSettings): readonly (Point | undefined)[] {
  const periodUs = msToUs(periodSec * 1_000);
  const range = evaluationPeriods + RANGE_BEYOND;
  const fromUs = context.epochUs - range * periodUs;
  const metric = { namespace, name, dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])) };
  const { samples } = samplesOf(context, { fromUs, toUs: context.epochUs }, { metric, unit });
  return Array.from({ length: range }, (_, i) => {
    const startUs = fromUs + i * periodUs;
    const inPeriod = samples.filter(({ atUs }) => atUs >= startUs && atUs < startUs + periodUs);
    return inPeriod.length === 0 ? undefined : { startMs: Math.floor(startUs / 1_000), value: statisticOf(inPeriod, statistic) };
  });
}
