/** AWS's numbers for Lambda (default) functions, with their sources; what AWS does not publish is in tuning.ts. */

/** @source aws/lambda.md §2, §2.1, §7.1, §8.2, §9 (Lambda Developer Guide and API model, 2026-07) */
export const LAMBDA = {
  memoryMb: { min: 128, max: 10_240, default: 128 },
  timeoutSec: { min: 1, max: 900, default: 3 },
  tmpMb: { min: 512, max: 10_240, default: 512 },
  environmentBytesMax: 4_096,
  layersMax: 5,
  subnetsMax: 16,
  securityGroupsMax: 5,
  descriptionCharsMax: 256,
  handlerCharsMax: 128,
  /** A package must be smaller than these. */
  zipBytesMax: 52_428_800,
  unzippedBytesMax: 262_144_000,
  policyBytesMax: 20_480,
  syncRequestBytesMax: 6_291_456,
  syncResponseBytesMax: 6_291_556,
  asyncRequestBytesMax: 1_048_576,
  logTailBytesMax: 4_096,
  clientContextBytesMax: 3_583,
  /** Init of an on-demand environment is cut off here and tried again in the first invoke. */
  initMsMax: 10_000,
  initMsMaxProvisioned: 130_000,
  accountConcurrency: 1_000,
  unreservedMin: 100,
  /** New environments of one function: so many at once, refilled at this rate. */
  scaleBurst: 1_000,
  scalePerSec: 100,
  /** Sync requests a second for each unit of concurrency. */
  requestsPerSecPerUnit: 10,
  retryAttempts: { min: 0, max: 2, default: 2 },
  retryDelaysSec: [60, 120],
  eventAgeSec: { min: 60, max: 21_600, default: 21_600 },
  /** Throttled async events wait 1 s, doubling to 5 minutes. */
  throttleBackoffSec: { min: 1, max: 300 },
  recursionMax: 16,
  /** Bytes of an error message that its dead letter carries. @source aws/lambda.md §8.4 */
  deadLetterMessageBytesMax: 1_024,
  /** Provisioned environments of one function, a minute. */
  provisionedPerMin: 6_000,
  provisionedBillSec: 300,
  /** A function in a VPC that nobody used for so long is Inactive. @source aws/lambda.md §15, §16 */
  inactiveAfterDays: 14,
} as const;

/** @source aws/lambda.md §9 (Lambda Developer Guide, SQS scaling, 2026-07) */
export const MAPPING = {
  pollersFirst: 5,
  growPerMin: 300,
  concurrencyMax: 1_250,
  batch: { min: 1, max: 10_000, default: 10, fifoMax: 10 },
  windowSec: { min: 0, max: 300, default: 0 },
  maximumConcurrency: { min: 2, max: 1_000 },
  receiveMax: 10,
  waitSec: 20,
  filtersMax: 5,
  filterCharsMax: 4_096,
  /** Mappings in one answer of ListEventSourceMappings. */
  perPage: 100,
  /** A batch is handed over before it grows past 6 MB. */
  bytesMax: 6_291_456,
} as const;

/** Pollers of a mapping in provisioned mode: how many, what each can have in progress, and how fast they come. @source aws/lambda.md §9 (Lambda Developer Guide and API model 2026-08; AWS news blog, 2025-11) */
export const PROVISIONED_POLLERS = {
  minimum: { min: 2, max: 200, default: 2 },
  maximum: { min: 2, max: 10_000, default: 200 },
  concurrencyOfOne: 10,
  growPerMin: 1_000,
  concurrencyMax: 20_000,
} as const;

/** Mappings of streams. @source aws/lambda.md §10 (Lambda Developer Guide and API model, 2026) */
export const STREAM = {
  batchDefault: 100,
  kinesisPollMs: 1_000,
  dynamodbPollMs: 250,
  /** Records of one read. @source aws/other-services.md §7 */
  readMax: 10_000,
  /** What a stream keeps unless it says otherwise: 24 h. @source aws/lambda.md §10, aws/other-services.md §6, §7 */
  retentionSec: 86_400,
  parallelization: { min: 1, max: 10 },
  retries: { min: -1, max: 10_000 },
  /** -1, or from 60 on. @simplified the floor of 60 is recalled */
  ageSec: { min: -1, max: 604_800 },
  ageSecLeast: 60,
  tumblingSec: { min: 0, max: 900 },
  stateBytesMax: 1_048_576,
  /** Waits between tries. @simplified AWS publishes no law; with a maximum age of 60 s its eight recorded tries come out */
  backoffMs: [1_000, 1_600, 2_560, 4_096, 6_554, 10_486, 16_777, 26_844, 30_000],
} as const;

/** Runtimes that can be created. @source aws/lambda.md §1 S3 (API model enum, 2026-08) */
export const RUNTIMES = ['nodejs22.x', 'nodejs24.x', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'java11', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'provided.al2', 'provided.al2023'] as const;
/** Runtimes whose handlers run here. */
export const RUNNING_RUNTIMES: readonly string[] = ['nodejs22.x', 'nodejs24.x'];
/** Runtimes that AWS has named and this model does not have yet. @source aws/lambda.md §1 S3 */
export const COMING_RUNTIMES: readonly string[] = ['nodejs26.x', 'python3.15', 'ruby4.0'];
/** Runtimes that AWS has retired. @source AWS Lambda Developer Guide, deprecated runtimes (recalled) */
export const RETIRED_RUNTIMES = /^(nodejs(?!22|24|26).*|python2\.7|python3\.[6-9]|ruby2\..*|java8(\.al2)?|go1\.x|provided|dotnetcore.*|dotnet[567])$/;

/** Environment variables that Lambda sets and nobody else may. @source aws/lambda.md §3.3 (Lambda Developer Guide 2023, recorded 2026-01-12; AWS_ACCESS_KEY recalled) */
export const RESERVED_VARIABLES: readonly string[] = [
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
];

/** Programs that the ffmpeg layer brings. */
export const FFMPEG_PROGRAMS: readonly string[] = ['/opt/bin/ffmpeg', '/opt/bin/ffprobe'];
export const isFfmpegLayer = (arn: string): boolean => /:layer:ffmpeg:\d+$/.test(arn);
