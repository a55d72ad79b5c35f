/** The operation table of EventBridge Scheduler. @source aws/eventbridge.md §10 (API model 2026-08) @simplified Texts of refusals are recalled or as others quote them, not recorded. */
import { z } from 'zod';
import { InvalidScheduleExpressionException, parseSchedulerSchedule } from '../../../base/schedule/expression.ts';
import { requireTimeZone } from '../../../base/schedule/next-fire-times.ts';
import { AwsError } from '../../../sim/errors.ts';
import { timestamp } from '../../../sim/inputs.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { rowsOf } from '../../../sim/service.ts';
import { unmodelled } from '../../../sim/unmodelled.ts';
import { dateValue, epochMsOf } from '../../../sim/values.ts';
import type { DateValue } from '../../../sim/values.ts';
import { arm } from './clock.ts';
import { EXPRESSION_CHARS_MAX, NAME, RETRY, WINDOW_MINUTES, ZONE_CHARS_MAX } from './limits.ts';
import { DEFAULT_GROUP, groupArn, groupOf, scheduleArn, scheduleOf } from './state.ts';
import type { Group, Schedule, SchedulerContext, SchedulerState, SchedulerTuning, Settings } from './state.ts';
import { checkTarget, PARAMETERS_OF_OTHERS } from './targets.ts';

const SOURCE = 'aws/eventbridge.md §10 (API model 2026-08)';
const ERRORS = ['ConflictException', 'InternalServerException', 'ResourceNotFoundException', 'ServiceQuotaExceededException', 'ThrottlingException', 'ValidationException'];

const name = z.string().regex(NAME);
const settingsInput = {
  Name: name,
  GroupName: name.optional(),
  ScheduleExpression: z.string().min(1).max(EXPRESSION_CHARS_MAX),
  ScheduleExpressionTimezone: z.string().min(1).max(ZONE_CHARS_MAX).optional(),
  StartDate: timestamp.optional(),
  EndDate: timestamp.optional(),
  Description: z.string().max(512).optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  KmsKeyArn: z.string().optional(),
  FlexibleTimeWindow: z.object({ Mode: z.enum(['OFF', 'FLEXIBLE']), MaximumWindowInMinutes: z.int().min(WINDOW_MINUTES.min).max(WINDOW_MINUTES.max).optional() }),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).optional(),
  ClientToken: z.string().optional(),
  Target: z.object({
    Arn: z.string().min(1).max(1_600),
    RoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/),
    Input: z.string().optional(),
    RetryPolicy: z.object({ MaximumRetryAttempts: z.int().min(0).max(RETRY.attemptsMax).optional(), MaximumEventAgeInSeconds: z.int().min(RETRY.ageSecMin).max(RETRY.ageSecMax).optional() }).optional(),
    DeadLetterConfig: z.object({ Arn: z.string().regex(/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9\-_]+$/).optional() }).optional(),
    SqsParameters: z.object({ MessageGroupId: z.string().min(1).max(128).optional() }).optional(),
    EventBridgeParameters: z.object({ DetailType: z.string().min(1).max(128), Source: z.string().min(1).max(256) }).optional(),
    ...unmodelled(PARAMETERS_OF_OTHERS),
  }),
};
const scheduleInput = z.object(settingsInput);
type ScheduleInput = z.infer<typeof scheduleInput>;
const whichInput = z.object({ Name: name, GroupName: name.optional(), ClientToken: z.string().optional() });
const paging = { NextToken: z.string().optional(), MaxResults: z.int().min(1).max(100).optional() };
const PAGES = { inputToken: 'NextToken', outputToken: 'NextToken' } as const;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
const conflict = (message: string): AwsError => new AwsError('ConflictException', message, { status: 409 });

function checkedTimes(input: ScheduleInput): void {
  try {
    parseSchedulerSchedule(input.ScheduleExpression);
    requireTimeZone(input.ScheduleExpressionTimezone ?? 'UTC');
  } catch (error) {
    if (error instanceof InvalidScheduleExpressionException) throw invalid(error.message);
    throw error;
  }
}

/** The role must be there and trust the service already when a schedule is set. @source AWS Scheduler user guide (recalled) */
function checkRole(context: SchedulerContext, role: string, group: string): void {
  const service = { kind: 'service', name: 'scheduler.amazonaws.com', sourceArn: groupArn(context, group), sourceAccount: context.account } as const;
  if (!context.authorize(service, 'sts:AssumeRole', role).allowed) throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
}

