/** What a card and an inspector show of a counter now: plain data. */
import type { TemplateContext } from './state.ts';

export interface CounterSummary {
  readonly value: number;
  readonly stepMax: number;
  /** ms since the last count; null before the first. */
  readonly agoMs: number | null;
}

export function summarizeCounter(context: TemplateContext, arn: string): CounterSummary | undefined {
  const counter = context.state.counters.get(arn.split('/').pop() ?? '');
  return counter && { value: counter.value, stepMax: counter.stepMax, agoMs: counter.countedMs === 0 ? null : context.epochMs - counter.countedMs };
}
