import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../civil.ts';
import { InvalidScheduleExpressionException, parseRuleSchedule, parseSchedulerSchedule } from './expression.ts';
import { fireTimes, nextFireTimes, requireTimeZone } from './next-fire-times.ts';

const FROM = '2026-01-01T00:00:00Z';

describe('checking schedule expressions', () => {
  it.each([
    'rate(1 minute)', 'rate(5 minutes)', 'rate(1 hour)', 'rate(2 days)', 'rate(365 days)',
    'cron(0 12 * * ? *)', 'cron(0/15 * ? * MON-FRI *)', 'cron(15 10 ? * 6L 2022-2030)', 'cron(0 8 1 * ? *)', 'cron(0 8 L * ? *)', 'cron(0 8 15W * ? *)',
    'cron(* * ? * sat#3 *)', 'cron(0 20-2 ? JAN,MAR FRI-MON *)', 'cron(5-55/10,59 */4 1/7 2/3 ? 2026)', 'cron(0 0 ? * L *)', 'cron(0 0 ? * 1#5 *)', 'cron(0  0 * * ? *)',
  ])('both services take %s', (expression) => {
    expect(() => parseRuleSchedule(expression)).not.toThrow();
    expect(() => parseSchedulerSchedule(expression)).not.toThrow();
  });

  it.each([
    'rate()', 'rate(10)', 'rate(minutes)', 'rate(0 minutes)', 'rate(-1 minutes)', 'rate(1.5 hours)', 'rate(5 seconds)', 'rate(1 month)', 'rate(5 MINUTES)', 'rate( 5 minutes)', 'rate(5  minutes)', 'rate(5 minutess)', ' rate(5 minutes)', 'Rate(5 minutes)',
    'cron()', 'cron(* * * * *)', 'cron(0 0 * * * *)', 'cron(0 0 ? * ? *)', 'cron(0 0 1 * MON *)', 'cron(60 0 * * ? *)', 'cron(0 24 * * ? *)', 'cron(0 0 0 * ? *)', 'cron(0 0 32 * ? *)', 'cron(0 0 * 13 ? *)', 'cron(0 0 ? * 8 *)', 'cron(0 0 ? * 0 *)',
    'cron(0 0 * * ? 1969)', 'cron(0 0 * * ? 2200)', 'cron(0 0 * * ? 2030-2026)', 'cron(*/60 * * * ? *)', 'cron(0/0 * * * ? *)', 'cron(? 0 * * ? *)', 'cron(0 0 LW * ? *)', 'cron(0 0 L-3 * ? *)', 'cron(0 0 1,L * ? *)', 'cron(0 0 ? * MON#6 *)',
    'cron(0 0 ? * MON#1,TUE#2 *)', 'cron(0 0 ? * MON/2 *)', 'cron(0 0 ? * */2 *)', 'cron(0 0 ? * FOO *)', 'cron(0 0 1-2-3 * ? *)', 'cron(0 0 , * ? *)', 'cron( 0 0 * * ? *)', 'cron(0 0 * * ? *) ', 'cron(0 0 * * ? * *)', 'at(now)', 'at(2026-01-01)', '', 'daily',
  ])('both refuse %j, each in its own words', (expression) => {
    expect(() => parseRuleSchedule(expression)).toThrow(new InvalidScheduleExpressionException('Parameter ScheduleExpression is not valid.'));
    expect(() => parseSchedulerSchedule(expression)).toThrow(new InvalidScheduleExpressionException(`Invalid Schedule Expression ${expression}.`));
  });

  it('differ: rules want the right plural and know no at', () => {
    for (const expression of ['rate(1 minutes)', 'rate(2 hour)', 'at(2026-05-01T10:00:00)']) {
      expect(() => parseSchedulerSchedule(expression)).not.toThrow();
      expect(() => parseRuleSchedule(expression)).toThrow(InvalidScheduleExpressionException);
    }
    for (const expression of ['at(2026-02-30T10:00:00)', 'at(2026-05-01T10:00:00Z)', 'at(2026-05-01T10:00)']) {
      expect(() => parseSchedulerSchedule(expression)).toThrow(`Invalid Schedule Expression ${expression}.`);
    }
  });
});