function settingsOf(context: SchedulerContext, input: ScheduleInput): Settings {
  checkedTimes(input);
  const { Mode, MaximumWindowInMinutes } = input.FlexibleTimeWindow;
  if (Mode === 'FLEXIBLE' && MaximumWindowInMinutes === undefined) throw invalid('MaximumWindowInMinutes must be provided when FlexibleTimeWindowMode is set to FLEXIBLE.');
  if (Mode === 'OFF' && MaximumWindowInMinutes !== undefined) throw invalid('MaximumWindowInMinutes must not be provided when FlexibleTimeWindowMode is set to OFF.');
  const ms = (value: ScheduleInput['StartDate']): number | undefined => (value === undefined ? undefined : epochMsOf(value));
  const [startMs, endMs] = [ms(input.StartDate), ms(input.EndDate)];
  if (startMs !== undefined && endMs !== undefined && startMs >= endMs) throw invalid('The StartDate you specify must come before the EndDate.');
  checkTarget(context, input.Target);
  checkRole(context, input.Target.RoleArn, input.GroupName ?? DEFAULT_GROUP);
  return {
    expression: input.ScheduleExpression,
    zone: input.ScheduleExpressionTimezone ?? 'UTC',
    startMs,
    endMs,
    windowMinutes: MaximumWindowInMinutes ?? 0,
    enabled: input.State !== 'DISABLED',
    description: input.Description,
    afterCompletion: input.ActionAfterCompletion ?? 'NONE',
    kmsKeyArn: input.KmsKeyArn,
    target: input.Target,
  };
}

/** The same token with the same request answers as before; with another request it is a conflict. */
function once<I extends { readonly ClientToken?: string | undefined }>(context: SchedulerContext, what: string, input: I, body: () => object): object {
  const { ClientToken, ...request } = input;
  if (ClientToken === undefined) return body();
  const key = `${what} ${ClientToken}`;
  const text = JSON.stringify(request);
  const before = context.state.tokens.get(key);
  if (before?.request === text) return before.output;
  if (before !== undefined) throw conflict(`The client token ${ClientToken} was used with other parameters.`);
  const output = body();
  context.state.tokens.set(key, { request: text, output });
  return output;
}

function create(context: SchedulerContext, input: ScheduleInput): object {
  const group = groupOf(context, input.GroupName ?? DEFAULT_GROUP);
  const key = `${group.name}/${input.Name}`;
  if (context.state.schedules.has(key)) throw conflict(`Schedule ${input.Name} already exists.`);
  const settings = settingsOf(context, input);
  const arn = scheduleArn(context, group.name, input.Name);
  const at = context.epochMs;
  const schedule: Schedule = { name: input.Name, group: group.name, arn, createdMs: at, settings, modifiedMs: at, anchorMs: at, timer: undefined, nextMs: undefined, dueMs: undefined, underWay: 0, fired: 0, failed: 0, lastFiredUs: undefined };
  context.state.schedules.set(key, schedule);
  context.emit('scheduler.ScheduleCreated', arn, { schedule: schedule.name, expression: settings.expression, zone: settings.zone });
  arm(context, schedule, at);
  return { ScheduleArn: arn };
}

/** Replaces all settings: what is left out goes back to its default. */
function update(context: SchedulerContext, input: ScheduleInput): object {
  const schedule = scheduleOf(context, input.GroupName ?? DEFAULT_GROUP, input.Name);
  const settings = settingsOf(context, input);
  if (settings.expression !== schedule.settings.expression) schedule.anchorMs = context.epochMs;
  schedule.settings = settings;
  schedule.modifiedMs = context.epochMs;
  context.emit('scheduler.ScheduleUpdated', schedule.arn, { schedule: schedule.name, expression: settings.expression, zone: settings.zone });
  // A time that has fired already does not fire again at the same moment.
  arm(context, schedule, schedule.lastFiredUs === context.now ? context.epochMs + 1 : context.epochMs);
  return { ScheduleArn: schedule.arn };
}

function forget(context: SchedulerContext, schedule: Schedule): void {
  if (schedule.timer !== undefined) context.cancel(schedule.timer);
  context.state.schedules.delete(`${schedule.group}/${schedule.name}`);
  context.emit('scheduler.ScheduleDeleted', schedule.arn, { schedule: schedule.name });
}

