/** Schedule expressions: `rate(…)`, `cron(…)` and `at(…)`, checked as EventBridge rules and as EventBridge Scheduler check them. */
import { parseInstant } from '../civil.ts';
import { parseCron } from './cron.ts';
import type { Cron } from './cron.ts';

export type Schedule =
  /** Every so many seconds. */
  | { readonly kind: 'rate'; readonly periodSec: number }
  | { readonly kind: 'cron'; readonly cron: Cron }
  /** Once. `wallSec`: seconds since 1970 that the clock of the schedule's time zone shows. */
  | { readonly kind: 'at'; readonly wallSec: number };

/** AWS refuses the expression; the message is AWS's. */
export class InvalidScheduleExpressionException extends Error {
  override readonly name = 'ValidationException';
}

const UNIT_SEC: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86400 };

/**
 * The schedule of a rule: rate or cron, in UTC.
 * @throws InvalidScheduleExpressionException
 * @source EventBridge PutRule as recorded (eventbridge.md §9)
 */
export function parseRuleSchedule(expression: string): Schedule {
  const schedule = parseExpression(expression, true);
  if (schedule === undefined || schedule.kind === 'at') throw new InvalidScheduleExpressionException('Parameter ScheduleExpression is not valid.');
  return schedule;
}

/**
 * The schedule of EventBridge Scheduler: rate, cron or at, in a time zone of its own.
 * @throws InvalidScheduleExpressionException
 * @source EventBridge Scheduler CreateSchedule as recorded (eventbridge.md §10)
 */
export function parseSchedulerSchedule(expression: string): Schedule {
  const schedule = parseExpression(expression, false);
  if (schedule === undefined) throw new InvalidScheduleExpressionException(`Invalid Schedule Expression ${expression}.`);
  return schedule;
}

/** Either service's; rules want `1 minute` and `2 minutes`, Scheduler takes both forms. */
function parseExpression(expression: string, isGrammatical: boolean): Schedule | undefined {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'rate':
      return parseRate(inner, isGrammatical);
    case 'cron': {
      const cron = parseCron(inner);
      return cron === undefined ? undefined : { kind: 'cron', cron };
    }
    case 'at': {
      const wallSec = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner) ? parseInstant(inner) : undefined;
      return wallSec === undefined ? undefined : { kind: 'at', wallSec };
    }
    default:
      return undefined;
  }
}

function parseRate(text: string, isGrammatical: boolean): Schedule | undefined {
  const [, valueText, unit = '', plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const value = Number(valueText);
  const periodSec = value * (UNIT_SEC[unit] ?? 0);
  if (!(periodSec > 0) || !Number.isSafeInteger(periodSec)) return undefined;
  return isGrammatical && (value === 1) === (plural === 's') ? undefined : { kind: 'rate', periodSec };
}
