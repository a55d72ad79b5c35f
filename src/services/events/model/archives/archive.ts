/**
 * What an archive keeps: events that came to its bus and fit its pattern, written in batches some minutes later.
 * Replayed events are not archived again.
 * @source aws/eventbridge.md §8
 */
import { parseIso } from '../../../../base/time-text.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { msToUs } from '../../../../sim/units.ts';
import { patternMatches } from '../delivery/patterns.ts';
import { busArn } from '../state.ts';
import type { Archive, Bus, Envelope, EventsContext } from '../state.ts';

const MS_PER_DAY = 86_400_000;

/** Puts an event into every archive of the bus that wants it. */
export function archiveEvent(context: EventsContext, bus: Bus, envelope: Envelope, o: { readonly subjects: readonly string[]; readonly cause: number }): void {
  for (const archive of context.state.archives.values()) {
    if (archive.bus !== bus.name || (archive.pattern !== undefined && !patternMatches(archive.pattern, envelope))) continue;
    if (archive.waiting.length === 0) scheduleWrite(context, archive, o.cause);
    const bytes = utf8ByteLength(JSON.stringify(envelope));
    archive.waiting.push({ envelope, timeMs: parseIso(envelope.time) ?? context.epochMs, arrivedMs: context.epochMs, bytes, subjects: o.subjects });
    context.emit('events.EventArchived', bus.arn, { archive: archive.name, eventId: envelope.id, bytes }, { cause: [o.cause], subjects: o.subjects });
  }
}

/** The next batch is written after a wait that covers all that comes until then. */
function scheduleWrite(context: EventsContext, archive: Archive, cause: number): void {
  const { archiveMsMin, archiveMsMax } = context.tuning;
  const waitMs = archiveMsMin + context.random(`events.archive.${archive.name}`).float() * (archiveMsMax - archiveMsMin);
  context.schedule(msToUs(waitMs), 'archive-write', { archive: archive.name }, { background: true, cause: [cause] });
}

/** Agenda: a batch is written and can be replayed from now on. */
export function onArchiveWrite(context: EventsContext, payload: { readonly archive: string }): void {
  const archive = context.state.archives.get(payload.archive);
  if (archive === undefined || archive.waiting.length === 0) return;
  const events = archive.waiting.length;
  archive.kept.push(...archive.waiting);
  archive.waiting = [];
  context.emit('events.ArchiveWritten', busArn(context, archive.bus), { archive: archive.name, events });
}

/** The events that are still kept, after those past the retention are let go. @simplified AWS does not say from when the days count: here from the event's arrival */
export function keptEvents(context: EventsContext, archive: Archive): Archive['kept'] {
  if (archive.retentionDays > 0) archive.kept = archive.kept.filter((event) => event.arrivedMs > context.epochMs - archive.retentionDays * MS_PER_DAY);
  return archive.kept;
}
