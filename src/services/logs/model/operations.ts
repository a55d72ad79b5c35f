/** CloudWatch Logs operations: groups, streams, putting and reading events. @source aws/other-services.md §8, aws/lambda.md §4 @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { utf8ByteLength } from '../../../base/utf8.ts';
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import type { LogSinkPort } from '../../../sim/ports/ports.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../sim/unmodelled.ts';
import { EVENTS_PER_CALL_MAX, EVENT_BYTES_MAX, EVENT_OVERHEAD_BYTES, GROUP_NAME, GROUPS_PER_PAGE, RETENTION_DAYS, STREAMS_PER_PAGE } from './limits.ts';
import { extractMetrics } from './embedded-metrics.ts';
import { filterOf } from './filter-pattern.ts';
import { piecesOf } from './pieces.ts';
import { groupArn } from './state.ts';
import type { LogGroup, LogsContext, LogsState, LogStream } from './state.ts';

const SOURCE = 'aws/other-services.md §8 (CloudWatch Logs API reference, 2026)';
const identified = z.object({ logGroupName: z.string().optional(), logGroupIdentifier: z.string().optional() });
const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
/** Members that AWS takes and this model does not. */
const CREATE_NOT_MODELLED = ['kmsKeyId', 'deletionProtectionEnabled'] as const;
const LIST_NOT_MODELLED = ['accountIdentifiers', 'includeLinkedAccounts', 'logGroupClass', 'logGroupIdentifiers'] as const;

export function ensureStream(context: LogsContext, groupName: string, streamName: string): LogStream {
  let group = context.state.groups.get(groupName);
  if (group === undefined) {
    group = { name: groupName, arn: groupArn(context, groupName), createdMs: context.epochMs, retentionDays: undefined, streams: new Map(), storedBytes: 0 };
    context.state.groups.set(groupName, group);
  }
  let stream = group.streams.get(streamName);
  if (stream === undefined) group.streams.set(streamName, (stream = { name: streamName, createdMs: context.epochMs, events: [] }));
  return stream;
}

/** A group by its name, or by `logGroupIdentifier`: its name or its ARN. */
function nameOf({ logGroupName: name, logGroupIdentifier: identifier }: z.infer<typeof identified>): string {
  if ((name === undefined) === (identifier === undefined)) throw invalid('Exactly one of logGroupName and logGroupIdentifier must be given.');
  return name ?? identifier!.replace(/^arn:[^:]*:logs:[^:]*:\d{12}:log-group:/, '').replace(/:\*$/, '');
}

function groupOf(context: LogsContext, name: string): LogGroup {
  const group = context.state.groups.get(name);
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** Which events of a stream a GetLogEvents call sees: after a forward token, before a backward one, else from the head or the newest. */
function windowOf(length: number, limit: number, input: { readonly nextToken?: string | undefined; readonly startFromHead?: boolean | undefined }): { readonly from: number; readonly to: number } {
  const [, way, place] = /^([fb])\/(\d+)$/.exec(input.nextToken ?? '') ?? [];
  if (input.nextToken !== undefined && way === undefined) throw invalid('The specified nextToken is invalid.');
  const forward = way === undefined ? input.startFromHead === true : way === 'f';
  const start = way === undefined ? (forward ? 0 : length) : Math.min(Number(place), length);
  return forward ? { from: start, to: Math.min(length, start + limit) } : { from: Math.max(0, start - limit), to: start };
}

/** One page of a list whose token is an offset. */
function pageOf<Row>(rows: readonly Row[], limit: number, token: string | undefined): { readonly page: readonly Row[]; readonly next: { readonly nextToken?: string } } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalid('The specified nextToken is invalid.');
  return { page: rows.slice(from, from + limit), next: from + limit < rows.length ? { nextToken: String(from + limit) } : {} };
}

/** @throws InvalidParameterException for an event over the limit. @simplified its text is recalled */
function checkSize(message: string): void {
  const bytes = utf8ByteLength(message) + EVENT_OVERHEAD_BYTES;
  if (bytes > EVENT_BYTES_MAX) throw invalid(`Log event too large: ${bytes} bytes exceeds limit of ${EVENT_BYTES_MAX}`);
}

function append(context: LogsContext, group: LogGroup, stream: LogStream, timestampMs: number, message: string): void {
  group.storedBytes += utf8ByteLength(message) + EVENT_OVERHEAD_BYTES;
  stream.events.push({ id: String(context.state.nextEvent++).padStart(56, '0'), timestampMs, ingestedMs: context.epochMs, message });
}