const present = (members: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
const date = (ms: number | undefined): DateValue | undefined => (ms === undefined ? undefined : dateValue(ms));

function shown({ name: Name, group, arn, createdMs, modifiedMs, settings }: Schedule): object {
  const { RetryPolicy, ...target } = settings.target;
  return present({
    Name,
    GroupName: group,
    Arn: arn,
    ScheduleExpression: settings.expression,
    ScheduleExpressionTimezone: settings.zone,
    StartDate: date(settings.startMs),
    EndDate: date(settings.endMs),
    Description: settings.description,
    State: settings.enabled ? 'ENABLED' : 'DISABLED',
    KmsKeyArn: settings.kmsKeyArn,
    FlexibleTimeWindow: settings.windowMinutes === 0 ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: settings.windowMinutes },
    ActionAfterCompletion: settings.afterCompletion,
    CreationDate: dateValue(createdMs),
    LastModificationDate: dateValue(modifiedMs),
    Target: { ...target, RetryPolicy: { MaximumEventAgeInSeconds: RetryPolicy?.MaximumEventAgeInSeconds ?? RETRY.ageSecMax, MaximumRetryAttempts: RetryPolicy?.MaximumRetryAttempts ?? RETRY.attemptsMax } },
  });
}

const shownGroup = ({ name: Name, arn, createdMs }: Group): object => ({ Name, Arn: arn, State: 'ACTIVE', CreationDate: dateValue(createdMs), LastModificationDate: dateValue(createdMs) });

function page<T>(items: readonly T[], input: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined }): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const from = input.NextToken === undefined ? 0 : Number(/^after-(\d{1,9})$/.exec(input.NextToken)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw invalid('Invalid NextToken.');
  const to = from + (input.MaxResults ?? 100);
  return { items: items.slice(from, to), next: to < items.length ? { NextToken: `after-${to}` } : {} };
}

const row = rowsOf<SchedulerState, SchedulerTuning>('scheduler', { errors: ERRORS, source: SOURCE });
const bySchedule = (context: SchedulerContext, input: { readonly Name: string; readonly GroupName?: string | undefined }): string => scheduleArn(context, input.GroupName ?? DEFAULT_GROUP, input.Name);
const byGroup = (context: SchedulerContext, input: { readonly Name: string }): string => groupArn(context, input.Name);
const group = { groupName: 'GroupName', clientToken: 'ClientToken' };

/** The default group is there from the beginning to the end. */
function checkNotDefault(name: string): void {
  if (name === DEFAULT_GROUP) throw invalid(`This operation cannot be performed on schedule group ${name}.`);
}

function deleteGroup(context: SchedulerContext, input: { readonly Name: string }): object {
  checkNotDefault(input.Name);
  const gone = groupOf(context, input.Name);
  const own = [...context.state.schedules.values()].filter((schedule) => schedule.group === gone.name);
  for (const schedule of own) forget(context, schedule);
  context.state.groups.delete(gone.name);
  context.emit('scheduler.GroupDeleted', gone.arn, { group: gone.name, schedules: own.length });
  return {};
}

function createGroup(context: SchedulerContext, input: { readonly Name: string; readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined }): object {
  checkNotDefault(input.Name);
  if (context.state.groups.has(input.Name)) throw conflict(`Schedule group ${input.Name} already exists.`);
  const made: Group = { name: input.Name, arn: groupArn(context, input.Name), createdMs: context.epochMs };
  context.state.groups.set(made.name, made);
  if (input.Tags) context.state.tags.set(made.arn, Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])));
  context.emit('scheduler.GroupCreated', made.arn, { group: made.name });
  return { ScheduleGroupArn: made.arn };
}

function listSchedules(context: SchedulerContext, input: { readonly GroupName?: string | undefined; readonly NamePrefix?: string | undefined; readonly State?: string | undefined; readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined }): object {
  if (input.GroupName !== undefined) groupOf(context, input.GroupName);
  const all = [...context.state.schedules.values()]
    .filter((one) => (input.GroupName === undefined || one.group === input.GroupName) && one.name.startsWith(input.NamePrefix ?? '') && (input.State === undefined || (input.State === 'ENABLED') === one.settings.enabled))
    .sort((a, b) => (`${a.group}/${a.name}` < `${b.group}/${b.name}` ? -1 : 1));
  const { items, next } = page(all, input);
  return {
    Schedules: items.map((one) => ({ Arn: one.arn, Name: one.name, GroupName: one.group, State: one.settings.enabled ? 'ENABLED' : 'DISABLED', CreationDate: dateValue(one.createdMs), LastModificationDate: dateValue(one.modifiedMs), Target: { Arn: one.settings.target.Arn } })),
    ...next,
  };
}

function taggedGroup(context: SchedulerContext, arn: string): string {
  return groupOf(context, arn.split(':schedule-group/')[1] ?? '').arn;
}
const tagList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));
const byArn = (_: SchedulerContext, input: { readonly ResourceArn: string }): string => input.ResourceArn;

