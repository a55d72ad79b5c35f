/** Operations on archives. @source aws/eventbridge.md §8 (API model 2026-08, recorded answers) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../../sim/unmodelled.ts';
import { dateValue } from '../../../../sim/values.ts';
import { keptEvents } from '../archives/archive.ts';
import { checkPattern } from '../delivery/patterns.ts';
import { busArn, busName, busOf } from '../state.ts';
import type { Archive, EventsContext, EventsState, EventsTuning } from '../state.ts';
import { alreadyExists, checkName, notFound, page, PAGES, paging, present, row } from './common.ts';

const UNMODELLED = ['KmsKeyIdentifier'] as const;
const settings = { Description: z.string().max(512).optional(), EventPattern: z.string().max(4096).optional(), RetentionDays: z.int().min(0).optional(), ...unmodelled(UNMODELLED) };
const createInput = z.object({ ArchiveName: z.string(), EventSourceArn: z.string().min(1).max(1600), ...settings });

export const archiveArn = (context: EventsContext, name: string): string => `arn:aws:events:${context.region}:${context.account}:archive/${name}`;

function archiveOf(context: EventsContext, name: string): Archive {
  const archive = context.state.archives.get(name);
  if (archive === undefined) throw notFound(`Archive ${name}`);
  return archive;
}

function create(context: EventsContext, input: z.infer<typeof createInput>): object {
  refuseMembers('events', input, UNMODELLED);
  checkName(input.ArchiveName, 'archiveName', 48);
  const bus = busOf(context, busName(input.EventSourceArn));
  if (input.EventPattern !== undefined) checkPattern(input.EventPattern);
  if (context.state.archives.has(input.ArchiveName)) throw alreadyExists(`Archive ${input.ArchiveName}`);
  const arn = archiveArn(context, input.ArchiveName);
  context.state.archives.set(input.ArchiveName, { name: input.ArchiveName, arn, bus: bus.name, createdMs: context.epochMs, pattern: input.EventPattern, description: input.Description, retentionDays: input.RetentionDays ?? 0, kept: [], waiting: [] });
  context.emit('events.ArchiveCreated', bus.arn, { archive: input.ArchiveName });
  return { ArchiveArn: arn, State: 'ENABLED', CreationTime: dateValue(context.epochMs) };
}

function shown(context: EventsContext, archive: Archive): Record<string, unknown> {
  const kept = keptEvents(context, archive);
  return present({
    ArchiveName: archive.name,
    EventSourceArn: busArn(context, archive.bus),
    State: 'ENABLED',
    RetentionDays: archive.retentionDays,
    SizeBytes: kept.reduce((sum, { bytes }) => sum + bytes, 0),
    EventCount: kept.length,
    CreationTime: dateValue(archive.createdMs),
  });
}

const listInput = z.object({ NamePrefix: z.string().optional(), EventSourceArn: z.string().optional(), State: z.string().optional(), ...paging });

function list(context: EventsContext, input: z.infer<typeof listInput>): object {
  if ([input.NamePrefix, input.EventSourceArn, input.State].filter((filter) => filter !== undefined).length > 1) throw new AwsError('ValidationException', 'At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.');
  const wanted = [...context.state.archives.values()].filter((archive) => archive.name.startsWith(input.NamePrefix ?? '') && (input.EventSourceArn === undefined || busArn(context, archive.bus) === input.EventSourceArn) && (input.State ?? 'ENABLED') === 'ENABLED');
  const { items, next } = page(wanted.map((archive) => shown(context, archive)), input);
  return { Archives: items, ...next };
}

const named = z.object({ ArchiveName: z.string() });
const byName = { resource: (context: EventsContext, input: { readonly ArchiveName: string }): string => archiveArn(context, input.ArchiveName) };

export const archiveOperations: OperationTable<EventsState, EventsTuning> = {
  CreateArchive: row('CreateArchive', createInput, { ...byName, writes: true, handle: create, simplified: ['An archive is ready at once, and what it takes is written 5 to 8 minutes later.'] }),
  DescribeArchive: row('DescribeArchive', named, {
    ...byName,
    writes: false,
    handle: (context, input) => {
      const archive = archiveOf(context, input.ArchiveName);
      return present({ ArchiveArn: archive.arn, Description: archive.description, EventPattern: archive.pattern, ...shown(context, archive) });
    },
  }),
  UpdateArchive: row('UpdateArchive', named.extend(settings), {
    ...byName,
    writes: true,
    handle: (context, input) => {
      refuseMembers('events', input, UNMODELLED);
      const archive = archiveOf(context, input.ArchiveName);
      if (input.EventPattern !== undefined) checkPattern(input.EventPattern);
      archive.pattern = input.EventPattern ?? archive.pattern;
      archive.description = input.Description ?? archive.description;
      archive.retentionDays = input.RetentionDays ?? archive.retentionDays;
      return { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: dateValue(archive.createdMs) };
    },
  }),
  DeleteArchive: row('DeleteArchive', named, {
    ...byName,
    writes: true,
    handle: (context, input) => {
      const archive = archiveOf(context, input.ArchiveName);
      context.state.archives.delete(archive.name);
      context.emit('events.ArchiveDeleted', busArn(context, archive.bus), { archive: archive.name });
      return {};
    },
  }),
  ListArchives: row('ListArchives', listInput, { writes: false, resource: () => '*', pages: PAGES, handle: list }),
};
