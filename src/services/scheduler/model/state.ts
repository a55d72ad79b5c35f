/** The state of EventBridge Scheduler: groups and schedules, as plain data. @simplified Texts of refusals are recalled or as others quote them, not recorded. */
import type { EntryId } from '../../../sim/agenda.ts';
import { AwsError } from '../../../sim/errors.ts';
import type { Context } from '../../../sim/service.ts';

export interface Target {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string | undefined;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number | undefined; readonly MaximumEventAgeInSeconds?: number | undefined } | undefined;
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
  readonly SqsParameters?: { readonly MessageGroupId?: string | undefined } | undefined;
  readonly EventBridgeParameters?: { readonly DetailType: string; readonly Source: string } | undefined;
}

export interface Group {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
}

/** What CreateSchedule and UpdateSchedule set. */
export interface Settings {
  readonly expression: string;
  readonly zone: string;
  /** Virtual epoch ms; undefined where none is set. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** 0 for mode OFF. */
  readonly windowMinutes: number;
  readonly enabled: boolean;
  readonly description: string | undefined;
  readonly afterCompletion: 'NONE' | 'DELETE';
  readonly kmsKeyArn: string | undefined;
  readonly target: Target;
}

export interface Schedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly createdMs: number;
  settings: Settings;
  modifiedMs: number;
  /** From when a rate without a start counts, virtual epoch ms. */
  anchorMs: number;
  timer: EntryId | undefined;
  /** The scheduled time that comes next, virtual epoch ms; undefined when there is none. */
  nextMs: number | undefined;
  /** When it is really due then: later by a part of the flexible window. */
  dueMs: number | undefined;
  /** Invocations that are under way, between their time and their end. */
  underWay: number;
  fired: number;
  failed: number;
  lastFiredUs: number | undefined;
}

export interface SchedulerState {
  readonly groups: Map<string, Group>;
  /** `group/name` → schedule, in order of creation. */
  readonly schedules: Map<string, Schedule>;
  /** `operation token` → the request it came with, and its answer. */
  readonly tokens: Map<string, { readonly request: string; readonly output: object }>;
  /** ARN → tags. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
}

export interface SchedulerTuning {
  readonly deliveryMsMedian: number;
  readonly deliverySigma: number;
  /** First wait and longest wait of a retried invocation. */
  readonly retryMsFirst: number;
  readonly retryMsMax: number;
}

export type SchedulerContext = Context<SchedulerState, SchedulerTuning>;

export const DEFAULT_GROUP = 'default';

export function groupArn(context: Pick<SchedulerContext, 'region' | 'account'>, name: string): string {
  return `arn:aws:scheduler:${context.region}:${context.account}:schedule-group/${name}`;
}
export function scheduleArn(context: Pick<SchedulerContext, 'region' | 'account'>, group: string, name: string): string {
  return `arn:aws:scheduler:${context.region}:${context.account}:schedule/${group}/${name}`;
}
/** The schedule of an ARN. */
export function scheduleByArn(context: SchedulerContext, arn: string): Schedule | undefined {
  return context.state.schedules.get(arn.split(':schedule/')[1] ?? '');
}

/** The group of that name; the default one exists always. */
export function groupOf(context: SchedulerContext, name: string): Group {
  const group = context.state.groups.get(name);
  if (group !== undefined) return group;
  if (name !== DEFAULT_GROUP) throw new AwsError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, { status: 404 });
  const made: Group = { name, arn: groupArn(context, name), createdMs: context.epochMs };
  context.state.groups.set(name, made);
  return made;
}

export function scheduleOf(context: SchedulerContext, group: string, name: string): Schedule {
  const schedule = context.state.schedules.get(`${group}/${name}`);
  if (schedule === undefined) throw new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, { status: 404 });
  return schedule;
}