export const schedulerOperations: OperationTable<SchedulerState, SchedulerTuning> = {
  CreateSchedule: row('CreateSchedule', scheduleInput, { writes: true, http: { method: 'POST', uri: '/schedules/{Name}' }, resource: bySchedule, handle: (context, input) => once(context, 'CreateSchedule', input, () => create(context, input)) }),
  GetSchedule: row('GetSchedule', whichInput, { writes: false, http: { method: 'GET', uri: '/schedules/{Name}', query: group }, resource: bySchedule, handle: (context, input) => shown(scheduleOf(context, input.GroupName ?? DEFAULT_GROUP, input.Name)) }),
  UpdateSchedule: row('UpdateSchedule', scheduleInput, { writes: true, http: { method: 'PUT', uri: '/schedules/{Name}' }, resource: bySchedule, handle: (context, input) => once(context, 'UpdateSchedule', input, () => update(context, input)) }),
  DeleteSchedule: row('DeleteSchedule', whichInput, {
    writes: true,
    http: { method: 'DELETE', uri: '/schedules/{Name}', query: group },
    resource: bySchedule,
    handle: (context, input) =>
      once(context, 'DeleteSchedule', input, () => {
        forget(context, scheduleOf(context, input.GroupName ?? DEFAULT_GROUP, input.Name));
        return {};
      }),
  }),
  ListSchedules: row('ListSchedules', z.object({ GroupName: name.optional(), NamePrefix: name.optional(), State: z.enum(['ENABLED', 'DISABLED']).optional(), ...paging }), {
    writes: false,
    http: { method: 'GET', uri: '/schedules', query: { ScheduleGroup: 'GroupName' } },
    resource: () => '*',
    pages: PAGES,
    handle: listSchedules,
  }),
  CreateScheduleGroup: row('CreateScheduleGroup', z.object({ Name: name, ClientToken: z.string().optional(), Tags: tagList.optional() }), {
    writes: true,
    http: { method: 'POST', uri: '/schedule-groups/{Name}' },
    resource: byGroup,
    handle: (context, input) => once(context, 'CreateScheduleGroup', input, () => createGroup(context, input)),
  }),
  GetScheduleGroup: row('GetScheduleGroup', z.object({ Name: name }), { writes: false, http: { method: 'GET', uri: '/schedule-groups/{Name}' }, resource: byGroup, handle: (context, input) => shownGroup(groupOf(context, input.Name)) }),
  DeleteScheduleGroup: row('DeleteScheduleGroup', z.object({ Name: name, ClientToken: z.string().optional() }), { writes: true, http: { method: 'DELETE', uri: '/schedule-groups/{Name}', query: group }, resource: byGroup, handle: (context, input) => once(context, 'DeleteScheduleGroup', input, () => deleteGroup(context, input)) }),
  ListScheduleGroups: row('ListScheduleGroups', z.object({ NamePrefix: name.optional(), ...paging }), {
    writes: false,
    http: { method: 'GET', uri: '/schedule-groups' },
    resource: () => '*',
    pages: PAGES,
    handle: (context, input) => {
      groupOf(context, DEFAULT_GROUP);
      const all = [...context.state.groups.values()].filter((one) => one.name.startsWith(input.NamePrefix ?? '')).sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, next } = page(all, input);
      return { ScheduleGroups: items.map(shownGroup), ...next };
    },
  }),
  TagResource: row('TagResource', z.object({ ResourceArn: z.string(), Tags: tagList }), {
    writes: true,
    http: { method: 'POST', uri: '/tags/{ResourceArn}' },
    resource: byArn,
    handle: (context, input) => {
      const arn = taggedGroup(context, input.ResourceArn);
      context.state.tags.set(arn, { ...context.state.tags.get(arn), ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])) });
      return {};
    },
  }),
  UntagResource: row('UntagResource', z.object({ ResourceArn: z.string(), TagKeys: z.union([z.array(z.string()), z.string()]) }), {
    writes: true,
    http: { method: 'DELETE', uri: '/tags/{ResourceArn}' },
    resource: byArn,
    handle: (context, input) => {
      const arn = taggedGroup(context, input.ResourceArn);
      const gone = typeof input.TagKeys === 'string' ? input.TagKeys.split(',') : input.TagKeys;
      context.state.tags.set(arn, Object.fromEntries(Object.entries(context.state.tags.get(arn) ?? {}).filter(([key]) => !gone.includes(key))));
      return {};
    },
  }),
  ListTagsForResource: row('ListTagsForResource', z.object({ ResourceArn: z.string() }), {
    writes: false,
    http: { method: 'GET', uri: '/tags/{ResourceArn}' },
    resource: byArn,
    handle: (context, input) => ({ Tags: Object.entries(context.state.tags.get(taggedGroup(context, input.ResourceArn)) ?? {}).map(([Key, Value]) => ({ Key, Value })) }),
  }),
};
