/** State of STS: who has asked who it is, and the sessions that it gave out. */
import type { PolicyDocument } from '../../../sim/iam.ts';
import type { Context } from '../../../sim/service.ts';

export interface Caller {
  readonly arn: string;
  readonly userId: string;
  /** How often it has asked. */
  asked: number;
}
/** Temporary credentials and what they stand for. The secret is not kept: signatures are not checked. */
export interface Session {
  readonly sessionToken: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** What it may do at most; undefined for all that the role may. */
  readonly policies: readonly PolicyDocument[] | undefined;
  /** Virtual epoch time, µs, from which on the credentials count no more. */
  readonly expiresUs: number;
}
export interface StsState {
  /** By ARN. */
  readonly callers: Map<string, Caller>;
  /** By access key id. */
  readonly sessions: Map<string, Session>;
}
export type StsContext = Context<StsState, object>;
