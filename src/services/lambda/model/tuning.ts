/** What AWS does not publish about Lambda: latencies, life times and start-up times of the model, as measured by others or assumed. */

export interface LambdaTuning {
  /** A new function is Pending for so long. @simplified AWS promises nothing; zip functions take about this long. */
  readonly createMs: number;
  /** An update of $LATEST is in progress for so long. @simplified AWS promises nothing */
  readonly updateMs: number;
  /** Placement of a new environment: log-normal. @simplified aws/lambda.md §5.4 default model */
  readonly placeMsMedian: number;
  readonly placeSigma: number;
  /** Fetching the code: fixed part and per zipped MB; three times that for the first environment of a version. @simplified */
  readonly fetchMs: number;
  readonly fetchMsPerMb: number;
  /** Start of the language runtime, inside Init Duration: a multiple of the measured medians; 0 switches it off. @source aws/lambda.md §5.4 (lambda-perf 2026-06…08) */
  readonly bootFactor: number;
  /** Loading source text into the engine, per unzipped MB. @simplified aws/lambda.md §5.4 charges imported files only */
  readonly loadMsPerMb: number;
  /** What Lambda itself adds to each invocation before the handler. @simplified aws/lambda.md §5.4 warm overhead */
  readonly overheadMs: number;
  /** One way of an SDK call from a handler to AWS and back. @simplified within a region */
  readonly sdkRequestMs: number;
  readonly sdkResponseMs: number;
  /** Bytes per microsecond between an environment and AWS: 625 Mbit/s. 0 = no limit. @source aws/lambda.md §2 */
  readonly networkBytesPerUs: number;
  /** From accepting an async event to its first try. @simplified */
  readonly asyncPickupMs: number;
  /** Part of async events that the queue hands over twice without any error. @source aws/lambda.md §8.2 (possible; AWS publishes no rate) */
  readonly asyncDuplicateChance: number;
  /** From a received batch to its invocation. @simplified */
  readonly pollLatencyMs: number;
  /** An idle environment ends after so long. @source aws/lambda.md §5.2 (mikhail.io 2019-08; AWS publishes no number) */
  readonly idleExpiryMs: number;
  /** Environments are recycled at an age between these; 0 = never. @simplified aws/lambda.md §5.2 */
  readonly maxAgeMsFrom: number;
  readonly maxAgeMsTo: number;
  /** Which idle environment serves next: most recently used, or the newest one. @simplified unknown on AWS */
  readonly routing: 'most-recently-used' | 'newest';
  /** Memory that the runtime itself uses, in MB. @source aws/lambda.md §4 samples: about 70 MB for Node */
  readonly baselineMb: number;
  /** Starting and ending a child process. @simplified */
  readonly childMs: number;
  /** Allocation of provisioned concurrency, until all of it is ready. @source aws/lambda.md §7.3 ("a minute or two") */
  readonly provisionMs: number;
  /** Making the network interface of a function in a VPC. @source aws/lambda.md §15 ("several minutes"), notes: 90 s @simplified */
  readonly vpcMs: number;
  /** Scale-up and requests-per-second limits; off for closed forms. */
  readonly rateLimits: boolean;
  /** Concurrency of the account. @source aws/lambda.md §7.1 */
  readonly accountConcurrency: number;
}

export const AWS_TUNING: LambdaTuning = {
  createMs: 1_000,
  updateMs: 1_000,
  placeMsMedian: 40,
  placeSigma: 0.3,
  fetchMs: 3,
  fetchMsPerMb: 2,
  bootFactor: 1,
  loadMsPerMb: 25,
  overheadMs: 1.5,
  sdkRequestMs: 4,
  sdkResponseMs: 4,
  networkBytesPerUs: 78,
  asyncPickupMs: 20,
  asyncDuplicateChance: 0,
  pollLatencyMs: 12,
  idleExpiryMs: 600_000,
  maxAgeMsFrom: 7_200_000,
  maxAgeMsTo: 14_400_000,
  routing: 'most-recently-used',
  baselineMb: 64,
  childMs: 15,
  provisionMs: 90_000,
  vpcMs: 90_000,
  rateLimits: true,
  accountConcurrency: 1_000,
};

/** Every latency and recycling off; idle expiry stays, because it is a rule and no latency. */
export const IDEAL_TUNING: LambdaTuning = {
  ...AWS_TUNING,
  createMs: 0,
  updateMs: 0,
  placeMsMedian: 0,
  placeSigma: 0,
  fetchMs: 0,
  fetchMsPerMb: 0,
  bootFactor: 0,
  loadMsPerMb: 0,
  overheadMs: 0,
  sdkRequestMs: 0,
  sdkResponseMs: 0,
  networkBytesPerUs: 0,
  asyncPickupMs: 0,
  pollLatencyMs: 0,
  maxAgeMsFrom: 0,
  maxAgeMsTo: 0,
  childMs: 0,
  provisionMs: 0,
  vpcMs: 0,
  rateLimits: false,
};

/** Median Init Duration in ms and sigma of its logarithm, hello world, zip, x86_64 and arm64. @source aws/lambda.md §5.4 (lambda-perf, 2026-06-01…08-22) */
const BOOT: Readonly<Record<string, { readonly x86: number; readonly arm: number; readonly sigma: number }>> = {
  'nodejs22.x': { x86: 145, arm: 129, sigma: 0.13 },
  'nodejs24.x': { x86: 141, arm: 124, sigma: 0.14 },
};

export function bootOf(runtime: string, architecture: string): { readonly medianMs: number; readonly sigma: number } {
  const row = BOOT[runtime] ?? BOOT['nodejs24.x']!;
  return { medianMs: architecture === 'arm64' ? row.arm : row.x86, sigma: row.sigma };
}
