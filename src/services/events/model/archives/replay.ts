/**
 * Replays: the events of an archive put on its bus again, minute by minute of their event times, in no order within a minute.
 * @source aws/eventbridge.md §8
 */
import { msToUs } from '../../../../sim/units.ts';
import { receiveEvent } from '../delivery/receive.ts';
import { REPLAY_KEPT_DAYS } from '../limits.ts';
import { busArn } from '../state.ts';
import type { ArchivedEvent, EventsContext, Replay } from '../state.ts';
import { keptEvents } from './archive.ts';

const MINUTE_MS = 60_000;

export function isActive({ state }: Replay): boolean {
  return state === 'STARTING' || state === 'RUNNING' || state === 'CANCELLING';
}

/** Replays that can still be looked at: finished ones are listed for 90 days. */
export function listedReplays(context: EventsContext): readonly Replay[] {
  for (const [name, { endedMs }] of context.state.replays) {
    if (endedMs !== undefined && endedMs < context.epochMs - REPLAY_KEPT_DAYS * 86_400_000) context.state.replays.delete(name);
  }
  return [...context.state.replays.values()];
}

export function startReplay(context: EventsContext, replay: Replay): void {
  context.state.replays.set(replay.name, replay);
  const seq = context.emit('events.ReplayStarted', busArn(context, replay.bus), { replay: replay.name });
  next(context, replay, seq);
}

/** Agenda: the next minute of a replay. */
export function onReplay(context: EventsContext, payload: { readonly replay: string }): void {
  const replay = context.state.replays.get(payload.replay);
  if (replay === undefined) return;
  if (replay.state === 'CANCELLING') return end(context, replay, 'CANCELLED');
  if (replay.state === 'STARTING') {
    replay.state = 'RUNNING';
    replay.buckets = bucketsOf(context, replay);
    return replay.buckets.length === 0 ? end(context, replay, 'COMPLETED') : next(context, replay, context.cause[0] ?? 0);
  }
  const [bucket = [], ...later] = replay.buckets;
  replay.buckets = later;
  const bus = context.state.buses.get(replay.bus);
  if (bus === undefined) return end(context, replay, 'FAILED');
  for (const { envelope, timeMs, subjects } of bucket) {
    const { resources, detail, ...head } = envelope;
    replay.lastEventMs = timeMs;
    replay.replayed++;
    receiveEvent(context, bus, { ...head, 'replay-name': replay.name, resources, detail }, { subjects: subjects.slice(1), rules: replay.rules });
  }
  if (later.length === 0) end(context, replay, 'COMPLETED');
  else next(context, replay, context.cause[0] ?? 0);
}

function next(context: EventsContext, replay: Replay, cause: number): void {
  context.schedule(msToUs(context.tuning.replayStepMs), 'replay', { replay: replay.name }, { cause: [cause] });
}

/** The events of the window, by minute; within a minute shuffled. @simplified AWS does not say whether the ends belong to the window: here the start does, the end does not */
function bucketsOf(context: EventsContext, replay: Replay): readonly (readonly ArchivedEvent[])[] {
  const archive = [...context.state.archives.values()].find(({ arn }) => arn === replay.archiveArn);
  const events = archive === undefined ? [] : keptEvents(context, archive).filter(({ timeMs }) => timeMs >= replay.fromMs && timeMs < replay.toMs);
  const minutes = new Map<number, ArchivedEvent[]>();
  for (const event of events) {
    const minute = Math.floor(event.timeMs / MINUTE_MS);
    const bucket = minutes.get(minute);
    if (bucket === undefined) minutes.set(minute, [event]);
    else bucket.push(event);
  }
  const random = context.random(`events.replay.${replay.name}`);
  for (const bucket of minutes.values()) {
    for (let i = bucket.length - 1; i > 0; i--) {
      const j = Math.floor(random.float() * (i + 1));
      [bucket[i], bucket[j]] = [bucket[j]!, bucket[i]!];
    }
  }
  return [...minutes].sort(([a], [b]) => a - b).map(([, bucket]) => bucket);
}

function end(context: EventsContext, replay: Replay, state: 'COMPLETED' | 'CANCELLED' | 'FAILED'): void {
  replay.state = state;
  replay.endedMs = context.epochMs;
  replay.buckets = [];
  context.emit('events.ReplayEnded', busArn(context, replay.bus), { replay: replay.name, state, events: replay.replayed });
}
