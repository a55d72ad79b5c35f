/** Schedules of rules: rate expressions fire on and on, as background entries. @source aws/eventbridge.md §9 */
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import { isoSec } from '../../../base/time-text.ts';
import { msToUs } from '../../../sim/units.ts';
import { fire } from './delivery.ts';
import type { EventsContext, Rule } from './state.ts';
import { busOf } from './state.ts';

const RATE = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds of a rate; undefined when the text is no valid rate. */
export function rateMs(expression: string): number | undefined {
  const match = RATE.exec(expression);
  if (match === null) return undefined;
  const count = Number(match[1]);
  const plural = match[2]!.endsWith('s');
  if (count < 1 || plural !== (count > 1)) return undefined;
  return count * UNIT_MS[match[2]!.replace(/s$/, '')]!;
}

export function checkSchedule(expression: string): void {
  if (rateMs(expression) !== undefined) return;
  if (expression.startsWith('cron(')) throw new NotModelled('events', `schedule ${expression}`);
  throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
}

/** Puts the next firing on the agenda, or takes it off. */
export function armSchedule(context: EventsContext, rule: Rule): void {
  if (rule.timer !== undefined) context.cancel(rule.timer);
  rule.timer = undefined;
  const every = rule.schedule === undefined ? undefined : rateMs(rule.schedule);
  if (every === undefined || rule.state !== 'ENABLED') return;
  rule.timer = context.schedule(msToUs(every), 'fire', { bus: rule.bus, rule: rule.name }, { background: true, cancellable: true, cause: [] });
}

/** Agenda: a schedule fires. */
export function onFire(context: EventsContext, payload: { readonly bus: string; readonly rule: string }): void {
  const rule = context.state.rules.get(`${payload.bus}/${payload.rule}`);
  if (rule === undefined) return;
  const bus = busOf(context, rule.bus);
  const seq = context.emit('events.ScheduleFired', bus.arn, { rule: rule.name });
  fire(
    context,
    rule,
    { version: '0', id: context.uuid('events.event-id'), 'detail-type': 'Scheduled Event', source: 'aws.events', account: context.account, time: isoSec(context.epochMs), region: context.region, resources: [rule.arn], detail: {} },
    [],
    seq,
  );
  rule.timer = undefined;
  armSchedule(context, rule);
}
