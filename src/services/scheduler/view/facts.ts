/** What a schedule's card and tab say, worked out from its summary. Pure. */
import { timeText } from '../../../ui/quantity-text.ts';
import type { ScheduleSummary } from '../model/summary.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `2026-03-30T09:00:00` → `Mon 30 Mar, 09:00`; seconds only where there are any. */
export function shortLocal(local: string): string {
  const [, year, month, day, time, second] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):(\d\d)/.exec(local) ?? [];
  if (year === undefined) return local;
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${DAYS[weekday(Number(year), Number(month), Number(day))]} ${Number(day)} ${months[Number(month) - 1]}, ${time}${second === '00' ? '' : `:${second}`}`;
}

/** Sakamoto's rule; 0 = Sunday. */
function weekday(year: number, month: number, day: number): number {
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift[month - 1]! + day) % 7;
}

/** `next Mon 5 Jan, 09:00`, or why there is none. */
export function nextText(schedule: ScheduleSummary): string {
  if (!schedule.enabled) return 'Off';
  return schedule.next === null ? 'Fires no more' : shortLocal(schedule.next.local);
}

/** `in 2 min`. */
export function inText(schedule: ScheduleSummary): string {
  return schedule.next === null ? '' : `in ${timeText(schedule.next.inMs)}`;
}

export function describeSchedule(name: string, schedule: ScheduleSummary | undefined): string {
  if (schedule === undefined) return `${name}, EventBridge schedule`;
  const next = schedule.next === null ? nextText(schedule) : `Next ${nextText(schedule)} in ${schedule.zone}`;
  return `${name}, EventBridge schedule. ${next}, ${schedule.fired} fired${schedule.failed > 0 ? `, ${schedule.failed} failed` : ''}`;
}
