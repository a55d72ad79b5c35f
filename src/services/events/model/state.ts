/** EventBridge's state: buses, rules with their targets, archives, replays, partner event sources. @source for the texts of refusals: aws/eventbridge.md §4 (recorded) */
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import type { PolicyDocument } from '../../../sim/iam.ts';
import type { Context } from '../../../sim/service.ts';

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string | undefined;
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?: { readonly InputPathsMap?: Readonly<Record<string, string>> | undefined; readonly InputTemplate: string } | undefined;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number | undefined; readonly MaximumEventAgeInSeconds?: number | undefined } | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
  readonly SqsParameters?: { readonly MessageGroupId?: string | undefined } | undefined;
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** The part of a rule by which events find their targets. */
export interface RuleInForce {
  readonly pattern: string | undefined;
  readonly state: RuleState;
  readonly targets: readonly Target[];
}

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  pattern: string | undefined;
  schedule: string | undefined;
  state: RuleState;
  description: string | undefined;
  roleArn: string | undefined;
  targets: Target[];
  /** When its last change is in force, µs since t = 0, and what was before: undefined for a new rule. */
  changedUs: number;
  before: RuleInForce | undefined;
  /** Agenda entry of the next firing of its schedule. */
  timer: number | undefined;
  /** Virtual epoch ms that the schedule counts from. */
  scheduledFromMs: number;
  matched: number;
  /** Deliveries that were given up. */
  failed: number;
}

/** Why a rule did not take an event. */
export interface Missed {
  readonly rule: string;
  /** The field that decided, with dots. */
  readonly field: string;
  /** What the pattern wants there: 'end with ".mp4"'. */
  readonly expected: string;
  readonly actual: string;
  readonly kind: string;
  /** All of it as a sentence. */
  readonly why: string;
}

/** One of the last events of a bus, for looking at. */
export interface RecentEvent {
  readonly id: string;
  /** µs since t = 0. */
  readonly atUs: number;
  readonly source: string;
  readonly detailType: string;
  /** Names of the rules that took it. */
  readonly matched: readonly string[];
  /** Why the others did not. */
  readonly missed: readonly Missed[];
}
export const RECENT_EVENTS_MAX = 20;

export interface Bus {
  readonly name: string;
  readonly arn: string;
  policy: PolicyDocument | undefined;
  readonly createdMs: number;
  changedMs: number;
  description: string | undefined;
  /** The partner event source that feeds it, for a partner bus. */
  readonly partnerSource: string | undefined;
  received: number;
  matched: number;
  unmatched: number;
  /** Newest last, at most RECENT_EVENTS_MAX. */
  recent: RecentEvent[];
}

/** An event that an archive keeps. */
export interface ArchivedEvent {
  readonly envelope: Envelope;
  /** Event time, epoch ms: what a replay goes by. */
  readonly timeMs: number;
  /** When it came, epoch ms: what the retention counts from. */
  readonly arrivedMs: number;
  readonly bytes: number;
  readonly subjects: readonly string[];
}

export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly createdMs: number;
  pattern: string | undefined;
  description: string | undefined;
  /** 0 keeps for ever. */
  retentionDays: number;
  /** Written and ready for replay, in order of arrival. */
  kept: ArchivedEvent[];
  /** Taken, but not written yet. */
  waiting: ArchivedEvent[];
}

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly archiveArn: string;
  readonly bus: string;
  readonly description: string | undefined;
  /** Epoch ms of the window of event times. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Names of the rules that get the events; all of the bus without any. */
  readonly rules: readonly string[];
  readonly filterArns: readonly string[];
  state: ReplayState;
  readonly startedMs: number;
  endedMs: number | undefined;
  lastEventMs: number | undefined;
  replayed: number;
  /** What is still to come: minutes in order, the events of a minute in no order. */
  buckets: readonly (readonly ArchivedEvent[])[];
}

/** A stream of events that a partner offers to an account. */
export interface PartnerSource {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  /** ACTIVE as long as a bus of its name exists. */
  state: 'PENDING' | 'ACTIVE';
}

export interface EventsState {
  readonly buses: Map<string, Bus>;
  /** `bus/name` → rule, in order of creation. */
  readonly rules: Map<string, Rule>;
  readonly archives: Map<string, Archive>;
  readonly replays: Map<string, Replay>;
  readonly partnerSources: Map<string, PartnerSource>;
  /** ARN → tags. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
}

export interface EventsTuning {
  readonly deliveryMsMedian: number;
  readonly deliverySigma: number;
  /** How long a change of a rule or its targets takes to be in force. */
  readonly ruleChangeMs: number;
  /** First wait and longest wait of a retried delivery. */
  readonly retryMsFirst: number;
  readonly retryMsMax: number;
  /** How long an archive collects before it writes: a draw between the two. */
  readonly archiveMsMin: number;
  readonly archiveMsMax: number;
  /** From StartReplay to RUNNING, and from one minute of events to the next. */
  readonly replayStepMs: number;
}

export type EventsContext = Context<EventsState, EventsTuning>;

/** The event as a target gets it. */
export interface Envelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  /** Only on an event that a replay sends. */
  readonly 'replay-name'?: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** Name of a bus from a name or an ARN. */
export function busName(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined) return 'default';
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':event-bus/')[1] ?? nameOrArn) : nameOrArn;
}

/** The same for a bus of this account and Region. @throws NotModelled for another one's */
export function ownBusName(context: EventsContext, nameOrArn: string | undefined): string {
  const name = busName(nameOrArn);
  if (nameOrArn?.startsWith('arn:') && nameOrArn !== busArn(context, name)) throw new NotModelled('events', 'a bus in another account or Region');
  return name;
}

export function busArn(context: EventsContext, name: string): string {
  return `arn:aws:events:${context.region}:${context.account}:event-bus/${name}`;
}

export function ruleArn(context: EventsContext, bus: string, name: string): string {
  return `arn:aws:events:${context.region}:${context.account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`;
}

export function newBus(context: EventsContext, name: string, o: { readonly description?: string | undefined; readonly partnerSource?: string | undefined } = {}): Bus {
  return { name, arn: busArn(context, name), policy: undefined, createdMs: context.epochMs, changedMs: context.epochMs, description: o.description, partnerSource: o.partnerSource, received: 0, matched: 0, unmatched: 0, recent: [] };
}

/** The bus of that name; the default one exists always. */
export function busOf(context: EventsContext, name: string): Bus {
  let bus = context.state.buses.get(name);
  if (bus === undefined && name === 'default') {
    bus = newBus(context, name);
    context.state.buses.set(name, bus);
  }
  if (bus === undefined) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  return bus;
}

export function ruleOf(context: EventsContext, bus: string, name: string): Rule {
  busOf(context, bus);
  const rule = context.state.rules.get(`${bus}/${name}`);
  if (rule === undefined) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
  return rule;
}

export function rulesOf(context: EventsContext, bus: string): Rule[] {
  return [...context.state.rules.values()].filter((rule) => rule.bus === bus);
}

/** The event of an accepted entry, with an id of its own. */
export function envelopeOf(context: EventsContext, item: { readonly source: string; readonly detailType: string; readonly detail: unknown; readonly resources: readonly string[]; readonly time: string }): Envelope {
  return { version: '0', id: context.uuid('events.event-id'), 'detail-type': item.detailType, source: item.source, account: context.account, time: item.time, region: context.region, resources: item.resources, detail: item.detail };
}
