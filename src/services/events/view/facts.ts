/** What a bus's card and tabs say, worked out from its summary. Pure. */
import type { BusSummary, RuleSummary, TargetSummary } from '../model/summary.ts';
import type { RecentEvent } from '../model/state.ts';
import { countText } from '../../../ui/quantity-text.ts';
import { shortPattern } from './short-pattern.ts';

/** The pattern of a rule in its shortest form, or its schedule. */
export function ruleText(rule: RuleSummary): string {
  const parts = [...(rule.pattern === null ? [] : [shortPattern(rule.pattern)]), ...(rule.schedule === null ? [] : [rule.schedule])];
  return parts.join(', ');
}

/** The newest event that a rule took, and the newest one that it did not with why. */
export function lastOf(bus: BusSummary, rule: string): { readonly taken: RecentEvent | undefined; readonly missed: { readonly event: RecentEvent; readonly why: RecentEvent['missed'][number] } | undefined } {
  const taken = bus.recent.find((event) => event.matched.includes(rule));
  for (const event of bus.recent) {
    const why = event.missed.find((miss) => miss.rule === rule);
    if (why) return { taken, missed: { event, why } };
  }
  return { taken, missed: undefined };
}

/** Everything a rule did not take of late, newest first. */
export function missesOf(bus: BusSummary, rule: string): readonly { readonly event: RecentEvent; readonly why: RecentEvent['missed'][number] }[] {
  return bus.recent.flatMap((event) => event.missed.filter((why) => why.rule === rule).map((why) => ({ event, why })));
}

/** 'end with ".mp4"': a long list of values is cut, since it is there in the pattern. */
export function expectedText(expected: string): string {
  return expected.length <= 240 ? expected : `${expected.slice(0, 240)}…`;
}

/** 'Default bus', as AWS names the kinds today. */
export function busKind(name: string, bus: BusSummary | undefined): string {
  if (name === 'default') return 'Default bus';
  return bus?.partnerSource ? 'Partner bus' : 'Custom bus, Classic';
}

/** 'the whole event', 'a template of it'. */
export const INPUTS: Readonly<Record<TargetSummary['input'], string>> = { event: 'the whole event', constant: 'a constant', path: 'a part of the event', transformer: 'a template filled from the event' };

/** 'jobs' of the ARN of a target. */
export function targetName(arn: string): string {
  return arn.split(/[:/]/).pop() ?? arn;
}

export function describeBus(name: string, bus: BusSummary | undefined): string {
  if (bus === undefined) return `${name}, EventBridge bus`;
  return `${name}, EventBridge bus. ${countText(bus.rules.length, 'rule')}, ${countText(bus.matched, 'event')} matched, ${bus.unmatched} unmatched`;
}
