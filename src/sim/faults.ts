/** Faults that a run injects, scripted and drawn from streams of their own. AWS knows nothing of them. */
import type { RandomStream } from '../base/random.ts';

export type FaultKind = 'throw' | 'slow' | 'timeout' | 'out-of-memory' | 'throttle' | 'deny';

/** Policy that a refusal by a fault names; its statement is the fault's id. */
export const FAULT_POLICY = 'fault of the scenario';

export interface Fault {
  readonly id: string;
  /** ARN of what it strikes, and of what is within that: versions of a function, objects of a bucket. */
  readonly resource: string;
  readonly kind: FaultKind;
  /** µs since t = 0; `untilUs` is excluded. */
  readonly fromUs: number;
  readonly untilUs: number;
  /** Of each call in that time, 0 to 1. */
  readonly chance: number;
  /** Of `slow`: how much later the handler begins. */
  readonly delayUs: number;
}

const within = (resource: string, owner: string): boolean => resource === owner || resource.startsWith(`${owner}:`) || resource.startsWith(`${owner}/`);

/** The first fault of that kind that strikes a call now. */
export function faultOf(faults: readonly Fault[], at: { readonly resource: string; readonly kind: FaultKind; readonly now: number }, random: (stream: string) => RandomStream): Fault | undefined {
  return faults.find((fault) => fault.kind === at.kind && at.now >= fault.fromUs && at.now < fault.untilUs && within(at.resource, fault.resource) && (fault.chance >= 1 || random(`fault.${fault.id}`).float() < fault.chance));
}
