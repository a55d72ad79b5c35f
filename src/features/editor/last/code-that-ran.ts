/** A function's files as they were in the run at a moment, from the run's own document. */
import type { ScenarioState } from '../../../scenario/scenario.store.ts';

export type Files = Readonly<Record<string, string>>;

/** The files that were laid down at `codeAtUs` or last before; null when the document does not have the function then. */
export function filesAt({ design, recorded }: Pick<ScenarioState, 'design' | 'recorded'>, nodeId: string, codeAtUs: number): Files | null {
  let nodes = recorded?.base.nodes ?? design.nodes;
  for (const input of recorded?.inputs ?? []) if (input.kind === 'edit' && input.atUs <= codeAtUs) nodes = input.nodes;
  return nodes.find((node) => node.id === nodeId)?.files ?? null;
}

/** Names of files that differ, appeared or went, sorted. */
export function changedFiles(ran: Files, now: Files): readonly string[] {
  return [...new Set([...Object.keys(ran), ...Object.keys(now)])].filter((name) => ran[name] !== now[name]).sort();
}
