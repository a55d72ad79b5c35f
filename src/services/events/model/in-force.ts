/**
 * What of a rule is in force: on AWS a change of a rule or its targets takes a short while to reach the bus, here as long as
 * `tuning.ruleChangeMs` says, at once unless told. Schedules and deletions do not wait.
 * @source aws/eventbridge.md §4, change propagation
 */
import { msToUs } from '../../../sim/units.ts';
import type { EventsContext, Rule, RuleInForce } from './state.ts';

/** The rule as the bus goes by it now; undefined while a new one is on its way. */
export function inForce(context: EventsContext, rule: Rule): RuleInForce | undefined {
  return context.now < rule.changedUs ? rule.before : rule;
}

/** What a rule has to remember of itself when it is about to be changed, or is new. */
export function changing(context: EventsContext, rule: Rule | undefined): Pick<Rule, 'before' | 'changedUs'> {
  const now = rule && inForce(context, rule);
  const before = now && { pattern: now.pattern, state: now.state, targets: now.targets };
  return { before, changedUs: context.now + msToUs(context.tuning.ruleChangeMs) };
}