/** Most bytes of an event's text. */
const TEXT_BYTES_MAX = EVENT_BYTES_MAX - EVENT_OVERHEAD_BYTES;

/** Lines of a function: they need the role's rights; without them they are lost, and only the trace says so. A line too long for an event becomes several. @source aws/lambda.md §2.1 @simplified where it is cut */
export const logSink: LogSinkPort<LogsContext> = {
  put(context, o, call) {
    const arn = groupArn(context, o.group);
    const subjects = o.requestId === undefined ? [] : [o.requestId];
    const decision = context.authorize(call.principal, 'logs:PutLogEvents', `${arn}:log-stream:${o.stream}`);
    if (!decision.allowed) {
      context.emit('logs.LinesLost', arn, { stream: o.stream, lines: o.lines.length, action: 'logs:PutLogEvents' }, { subjects });
      return;
    }
    const stream = ensureStream(context, o.group, o.stream);
    const group = groupOf(context, o.group);
    for (const { at, message: line } of o.lines) {
      for (const message of piecesOf(line, TEXT_BYTES_MAX)) {
        append(context, group, stream, at, message);
        const line = context.emit('logs.Line', arn, { stream: o.stream, timestampMs: at, message }, { subjects });
        extractMetrics(context, { arn, stream: o.stream, message, line, subjects });
      }
    }
  },
};

function shownGroup(group: LogGroup): Record<string, unknown> {
  return { logGroupName: group.name, creationTime: group.createdMs, metricFilterCount: 0, arn: `${group.arn}:*`, storedBytes: group.storedBytes, ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }) };
}

function shownStream(context: LogsContext, group: string, stream: LogStream): Record<string, unknown> {
  const [first] = stream.events;
  const last = stream.events[stream.events.length - 1];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdMs,
    ...(first === undefined || last === undefined ? {} : { firstEventTimestamp: first.timestampMs, lastEventTimestamp: last.timestampMs, lastIngestionTime: last.ingestedMs }),
    arn: `${groupArn(context, group)}:log-stream:${stream.name}`,
  };
}

const groupInput = z.object({ logGroupName: z.string() });
const byGroup = (context: LogsContext, input: z.infer<typeof identified>): string => groupArn(context, nameOf(input));