describe('fire times', () => {
  it.each<[string, string, readonly string[]]>([
    ['cron(0 12 * * ? *)', FROM, ['2026-01-01T12:00:00Z', '2026-01-02T12:00:00Z', '2026-01-03T12:00:00Z']],
    ['cron(0 0 * * ? *)', FROM, ['2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z']],
    ['cron(0/20 23 * * ? *)', '2026-12-31T23:30:00Z', ['2026-12-31T23:40:00Z', '2027-01-01T23:00:00Z']],
    ['cron(1/25 0 * * ? *)', FROM, ['2026-01-01T00:01:00Z', '2026-01-01T00:26:00Z', '2026-01-01T00:51:00Z', '2026-01-02T00:01:00Z']],
    ['cron(0 9 ? * MON-WED *)', FROM, ['2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z', '2026-01-07T09:00:00Z', '2026-01-12T09:00:00Z']],
    ['cron(0 9 ? * 1 *)', FROM, ['2026-01-04T09:00:00Z']],
    ['cron(0 9 ? * L *)', FROM, ['2026-01-03T09:00:00Z']],
    ['cron(0 9 ? * SAT-SUN *)', FROM, ['2026-01-03T09:00:00Z', '2026-01-04T09:00:00Z', '2026-01-10T09:00:00Z']],
    ['cron(0 22-1 * * ? *)', FROM, ['2026-01-01T01:00:00Z', '2026-01-01T22:00:00Z', '2026-01-01T23:00:00Z', '2026-01-02T00:00:00Z']],
    ['cron(0 0 L * ? *)', '2024-01-31T00:00:00Z', ['2024-02-29T00:00:00Z', '2024-03-31T00:00:00Z', '2024-04-30T00:00:00Z']],
    ['cron(0 0 31 * ? *)', FROM, ['2026-01-31T00:00:00Z', '2026-03-31T00:00:00Z', '2026-05-31T00:00:00Z']],
    ['cron(0 0 29 2 ? *)', FROM, ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
    ['cron(0 0 ? * 6L *)', FROM, ['2026-01-30T00:00:00Z', '2026-02-27T00:00:00Z']],
    ['cron(0 0 ? * 3#2 *)', FROM, ['2026-01-13T00:00:00Z', '2026-02-10T00:00:00Z']],
    ['cron(0 0 ? * FRI#5 *)', FROM, ['2026-01-30T00:00:00Z', '2026-05-29T00:00:00Z', '2026-07-31T00:00:00Z']],
    ['cron(0 0 1W 8 ? 2026)', FROM, ['2026-08-03T00:00:00Z']],
    ['cron(0 0 31W 5 ? 2026)', FROM, ['2026-05-29T00:00:00Z']],
    ['cron(0 0 10W 1 ? 2026)', FROM, ['2026-01-09T00:00:00Z']],
    ['cron(0 0 15W 2 ? 2026)', FROM, ['2026-02-16T00:00:00Z']],
    ['cron(0 0 1 1 ? 2026-2027)', FROM, ['2027-01-01T00:00:00Z']],
    ['cron(0 0 1 1 ? 2025)', FROM, []],
    ['rate(5 minutes)', '2026-01-01T00:01:30Z', ['2026-01-01T00:06:30Z', '2026-01-01T00:11:30Z']],
    ['rate(1 day)', '2026-02-27T08:00:00Z', ['2026-02-28T08:00:00Z', '2026-03-01T08:00:00Z']],
    ['at(2026-05-01T10:00:00)', FROM, ['2026-05-01T10:00:00Z']],
    ['at(2026-01-01T00:00:00)', FROM, []],
  ])('%s after %s', (expression, from, expected) => {
    const times = nextFireTimes(expression, from, Math.max(1, expected.length));
    expect(times).toEqual(expected);
  });

  it('skip local times that do not exist and fire once at those that come twice', () => {
    expect(nextFireTimes('cron(30 2 * * ? *)', '2026-03-27T12:00:00Z', 3, 'Europe/Berlin')).toEqual(['2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z', '2026-03-31T00:30:00Z']);
    expect(nextFireTimes('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z']);
    expect(nextFireTimes('cron(0/30 1-2 ? * * 2026)', '2026-11-01T04:00:00Z', 5, 'America/New_York')).toEqual([
      '2026-11-01T05:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T07:00:00Z', '2026-11-01T07:30:00Z', '2026-11-02T06:00:00Z',
    ]);
  });

  it('take days by the clock of the zone, and rates by the clock of physics', () => {
    expect(nextFireTimes('cron(0 0 1 * ? *)', FROM, 2, 'Asia/Tokyo')).toEqual(['2026-01-31T15:00:00Z', '2026-02-28T15:00:00Z']);
    expect(nextFireTimes('cron(0 18 ? * SUN *)', '2026-07-05T03:59:00Z', 1, 'Pacific/Honolulu')).toEqual(['2026-07-06T04:00:00Z']);
    expect(nextFireTimes('rate(1 day)', '2026-03-28T12:00:00Z', 2, 'Europe/Berlin')).toEqual(['2026-03-29T12:00:00Z', '2026-03-30T12:00:00Z']);
    expect(nextFireTimes('at(2026-07-01T09:00:00)', FROM, 1, 'America/New_York')).toEqual(['2026-07-01T13:00:00Z']);
    expect(nextFireTimes('at(2026-03-29T02:30:00)', FROM, 1, 'Europe/Berlin')).toEqual(['2026-03-29T01:30:00Z']);
  });

  it('go on after the last listed change of the zone, by its yearly rule', () => {
    expect(nextFireTimes('cron(0 12 1 7 ? 2150)', FROM, 1, 'Europe/Berlin')).toEqual(['2150-07-01T10:00:00Z']);
    expect(nextFireTimes('cron(0 12 1 1 ? 2150)', FROM, 1, 'Australia/Sydney')).toEqual(['2150-01-01T01:00:00Z']);
  });

  it('count rates from the anchor, not from the moment of asking', () => {
    const zone = requireTimeZone('UTC');
    const schedule = parseRuleSchedule('rate(10 minutes)');
    const [first] = fireTimes(schedule, { afterSec: 1500, anchorSec: 60, zone });
    expect(first).toBe(1860);
    const [atOnce] = fireTimes(schedule, { afterSec: 1860, anchorSec: 60, zone });
    expect(atOnce).toBe(2460);
  });

  it('agree with a search minute by minute', () => {
    const from = parseInstant('2026-02-20T00:00:00Z') as number;
    const wanted: string[] = [];
    for (let at = from + 60; at <= from + 20 * 86400; at += 60) {
      const date = new Date(at * 1000);
      if (date.getUTCMinutes() % 35 === 0 && [3, 15].includes(date.getUTCHours()) && [1, 4].includes(date.getUTCDay())) wanted.push(formatInstant(at));
    }
    expect(nextFireTimes('cron(*/35 3,15 ? * MON,THU *)', '2026-02-20T00:00:00Z', wanted.length)).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(15);
  });

  it('refuse an unknown zone and a bad start', () => {
    expect(() => nextFireTimes('rate(1 minute)', FROM, 1, 'Mars/Base')).toThrow(InvalidScheduleExpressionException);
    expect(() => nextFireTimes('rate(1 minute)', 'yesterday', 1)).toThrow(RangeError);
  });
});

interface ScheduleCase {
  readonly id: string;
  readonly service: 'events' | 'scheduler';
  readonly expression: string;
  readonly valid: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}

const folder = process.env['COLDSTART_CASES'];
if (folder === undefined) console.info('COLDSTART_CASES is not set: the shared schedule expression cases are skipped.');

function load(): ScheduleCase[] {
  const file = join(folder as string, 'schedule-expressions.dev.json');
  if (!existsSync(file)) throw new Error(`COLDSTART_CASES is set, but ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as ScheduleCase[];
}

describe.skipIf(folder === undefined)('schedule expressions that AWS answered', () => {
  it.each(folder === undefined ? [] : load())('$id', ({ service, expression, valid, error }) => {
    const parse = service === 'events' ? parseRuleSchedule : parseSchedulerSchedule;
    if (valid) {
      expect(() => parse(expression)).not.toThrow();
    } else {
      expect(() => parse(expression)).toThrow(expect.objectContaining({ name: error?.code, message: error?.message }));
    }
  });
});
