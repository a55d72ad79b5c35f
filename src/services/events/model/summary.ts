/** What a bus's card and inspector show now. */
import { busName, rulesOf } from './state.ts';
import type { EventsContext, RecentEvent, Target } from './state.ts';

export interface RuleSummary {
  readonly name: string;
  readonly arn: string;
  readonly pattern: string | null;
  readonly schedule: string | null;
  readonly enabled: boolean;
  readonly matched: number;
  readonly failed: number;
  readonly targets: readonly Pick<Target, 'Id' | 'Arn'>[];
}

export interface BusSummary {
  readonly name: string;
  readonly received: number;
  readonly matched: number;
  readonly unmatched: number;
  readonly rules: readonly RuleSummary[];
  /** The last events, newest first. */
  readonly recent: readonly RecentEvent[];
}

export function summarizeBus(context: EventsContext, arn: string): BusSummary | undefined {
  const bus = context.state.buses.get(busName(arn));
  return (
    bus && {
      name: bus.name,
      received: bus.received,
      matched: bus.matched,
      unmatched: bus.unmatched,
      recent: [...bus.recent].reverse(),
      rules: rulesOf(context, bus.name).map((rule) => ({
        name: rule.name,
        arn: rule.arn,
        pattern: rule.pattern ?? null,
        schedule: rule.schedule ?? null,
        enabled: rule.state === 'ENABLED',
        matched: rule.matched,
        failed: rule.failed,
        targets: rule.targets.map(({ Id, Arn }) => ({ Id, Arn })),
      })),
    }
  );
}
