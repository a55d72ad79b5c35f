/** Operations on the targets of rules. @source aws/eventbridge.md §4, §6, §11 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { changing } from '../in-force.ts';
import { RETRY, TARGETS_PER_RULE_MAX } from '../limits.ts';
import { busName, busOf, ruleArn, ruleOf } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning, Target } from '../state.ts';
import { limitExceeded, notValid, onBus, page, PAGES, paging, row } from './common.ts';
import { checkUnmanaged } from './managed-rules.ts';
import { checkTarget, PARAMETERS_OF_OTHERS } from './target-checks.ts';

const target = z.object({
  Id: z.string(),
  Arn: z.string().min(1).max(1600),
  RoleArn: z.string().max(1600).optional(),
  Input: z.string().max(8192).optional(),
  InputPath: z.string().max(256).optional(),
  InputTransformer: z.object({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string().min(1).max(8192) }).optional(),
  RetryPolicy: z.object({ MaximumRetryAttempts: z.int().min(0).max(RETRY.attemptsMax).optional(), MaximumEventAgeInSeconds: z.int().min(RETRY.ageSecMin).max(RETRY.ageSecMax).optional() }).optional(),
  DeadLetterConfig: z.object({ Arn: z.string().optional() }).optional(),
  SqsParameters: z.object({ MessageGroupId: z.string().max(100).optional() }).optional(),
  ...unmodelled(PARAMETERS_OF_OTHERS),
});

function checkDistinct(targets: readonly Target[]): void {
  const repeated = targets.find(({ Id }, index) => targets.findIndex((other) => other.Id === Id) < index);
  if (repeated !== undefined) throw notValid('targets', `More than one target with Id '${repeated.Id}' is provided.`);
}

/** Giving a role to a service needs the right to pass it. @source aws/other-services.md §9 */
function checkPassRole(context: EventsContext, targets: readonly Target[], call: Call): void {
  for (const role of new Set(targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : [RoleArn])))) {
    const decision = context.authorize(call.principal, 'iam:PassRole', role);
    if (!decision.allowed) throw context.deny(decision, 'events');
  }
}

interface OfRule {
  readonly Rule: string;
  readonly EventBusName?: string | undefined;
}

function putTargets(context: EventsContext, input: OfRule & { readonly Targets: readonly Target[] }, call: Call): object {
  checkUnmanaged(context, busName(input.EventBusName), input.Rule, false);
  const rule = ruleOf(context, busName(input.EventBusName), input.Rule);
  input.Targets.forEach((item, index) => checkTarget(context, item, index));
  checkDistinct(input.Targets);
  checkPassRole(context, input.Targets, call);
  const ids = new Set([...rule.targets, ...input.Targets].map(({ Id }) => Id));
  if (ids.size > TARGETS_PER_RULE_MAX) throw limitExceeded();
  Object.assign(rule, changing(context, rule));
  rule.targets = [...rule.targets.filter((old) => !input.Targets.some((item) => item.Id === old.Id)), ...input.Targets];
  context.emit('events.TargetsPut', busOf(context, rule.bus).arn, { rule: rule.name, targets: rule.targets.map((item) => item.Arn) });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function removeTargets(context: EventsContext, input: OfRule & { readonly Ids: readonly string[]; readonly Force?: boolean | undefined }): object {
  checkUnmanaged(context, busName(input.EventBusName), input.Rule, input.Force ?? false);
  const rule = ruleOf(context, busName(input.EventBusName), input.Rule);
  const missing = input.Ids.filter((id) => !rule.targets.some((item) => item.Id === id));
  Object.assign(rule, changing(context, rule));
  rule.targets = rule.targets.filter((item) => !input.Ids.includes(item.Id));
  context.emit('events.TargetsPut', busOf(context, rule.bus).arn, { rule: rule.name, targets: rule.targets.map((item) => item.Arn) });
  return { FailedEntryCount: missing.length, FailedEntries: missing.map((TargetId) => ({ TargetId, ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Target ${TargetId} does not exist on Rule ${rule.name}.` })) };
}

function listRuleNames(context: EventsContext, input: { readonly TargetArn: string; readonly EventBusName?: string | undefined; readonly NextToken?: string | undefined; readonly Limit?: number | undefined }): object {
  const bus = busName(input.EventBusName);
  busOf(context, bus);
  const names = [...context.state.rules.values()].filter((rule) => rule.bus === bus && rule.targets.some((item) => item.Arn === input.TargetArn)).map((rule) => rule.name);
  const { items, next } = page(names, input);
  return { RuleNames: items, ...next };
}

const byRule = (context: EventsContext, input: OfRule): string => ruleArn(context, busName(input.EventBusName), input.Rule);
const ofRule = z.object({ Rule: z.string(), ...onBus });

export const targetOperations: OperationTable<EventsState, EventsTuning> = {
  PutTargets: row('PutTargets', ofRule.extend({ Targets: z.array(target).min(1).max(100) }), {
    writes: true,
    resource: byRule,
    handle: putTargets,
    simplified: ['A target whose InputPath finds nothing in an event gets null; AWS does not say what it gets.', 'Targets are functions, queues, topics and buses of the same account and Region.'],
  }),
  RemoveTargets: row('RemoveTargets', ofRule.extend({ Ids: z.array(z.string()).min(1).max(100), Force: z.boolean().optional() }), { writes: true, resource: byRule, handle: removeTargets }),
  ListTargetsByRule: row('ListTargetsByRule', ofRule.extend(paging), {
    writes: false,
    resource: byRule,
    pages: PAGES,
    handle: (context, input) => {
      const { items, next } = page(ruleOf(context, busName(input.EventBusName), input.Rule).targets, input);
      return { Targets: items, ...next };
    },
  }),
  ListRuleNamesByTarget: row('ListRuleNamesByTarget', z.object({ TargetArn: z.string(), ...onBus, ...paging }), { writes: false, resource: () => '*', pages: PAGES, handle: listRuleNames }),
};
