/** Operations on rules, and TestEventPattern. @source aws/eventbridge.md §4, §5, §9 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { matchEventPattern } from '../../../../base/event-pattern/match.ts';
import { AwsError } from '../../../../sim/errors.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { checkPattern } from '../delivery/patterns.ts';
import { changing } from '../in-force.ts';
import { PATTERN_CHARS_MAX, RULES_PER_BUS_MAX } from '../limits.ts';
import { armSchedule, checkSchedule } from '../schedules.ts';
import { busName, busOf, ownBusName, ruleArn, ruleOf, rulesOf } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning, Rule, RuleState } from '../state.ts';
import { byRule, checkName, constraint, limitExceeded, onBus, page, PAGES, paging, present, row, ruleInput } from './common.ts';
import { checkUnmanaged, managedRule, managedRules } from './managed-rules.ts';
import { saveTags, tagList } from './tags.ts';

const STATES: readonly string[] = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];
const putRuleInput = ruleInput.extend({ EventPattern: z.string().max(4096).optional(), ScheduleExpression: z.string().max(256).optional(), State: z.string().optional(), Description: z.string().max(512).optional(), RoleArn: z.string().max(1600).optional(), Tags: tagList.optional() });

function checkRule(input: z.infer<typeof putRuleInput>, bus: string): void {
  checkName(input.Name, 'name');
  if (input.State !== undefined && !STATES.includes(input.State)) throw constraint(input.State, 'state', `Member must satisfy enum value set: [${STATES.join(', ')}]`);
  // The console writes an empty schedule or pattern for none.
  if (!input.EventPattern && !input.ScheduleExpression) throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (input.ScheduleExpression) {
    if (bus !== 'default') throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
    checkSchedule(input.ScheduleExpression);
  }
  if (!input.EventPattern) return;
  checkPattern(input.EventPattern);
  if (input.EventPattern.length > PATTERN_CHARS_MAX) throw new AwsError('LimitExceededException', `Parameter EventPattern for rule ${input.Name} exceeds limit of ${PATTERN_CHARS_MAX}.`);
}

/** Makes or wholly replaces a rule; its targets stay. */
function putRule(context: EventsContext, input: z.infer<typeof putRuleInput>): object {
  const bus = ownBusName(context, input.EventBusName);
  busOf(context, bus);
  checkRule(input, bus);
  checkUnmanaged(context, bus, input.Name, false);
  const key = `${bus}/${input.Name}`;
  const existing = context.state.rules.get(key);
  if (!existing && rulesOf(context, bus).length >= RULES_PER_BUS_MAX) throw limitExceeded();
  const rule: Rule = {
    name: input.Name,
    bus,
    arn: ruleArn(context, bus, input.Name),
    pattern: input.EventPattern || undefined,
    schedule: input.ScheduleExpression || undefined,
    state: (input.State as RuleState | undefined) ?? 'ENABLED',
    description: input.Description,
    roleArn: input.RoleArn,
    targets: existing?.targets ?? [],
    ...changing(context, existing),
    timer: existing?.timer,
    scheduledFromMs: context.epochMs,
    matched: existing?.matched ?? 0,
    failed: existing?.failed ?? 0,
  };
  context.state.rules.set(key, rule);
  if (!existing && input.Tags) saveTags(context, rule.arn, input.Tags);
  context.emit('events.RulePut', busOf(context, bus).arn, { rule: rule.name, state: rule.state });
  armSchedule(context, rule);
  return { RuleArn: rule.arn };
}

function shown(rule: Rule): Record<string, unknown> {
  return present({ Name: rule.name, Arn: rule.arn, State: rule.state, EventBusName: rule.bus, EventPattern: rule.pattern, ScheduleExpression: rule.schedule, Description: rule.description, RoleArn: rule.roleArn });
}

