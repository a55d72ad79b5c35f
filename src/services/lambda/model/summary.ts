/** What a function's card and inspector show now: environments, the async queue, mappings, limits, and how the last invocations went. */
import { stateOf } from './functions/inactivity.ts';
import { environmentsOf, latest } from './state.ts';
import type { Environment, InvocationRecord, LambdaContext, LambdaFunction } from './state.ts';
import type { Mapping } from './mappings/mapping-state.ts';

export interface EnvironmentSummary {
  /** `e-1`, counting per function: what the timeline's lanes are called. */
  readonly id: string;
  readonly version: string;
  /** placing: no environment yet. init: loads the code. busy: runs a handler. idle: warm. failed: its next request starts the process first. */
  readonly phase: 'placing' | 'init' | 'busy' | 'idle' | 'failed';
  readonly sinceUs: number;
  /** When the phase ends by itself: the timeout of a request, the expiry of an idle one; 0 = not known. */
  readonly untilUs: number;
  readonly bornUs: number;
  readonly provisioned: boolean;
  /** Has older code or settings than the function: ends after its request. */
  readonly outdated: boolean;
  /** Requests it has finished. */
  readonly served: number;
  /** Request it works for or starts for; `` without one. */
  readonly requestId: string;
  /** The request id and what came with it: message ids, event ids, `s3://…`. */
  readonly subjects: readonly string[];
  /** Most memory that guest code held in it, bytes. */
  readonly heapPeakBytes: number;
  /** Program that it waits for (`ffmpeg`), `` for none. */
  readonly child: string;
  /** Seq of its newest trace event, for 'why?'. */
  readonly lastSeq: number;
}

export interface MappingSummary {
  readonly uuid: string;
  readonly sourceArn: string;
  readonly state: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';
  /** Pollers that exist, and how many of them wait at the queue now. Of a stream: its lanes, a shard times the parallelization factor, and how many are free. */
  readonly pollers: number;
  readonly polling: number;
  readonly batchSize: number;
  readonly windowSec: number;
  readonly maximumConcurrency: number | null;
  readonly partialFailures: boolean;
  /** Batches in the function, and messages that wait for a batch to fill. */
  readonly batches: number;
  readonly filling: number;
  /** As AWS words it: `PROBLEM: …` when polling fails. */
  readonly lastProcessingResult: string;
  readonly counters: { readonly polled: number; readonly filteredOut: number; readonly invoked: number; readonly failed: number; readonly deleted: number; readonly emptyPolls: number };
}

export interface FunctionSummary {
  readonly state: 'Pending' | 'Active' | 'Failed' | 'Inactive';
  readonly version: string;
  readonly memoryMb: number;
  readonly timeoutSec: number;
  /** Oldest first. */
  readonly environments: readonly EnvironmentSummary[];
  /** Requests in progress, starts included. */
  readonly running: number;
  readonly reservedConcurrency: number | null;
  readonly provisionedConcurrency: number;
  readonly provisioned: readonly { readonly qualifier: string; readonly version: string; readonly requested: number; readonly allocated: number; readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED' }[];
  readonly counters: {
    readonly invocations: number;
    readonly errors: number;
    readonly timeouts: number;
    readonly throttles: number;
    readonly coldStarts: number;
    readonly asyncReceived: number;
    readonly asyncDropped: number;
    readonly deadLetters: number;
  };
  /** Async events that were accepted and are not done: waiting, running or between tries. */
  readonly asyncQueue: number;
  readonly mappings: readonly MappingSummary[];
  /** Newest first, at most 20. */
  readonly recent: readonly InvocationRecord[];
  /** The newest that failed; it stays when later ones succeed. */
  readonly lastError: InvocationRecord | null;
  readonly aliases: readonly { readonly name: string; readonly version: string }[];
  /** Published versions, oldest first. */
  readonly versions: readonly string[];
}

export function summarizeFunction(context: LambdaContext, arn: string): FunctionSummary | undefined {
  const fn = context.state.functions.get(arn.split(':')[6] ?? '');
  if (fn === undefined) return undefined;
  const { settings } = latest(fn);
  let asyncQueue = 0;
  for (const event of context.state.asyncEvents.values()) if (event.fn === fn.name) asyncQueue++;
  return {
    state: stateOf(context, fn).State,
    version: '$LATEST',
    memoryMb: settings.memoryMb,
    timeoutSec: settings.timeoutSec,
    environments: environmentsOf(context, fn.name).map((environment) => environmentSummary(fn, environment)),
    running: fn.running + fn.runningProvisioned,
    reservedConcurrency: fn.reserved ?? null,
    provisionedConcurrency: [...fn.provisioned.values()].reduce((sum, one) => sum + one.allocated, 0),
    provisioned: [...fn.provisioned].map(([qualifier, { version, requested, allocated, status }]) => ({ qualifier, version, requested, allocated, status })),
    counters: { ...fn.counters },
    asyncQueue,
    mappings: [...context.state.mappings.values()].filter((mapping) => mapping.fn === fn.name).map(mappingSummary),
    recent: [...fn.recent].reverse(),
    lastError: fn.lastError,
    aliases: [...fn.aliases.values()].map(({ name, version }) => ({ name, version })),
    versions: [...fn.versions.keys()].filter((version) => version !== '$LATEST'),
  };
}

function environmentSummary(fn: LambdaFunction, environment: Environment): EnvironmentSummary {
  const { id, version, phase, sinceUs, untilUs, bornUs, provisioned, served, heapPeakBytes, lastSeq, invocation } = environment;
  return {
    id,
    version,
    phase,
    sinceUs,
    untilUs,
    bornUs,
    provisioned,
    outdated: fn.id !== environment.fnId || fn.versions.get(version)?.generation !== environment.generation,
    served,
    requestId: invocation?.requestId ?? '',
    subjects: invocation?.subjects ?? [],
    heapPeakBytes,
    child: environment.process?.children[0]?.command.file.split('/').pop() ?? '',
    lastSeq,
  };
}

function mappingSummary(mapping: Mapping): MappingSummary {
  const { uuid, sourceArn, state, pollers, polling, settings, lastProcessingResult } = mapping;
  const lanes = [...mapping.shards.values()].flatMap((reader) => reader.lanes);
  return {
    uuid,
    sourceArn,
    state,
    pollers: mapping.stream === null ? pollers : lanes.length,
    polling: mapping.stream === null ? polling : lanes.filter((lane) => lane.batch === null).length,
    batchSize: settings.batchSize,
    windowSec: settings.windowSec,
    maximumConcurrency: settings.maximumConcurrency ?? null,
    partialFailures: settings.partialFailures,
    batches: mapping.batches.size + lanes.filter((lane) => lane.batch !== null).length,
    filling: (mapping.filling?.messages.length ?? 0) + lanes.reduce((sum, lane) => sum + lane.queue.length, 0),
    lastProcessingResult,
    counters: { ...mapping.counters },
  };
}
