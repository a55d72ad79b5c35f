/** EventBridge's state: buses, rules with their targets. */
import { AwsError } from '../../../sim/errors.ts';
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

export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  pattern: string | undefined;
  schedule: string | undefined;
  state: 'ENABLED' | 'DISABLED';
  description: string | undefined;
  roleArn: string | undefined;
  targets: Target[];
  /** Agenda entry of the next firing of its schedule. */
  timer: number | undefined;
  /** Virtual epoch ms that the schedule counts from. */
  scheduledFromMs: number;
  matched: number;
  failed: number;
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
  readonly missed: readonly { readonly rule: string; readonly field: string; readonly expected: string; readonly actual: string }[];
}
export const RECENT_EVENTS_MAX = 20;

export interface Bus {
  readonly name: string;
  readonly arn: string;
  policy: PolicyDocument | undefined;
  readonly createdMs: number;
  received: number;
  matched: number;
  unmatched: number;
  /** Newest last, at most RECENT_EVENTS_MAX. */
  recent: RecentEvent[];
}

export interface EventsState {
  readonly buses: Map<string, Bus>;
  /** `bus/name` → rule, in order of creation. */
  readonly rules: Map<string, Rule>;
}

export interface EventsTuning {
  readonly deliveryMsMedian: number;
  readonly deliverySigma: number;
  /** First wait and longest wait of a retried delivery. */
  readonly retryMsFirst: number;
  readonly retryMsMax: number;
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
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** Name of a bus from a name or an ARN. */
export function busName(nameOrArn: string | undefined): string {
  if (nameOrArn === undefined) return 'default';
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':event-bus/')[1] ?? nameOrArn) : nameOrArn;
}

export function busArn(context: EventsContext, name: string): string {
  return `arn:aws:events:${context.region}:${context.account}:event-bus/${name}`;
}

export function ruleArn(context: EventsContext, bus: string, name: string): string {
  return `arn:aws:events:${context.region}:${context.account}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`;
}

/** The bus of that name; the default one exists always. */
export function busOf(context: EventsContext, name: string): Bus {
  let bus = context.state.buses.get(name);
  if (bus === undefined && name === 'default') {
    bus = { name, arn: busArn(context, name), policy: undefined, createdMs: context.epochMs, received: 0, matched: 0, unmatched: 0, recent: [] };
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
