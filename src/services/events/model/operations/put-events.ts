/** PutEvents and PutPartnerEvents: checks per call and per entry, and what an accepted entry becomes. @source aws/eventbridge.md §3 (API model 2026-08, recorded answers) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { isoSec } from '../../../../base/time-text.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { AwsError, NotModelled } from '../../../../sim/errors.ts';
import { timestamp } from '../../../../sim/inputs.ts';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { epochMsOf } from '../../../../sim/values.ts';
import { receiveEvent } from '../delivery/receive.ts';
import { DETAIL_LEVELS_MAX, DETAIL_TYPE_CHARS_MAX, PUT_BYTES_MAX, PUT_ENTRIES_MAX } from '../limits.ts';
import { busArn, busName, busOf, envelopeOf, ownBusName } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning } from '../state.ts';
import { constraint, row } from './common.ts';

const plain = { Time: timestamp.optional(), Source: z.string().optional(), Resources: z.array(z.string()).optional(), DetailType: z.string().optional(), Detail: z.string().optional() };
const entry = z.object({ ...plain, EventBusName: z.string().min(1).max(1600).optional(), TraceHeader: z.string().min(1).max(500).optional() });
type Entry = z.infer<typeof entry>;

interface Refusal {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

const invalid = (name: string, reason: string): Refusal => ({ ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}` });
const MALFORMED: Refusal = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };

function checkEntry(item: Entry): Refusal | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (item[name] === undefined || item[name] === '') return invalid(name, `${name} is a required argument.`);
  }
  if (item.DetailType!.length > DETAIL_TYPE_CHARS_MAX) return invalid('DetailType', `DetailType must be at most ${DETAIL_TYPE_CHARS_MAX} characters.`);
  return isDetail(item.Detail!) ? undefined : MALFORMED;
}

/** A JSON object, not nested too deep. */
function isDetail(text: string): boolean {
  if (levelsOf(text) > DETAIL_LEVELS_MAX) return false;
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail);
  } catch {
    return false;
  }
}

/** How deep brackets are nested, outside of strings. */
function levelsOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

/** Bytes of an entry as AWS counts them. @source aws/eventbridge.md §3 */
export function entryBytes(item: Entry): number {
  const texts = [item.Source, item.DetailType, item.Detail, ...(item.Resources ?? [])];
  return texts.reduce((sum, text) => sum + utf8ByteLength(text ?? ''), item.Time === undefined ? 0 : 14);
}

function shownEntry(item: Entry): string {
  const time = item.Time === undefined ? 'null' : isoSec(epochMsOf(item.Time));
  return `PutEventsRequestEntry(time=${time}, source=${item.Source ?? 'null'}, resources=${item.Resources === undefined ? 'null' : `[${item.Resources.join(', ')}]`}, detailType=${item.DetailType ?? 'null'}, detail=${item.Detail ?? 'null'}, eventBusName=${item.EventBusName ?? 'null'}, traceHeader=${item.TraceHeader ?? 'null'})`;
}

/** What concerns the whole call: number of entries, total size. Answers the total size. */
function checkCall(entries: readonly Entry[], most: number): number {
  if (entries.length === 0) throw constraint('[]', 'entries', 'Member must have length greater than or equal to 1');
  if (entries.length > most) throw constraint(`[${entries.map(shownEntry).join(', ')}]`, 'entries', `Member must have length less than or equal to ${most}`);
  const bytes = entries.reduce((sum, item) => sum + entryBytes(item), 0);
  if (bytes >= PUT_BYTES_MAX) throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  return bytes;
}

type Accept = (item: Entry) => { readonly EventId: string } | Refusal;

/** Takes the entries one by one, in order; the call succeeds whatever becomes of them. */
function takeAll(context: EventsContext, entries: readonly Entry[], bytes: number, accept: Accept): object {
  const results = entries.map((item) => checkEntry(item) ?? accept(item));
  const refused = results.filter((result): result is Refusal => 'ErrorCode' in result);
  const bus = busArn(context, busName(entries[0]?.EventBusName));
  context.emit('events.EntriesPut', bus, { entries: entries.length, failed: refused.length, bytes });
  for (const { ErrorCode, ErrorMessage } of refused) context.emit('events.EntryRefused', bus, { error: ErrorCode, message: ErrorMessage });
  return { FailedEntryCount: refused.length, Entries: results };
}

function timeOf(context: EventsContext, item: Entry): string {
  return isoSec(item.Time === undefined ? context.epochMs : epochMsOf(item.Time));
}

function putEvents(context: EventsContext, input: { readonly Entries: readonly Entry[] }, call: Call): object {
  const bytes = checkCall(input.Entries, PUT_ENTRIES_MAX);
  ownBusName(context, input.Entries[0]?.EventBusName);
  // The kernel has checked the first bus; every other one needs the right as well.
  for (const name of new Set(input.Entries.slice(1).map((item) => ownBusName(context, item.EventBusName)))) {
    const decision = context.authorize(call.principal, 'events:PutEvents', busArn(context, name));
    if (!decision.allowed) throw context.deny(decision, 'events');
  }
  return takeAll(context, input.Entries, bytes, (item) => {
    if (item.Source!.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
    const envelope = envelopeOf(context, { source: item.Source!, detailType: item.DetailType!, detail: JSON.parse(item.Detail!), resources: item.Resources ?? [], time: timeOf(context, item) });
    const name = ownBusName(context, item.EventBusName);
    const bus = name === 'default' ? busOf(context, name) : context.state.buses.get(name);
    if (bus) receiveEvent(context, bus, envelope, { traceHeader: item.TraceHeader, bytes: entryBytes(item) });
    else context.emit('events.BusMissing', busArn(context, name), { bus: name, eventId: envelope.id });
    return { EventId: envelope.id };
  });
}

/** Events of a partner go to the bus of its source alone; while no such bus exists they are lost. */
function putPartnerEvents(context: EventsContext, input: { readonly Entries: readonly Entry[] }): object {
  const bytes = checkCall(input.Entries, 20);
  return takeAll(context, input.Entries, bytes, (item) => {
    const source = context.state.partnerSources.get(item.Source!);
    if (source === undefined) return invalid('Source', `Partner event source ${item.Source!} does not exist.`);
    const envelope = envelopeOf(context, { source: item.Source!, detailType: item.DetailType!, detail: JSON.parse(item.Detail!), resources: item.Resources ?? [], time: timeOf(context, item) });
    const bus = context.state.buses.get(source.name);
    if (bus?.partnerSource === source.name) receiveEvent(context, bus, envelope, { bytes: entryBytes(item) });
    else context.emit('events.BusMissing', busArn(context, source.name), { bus: source.name, eventId: envelope.id });
    return { EventId: envelope.id };
  });
}

export const putOperations: OperationTable<EventsState, EventsTuning> = {
  PutEvents: row('PutEvents', z.object({ Entries: z.array(entry), EndpointId: z.string().optional() }), {
    writes: true,
    resource: (context, input) => busArn(context, busName(input.Entries[0]?.EventBusName)),
    handle: (context, input, call) => {
      if (input.EndpointId !== undefined) throw new NotModelled('events', 'global endpoints');
      return putEvents(context, input, call);
    },
    simplified: ['PutEvents is never throttled: 10,000 calls a second are allowed on AWS.', 'Whole numbers beyond 2^53 in a Detail lose digits.'],
  }),
  PutPartnerEvents: row('PutPartnerEvents', z.object({ Entries: z.array(z.object(plain)) }), { writes: true, resource: () => '*', handle: putPartnerEvents, simplified: ['The partner and the account are the same here.'] }),
};
