/** State of STS: who has asked who it is. */
import type { Context } from '../../../sim/service.ts';

export interface Caller {
  readonly arn: string;
  readonly userId: string;
  /** How often it has asked. */
  asked: number;
}
export interface StsState {
  /** By ARN. */
  readonly callers: Map<string, Caller>;
}
export type StsContext = Context<StsState, object>;
