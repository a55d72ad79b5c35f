/** From fuel to virtual time: how much CPU a burst of handler code used, and how long that takes on a share of a vCPU. */

/**
 * Fuel (metering points of the sandboxed engine) per millisecond of one vCPU.
 * @simplified A real vCPU has no such constant: Node's JIT speeds differ by code. Measured over 22 kinds of handler work against Node 20
 * (validation, CSV, JSON, text, digests, classes, promises): Node does 0.5 to 1.3 million a millisecond the first time it runs a piece
 * of code, as in a fresh environment, and 2 to 5 million when it is warm; tight numeric loops reach 30. So work takes as long as in a
 * fresh environment, and two to five times as long as in a warm one.
 */
export const FUEL_PER_VCPU_MS = 1_000_000;
const FUEL_PER_VCPU_US = FUEL_PER_VCPU_MS / 1000;

/**
 * Period of the CPU quota in microseconds: below one vCPU a function runs share × 20 ms, then stands still for the rest.
 * @source aws/lambda.md §6 (measured 20 ms throttle windows, pwrdrvr/lambda-throttling; CFS quota)
 */
export const CPU_PERIOD_US = 20_000;

/** CPU time of `fuel` at one vCPU, in whole microseconds (rounded up, so that work is never free). */
export function fuelToCpuUs(fuel: number): number {
  return Math.ceil(fuel / FUEL_PER_VCPU_US);
}

/** The most fuel that fits into `cpuUs` microseconds of one vCPU. */
export function cpuUsToFuel(cpuUs: number): number {
  return Math.floor(cpuUs * FUEL_PER_VCPU_US);
}

/**
 * Share of one vCPU that a single thread gets: min(1, MB / 1769).
 * @source aws/lambda.md §6 (1,769 MB = one vCPU, Lambda Developer Guide 2026)
 */
export function singleThreadShare(memoryMb: number): number {
  return Math.min(1, memoryMb / 1769);
}

/** Wall time of `cpuUs` of work done from the start of a quota history, under a share: runs of share × period, then pauses. */
export function cpuWallUs(cpuUs: number, share: number): number {
  if (share >= 1 || cpuUs <= 0) return Math.max(0, cpuUs);
  const quotaUs = Math.max(1, Math.floor(share * CPU_PERIOD_US));
  const periodsBefore = Math.ceil(cpuUs / quotaUs) - 1;
  return cpuUs + periodsBefore * (CPU_PERIOD_US - quotaUs);
}

/** Wall time of a burst of `cpuUs` after `cpuBeforeUs` were already used in the same quota history. */
export function burstWallUs(cpuBeforeUs: number, cpuUs: number, share: number): number {
  return cpuWallUs(cpuBeforeUs + cpuUs, share) - cpuWallUs(cpuBeforeUs, share);
}

/** The most CPU time (µs at one vCPU) that fits into `wallUs` after `cpuBeforeUs`: the inverse of `burstWallUs`. */
export function cpuWithinWallUs(cpuBeforeUs: number, wallUs: number, share: number): number {
  if (share >= 1) return Math.max(0, wallUs);
  let low = 0;
  let high = Math.max(0, wallUs);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (burstWallUs(cpuBeforeUs, middle, share) <= wallUs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Virtual epoch milliseconds that a guest's clock shows after `fuel` of a burst. */
export function guestEpochMs(clock: BurstTime & { readonly epochUs: number }, fuel: number): number {
  return Math.floor((clock.epochUs + burstOffsetUs(clock, fuel)) / 1000);
}

/** What decides when in a burst something happens. */
export interface BurstTime {
  readonly share: number;
  readonly cpuBeforeUs: number;
  /** Sync children: at this fuel the burst stood still for so long. */
  readonly pauses?: readonly { readonly fuel: number; readonly us: number }[];
}

/** Microseconds from the start of a burst to the point where `fuel` is used. What happened at the fuel of a sync child comes before it. */
export function burstOffsetUs(time: BurstTime, fuel: number): number {
  const paused = (time.pauses ?? []).reduce((sum, pause) => (pause.fuel < fuel ? sum + pause.us : sum), 0);
  return burstWallUs(time.cpuBeforeUs, fuelToCpuUs(fuel), time.share) + paused;
}
