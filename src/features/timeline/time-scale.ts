/** The time axis: which span is shown, where ticks stand, and times in words. */

const STEPS_SEC = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
const TICKS_MAX = 9;
/** The axis never shows less than this, so that a fresh run does not look like an end. */
export const SPAN_US_MIN = 10_000_000;

/** End of the axis: the run so far with some room, rounded up to a whole tick. */
export function axisEndUs(computedUs: number): number {
  const wanted = Math.max(SPAN_US_MIN, computedUs * 1.04);
  const step = tickStepUs(wanted);
  return Math.ceil(wanted / step) * step;
}

/** Distance between ticks for a span. */
export function tickStepUs(spanUs: number): number {
  const step = STEPS_SEC.find((sec) => spanUs / (sec * 1_000_000) <= TICKS_MAX) ?? STEPS_SEC[STEPS_SEC.length - 1]!;
  return step * 1_000_000;
}

export function ticks(spanUs: number): readonly number[] {
  const step = tickStepUs(spanUs);
  return Array.from({ length: Math.floor(spanUs / step) + 1 }, (_, i) => i * step);
}

/** `42.8 s`, `3 min 5 s`, `2 h`: for captions. No-break spaces. */
export function durationText(us: number): string {
  const sec = us / 1_000_000;
  if (sec < 0.0995) return `${(us / 1_000).toFixed(us < 10_000 ? 1 : 0)}\u00a0ms`;
  if (sec < 60) return `${(Math.round(sec * 10) / 10).toString()}\u00a0s`;
  const whole = Math.round(sec);
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const seconds = whole % 60;
  const parts = [hours > 0 ? `${hours}\u00a0h` : '', minutes > 0 ? `${minutes}\u00a0min` : '', seconds > 0 && hours === 0 ? `${seconds}\u00a0s` : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** The clock: `00:06.9`, `1:02:03.4`. */
export function clockText(us: number): string {
  const tenths = Math.floor(Math.max(0, us) / 100_000);
  const seconds = Math.floor(tenths / 10);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${tenths % 10}`;
}
