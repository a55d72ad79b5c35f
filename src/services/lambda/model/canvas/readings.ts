/** What Lambda's trace events mean to the bill, to CloudWatch and to the timeline. */
import type { CostItem, MetricDatum, Price, TimelineChange } from '../../../../sim/manifest.ts';
import type { TraceEvent } from '../../../../sim/trace.ts';
import { isAlias } from '../functions/qualifiers.ts';

const GB_SECOND_MB_MS = 1024 * 1000;
const perMbMs = (usdPerGbSecond: number): number => usdPerGbSecond / GB_SECOND_MB_MS;

export const prices: Readonly<Record<string, Price>> = {
  request: { label: 'Lambda requests', usd: 0.2e-6, source: 'aws/lambda.md §14: $0.20 a million, us-east-1' },
  'duration-x86_64': { label: 'Lambda duration, x86_64, MB-ms', usd: perMbMs(0.0000166667), source: 'aws/lambda.md §14: $0.0000166667 a GB-second, first tier' },
  'duration-arm64': { label: 'Lambda duration, arm64, MB-ms', usd: perMbMs(0.0000133334), source: 'aws/lambda.md §14: $0.0000133334 a GB-second, first tier' },
  'provisioned-x86_64': { label: 'Lambda provisioned duration, x86_64, MB-ms', usd: perMbMs(0.0000097222), source: 'aws/lambda.md §14: $0.0000097222 a GB-second' },
  'provisioned-arm64': { label: 'Lambda provisioned duration, arm64, MB-ms', usd: perMbMs(0.0000077778), source: 'aws/lambda.md §14: $0.0000077778 a GB-second' },
  'kept-x86_64': { label: 'Lambda provisioned concurrency, x86_64, MB-ms', usd: perMbMs(0.0000041667), source: 'aws/lambda.md §14: $0.0000041667 a GB-second, by five minutes' },
  'kept-arm64': { label: 'Lambda provisioned concurrency, arm64, MB-ms', usd: perMbMs(0.0000033334), source: 'aws/lambda.md §14: $0.0000033334 a GB-second (recalled), by five minutes' },
  poll: { label: 'SQS requests of empty polls', usd: 0.4e-6, source: 'aws/sqs.md §13: standard queues, $0.40 a million, us-east-1; aws/lambda.md §14: polling costs SQS requests' },
  tmp: { label: 'Lambda /tmp over 512 MB, MB-ms', usd: perMbMs(0.0000000309), source: 'aws/lambda.md §14: $0.0000000309 a GB-second' },
};

const ENDS: readonly string[] = ['lambda.InvocationSucceeded', 'lambda.InvocationFailed', 'lambda.InvocationTimedOut'];

/** Throttled requests cost nothing; retries are requests of their own. @source aws/lambda.md §14 */
export function cost(event: TraceEvent): readonly CostItem[] {
  if (event.kind === 'lambda.PollEmpty') return [{ unit: 'poll', quantity: Number(event.data['polls']) }];
  if (event.kind === 'lambda.ProvisionedBilled') return [{ unit: `kept-${String(event.data['architecture'])}`, quantity: Number(event.data['environments']) * Number(event.data['memoryMb']) * Number(event.data['seconds']) * 1000 }];
  if (event.kind === 'lambda.InitFailed' || (event.kind === 'lambda.InitEnded' && event.data['provisioned'] === true)) return initCost(event);
  if (!ENDS.includes(event.kind)) return [];
  const { billedMs, memoryMb, tmpMb, architecture, provisioned } = event.data;
  const ms = Number(billedMs);
  const extraTmp = Math.max(0, Number(tmpMb) - 512);
  return [
    { unit: 'request', quantity: 1 },
    { unit: `${provisioned === true ? 'provisioned' : 'duration'}-${String(architecture)}`, quantity: ms * Number(memoryMb) },
    ...(extraTmp === 0 ? [] : [{ unit: 'tmp', quantity: ms * extraTmp }]),
  ];
}

/** An init that no REPORT line bills: it failed or timed out before the request, or nobody asked for it yet. @source aws/lambda.md §14, §7.3 */
function initCost(event: TraceEvent): readonly CostItem[] {
  const { initUs, memoryMb, architecture, provisioned } = event.data;
  return [{ unit: `${provisioned === true ? 'provisioned' : 'duration'}-${String(architecture)}`, quantity: Math.ceil(Number(initUs) / 1000) * Number(memoryMb) }];
}

