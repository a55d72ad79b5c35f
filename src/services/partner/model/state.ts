/** State of partner hosts: plain data, so that a run can be put back to any moment. */
import type { Context } from '../../../sim/service.ts';
import type { PartnerSettings } from './settings.ts';

export interface PartnerRequest {
  /** Trace event of its arrival. */
  readonly seq: number;
  readonly atUs: number;
  readonly method: string;
  readonly path: string;
  /** HTTP status, or how it failed in words; empty while it is open. */
  readonly result: string;
  readonly subject: string;
}

export interface PartnerHost {
  readonly name: string;
  readonly arn: string;
  settings: PartnerSettings;
  readonly totals: { requests: number; answered: number; failed: number; unmatched: number };
  /** Newest first, at most `PARTNER.newestMax`. */
  newest: readonly PartnerRequest[];
}

export interface PartnerState {
  /** By host name. */
  readonly hosts: Map<string, PartnerHost>;
}

export interface PartnerTuning {
  /** Whether answers take the time that the host is said to take. */
  readonly latencies: boolean;
}
export type PartnerContext = Context<PartnerState, PartnerTuning>;

export function hostArn(context: Pick<PartnerContext, 'region' | 'account'>, name: string): string {
  return `arn:aws:partner:${context.region}:${context.account}:host/${name}`;
}
export function nameOf(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
