/** What a schedule says on its card. */
import { describe, expect, it } from 'vitest';
import { describeSchedule, nextText, shortLocal } from './facts.ts';

const schedule = { expression: 'cron(0 9 ? * MON-FRI *)', zone: 'Europe/Berlin', enabled: true, next: { local: '2026-03-30T09:00:00', utc: '2026-03-30T07:00:00Z', inMs: 60_000 }, windowMinutes: 0, targetArn: '', deadLetterArn: null, fired: 2, failed: 0, lastFiredUs: null };

describe('a schedule on its card', () => {
  it('shows the next time by the clock of its zone', () => {
    expect(shortLocal('2026-03-30T09:00:00')).toBe('Mon 30 Mar, 09:00');
    expect(shortLocal('2028-02-29T23:59:30')).toBe('Tue 29 Feb, 23:59:30');
  });

  it('says when there is none', () => {
    expect(nextText({ ...schedule, next: null })).toBe('Fires no more');
    expect(nextText({ ...schedule, enabled: false, next: null })).toBe('Off');
  });

  it('is told in one sentence', () => {
    expect(describeSchedule('nine', schedule)).toBe('nine, EventBridge schedule. Next Mon 30 Mar, 09:00 in Europe/Berlin, 2 fired');
    expect(describeSchedule('nine', undefined)).toBe('nine, EventBridge schedule');
  });
});
