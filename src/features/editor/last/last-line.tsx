/** The line over the code: how the last invocation went, what it returned, and whether the code is still what it ran. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/controls/button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import type { ScenarioNodeDocument } from '../../../scenario/schema.ts';
import { momentText } from '../../../state/narrate.ts';
import type { RunStore } from '../../../state/run.store.ts';
import { changedFiles, filesAt } from './code-that-ran.ts';
import type { Files } from './code-that-ran.ts';
import { Facts } from './facts.tsx';
import type { LastInvocation } from './invocation-facts.ts';

/** The files that the last invocation ran, where they differ from those of now; null where nothing differs. */
export function useChangedCode(scenario: ScenarioStore, node: ScenarioNodeDocument, last: LastInvocation | null): { readonly ran: Files; readonly changed: readonly string[] } | null {
  const recorded = useStore(scenario, (state) => state.recorded);
  const codeAtUs = last?.codeAtUs;
  return useMemo(() => {
    if (codeAtUs === undefined) return null;
    const ran = filesAt({ design: scenario.getState().design, recorded }, node.id, codeAtUs);
    const changed = ran === null ? [] : changedFiles(ran, node.files ?? {});
    return ran === null || changed.length === 0 ? null : { ran, changed };
  }, [scenario, recorded, node, codeAtUs]);
}

export interface LastLineProps {
  readonly run: RunStore;
  readonly nodeId: string;
  readonly last: LastInvocation;
  /** Files that have changed since it ran. */
  readonly changed: readonly string[];
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
}

const WORDS = { success: 'returned', error: 'failed with', timeout: 'timed out:' } as const;

export function LastLine({ run, nodeId, last: { facts }, changed, comparing, onCompare }: LastLineProps): ReactNode {
  const summary = useStore(run, (state) => state.summaries[state.arns[nodeId] ?? '']);
  const value = facts.status === 'success' ? returnedBy(summary, facts.requestId) : `${facts.errorType}${facts.errorMessage === '' ? '' : `: ${facts.errorMessage}`}`;
  return (
    <div className="editor-last" role="group" aria-label="Last invocation" data-status={facts.status}>
      <Icon name={facts.status === 'success' ? 'check' : 'cross'} size="s" />
      <span className="editor-last-words" title={value ?? undefined}>
        <span className="ui-num">{momentText(facts.atUs)}</span> {WORDS[facts.status]} <code>{value ?? 'a value'}</code>
      </span>
      <Facts facts={facts} />
      {(changed.length > 0 || comparing) && (
        <Button size="s" kind="quiet" pressed={comparing} onClick={() => onCompare(!comparing)}>
          What changed since
        </Button>
      )}
    </div>
  );
}

/** The beginning of what a request returned, as the function's summary keeps it for the last invocations. */
function returnedBy(summary: object | undefined, requestId: string): string | null {
  const recent: unknown = summary !== undefined && 'recent' in summary ? summary.recent : undefined;
  if (!Array.isArray(recent)) return null;
  const found = (recent as readonly { readonly requestId?: unknown; readonly returned?: unknown }[]).find((record) => record.requestId === requestId);
  return typeof found?.returned === 'string' ? found.returned : null;
}
