/** From an event on a bus to the deliveries of its rules: who matches, who does not and why, what goes into the archives. @source aws/eventbridge.md §2, §4, §8 */
import { isoSec } from '../../../../base/time-text.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { archiveEvent } from '../archives/archive.ts';
import { inForce } from '../in-force.ts';
import { RECENT_EVENTS_MAX, rulesOf } from '../state.ts';
import type { Bus, Envelope, EventsContext, Missed, Rule } from '../state.ts';
import { dispatch } from './deliver.ts';
import { shapeInput } from './input.ts';
import { explainPattern, patternMatches } from './patterns.ts';

/** What travels with an event beside its envelope. */
export interface Carried {
  /** Ids that the event is about besides its own. */
  readonly subjects?: readonly string[];
  readonly traceHeader?: string | undefined;
  /** True for an event that came from another bus: it goes to no third one. */
  readonly forwarded?: boolean;
  /** Bytes as PutEvents counts them; 0 where nothing is billed. */
  readonly bytes?: number;
  /** Names of the only rules that see it (a replay may choose). */
  readonly rules?: readonly string[];
}

/** Takes an event: every enabled rule of the bus looks at it; each match goes to each target by itself. */
export function receiveEvent(context: EventsContext, bus: Bus, envelope: Envelope, carried: Carried = {}): void {
  const ids = [envelope.id, ...(carried.subjects ?? [])];
  bus.received++;
  const chosen = carried.rules ?? [];
  const rules = rulesOf(context, bus.name).filter((rule) => {
    const { state = 'DISABLED', pattern } = inForce(context, rule) ?? {};
    return state !== 'DISABLED' && pattern !== undefined && (chosen.length === 0 || chosen.includes(rule.name));
  });
  const replay = envelope['replay-name'];
  const facts = { eventId: envelope.id, source: envelope.source, detailType: envelope['detail-type'], rules: rules.length, bytes: carried.bytes ?? 0 };
  const seq = context.emit('events.EventReceived', bus.arn, replay === undefined ? facts : { ...facts, replay }, { subjects: ids });
  const matched: string[] = [];
  const missed: Missed[] = [];
  for (const rule of rules) {
    const pattern = inForce(context, rule)!.pattern!;
    if (patternMatches(pattern, envelope)) {
      matched.push(rule.name);
      fire(context, rule, envelope, { ...carried, subjects: ids, cause: seq });
    } else {
      const why = { rule: rule.name, ...explainPattern(pattern, envelope) };
      missed.push(why);
      context.emit('events.RuleNotMatched', bus.arn, { eventId: envelope.id, ...why }, { cause: [seq], subjects: ids });
    }
  }
  if (bus.recent.length >= RECENT_EVENTS_MAX) bus.recent.shift();
  bus.recent.push({ id: envelope.id, atUs: context.now, source: envelope.source, detailType: envelope['detail-type'], matched, missed });
  if (matched.length > 0) bus.matched++;
  else {
    bus.unmatched++;
    context.emit('events.Unmatched', bus.arn, { eventId: envelope.id, source: envelope.source, detailType: envelope['detail-type'] }, { cause: [seq], subjects: ids });
  }
  if (replay === undefined) archiveEvent(context, bus, envelope, { subjects: ids, cause: seq });
}

/** Hands an event to all targets of a rule. */
export function fire(context: EventsContext, rule: Rule, envelope: Envelope, o: Carried & { readonly cause: number }): void {
  rule.matched++;
  const { subjects = [] } = o;
  const bus = context.state.buses.get(rule.bus)!;
  const targets = inForce(context, rule)?.targets ?? [];
  const seq = context.emit('events.RuleMatched', bus.arn, { rule: rule.name, eventId: envelope.id, targets: targets.length }, { cause: [o.cause], subjects });
  for (const target of targets) {
    if (o.forwarded && parseArn(target.Arn).service === 'events') {
      context.emit('events.NotForwarded', bus.arn, { rule: rule.name, target: target.Arn, eventId: envelope.id }, { cause: [seq], subjects });
      continue;
    }
    const shaped = shapeInput(target, envelope, { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: isoSec(context.epochMs) });
    if (shaped === undefined) {
      context.emit('events.InputInvalid', bus.arn, { rule: rule.name, target: target.Id, eventId: envelope.id }, { cause: [seq], subjects });
      continue;
    }
    const job = { rule: rule.name, bus: rule.bus, targetId: target.Id, target, envelope, body: shaped, attempt: 1, firstUs: context.now, subjects };
    dispatch(context, o.traceHeader === undefined ? job : { ...job, traceHeader: o.traceHeader }, seq);
  }
}
