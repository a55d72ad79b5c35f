/** State of a configuration of provisioned concurrency. */
import type { LambdaFunction } from '../state.ts';

export interface Provisioned {
  readonly requested: number;
  readonly version: string;
  allocated: number;
  status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  statusReason?: string;
  readonly lastModifiedMs: number;
  /** Token bucket of its requests a second; -1 = none came yet. */
  requestTokens: number;
  requestAtUs: number;
}

export function newProvisioned(o: Pick<Provisioned, 'requested' | 'version' | 'lastModifiedMs'>): Provisioned {
  return { ...o, allocated: 0, status: 'IN_PROGRESS', requestTokens: 0, requestAtUs: -1 };
}

/** The configuration that keeps environments of a version ready; it names the version or an alias of it. */
export function configOf(fn: LambdaFunction, version: string): Provisioned | undefined {
  for (const one of fn.provisioned.values()) if (one.version === version) return one;
  return undefined;
}
