/** The trace events of Lambda. The resource is the function's ARN, but the queue's for what a mapping does at it. */
import type { TraceKind } from '../../../sim/trace.ts';

const functions = {
  'lambda.FunctionCreated': { sentence: 'The function {resource} is created.', level: 'detail' },
  'lambda.FunctionInactive': { sentence: '{resource} was not used for {days} days and lost its network interface: the request fails, and the interface is made again.', level: 'moment', severity: 'failure' },
  'lambda.FunctionActive': { sentence: '{resource} can be invoked now.', level: 'detail' },
  /** data: what */
  'lambda.UpdateStarted': { sentence: 'New {what} is being put into {resource}; requests meet the former until then.', level: 'detail' },
  /** data: what (code, configuration), timeoutSec, memoryMb */
  'lambda.FunctionUpdated': { sentence: '{resource} gets new {what}: its environments end.', level: 'moment' },
  'lambda.FunctionDeleted': { sentence: '{resource} is deleted.', level: 'moment' },
  'lambda.LayerPublished': { sentence: 'Version {version} of the layer {resource} is published.', level: 'step' },
  'lambda.VersionPublished': { sentence: 'Version {version} of {resource} is published.', level: 'moment' },
  /** data: alias, version, extra, extraPercent */
  'lambda.AliasSet': { sentence: 'The alias {alias} of {resource} points to version {version}.', level: 'moment' },
  'lambda.PermissionAdded': { sentence: '{principal} may invoke {resource}.', level: 'step' },
  'lambda.PermissionRemoved': { sentence: 'The statement {statement} is taken from the policy of {resource}.', level: 'step' },
  /** data: reserved; -1 = none */
  'lambda.ConcurrencySet': { sentence: 'The reserved concurrency of {resource} changes.', level: 'step' },
  'lambda.InvokeConfigSet': { sentence: 'Async settings of {resource} change.', level: 'step' },
  'lambda.ProvisionedRequested': { sentence: '{environments} environments of {resource} are to be kept ready.', level: 'step' },
  /** data: version, environments, seconds, memoryMb, architecture */
  'lambda.ProvisionedBilled': { sentence: 'Keeping {environments} environments of {resource} ready costs for {seconds} s.', level: 'detail' },
  'lambda.ProvisionedReady': { sentence: '{environments} provisioned environments of {resource} are ready.', level: 'moment' },
  'lambda.ProvisionedFailed': { sentence: 'The provisioned environments of {resource} fail in their init.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;

const environments = {
  /** data: environment, version, provisioned, placeUs */
  'lambda.EnvironmentStarting': { sentence: 'A new environment of {resource} starts: a cold start.', level: 'moment' },
  /** data: environment, initUs, status, error, provisioned */
  'lambda.InitEnded': { sentence: 'The init of environment {environment} is over.', level: 'step' },
  'lambda.InitFailed': { sentence: 'The init of environment {environment} fails: {status} {error}.', level: 'moment', severity: 'failure' },
  /** data: environment, reason (update, delete) */
  'lambda.EnvironmentOutdated': { sentence: 'Environment {environment} has old code: it ends after its request.', level: 'step' },
  /** data: environment, reason (idle, age, update, delete, concurrency), served, idleSec */
  'lambda.EnvironmentEnded': { sentence: 'Environment {environment} of {resource} ends: {reason}.', level: 'step' },
} satisfies Readonly<Record<string, TraceKind>>;

const invocations = {
  /** data: requestId, type (Event, RequestResponse), qualifier */
  'lambda.InvokeRequested': { sentence: '{resource} is invoked.', level: 'step' },
  /** data: requestId, reason, concurrency, attempt; asked for by a version or alias: qualifier, version; when the scenario did it: fault */
  'lambda.Throttled': { sentence: '{resource} is throttled at {concurrency} requests at a time: {reason}.', level: 'moment', severity: 'warning' },
  /** data: environment, requestId, version, attempt, cold, deadlineUs, concurrency; where they differ from it: concurrencyInAll, concurrencyUnreserved; if any: setAside, ageUs, provisioned…; asked for by a version or alias: qualifier, concurrencyByQualifier, concurrencyByVersion */
  'lambda.InvocationStarted': { sentence: 'Environment {environment} of {resource} begins, attempt {attempt}.', level: 'step' },
  /** The scenario's doing, not AWS's. data: fault (its id), kind (throw, slow, timeout, out-of-memory), environment, requestId */
  'lambda.FaultInjected': { sentence: 'A fault of the scenario strikes {resource}: {kind}.', level: 'moment', severity: 'warning' },
  /** data of the three ends: environment, requestId, attempt, status, durationUs, initUs (-1 = warm), billedMs, memoryMb, maxMemoryMb, architecture, tmpMb, provisioned, error, message, reset, concurrency; asked for by a version or alias: qualifier */
  'lambda.InvocationSucceeded': { sentence: '{resource} succeeds in environment {environment}.', level: 'step' },
  'lambda.InvocationFailed': { sentence: '{resource} fails with {error}: {message}', level: 'moment', severity: 'failure' },
  'lambda.InvocationTimedOut': { sentence: '{resource} is stopped at its timeout.', level: 'moment', severity: 'failure' },
  /** data: requestId, traceId, segments (JSON of the X-Ray segment documents) */
  'lambda.TraceRecorded': { sentence: 'X-Ray gets the segments of {resource}.', level: 'detail' },
  'lambda.TraceLost': { sentence: 'The role of {resource} may not {action}: there is no trace.', level: 'detail', severity: 'warning' },
  'lambda.ComputingCut': { sentence: 'The handler computes for longer than this page computes with it: it counts as running until its timeout.', level: 'moment', severity: 'warning' },
  /** Never AWS's doing: what runs handlers here could not go on. data: environment, message */
  'lambda.EngineFailed': { sentence: 'The engine that runs handlers here could not go on: {message}', level: 'moment', severity: 'failure' },
  'lambda.RecursionStopped': { sentence: '{resource} has called itself {times} times in a chain: Lambda stops it.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;

const handlers = {
  /** data: environment, service, operation, requestId, to */
  'lambda.CallSent': { sentence: 'The handler calls {service} {operation}.', level: 'step' },
  /** data of both answers: environment, service, operation, error, message */
  'lambda.CallAnswered': { sentence: '{service} {operation} answers.', level: 'detail' },
  'lambda.CallFailed': { sentence: '{service} {operation} fails with {error}: {message}', level: 'step', severity: 'failure' },
  /** data: environment, to (a service or a URL), requestId */
  'lambda.RequestLost': { sentence: 'The VPC of {resource} has no way to {to}: nobody answers.', level: 'moment', severity: 'warning' },
  /** data: environment, method, url, requestId */
  'lambda.FetchSent': { sentence: 'The handler fetches {method} {url}.', level: 'step' },
  /** data: environment, url, status, bytes */
  'lambda.FetchAnswered': { sentence: '{url} answers with {status}.', level: 'detail' },
  /** data: environment, url, code (ENOTFOUND when nobody on the canvas has that host name), message */
  'lambda.FetchFailed': { sentence: 'The fetch of {url} fails with {code}: {message}', level: 'moment', severity: 'failure' },
  /** data: environment, program, args, requestId */
  'lambda.ChildStarted': { sentence: 'The handler starts {program}.', level: 'step' },
  /** data: environment, cpuMs, untilUs, frames */
  'lambda.ChildMeasured': { sentence: 'That work takes {cpuMs} ms of a vCPU.', level: 'detail' },
  /** data: environment, exitCode, signal, durationUs, files */
  'lambda.ChildEnded': { sentence: 'The program ends with exit code {exitCode}.', level: 'step' },
} satisfies Readonly<Record<string, TraceKind>>;

const asynchronous = {
  /** data: requestId, queued */
  'lambda.AsyncQueued': { sentence: 'Lambda takes the event for {resource} into its queue.', level: 'step' },
  /** data: requestId, waitUs, reason, attempt */
  'lambda.AsyncWaiting': { sentence: 'The event for {resource} waits: it was throttled.', level: 'step', severity: 'warning' },
  'lambda.AsyncRetryScheduled': { sentence: 'Lambda will try again: attempt {attempt}.', level: 'moment' },
  /** data: requestId, condition, attempts */
  'lambda.AsyncGivenUp': { sentence: 'Lambda gives the event for {resource} up after {attempts} attempts.', level: 'moment', severity: 'failure' },
  'lambda.AsyncDropped': { sentence: 'The event for {resource} is dropped after {attempts} attempts, and nothing keeps it.', level: 'moment', severity: 'failure' },
  /** data: requestId, condition, destination, error */
  'lambda.DestinationSent': { sentence: 'The result goes to {destination}.', level: 'step' },
  'lambda.DestinationFailed': { sentence: 'The result could not go to {destination}: {error}.', level: 'moment', severity: 'failure' },
  /** data: requestId, queue, error */
  'lambda.DeadLetterSent': { sentence: 'The event goes to the dead-letter queue {queue}.', level: 'moment', severity: 'failure' },
  'lambda.DeadLetterFailed': { sentence: 'The event could not go to the dead-letter queue {queue} and is lost.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;

const mappings = {
  /** data: mapping, function, state, batchSize, windowSec */
  'lambda.MappingChanged': { sentence: 'The mapping from {resource} to {function} is {state}.', level: 'detail' },
  /** data: mapping, function, batch, messages */
  'lambda.BatchReceived': { sentence: 'Lambda takes {messages} messages from {resource} for {function}.', level: 'step' },
  /** data: mapping, function, batch, messages, throttles */
  'lambda.BatchDropped': { sentence: 'The batch finds no room in {function}: its messages come back to {resource}.', level: 'moment', severity: 'warning' },
  /** data: mapping, function, messages, of, visibleAtUs, why */
  'lambda.MessagesFailed': { sentence: '{messages} of {of} messages failed and will be back in {resource}.', level: 'moment', severity: 'failure' },
  'lambda.MessagesFilteredOut': { sentence: '{messages} messages fit no filter and are deleted.', level: 'step' },
  'lambda.DeleteFailed': { sentence: '{messages} messages could not be deleted from {resource}: {error}.', level: 'moment', severity: 'failure' },
  /** data: mapping, stream, shard, records, attempt, iteratorAgeMs (of the last record) */
  'lambda.StreamBatchReceived': { sentence: 'Lambda takes {records} records of {shard} for {resource}, attempt {attempt}.', level: 'step' },
  /** data: mapping, function, shard, done, left */
  'lambda.StreamCheckpoint': { sentence: '{done} records of {shard} are done: {function} gets the other {left} again.', level: 'step', severity: 'warning' },
  /** data: mapping, function, shard, records */
  'lambda.StreamBisected': { sentence: 'The batch of {records} records of {shard} is split in two.', level: 'step', severity: 'warning' },
  /** data: mapping, function, shard, records, condition */
  'lambda.StreamRecordsDropped': { sentence: 'Lambda passes over {records} records of {shard}: {condition}.', level: 'moment', severity: 'failure' },
  /** data: mapping, function, records */
  'lambda.RecordsFilteredOut': { sentence: '{records} records of {resource} fit no filter.', level: 'detail' },
  /** With metrics, or in provisioned mode. data: mapping, function, and what is counted: polled, filteredOut, invoked, failedInvoke, dropped, delivered, deleted, provisionedPollers */
  'lambda.MappingCounted': { sentence: 'CloudWatch gets counts of the mapping from {resource} to {function}.', level: 'detail' },
  /** data: mapping, function, error, message */
  'lambda.PollFailed': { sentence: 'Lambda could not ask {resource}: {message}', level: 'moment', severity: 'failure' },
  /** data: mapping, function, error, message */
  'lambda.MappingCannotInvoke': { sentence: 'Lambda cannot invoke {function} for {resource}: {message}', level: 'moment', severity: 'failure' },
  /** Told once in 20 s. data: mapping, function, polls (empty ones since the last time) */
  'lambda.PollEmpty': { sentence: 'Lambda asks {resource} and finds nothing.', level: 'detail' },
} satisfies Readonly<Record<string, TraceKind>>;

export const lambdaTraceKinds = { ...functions, ...environments, ...invocations, ...handlers, ...asynchronous, ...mappings };
