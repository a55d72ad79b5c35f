/** The same model of Lambda as one tight loop: exponential arrivals and services, newest idle server first, servers end when idle for too long. */

export interface LoopResult {
  readonly requests: number;
  readonly cold: number;
}

/** Times in seconds. */
export function keepAliveLoop(o: { readonly arrivalsPerSec: number; readonly warmSec: number; readonly coldSec: number; readonly keepAliveSec: number; readonly maxTimeSec: number; readonly random: () => number }): LoopResult {
  const exponential = (mean: number): number => -mean * Math.log(1 - o.random());
  /** Newest last; a server is busy until `freeAt`, then idle. */
  const freeAt: number[] = [];
  let requests = 0;
  let cold = 0;
  for (let now = exponential(1 / o.arrivalsPerSec); now < o.maxTimeSec; now += exponential(1 / o.arrivalsPerSec)) {
    requests++;
    let newest = -1;
    let kept = 0;
    for (let i = 0; i < freeAt.length; i++) {
      const free = freeAt[i]!;
      if (free + o.keepAliveSec < now) continue;
      freeAt[kept] = free;
      if (free <= now) newest = kept;
      kept++;
    }
    freeAt.length = kept;
    if (newest >= 0) freeAt[newest] = now + exponential(o.warmSec);
    else {
      cold++;
      freeAt.push(now + exponential(o.coldSec));
    }
  }
  return { requests, cold };
}