export const logsOperations: OperationTable<LogsState, object> = {
  CreateLogGroup: operation({
    input: groupInput.extend({ ...unmodelled(CREATE_NOT_MODELLED), logGroupClass: z.string().optional(), tags: z.record(z.string(), z.string()).optional() }),
    action: 'logs:CreateLogGroup',
    resource: byGroup,
    writes: true,
    errors: ['ResourceAlreadyExistsException', 'InvalidParameterException'],
    source: SOURCE,
    simplified: [
      'Tags of a log group are taken and not kept.',
      'Subscription filters, metric filters and queries of Logs Insights are not modelled.',
      'A document in the embedded metric format of which a member does not fit adds no metric, and the trace says why; on AWS only the metrics of AWS/Logs tell that, which are not modelled.',
      'What logs cost is not on the bill: $0.50 a GB that comes in, $0.03 a GB and month that is kept (aws/other-services.md §8, recalled).',
    ],
    handle: (context: LogsContext, input) => {
      refuseMembers('logs', input, CREATE_NOT_MODELLED);
      if ((input.logGroupClass ?? 'STANDARD') !== 'STANDARD') throw new NotModelled('logs', `the log class ${input.logGroupClass ?? ''}`);
      if (!GROUP_NAME.test(input.logGroupName)) throw invalid(`1 validation error detected: Value '${input.logGroupName}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`);
      if (context.state.groups.has(input.logGroupName)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
      context.state.groups.set(input.logGroupName, { name: input.logGroupName, arn: groupArn(context, input.logGroupName), createdMs: context.epochMs, retentionDays: undefined, streams: new Map(), storedBytes: 0 });
      return {};
    },
  }),
  DeleteLogGroup: operation({
    input: groupInput,
    action: 'logs:DeleteLogGroup',
    resource: byGroup,
    writes: true,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: LogsContext, input) => {
      groupOf(context, input.logGroupName);
      context.state.groups.delete(input.logGroupName);
      return {};
    },
  }),
  CreateLogStream: operation({
    input: groupInput.extend({ logStreamName: z.string() }),
    action: 'logs:CreateLogStream',
    resource: byGroup,
    writes: true,
    errors: ['ResourceNotFoundException', 'ResourceAlreadyExistsException'],
    source: SOURCE,
    handle: (context: LogsContext, input) => {
      if (groupOf(context, input.logGroupName).streams.has(input.logStreamName)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
      ensureStream(context, input.logGroupName, input.logStreamName);
      return {};
    },
  }),
  PutLogEvents: operation({
    input: groupInput.extend({ logStreamName: z.string(), logEvents: z.array(z.object({ timestamp: z.number(), message: z.string() })), sequenceToken: z.string().optional() }),
    action: 'logs:PutLogEvents',
    resource: (context: LogsContext, input) => `${groupArn(context, input.logGroupName)}:log-stream:${input.logStreamName}`,
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterException'],
    source: SOURCE,
    simplified: ['A line of a function that is over 1 MB becomes several events, cut between characters; AWS says only that it splits or cuts it.', 'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.'],
    handle: (context: LogsContext, input) => {
      const group = groupOf(context, input.logGroupName);
      const stream = group.streams.get(input.logStreamName);
      if (stream === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      for (const { message } of input.logEvents) checkSize(message);
      for (const event of input.logEvents) {
        append(context, group, stream, event.timestamp, event.message);
        const line = context.emit('logs.Line', group.arn, { stream: stream.name, timestampMs: Math.floor(event.timestamp), message: event.message });
        extractMetrics(context, { arn: group.arn, stream: stream.name, message: event.message, line });
      }
      return { nextSequenceToken: String(context.state.nextEvent) };
    },
  }),
  PutRetentionPolicy: operation({
    input: groupInput.extend({ retentionInDays: z.number() }),
    action: 'logs:PutRetentionPolicy',
    resource: byGroup,
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterException'],
    source: SOURCE,
    simplified: ['Old log events are not deleted during a run.'],
    handle: (context: LogsContext, input) => {
      if (!RETENTION_DAYS.includes(input.retentionInDays)) throw invalid(`1 validation error detected: Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`);
      groupOf(context, input.logGroupName).retentionDays = input.retentionInDays;
      return {};
    },
  }),
  DeleteRetentionPolicy: operation({
    input: groupInput,
    action: 'logs:DeleteRetentionPolicy',
    resource: byGroup,
    writes: true,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: LogsContext, input) => {
      groupOf(context, input.logGroupName).retentionDays = undefined;
      return {};
    },
  }),
  DescribeLogGroups: operation({
    input: z.object({ logGroupNamePrefix: z.string().optional(), logGroupNamePattern: z.string().optional(), limit: z.int().min(1).max(GROUPS_PER_PAGE).optional(), nextToken: z.string().optional(), ...unmodelled(LIST_NOT_MODELLED) }),
    action: 'logs:DescribeLogGroups',
    resource: () => '*',
    writes: false,
    errors: ['InvalidParameterException'],
    source: SOURCE,
    pages: { inputToken: 'nextToken', outputToken: 'nextToken', pageSize: 'limit' },
    handle: (context: LogsContext, input) => {
      refuseMembers('logs', input, LIST_NOT_MODELLED);
      const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input;
      if (prefix !== undefined && pattern !== undefined) throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
      const groups = [...context.state.groups.values()].filter(({ name }) => name.startsWith(prefix ?? '') && name.includes(pattern ?? '')).sort((a, b) => (a.name < b.name ? -1 : 1));
      const { page, next } = pageOf(groups, input.limit ?? GROUPS_PER_PAGE, input.nextToken);
      return { logGroups: page.map(shownGroup), ...next };
    },
  }),
  DeleteLogStream: operation({
    input: groupInput.extend({ logStreamName: z.string() }),
    action: 'logs:DeleteLogStream',
    resource: (context: LogsContext, input) => `${groupArn(context, input.logGroupName)}:log-stream:${input.logStreamName}`,
    writes: true,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: LogsContext, input) => {
      if (!groupOf(context, input.logGroupName).streams.delete(input.logStreamName)) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      return {};
    },
  }),
  DescribeLogStreams: operation({
    input: identified.extend({ logStreamNamePrefix: z.string().optional(), orderBy: z.enum(['LogStreamName', 'LastEventTime']).optional(), descending: z.boolean().optional(), limit: z.int().min(1).max(STREAMS_PER_PAGE).optional(), nextToken: z.string().optional() }),
    action: 'logs:DescribeLogStreams',
    resource: byGroup,
    writes: false,
    errors: ['ResourceNotFoundException', 'InvalidParameterException'],
    source: SOURCE,
    pages: { inputToken: 'nextToken', outputToken: 'nextToken', pageSize: 'limit' },
    handle: (context: LogsContext, input) => {
      const groupName = nameOf(input);
      const byTime = input.orderBy === 'LastEventTime';
      if (byTime && input.logStreamNamePrefix !== undefined) throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      const lastMs = (stream: LogStream): number => stream.events[stream.events.length - 1]?.timestampMs ?? 0;
      const byName = (a: LogStream, b: LogStream): number => (a.name < b.name ? -1 : 1);
      const streams = [...groupOf(context, groupName).streams.values()].filter((stream) => stream.name.startsWith(input.logStreamNamePrefix ?? '')).sort(byTime ? (a, b) => lastMs(a) - lastMs(b) || byName(a, b) : byName);
      if (input.descending === true) streams.reverse();
      const { page, next } = pageOf(streams, input.limit ?? STREAMS_PER_PAGE, input.nextToken);
      return { logStreams: page.map((stream) => shownStream(context, groupName, stream)), ...next };
    },
  }),
  GetLogEvents: operation({
    input: identified.extend({ logStreamName: z.string(), startTime: z.number().optional(), endTime: z.number().optional(), limit: z.int().min(1).max(EVENTS_PER_CALL_MAX).optional(), startFromHead: z.boolean().optional(), nextToken: z.string().optional() }),
    action: 'logs:GetLogEvents',
    resource: byGroup,
    writes: false,
    errors: ['ResourceNotFoundException', 'InvalidParameterException'],
    source: SOURCE,
    pages: { inputToken: 'nextToken', outputToken: 'nextForwardToken', pageSize: 'limit' },
    handle: (context: LogsContext, input) => {
      const stream = groupOf(context, nameOf(input)).streams.get(input.logStreamName);
      if (stream === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      const events = stream.events.filter((event) => event.timestampMs >= (input.startTime ?? 0) && event.timestampMs < (input.endTime ?? Number.MAX_SAFE_INTEGER));
      const { from, to } = windowOf(events.length, input.limit ?? EVENTS_PER_CALL_MAX, input);
      return { events: events.slice(from, to).map((event) => ({ timestamp: event.timestampMs, message: event.message, ingestionTime: event.ingestedMs })), nextForwardToken: `f/${to}`, nextBackwardToken: `b/${from}` };
    },
  }),
  FilterLogEvents: operation({
    input: identified.extend({ logStreamNames: z.array(z.string()).optional(), logStreamNamePrefix: z.string().optional(), startTime: z.number().optional(), endTime: z.number().optional(), filterPattern: z.string().optional(), limit: z.int().min(1).max(EVENTS_PER_CALL_MAX).optional(), nextToken: z.string().optional(), startFromHead: z.boolean().optional() }),
    action: 'logs:FilterLogEvents',
    resource: byGroup,
    writes: false,
    errors: ['ResourceNotFoundException', 'InvalidParameterException'],
    source: SOURCE,
    simplified: ['A filter pattern is made of terms, optional terms (?) and excluded terms (-); patterns of JSON members, columns and regular expressions are not modelled.'],
    pages: { inputToken: 'nextToken', outputToken: 'nextToken', pageSize: 'limit' },
    handle: (context: LogsContext, input) => {
      if (input.startFromHead === false) throw new NotModelled('logs', 'FilterLogEvents from the newest event');
      if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) throw invalid('logStreamNamePrefix and logStreamNames are mutually exclusive parameters.');
      const fits = filterOf(input.filterPattern ?? '');
      const rows = [...groupOf(context, nameOf(input)).streams.values()]
        .filter((stream) => (input.logStreamNames?.includes(stream.name) ?? true) && stream.name.startsWith(input.logStreamNamePrefix ?? ''))
        .flatMap((stream) => stream.events.map((event) => ({ logStreamName: stream.name, timestamp: event.timestampMs, message: event.message, ingestionTime: event.ingestedMs, eventId: event.id })))
        .filter((row) => row.timestamp >= (input.startTime ?? 0) && row.timestamp < (input.endTime ?? Number.MAX_SAFE_INTEGER) && fits(row.message))
        .sort((a, b) => a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1));
      const { page, next } = pageOf(rows, input.limit ?? EVENTS_PER_CALL_MAX, input.nextToken);
      return { events: page, searchedLogStreams: [], ...next };
    },
  }),
};
