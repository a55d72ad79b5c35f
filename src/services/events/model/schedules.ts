/** Schedules of rules: rate and cron expressions fire on and on, as background entries. @source aws/eventbridge.md §9 */
import { InvalidScheduleExpressionException, parseRuleSchedule } from '../../../base/schedule/expression.ts';
import { fireTimes, requireTimeZone } from '../../../base/schedule/next-fire-times.ts';
import { AwsError } from '../../../sim/errors.ts';
import { isoSec } from '../../../base/time-text.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { fire } from './delivery/receive.ts';
import type { EventsContext, Rule } from './state.ts';
import { busOf, envelopeOf } from './state.ts';

/** @throws ValidationException with AWS's text for an expression that rules do not take */
export function checkSchedule(expression: string): void {
  try {
    parseRuleSchedule(expression);
  } catch (error) {
    if (error instanceof InvalidScheduleExpressionException) throw new AwsError('ValidationException', error.message);
    throw error;
  }
}

/**
 * Puts the next firing on the agenda, or takes it off. Rates count from when the rule was put, cron goes by the clock in UTC.
 * What is deployed before t = 0 counts from t = 0: nothing fires before the run begins.
 */
export function armSchedule(context: EventsContext, rule: Rule): void {
  if (rule.timer !== undefined) context.cancel(rule.timer);
  rule.timer = undefined;
  if (rule.schedule === undefined || rule.state === 'DISABLED') return;
  const startUs = context.epochUs - context.now;
  const anchorSec = Math.max(rule.scheduledFromMs * 1_000, startUs) / US_PER_SEC;
  const afterSec = Math.max(context.epochUs, startUs) / US_PER_SEC;
  const next = fireTimes(parseRuleSchedule(rule.schedule), { afterSec, anchorSec, zone: requireTimeZone('UTC') }).next();
  if (next.done) return;
  const delayUs = Math.round(next.value * US_PER_SEC) - context.epochUs;
  // Centuries from now: no run comes so far.
  if (!Number.isSafeInteger(delayUs + context.now)) return;
  rule.timer = context.schedule(delayUs, 'fire', { bus: rule.bus, rule: rule.name }, { background: true, cancellable: true, cause: [] });
}

/** Agenda: a schedule fires. */
export function onFire(context: EventsContext, payload: { readonly bus: string; readonly rule: string }): void {
  const rule = context.state.rules.get(`${payload.bus}/${payload.rule}`);
  if (rule === undefined) return;
  const bus = busOf(context, rule.bus);
  const seq = context.emit('events.ScheduleFired', bus.arn, { rule: rule.name }, { cause: [] });
  const envelope = envelopeOf(context, { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [rule.arn], time: isoSec(context.epochMs) });
  fire(context, rule, envelope, { subjects: [envelope.id], cause: seq });
  rule.timer = undefined;
  armSchedule(context, rule);
}
