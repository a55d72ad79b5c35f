/** Operations on replays. @source aws/eventbridge.md §8 (API model 2026-08, recorded answers), aws/observed.md EVB-023 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import { timestamp } from '../../../../sim/inputs.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { dateValue, epochMsOf } from '../../../../sim/values.ts';
import type { DateValue } from '../../../../sim/values.ts';
import { isActive, listedReplays, startReplay } from '../archives/replay.ts';
import { ACTIVE_REPLAYS_MAX } from '../limits.ts';
import { busName, busOf, ruleOf } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning, Replay, Rule } from '../state.ts';
import { alreadyExists, checkName, limitExceeded, notFound, notValid, page, PAGES, paging, present, row } from './common.ts';

const startInput = z.object({
  ReplayName: z.string(),
  Description: z.string().max(512).optional(),
  EventSourceArn: z.string().min(1).max(1600),
  EventStartTime: timestamp,
  EventEndTime: timestamp,
  Destination: z.object({ Arn: z.string(), FilterArns: z.array(z.string()).optional() }),
});

const replayArn = (context: EventsContext, name: string): string => `arn:aws:events:${context.region}:${context.account}:replay/${name}`;

function start(context: EventsContext, input: z.infer<typeof startInput>): object {
  checkName(input.ReplayName, 'replayName');
  const archiveName = input.EventSourceArn.split(':archive/')[1] ?? input.EventSourceArn;
  const archive = context.state.archives.get(archiveName);
  const destination = busOf(context, busName(input.Destination.Arn));
  if (archive === undefined) throw notValid('EventSourceArn', `Archive ${archiveName} does not exist.`);
  if (destination.name !== archive.bus) throw notValid('Destination.Arn', 'Cross event bus replay is not permitted.');
  const [fromMs, toMs] = [epochMsOf(input.EventStartTime), epochMsOf(input.EventEndTime)];
  if (fromMs >= toMs) throw notValid('EventEndTime', 'EventStartTime must be before EventEndTime.');
  const replays = listedReplays(context);
  if (replays.some(({ name }) => name === input.ReplayName)) throw alreadyExists(`Replay ${input.ReplayName}`);
  if (replays.filter(isActive).length >= ACTIVE_REPLAYS_MAX) throw limitExceeded();
  const filterArns = input.Destination.FilterArns ?? [];
  const rules = filterArns.map((arn) => ruleByArn(context, archive.bus, arn).name);
  const replay: Replay = {
    name: input.ReplayName,
    arn: replayArn(context, input.ReplayName),
    archiveArn: archive.arn,
    bus: archive.bus,
    description: input.Description,
    fromMs,
    toMs,
    rules,
    filterArns,
    state: 'STARTING',
    startedMs: context.epochMs,
    endedMs: undefined,
    lastEventMs: undefined,
    replayed: 0,
    buckets: [],
  };
  startReplay(context, replay);
  return { ReplayArn: replay.arn, State: 'STARTING', ReplayStartTime: dateValue(context.epochMs) };
}

/** The rule of that ARN, which must be one of the bus. */
function ruleByArn(context: EventsContext, bus: string, arn: string): Rule {
  const rule = ruleOf(context, bus, arn.split('/').pop() ?? '');
  if (rule.arn !== arn) throw notFound(`Rule ${arn}`);
  return rule;
}

function replayOf(context: EventsContext, name: string): Replay {
  const replay = listedReplays(context).find((known) => known.name === name);
  if (replay === undefined) throw notFound(`Replay ${name}`);
  return replay;
}

const at = (ms: number | undefined): DateValue | undefined => (ms === undefined ? undefined : dateValue(ms));

function shown(replay: Replay): Record<string, unknown> {
  return present({
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    EventStartTime: at(replay.fromMs),
    EventEndTime: at(replay.toMs),
    EventLastReplayedTime: at(replay.lastEventMs),
    ReplayStartTime: at(replay.startedMs),
    ReplayEndTime: at(replay.endedMs),
  });
}

function cancel(context: EventsContext, name: string): object {
  const replay = replayOf(context, name);
  if (replay.state !== 'STARTING' && replay.state !== 'RUNNING') throw new AwsError('IllegalStatusException', `Replay ${name} is not in a valid state for this operation.`);
  replay.state = 'CANCELLING';
  context.emit('events.ReplayCancelling', busOf(context, replay.bus).arn, { replay: name });
  return { ReplayArn: replay.arn, State: 'CANCELLING' };
}

const listInput = z.object({ NamePrefix: z.string().optional(), EventSourceArn: z.string().optional(), State: z.string().optional(), ...paging });

function list(context: EventsContext, input: z.infer<typeof listInput>): object {
  if ([input.NamePrefix, input.EventSourceArn, input.State].filter((filter) => filter !== undefined).length > 1) throw new AwsError('ValidationException', 'At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.');
  const wanted = listedReplays(context).filter((replay) => replay.name.startsWith(input.NamePrefix ?? '') && (input.EventSourceArn ?? replay.archiveArn) === replay.archiveArn && (input.State ?? replay.state) === replay.state);
  const { items, next } = page(wanted.map(shown), input);
  return { Replays: items, ...next };
}

const named = z.object({ ReplayName: z.string() });
const byName = { resource: (context: EventsContext, input: { readonly ReplayName: string }): string => replayArn(context, input.ReplayName) };

export const replayOperations: OperationTable<EventsState, EventsTuning> = {
  StartReplay: row('StartReplay', startInput, { ...byName, writes: true, handle: start, simplified: ['A replay takes the events of one minute after another, a second apart; AWS publishes no speed.'] }),
  DescribeReplay: row('DescribeReplay', named, {
    ...byName,
    writes: false,
    handle: (context, input) => {
      const replay = replayOf(context, input.ReplayName);
      const { bus } = replay;
      return present({ ReplayArn: replay.arn, Description: replay.description, ...shown(replay), Destination: present({ Arn: busOf(context, bus).arn, FilterArns: replay.filterArns.length === 0 ? undefined : replay.filterArns }) });
    },
  }),
  CancelReplay: row('CancelReplay', named, { ...byName, writes: true, handle: (context, input) => cancel(context, input.ReplayName) }),
  ListReplays: row('ListReplays', listInput, { writes: false, resource: () => '*', pages: PAGES, handle: list }),
};