function setState(context: EventsContext, input: { readonly Name: string; readonly EventBusName?: string | undefined }, state: RuleState): object {
  const bus = busName(input.EventBusName);
  busOf(context, bus);
  checkUnmanaged(context, bus, input.Name, false);
  const rule = ruleOf(context, bus, input.Name);
  // A rate counts from when the rule was enabled.
  if (rule.state === 'DISABLED' && state !== 'DISABLED') rule.scheduledFromMs = context.epochMs;
  Object.assign(rule, changing(context, rule), { state });
  context.emit('events.RulePut', busOf(context, bus).arn, { rule: rule.name, state });
  armSchedule(context, rule);
  return {};
}

function deleteRule(context: EventsContext, input: { readonly Name: string; readonly EventBusName?: string | undefined; readonly Force?: boolean | undefined }): object {
  const bus = busName(input.EventBusName);
  busOf(context, bus);
  checkUnmanaged(context, bus, input.Name, input.Force ?? false);
  const rule = context.state.rules.get(`${bus}/${input.Name}`);
  if (rule === undefined) return {};
  if (rule.targets.length > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
  if (rule.timer !== undefined) context.cancel(rule.timer);
  context.state.rules.delete(`${bus}/${input.Name}`);
  context.state.tags.delete(rule.arn);
  context.emit('events.RuleDeleted', busOf(context, bus).arn, { rule: rule.name });
  return {};
}

const ENVELOPE = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** @source aws/observed.md EVP-011 */
function testEventPattern(input: { readonly EventPattern: string; readonly Event: string }): object {
  const refused = new AwsError('ValidationException', 'Parameter Event is not valid.');
  let event: unknown;
  try {
    event = JSON.parse(input.Event);
  } catch {
    throw refused;
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event) || !ENVELOPE.every((name) => Object.hasOwn(event as object, name))) throw refused;
  checkPattern(input.EventPattern);
  return { Result: matchEventPattern(input.EventPattern, input.Event) };
}

function listRules(context: EventsContext, input: { readonly NamePrefix?: string | undefined; readonly EventBusName?: string | undefined; readonly NextToken?: string | undefined; readonly Limit?: number | undefined }): object {
  const bus = busName(input.EventBusName);
  busOf(context, bus);
  const all = [...rulesOf(context, bus).map(shown), ...managedRules(context, bus)].filter((rule) => String(rule['Name']).startsWith(input.NamePrefix ?? ''));
  const { items, next } = page(all, input);
  return { Rules: items, ...next };
}

export const ruleOperations: OperationTable<EventsState, EventsTuning> = {
  PutRule: row('PutRule', putRuleInput, { writes: true, resource: byRule, handle: putRule, simplified: ['A new or changed rule is in force at once; on AWS it takes a short while (tuning.ruleChangeMs).'] }),
  DeleteRule: row('DeleteRule', ruleInput.extend({ Force: z.boolean().optional() }), { writes: true, resource: byRule, handle: deleteRule }),
  DescribeRule: row('DescribeRule', ruleInput, {
    writes: false,
    resource: byRule,
    handle: (context, input) => {
      const bus = busName(input.EventBusName);
      return managedRule(context, bus, input.Name) ?? { ...shown(ruleOf(context, bus, input.Name)), CreatedBy: context.account };
    },
  }),
  EnableRule: row('EnableRule', ruleInput, { writes: true, resource: byRule, handle: (context, input) => setState(context, input, 'ENABLED') }),
  DisableRule: row('DisableRule', ruleInput, { writes: true, resource: byRule, handle: (context, input) => setState(context, input, 'DISABLED') }),
  ListRules: row('ListRules', z.object({ NamePrefix: z.string().optional(), ...onBus, ...paging }), { writes: false, resource: () => '*', pages: PAGES, handle: listRules }),
  TestEventPattern: row('TestEventPattern', z.object({ EventPattern: z.string().max(4096), Event: z.string() }), { writes: false, resource: () => '*', handle: (_, input) => testEventPattern(input) }),
};
