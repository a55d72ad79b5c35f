/** Statistics of samples by periods, as CloudWatch names them. @source Amazon CloudWatch user guide, statistics definitions @simplified Texts of refusals are recalled, not recorded. */
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import type { Sample } from './state.ts';

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;
const PLAIN = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'];

/** @throws NotModelled for trimmed means and the like; AwsError for what is no statistic */
export function checkStatistic(statistic: string): void {
  if (PLAIN.includes(statistic) || PERCENTILE.test(statistic)) return;
  if (/^(tm|wm|tc|ts|pr|iqm|TM|WM|TC|TS|PR|IQM)/.test(statistic)) throw new NotModelled('monitoring', `the statistic ${statistic}`, 'SampleCount, Average, Sum, Minimum, Maximum and percentiles are.');
  throw new AwsError('InvalidParameterValueException', `The value ${statistic} for parameter Statistics is invalid.`, { queryCode: 'InvalidParameterValue' });
}

/** The value of a statistic over samples, of which there is at least one. */
export function statisticOf(samples: readonly Sample[], statistic: string): number {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  const total = samples.reduce((sum, sample) => sum + sample.sum, 0);
  if (statistic === 'SampleCount') return count;
  if (statistic === 'Sum') return total;
  if (statistic === 'Average') return total / count;
  if (statistic === 'Minimum') return Math.min(...samples.map((sample) => sample.minimum));
  if (statistic === 'Maximum') return Math.max(...samples.map((sample) => sample.maximum));
  return percentileOf(samples, { rank: Number(PERCENTILE.exec(statistic)![1]), count });
}

/** The smallest value that so many percent of the samples do not exceed. A set counts with its average. */
function percentileOf(samples: readonly Sample[], { rank, count }: { readonly rank: number; readonly count: number }): number {
  const sorted = samples.toSorted((a, b) => a.sum / a.count - b.sum / b.count);
  const wanted = Math.max(1, Math.ceil((rank / 100) * count));
  let seen = 0;
  for (const sample of sorted) {
    seen += sample.count;
    if (seen >= wanted) return sample.sum / sample.count;
  }
  return sorted[sorted.length - 1]!.maximum;
}

/** Samples of each period in which there are any, by the period's start (µs), earliest first. */
export function byPeriod(samples: readonly Sample[], periodUs: number): readonly (readonly [number, readonly Sample[]])[] {
  const periods = new Map<number, Sample[]>();
  for (const sample of samples) {
    const start = Math.floor(sample.atUs / periodUs) * periodUs;
    const list = periods.get(start);
    if (list === undefined) periods.set(start, [sample]);
    else list.push(sample);
  }
  return [...periods].sort(([a], [b]) => a - b);
}
