/** The state of the counter service: plain data, so that a run can be put back to any moment. */
import type { Context } from '../../../sim/service.ts';

export interface Counter {
  readonly name: string;
  readonly arn: string;
  readonly stepMax: number;
  value: number;
  /** ms of virtual epoch time of the last count; 0 before the first. */
  countedMs: number;
}

export interface TemplateState {
  /** By name. */
  readonly counters: Map<string, Counter>;
}

/** Nothing to tune yet: latencies and chances would stand here. */
export type TemplateTuning = object;
export type TemplateContext = Context<TemplateState, TemplateTuning>;

export function counterArn(context: Pick<TemplateContext, 'region' | 'account'>, name: string): string {
  return `arn:aws:template:${context.region}:${context.account}:counter/${name}`;
}
