/** What `coldstart run` prints for people. */
import type { ScenarioRun } from '../runner/headless.ts';

export interface SummaryInput {
  readonly name: string;
  readonly seed: number;
  readonly run: ScenarioRun;
}

/** Lines of text, without colours. */
export function summaryOf({ name, seed, run }: SummaryInput): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kind } of run.trace) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...kinds.map(([kind]) => kind.length));
  return [
    `${name}, seed ${seed}: ${(run.endedAtMs / 1000).toFixed(3)} s of virtual time, ${run.trace.length} events`,
    ...(run.bound === null ? [] : [`The run ended early: ${run.bound}.`]),
    ...run.issues.map((issue) => `! ${issue.nodeId ?? issue.edgeId ?? ''} ${issue.path}: ${issue.message}`),
    ...run.problems.map((problem) => `! ${problem.operation}${problem.nodeId === undefined ? '' : ` (${problem.nodeId})`}: ${problem.error.name}: ${problem.error.message}`),
    '',
    ...kinds.map(([kind, count]) => `  ${kind.padEnd(width)}  ${count}`),
    '',
    ...run.metrics.map((series) => `  ${series.namespace} ${series.metric} ${Object.values(series.dimensions).join(' ')}: sum ${rounded(series.Sum)}, count ${series.SampleCount}, max ${rounded(series.Maximum)} ${series.unit}`),
    ...(run.metrics.length === 0 ? [] : ['']),
    `cost  $${run.cost.usd.toFixed(8)}`,
    `hash  ${run.hash}`,
  ];
}

function rounded(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
