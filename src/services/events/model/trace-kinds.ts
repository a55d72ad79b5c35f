/** The trace events of EventBridge. */
import type { TraceKind } from '../../../sim/trace.ts';

export const eventsTraceKinds = {
  'events.BusCreated': { sentence: 'The bus {name} is created.', level: 'detail' },
  'events.BusDeleted': { sentence: 'The bus {name} is deleted.', level: 'moment' },
  'events.BusMissing': { sentence: 'An event is accepted for the bus {bus}, which does not exist: it goes nowhere.', level: 'moment', severity: 'warning' },
  'events.RulePut': { sentence: 'The rule {rule} is set.', level: 'detail' },
  'events.RuleDeleted': { sentence: 'The rule {rule} is deleted.', level: 'detail' },
  'events.TargetsPut': { sentence: 'The rule {rule} gets targets.', level: 'detail' },
  /** A PutEvents call. data: entries, failed, bytes */
  'events.EntriesPut': { sentence: '{entries} entries are put, {failed} are refused.', level: 'detail' },
  'events.EntryRefused': { sentence: 'An entry is refused with {error}: {message}', level: 'moment', severity: 'failure' },
  'events.PartnerSourceCreated': { sentence: 'The partner event source {name} is offered.', level: 'detail' },
  /** data: eventId, source, detailType, rules, bytes (as PutEvents counts; 0 for events of AWS), replay (its name, when one sends it) */
  'events.EventReceived': { sentence: 'An event {detailType} arrives on the bus.', level: 'step' },
  'events.RuleMatched': { sentence: 'The rule {rule} matches, {targets} targets.', level: 'step' },
  /** data: rule, eventId, field, expected, actual, kind (missing, present, nested, type, value, element), why (a sentence) */
  'events.RuleNotMatched': { sentence: 'The rule {rule} does not match: {why}', level: 'detail' },
  'events.Unmatched': { sentence: 'No rule matches the event {detailType}.', level: 'moment', severity: 'warning' },
  'events.InputInvalid': { sentence: 'The input for target {target} of {rule} is no JSON: nothing is delivered.', level: 'moment', severity: 'failure' },
  /** data: rule, target, eventId, attempt, latencyUs */
  'events.DeliveryStarted': { sentence: 'The rule {rule} sends the event to {target}.', level: 'step' },
  'events.NotForwarded': { sentence: 'The event came from another bus: the rule {rule} does not hand it on to a third, {target}.', level: 'moment', severity: 'warning' },
  /** data: rule, target, eventId, attempt, sinceUs (since the event came) */
  'events.Delivered': { sentence: '{target} has the event.', level: 'detail' },
  'events.DeliveryFailed': { sentence: 'The delivery to {target} fails: {message}', level: 'moment', severity: 'failure' },
  'events.EventDropped': { sentence: 'The event for {target} is dropped after {attempts} attempts: the target has no dead-letter queue.', level: 'moment', severity: 'failure' },
  'events.DeadLettered': { sentence: 'The event for {target} goes to the dead-letter queue {queue}.', level: 'moment', severity: 'failure' },
  'events.DeadLetterFailed': { sentence: 'The event for {target} could not go to the dead-letter queue {queue} and is lost.', level: 'moment', severity: 'failure' },
  'events.ScheduleFired': { sentence: 'The schedule of {rule} fires.', level: 'moment', root: true },
  'events.ArchiveCreated': { sentence: 'The archive {archive} is created.', level: 'detail' },
  'events.ArchiveDeleted': { sentence: 'The archive {archive} is deleted.', level: 'detail' },
  /** data: archive, eventId, bytes (of the event as JSON) */
  'events.EventArchived': { sentence: 'The archive {archive} takes the event.', level: 'detail' },
  'events.ArchiveWritten': { sentence: 'The archive {archive} has written {events} events: they can be replayed.', level: 'detail' },
  'events.ReplayStarted': { sentence: 'The replay {replay} starts.', level: 'step' },
  'events.ReplayCancelling': { sentence: 'The replay {replay} is to be cancelled.', level: 'step' },
  'events.ReplayEnded': { sentence: 'The replay {replay} is {state} after {events} events.', level: 'moment' },
} satisfies Readonly<Record<string, TraceKind>>;
