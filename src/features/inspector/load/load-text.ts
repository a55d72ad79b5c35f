/** Load and faults in words, one sentence each; and what is typed, read back. Pure. */
import { groupDigits, nbsp, parseNumber, withUnit } from '../../../ui/number-text.ts';
import { countText } from '../../../ui/quantity-text.ts';
import { callsOf, delayMsOf } from '../../../scenario/load.ts';
import type { Arrivals } from '../../../scenario/load.ts';
import { SCENARIO_LIMITS } from '../../../scenario/schema.ts';
import type { Fault } from '../../../scenario/schema.ts';

/** Times that a person may write, s: a year. */
export const TIME_SEC_MAX = 31_536_000;
/** Calls a second. */
export const RATE = { min: 0.001, max: 10_000 };
/** More calls than this make a long run. */
const MANY_CALLS = 100_000;

/** Milliseconds of a document from seconds as typed, to the microsecond. */
export function msOf(sec: number): number {
  return Math.round(sec * 1_000_000) / 1_000;
}
export function secOf(ms: number): number {
  return Math.round(ms * 1_000) / 1_000_000;
}
const sec = (ms: number): string => withUnit(secOf(ms), 's');
const span = ({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }): string => `from ${sec(fromMs)} to ${sec(untilMs)}`;

export const ARRIVAL_KINDS: readonly { readonly value: Arrivals['kind']; readonly label: string; readonly help: string }[] = [
  { value: 'constant', label: 'Constant', help: 'One after the other at even gaps.' },
  { value: 'poisson', label: 'Poisson', help: 'At random, as from many senders who do not know each other; the seed decides.' },
  { value: 'ramp', label: 'Ramp', help: 'The rate goes evenly from one to the other.' },
  { value: 'burst', label: 'Burst', help: 'Many at one moment.' },
  { value: 'list', label: 'List of times', help: 'Exactly then.' },
];

/** 'Poisson, 5 a second, from 0 s to 60 s'. */
export function arrivalsText(arrivals: Arrivals, noun: string): string {
  switch (arrivals.kind) {
    case 'constant':
      return `Constant, one ${noun} every ${sec(arrivals.everyMs)}, ${span(arrivals)}`;
    case 'poisson':
      return `Poisson, ${groupDigits(arrivals.perSec)} a second, ${span(arrivals)}`;
    case 'ramp':
      return `Ramp, ${groupDigits(arrivals.fromPerSec)} to ${groupDigits(arrivals.toPerSec)} a second, ${span(arrivals)}`;
    case 'burst':
      return `Burst, ${countText(arrivals.count, noun)} at ${sec(arrivals.atMs)}`;
    case 'list':
      return `List, ${countText(arrivals.atMs.length, noun)} at ${listText(arrivals.atMs, 3)}`;
  }
}

/** 'About 300 messages in all.', and what many of them mean. */
export function amountText(arrivals: Arrivals, noun: string): string {
  const calls = callsOf(arrivals);
  const about = arrivals.kind === 'poisson' ? 'About ' : '';
  const many = calls > MANY_CALLS ? ' A run of so many takes long.' : '';
  return `${about}${countText(Math.round(calls), noun)} in all.${many}`;
}

function listText(atMs: readonly number[], max: number): string {
  const shown = [...atMs].sort((a, b) => a - b).slice(0, max).map((ms) => groupDigits(secOf(ms)));
  return `${shown.join(', ')}${atMs.length > max ? ' …' : ''}${nbsp}s`;
}

/** The times of a list as one writes them: '0.5, 1, 2.5'. */
export function timesText(atMs: readonly number[]): string {
  return atMs.map(secOf).join(', ');
}

/** Times in seconds with commas, spaces or lines between them; or why they cannot be read. */
export function readTimes(text: string): readonly number[] | string {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return 'At least one time is needed, such as 5.';
  if (words.length > SCENARIO_LIMITS.listedMax) return `A list has at most ${groupDigits(SCENARIO_LIMITS.listedMax)} times; these are ${groupDigits(words.length)}. Try a constant load.`;
  const times: number[] = [];
  for (const word of words) {
    const time = parseNumber(word, 's');
    if (time === undefined) return `'${word.slice(0, 20)}' is no time. Write seconds: 0.5, 1, 2.5.`;
    if (time < 0 || time > TIME_SEC_MAX) return `Times are from 0 to ${groupDigits(TIME_SEC_MAX)}${nbsp}s.`;
    times.push(msOf(time));
  }
  return times;
}

/** Why a span cannot begin or end there, or nothing. */
export function spanRefusal(wanted: { readonly fromMs: number; readonly untilMs: number }, moved: 'from' | 'until'): string | undefined {
  if (wanted.fromMs < wanted.untilMs) return undefined;
  return moved === 'from' ? `It ends at ${sec(wanted.untilMs)}. Begin before that, or move the end first.` : `It begins at ${sec(wanted.fromMs)}. End after that, or move the beginning first.`;
}

export const FAULT_KINDS: Readonly<Record<Fault['kind'], { readonly label: string; readonly verb: string; readonly help: string }>> = {
  throw: { label: 'Throws', verb: 'Throws', help: 'The handler fails with InjectedFault instead of running.' },
  slow: { label: 'Begins late', verb: 'Begins late', help: 'The handler begins after a delay; the timeout counts on.' },
  timeout: { label: 'Runs into its timeout', verb: 'Runs into its timeout', help: 'The handler does nothing until the timeout stops it.' },
  'out-of-memory': { label: 'Runs out of memory', verb: 'Runs out of memory', help: 'The environment is killed, as when the memory is used up.' },
  throttle: { label: 'Is throttled', verb: 'Is throttled', help: 'Lambda refuses the invocation, as when no concurrency is left.' },
  deny: { label: 'Permission is dropped', verb: 'Permission is dropped', help: 'Functions and AWS services are refused here. Load and your own calls pass.' },
};

/** 'Throws, in 20 % of calls, from 10 s to 40 s'. */
export function faultText(fault: Fault): string {
  const { verb } = FAULT_KINDS[fault.kind];
  const what = fault.kind === 'slow' ? `Begins ${sec(delayMsOf(fault))} late` : verb;
  const share = fault.chance >= 1 ? 'at every call' : fault.chance <= 0 ? 'never' : `in ${withUnit(percentOf(fault.chance), '%')} of calls`;
  return `${what}, ${share}, ${span(fault)}`;
}

export function percentOf(chance: number): number {
  return Math.round(chance * 100_000) / 1_000;
}
