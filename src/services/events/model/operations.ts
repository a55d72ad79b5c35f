/** EventBridge's operations on events and rules. @source aws/eventbridge.md §3–4 (API model 2026-08, recorded answers) */
import { z } from 'zod';
import { utf8ByteLength } from '../../../base/utf8.ts';
import { isoSec } from '../../../base/time-text.ts';
import { AwsError, NotModelled } from '../../../sim/errors.ts';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { epochMsOf } from '../../../sim/values.ts';
import type { DateValue } from '../../../sim/values.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { operation } from '../../../sim/service.ts';
import { receiveEvent } from './delivery.ts';
import { targetInputError } from '../../../base/input-transformer.ts';
import { shapingOf } from './input.ts';
import { matchEventPattern } from '../../../base/event-pattern/match.ts';
import { checkPattern } from './patterns.ts';
import { armSchedule, checkSchedule } from './schedules.ts';
import { busArn, busName, busOf, ruleArn, ruleOf, rulesOf } from './state.ts';
import type { Envelope, EventsContext, EventsState, EventsTuning, Rule, Target } from './state.ts';

const SOURCE = 'aws/eventbridge.md §3–4 (API model 2026-08, recorded answers 2024–2025)';
/** Total bytes of a PutEvents call. @source aws/eventbridge.md §3 (1 MB announced; the older page says 256 KB) */
const PUT_BYTES_MAX = 1_048_576;
const RULES_PER_BUS_MAX = 300;
const TARGETS_PER_RULE_MAX = 5;
const date = z.union([z.number(), z.string(), z.object({ $date: z.number() })]);

const entry = z.object({ Time: date.optional(), Source: z.string().optional(), Resources: z.array(z.string()).optional(), DetailType: z.string().optional(), Detail: z.string().optional(), EventBusName: z.string().optional(), TraceHeader: z.string().optional() });
type Entry = z.infer<typeof entry>;

function checkEntry(item: Entry): { ErrorCode: string; ErrorMessage: string } | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (item[name] === undefined || item[name] === '') return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
  }
  try {
    const detail: unknown = JSON.parse(item.Detail!);
    if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) throw new Error('no object');
  } catch {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return item.Source!.startsWith('aws.') ? { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' } : undefined;
}

export function envelopeOf(context: EventsContext, item: { readonly source: string; readonly detailType: string; readonly detail: unknown; readonly resources: readonly string[]; readonly time: string }): Envelope {
  return { version: '0', id: context.uuid('events.event-id'), 'detail-type': item.detailType, source: item.source, account: context.account, time: item.time, region: context.region, resources: item.resources, detail: item.detail };
}

function putEvents(context: EventsContext, input: { Entries: Entry[] }): object {
  if (input.Entries.length === 0 || input.Entries.length > 10) {
    const shown = input.Entries.map(() => 'PutEventsRequestEntry').join(', ');
    throw new AwsError('ValidationException', `1 validation error detected: Value '[${shown}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`);
  }
  const bytes = input.Entries.reduce((sum, item) => sum + (item.Time === undefined ? 0 : 14) + [item.Source, item.DetailType, item.Detail, ...(item.Resources ?? [])].reduce((inner, text) => inner + utf8ByteLength(text ?? ''), 0), 0);
  if (bytes >= PUT_BYTES_MAX) throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  const results = input.Entries.map((item) => {
    const error = checkEntry(item);
    if (error) return error;
    const envelope = envelopeOf(context, { source: item.Source!, detailType: item.DetailType!, detail: JSON.parse(item.Detail!), resources: item.Resources ?? [], time: isoSec(item.Time === undefined ? context.epochMs : epochMsOf(item.Time as DateValue | number | string)) });
    const name = busName(item.EventBusName);
    const bus = name === 'default' ? busOf(context, name) : context.state.buses.get(name);
    if (bus) receiveEvent(context, bus, envelope);
    else context.emit('events.BusMissing', busArn(context, name), { bus: name, eventId: envelope.id });
    return { EventId: envelope.id };
  });
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}

function policyOf(text: string): PolicyDocument {
  try {
    return JSON.parse(text) as PolicyDocument;
  } catch {
    throw new AwsError('ValidationException', 'Parameter Policy is not valid. Reason: Policy is not a valid JSON.');
  }
}

const NAME = /^[.\-_A-Za-z0-9]{1,64}$/;
const ruleInput = z.object({ Name: z.string(), EventBusName: z.string().optional() });

function putRule(context: EventsContext, input: { Name: string; EventBusName?: string | undefined; EventPattern?: string | undefined; ScheduleExpression?: string | undefined; State?: string | undefined; Description?: string | undefined; RoleArn?: string | undefined }): object {
  const bus = busName(input.EventBusName);
  busOf(context, bus);
  if (!NAME.test(input.Name)) throw new AwsError('ValidationException', `1 validation error detected: Value '${input.Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`);
  if (input.EventPattern === undefined && input.ScheduleExpression === undefined) throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (input.ScheduleExpression !== undefined) {
    if (bus !== 'default') throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
    checkSchedule(input.ScheduleExpression);
  }
  if (input.EventPattern !== undefined) checkPattern(input.EventPattern);
  const key = `${bus}/${input.Name}`;
  const existing = context.state.rules.get(key);
  if (!existing && rulesOf(context, bus).length >= RULES_PER_BUS_MAX) throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  const rule: Rule = {
    name: input.Name,
    bus,
    arn: ruleArn(context, bus, input.Name),
    pattern: input.EventPattern,
    schedule: input.ScheduleExpression,
    state: input.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    description: input.Description,
    roleArn: input.RoleArn,
    targets: existing?.targets ?? [],
    timer: existing?.timer,
    scheduledFromMs: context.epochMs,
    matched: existing?.matched ?? 0,
    failed: existing?.failed ?? 0,
  };
  context.state.rules.set(key, rule);
  context.emit('events.RulePut', busOf(context, bus).arn, { rule: rule.name, state: rule.state });
  armSchedule(context, rule);
  return { RuleArn: rule.arn };
}

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().max(8192).optional(),
  InputPath: z.string().max(256).optional(),
  InputTransformer: z.object({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string().min(1).max(8192) }).optional(),
  RetryPolicy: z.object({ MaximumRetryAttempts: z.int().min(0).max(185).optional(), MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional() }).optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  SqsParameters: z.object({ MessageGroupId: z.string().optional() }).optional(),
});