const COUNTS: Readonly<Record<string, string>> = {
  'lambda.InvocationStarted': 'Invocations',
  'lambda.InvocationFailed': 'Errors',
  'lambda.InvocationTimedOut': 'Errors',
  'lambda.Throttled': 'Throttles',
  'lambda.AsyncQueued': 'AsyncEventsReceived',
  'lambda.AsyncDropped': 'AsyncEventsDropped',
  'lambda.AsyncGivenUp': 'AsyncEventsDropped',
  'lambda.DeadLetterFailed': 'DeadLetterErrors',
  'lambda.DestinationFailed': 'DestinationDeliveryFailures',
  'lambda.RecursionStopped': 'RecursiveInvocationsDropped',
};

/** The metric by what CloudWatch gives it beside the function: the version or alias asked for, the version that an alias chose, and all functions. @source aws/lambda.md §13 */
function alsoBy(event: TraceEvent, at: { readonly inAll: number; readonly byQualifier: number; readonly byVersion: number }): NonNullable<MetricDatum['also']> {
  const { qualifier, version } = event.data;
  const FunctionName = functionOf(event);
  const all = { dimensions: {}, value: at.inAll };
  if (typeof qualifier !== 'string') return [all];
  const Resource = `${FunctionName}:${qualifier}`;
  const asked = { dimensions: { FunctionName, Resource }, value: at.byQualifier };
  if (!isAlias(qualifier) || typeof version !== 'string') return [all, asked];
  return [all, asked, { dimensions: { FunctionName, Resource, ExecutedVersion: version }, value: at.byVersion }];
}

const functionOf = ({ resource }: TraceEvent): string => resource.split(':')[6] ?? '';
type Datum = (metric: string, value: number, unit: MetricDatum['unit']) => MetricDatum;

/** @source aws/lambda.md §13 */
export function metrics(event: TraceEvent): readonly MetricDatum[] {
  if (event.kind === 'lambda.MappingCounted') return mappingMetrics(event);
  const dimensions = { FunctionName: functionOf(event) };
  const datum: Datum = (metric, value, unit) => ({ namespace: 'AWS/Lambda', metric, dimensions, value, unit, also: alsoBy(event, { inAll: value, byQualifier: value, byVersion: value }) });
  const data: MetricDatum[] = [];
  const count = COUNTS[event.kind];
  // An error counts at the start of its invocation.
  if (count !== undefined) data.push(count === 'Errors' ? { ...datum(count, 1, 'Count'), agoUs: Number(event.data['durationUs']) } : datum(count, 1, 'Count'));
  if (ENDS.includes(event.kind)) data.push(datum('Duration', Number(event.data['durationUs']) / 1000, 'Milliseconds'));
  if (event.kind === 'lambda.InvocationStarted') data.push(...concurrencyMetrics(event, datum), ...startMetrics(event, datum));
  if (typeof event.data['iteratorAgeMs'] === 'number') data.push(datum('IteratorAge', event.data['iteratorAgeMs'], 'Milliseconds'));
  return data;
}

/** What is not told is as large as the function's own concurrency. Claimed is what runs unreserved and all that is set aside. @source aws/lambda.md §13 (Lambda Developer Guide, monitoring-concurrency, 2026-07) */
function concurrencyMetrics(event: TraceEvent, datum: Datum): readonly MetricDatum[] {
  const { data } = event;
  const own = Number(data['concurrency']);
  const number = (name: string): number => (typeof data[name] === 'number' ? data[name] : own);
  const unreserved = number('concurrencyUnreserved');
  const ofAccount = (metric: string, value: number): MetricDatum => ({ namespace: 'AWS/Lambda', metric, dimensions: {}, value, unit: 'Count' });
  return [
    { ...datum('ConcurrentExecutions', own, 'Count'), also: alsoBy(event, { inAll: number('concurrencyInAll'), byQualifier: number('concurrencyByQualifier'), byVersion: number('concurrencyByVersion') }) },
    ofAccount('UnreservedConcurrentExecutions', unreserved),
    ofAccount('ClaimedAccountConcurrency', unreserved + (typeof data['setAside'] === 'number' ? data['setAside'] : 0)),
  ];
}

