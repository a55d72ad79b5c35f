/** What a bus's card and inspector show now. */
import { busName, rulesOf } from './state.ts';
import type { Archive, EventsContext, RecentEvent, ReplayState, Target } from './state.ts';

export interface RuleSummary {
  readonly name: string;
  readonly arn: string;
  readonly pattern: string | null;
  readonly schedule: string | null;
  readonly enabled: boolean;
  readonly matched: number;
  readonly failed: number;
  readonly targets: readonly TargetSummary[];
}

export interface TargetSummary {
  readonly Id: string;
  readonly Arn: string;
  readonly roleArn: string | null;
  readonly deadLetterArn: string | null;
  /** What it gets of an event. */
  readonly input: 'event' | 'constant' | 'path' | 'transformer';
}

export interface ArchiveSummary {
  readonly name: string;
  readonly events: number;
  /** Taken, but not written yet. */
  readonly waiting: number;
  readonly retentionDays: number;
  /** Epoch ms from the first event time kept to just after the last; 0 without any. */
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ReplaySummary {
  readonly name: string;
  readonly state: ReplayState;
  readonly replayed: number;
}

export interface BusSummary {
  readonly name: string;
  readonly received: number;
  readonly matched: number;
  readonly unmatched: number;
  readonly rules: readonly RuleSummary[];
  readonly archives: readonly ArchiveSummary[];
  readonly replays: readonly ReplaySummary[];
  /** Its partner event source, for a partner bus. */
  readonly partnerSource: string | null;
  /** The last events, newest first. */
  readonly recent: readonly RecentEvent[];
}

function targetSummary({ Id, Arn, RoleArn, DeadLetterConfig, Input, InputPath, InputTransformer }: Target): TargetSummary {
  const input = Input !== undefined ? 'constant' : InputPath !== undefined ? 'path' : InputTransformer !== undefined ? 'transformer' : 'event';
  return { Id, Arn, roleArn: RoleArn ?? null, deadLetterArn: DeadLetterConfig?.Arn ?? null, input };
}

function archiveSummary({ name, kept, waiting, retentionDays }: Archive): ArchiveSummary {
  const times = kept.map(({ timeMs }) => timeMs);
  const fromMs = times.reduce((least, ms) => Math.min(least, ms), times[0] ?? 0);
  const toMs = times.reduce((most, ms) => Math.max(most, ms + 1_000), 0);
  return { name, events: kept.length, waiting: waiting.length, retentionDays, fromMs, toMs };
}

/** The default bus before anything came to it: it is there, and keeps nothing yet. */
const UNTOUCHED = { name: 'default', received: 0, matched: 0, unmatched: 0, partnerSource: undefined, recent: [] } as const;

export function summarizeBus(context: EventsContext, arn: string): BusSummary | undefined {
  const name = busName(arn);
  const bus = context.state.buses.get(name) ?? (name === 'default' ? UNTOUCHED : undefined);
  return (
    bus && {
      name: bus.name,
      received: bus.received,
      matched: bus.matched,
      unmatched: bus.unmatched,
      archives: [...context.state.archives.values()].filter((archive) => archive.bus === bus.name).map(archiveSummary),
      replays: [...context.state.replays.values()].filter((replay) => replay.bus === bus.name).map(({ name, state, replayed }) => ({ name, state, replayed })),
      partnerSource: bus.partnerSource ?? null,
      recent: [...bus.recent].reverse(),
      rules: rulesOf(context, bus.name).map((rule) => ({
        name: rule.name,
        arn: rule.arn,
        pattern: rule.pattern ?? null,
        schedule: rule.schedule ?? null,
        enabled: rule.state !== 'DISABLED',
        matched: rule.matched,
        failed: rule.failed,
        targets: rule.targets.map(targetSummary),
      })),
    }
  );
}