function checkTarget(item: Target): void {
  if (!NAME.test(item.Id)) throw new AwsError('ValidationException', `1 validation error detected: Value '${item.Id}' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`);
  const wrong = targetInputError(shapingOf(item), item.Id);
  if (wrong !== undefined) throw new AwsError('ValidationException', wrong);
}

function putTargets(context: EventsContext, input: { Rule: string; EventBusName?: string | undefined; Targets: Target[] }): object {
  const rule = ruleOf(context, busName(input.EventBusName), input.Rule);
  for (const item of input.Targets) checkTarget(item);
  const kept = rule.targets.filter((old) => !input.Targets.some((item) => item.Id === old.Id));
  if (kept.length + input.Targets.length > TARGETS_PER_RULE_MAX) throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  rule.targets = [...kept, ...input.Targets];
  context.emit('events.TargetsPut', busOf(context, rule.bus).arn, { rule: rule.name, targets: rule.targets.map((item) => item.Arn) });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function shown(rule: Rule): Record<string, unknown> {
  return {
    Name: rule.name,
    Arn: rule.arn,
    State: rule.state,
    EventBusName: rule.bus,
    ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
    ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
  };
}

const byRule = (context: EventsContext, input: { Name: string; EventBusName?: string | undefined }): string => ruleArn(context, busName(input.EventBusName), input.Name);
const row = <I, O>(name: string, input: z.ZodType<I>, o: { writes: boolean; resource: (context: EventsContext, input: I) => string; handle: (context: EventsContext, input: I, call: Call) => O }) =>
  operation<EventsState, EventsTuning, I, O>({ input, action: `events:${name}`, errors: ['ResourceNotFoundException', 'ValidationException', 'LimitExceededException', 'InvalidEventPatternException', 'ResourceAlreadyExistsException'], source: SOURCE, ...o });

export const eventsOperations: OperationTable<EventsState, EventsTuning> = {
  PutEvents: row('PutEvents', z.object({ Entries: z.array(entry), EndpointId: z.string().optional() }), {
    writes: true,
    resource: (context, input) => busArn(context, busName(input.Entries[0]?.EventBusName)),
    handle: (context, input) => {
      if (input.EndpointId !== undefined) throw new NotModelled('events', 'global endpoints');
      return putEvents(context, input);
    },
  }),
  PutRule: row('PutRule', ruleInput.extend({ EventPattern: z.string().max(4096).optional(), ScheduleExpression: z.string().max(256).optional(), State: z.string().optional(), Description: z.string().optional(), RoleArn: z.string().optional() }), { writes: true, resource: byRule, handle: putRule }),
  DeleteRule: row('DeleteRule', ruleInput.extend({ Force: z.boolean().optional() }), {
    writes: true,
    resource: byRule,
    handle: (context, input) => {
      const bus = busName(input.EventBusName);
      busOf(context, bus);
      const rule = context.state.rules.get(`${bus}/${input.Name}`);
      if (rule === undefined) return {};
      if (rule.targets.length > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      if (rule.timer !== undefined) context.cancel(rule.timer);
      context.state.rules.delete(`${bus}/${input.Name}`);
      context.emit('events.RuleDeleted', busOf(context, bus).arn, { rule: rule.name });
      return {};
    },
  }),
  DescribeRule: row('DescribeRule', ruleInput, { writes: false, resource: byRule, handle: (context, input) => ({ ...shown(ruleOf(context, busName(input.EventBusName), input.Name)), CreatedBy: context.account }) }),
  EnableRule: row('EnableRule', ruleInput, {
    writes: true,
    resource: byRule,
    handle: (context, input) => {
      const rule = ruleOf(context, busName(input.EventBusName), input.Name);
      rule.state = 'ENABLED';
      armSchedule(context, rule);
      return {};
    },
  }),
  DisableRule: row('DisableRule', ruleInput, {
    writes: true,
    resource: byRule,
    handle: (context, input) => {
      const rule = ruleOf(context, busName(input.EventBusName), input.Name);
      rule.state = 'DISABLED';
      armSchedule(context, rule);
      return {};
    },
  }),
  ListRules: row('ListRules', z.object({ NamePrefix: z.string().optional(), EventBusName: z.string().optional(), NextToken: z.string().optional(), Limit: z.int().optional() }), {
    writes: false,
    resource: () => '*',
    handle: (context, input) => {
      const bus = busName(input.EventBusName);
      busOf(context, bus);
      return { Rules: rulesOf(context, bus).filter((rule) => rule.name.startsWith(input.NamePrefix ?? '')).map(shown) };
    },
  }),
  PutTargets: row('PutTargets', z.object({ Rule: z.string(), EventBusName: z.string().optional(), Targets: z.array(target).min(1).max(100) }), { writes: true, resource: (context, input) => ruleArn(context, busName(input.EventBusName), input.Rule), handle: putTargets }),
  RemoveTargets: row('RemoveTargets', z.object({ Rule: z.string(), EventBusName: z.string().optional(), Ids: z.array(z.string()).min(1), Force: z.boolean().optional() }), {
    writes: true,
    resource: (context, input) => ruleArn(context, busName(input.EventBusName), input.Rule),
    handle: (context, input) => {
      const rule = ruleOf(context, busName(input.EventBusName), input.Rule);
      rule.targets = rule.targets.filter((item) => !input.Ids.includes(item.Id));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  }),
  ListTargetsByRule: row('ListTargetsByRule', z.object({ Rule: z.string(), EventBusName: z.string().optional(), NextToken: z.string().optional(), Limit: z.int().optional() }), {
    writes: false,
    resource: (context, input) => ruleArn(context, busName(input.EventBusName), input.Rule),
    handle: (context, input) => ({ Targets: ruleOf(context, busName(input.EventBusName), input.Rule).targets }),
  }),
  TestEventPattern: row('TestEventPattern', z.object({ EventPattern: z.string(), Event: z.string() }), {
    writes: false,
    resource: () => '*',
    handle: (_, input) => {
      checkPattern(input.EventPattern);
      let event: unknown;
      try {
        event = JSON.parse(input.Event);
      } catch {
        throw new AwsError('ValidationException', 'Parameter Event is not valid.');
      }
      const whole = typeof event === 'object' && event !== null && !Array.isArray(event) && ['id', 'account', 'source', 'time', 'region', 'detail-type'].every((name) => name in event);
      if (!whole) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
      return { Result: matchEventPattern(input.EventPattern, event as object) };
    },
  }),
  CreateEventBus: row('CreateEventBus', z.object({ Name: z.string(), Description: z.string().optional(), EventSourceName: z.string().optional() }), {
    writes: true,
    resource: (context, input) => busArn(context, input.Name),
    handle: (context, input) => {
      if (input.Name === 'default' || context.state.buses.has(input.Name)) throw new AwsError('ResourceAlreadyExistsException', `Event bus ${input.Name} already exists.`);
      if (!/^[/.\-_A-Za-z0-9]{1,256}$/.test(input.Name)) throw new AwsError('ValidationException', `1 validation error detected: Value '${input.Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+`);
      const arn = busArn(context, input.Name);
      context.state.buses.set(input.Name, { name: input.Name, arn, policy: undefined, createdMs: context.epochMs, received: 0, matched: 0, unmatched: 0, recent: [] });
      context.emit('events.BusCreated', arn, { name: input.Name });
      return { EventBusArn: arn };
    },
  }),
  DeleteEventBus: row('DeleteEventBus', z.object({ Name: z.string() }), {
    writes: true,
    resource: (context, input) => busArn(context, input.Name),
    handle: (context, input) => {
      if (input.Name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
      const bus = context.state.buses.get(input.Name);
      for (const rule of rulesOf(context, input.Name)) context.state.rules.delete(`${rule.bus}/${rule.name}`);
      context.state.buses.delete(input.Name);
      if (bus) context.emit('events.BusDeleted', bus.arn, { name: input.Name });
      return {};
    },
  }),
  PutPermission: row('PutPermission', z.object({ EventBusName: z.string().optional(), Policy: z.string().optional(), Action: z.string().optional(), Principal: z.string().optional(), StatementId: z.string().optional() }), {
    writes: true,
    resource: (context, input) => busArn(context, busName(input.EventBusName)),
    handle: (context, input) => {
      if (input.Policy === undefined) throw new NotModelled('events', 'PutPermission by principal', 'Give the whole Policy.');
      busOf(context, busName(input.EventBusName)).policy = policyOf(input.Policy);
      return {};
    },
  }),
  RemovePermission: row('RemovePermission', z.object({ EventBusName: z.string().optional(), StatementId: z.string().optional(), RemoveAllPermissions: z.boolean().optional() }), {
    writes: true,
    resource: (context, input) => busArn(context, busName(input.EventBusName)),
    handle: (context, input) => {
      const bus = busOf(context, busName(input.EventBusName));
      const statements = bus.policy === undefined ? [] : [bus.policy.Statement].flat() as PolicyStatement[];
      const kept = input.RemoveAllPermissions ? [] : statements.filter((statement) => statement.Sid !== input.StatementId);
      if (!input.RemoveAllPermissions && kept.length === statements.length) throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      bus.policy = kept.length === 0 ? undefined : { Version: '2012-10-17', Statement: kept };
      return {};
    },
  }),
  DescribeEventBus: row('DescribeEventBus', z.object({ Name: z.string().optional() }), {
    writes: false,
    resource: (context, input) => busArn(context, busName(input.Name)),
    handle: (context, input) => {
      const bus = busOf(context, busName(input.Name));
      return { Name: bus.name, Arn: bus.arn, ...(bus.policy === undefined ? {} : { Policy: JSON.stringify(bus.policy) }) };
    },
  }),
  ListEventBuses: row('ListEventBuses', z.object({ NamePrefix: z.string().optional(), NextToken: z.string().optional(), Limit: z.int().optional() }), {
    writes: false,
    resource: () => '*',
    handle: (context, input) => {
      busOf(context, 'default');
      return { EventBuses: [...context.state.buses.values()].filter((bus) => bus.name.startsWith(input.NamePrefix ?? '')).map((bus) => ({ Name: bus.name, Arn: bus.arn })) };
    },
  }),
};