function startMetrics(event: TraceEvent, datum: Datum): readonly MetricDatum[] {
  const { ageUs, provisioned, provisionedRunning, provisionedKept } = event.data;
  return [
    ...(ageUs === undefined ? [] : [datum('AsyncEventAge', Number(ageUs) / 1000, 'Milliseconds')]),
    ...(provisionedKept === undefined
      ? []
      : [
          datum('ProvisionedConcurrentExecutions', Number(provisionedRunning), 'Count'),
          datum('ProvisionedConcurrencyUtilization', Number(provisionedRunning) / Number(provisionedKept), 'None'),
          datum(provisioned === true ? 'ProvisionedConcurrencyInvocations' : 'ProvisionedConcurrencySpilloverInvocations', 1, 'Count'),
        ]),
  ];
}

/** Of a mapping with the metrics group EventCount. */
const MAPPING_COUNTS: Readonly<Record<string, string>> = {
  polled: 'PolledEventCount',
  filteredOut: 'FilteredOutEventCount',
  invoked: 'InvokedEventCount',
  failedInvoke: 'FailedInvokeEventCount',
  dropped: 'DroppedEventCount',
  delivered: 'OnFailureDestinationDeliveredEventCount',
  deleted: 'DeletedEventCount',
  /** In provisioned mode. */
  provisionedPollers: 'ProvisionedPollers',
};

/** @source aws/lambda.md §13 (Lambda Developer Guide, monitoring-metrics-types and -view, 2026-07) */
function mappingMetrics(event: TraceEvent): readonly MetricDatum[] {
  const dimensions = { EventSourceMappingUUID: String(event.data['mapping']) };
  return Object.entries(MAPPING_COUNTS).flatMap(([member, metric]) => (typeof event.data[member] === 'number' ? [{ namespace: 'AWS/Lambda', metric, dimensions, value: event.data[member], unit: 'Count' as const }] : []));
}

/** One lane per environment, with one span at a time: starting, running, warm, ending. Throttles and lost events are marks. */
export function timeline(event: TraceEvent): readonly TimelineChange[] {
  const { resource, data, subjects } = event;
  const lane = String(data['environment'] ?? '');
  const span = (state: Extract<TimelineChange, { kind: 'open' }>['state'], label = '', untilUs?: number): TimelineChange => ({ kind: 'open', resource, lane, id: lane, state, label, ...(subjects === undefined ? {} : { subjects }), ...(untilUs === undefined ? {} : { untilUs }) });
  const level: TimelineChange[] = typeof data['concurrency'] === 'number' ? [{ kind: 'level', resource, series: 'concurrency', value: data['concurrency'] }] : [];
  switch (event.kind) {
    case 'lambda.EnvironmentStarting':
      return [span('starting', data['provisioned'] === true ? 'provisioned' : 'cold')];
    case 'lambda.InitEnded':
      return subjects === undefined || subjects.length === 0 ? [span('warm')] : [];
    case 'lambda.InitFailed':
      return [{ kind: 'close', resource, lane, id: lane, state: 'failed' }];
    case 'lambda.InvocationStarted':
      return [span('running', Number(data['attempt']) > 1 ? `attempt ${String(data['attempt'])}` : '', Number(data['deadlineUs'])), ...level];
    case 'lambda.EnvironmentOutdated':
      return [span('ending', 'old code')];
    case 'lambda.InvocationSucceeded':
      return [span('warm'), ...level];
    case 'lambda.InvocationFailed':
      return [{ kind: 'close', resource, lane, id: lane, state: 'failed' }, span('warm'), ...level];
    case 'lambda.InvocationTimedOut':
      return [{ kind: 'close', resource, lane, id: lane, state: 'timed-out' }, span('warm'), ...level];
    case 'lambda.EnvironmentEnded':
      return [{ kind: 'close', resource, lane, id: lane }];
    case 'lambda.Throttled':
      return [{ kind: 'mark', resource, lane: 'throttles', mark: 'throttled', label: String(data['reason']), ...(subjects === undefined ? {} : { subjects }) }, ...level];
    case 'lambda.AsyncDropped':
      return [{ kind: 'mark', resource, lane: 'async events', mark: 'dropped', label: String(data['condition']), ...(subjects === undefined ? {} : { subjects }) }];
    case 'lambda.DeadLetterSent':
      return [{ kind: 'mark', resource, lane: 'async events', mark: 'dead-letter', label: '', ...(subjects === undefined ? {} : { subjects }) }];
    default:
      return [];
  }
}
