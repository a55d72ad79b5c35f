/** The logs panel: every line that functions have written, as CloudWatch Logs keeps it. */
import './logs.css';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { Segmented } from '../../ui/controls/segmented.tsx';
import { Chip } from '../../ui/feedback/badge.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Select } from '../../ui/fields/select-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { VirtualList } from '../../ui/layout/virtual-list.tsx';
import { groupDigits } from '../../ui/number-text.ts';
import type { RunClient } from '../../runner/client.ts';
import { LogBook } from '../../state/log-lines.ts';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { FilteredRows } from './log-filter.ts';
import type { LevelChoice } from './log-filter.ts';
import { LogLine } from './log-line.tsx';

export interface LogsPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly client: RunClient;
}

const LEVELS = [
  { value: 'all', label: 'All' },
  { value: 'handler', label: 'Code' },
  { value: 'problems', label: 'Problems' },
  { value: 'platform', label: 'Platform' },
] as const;
const EVERY = '*';

export function LogsPanel({ run, view, client }: LogsPanelProps): ReactNode {
  const reader = useMemo(() => ({ book: new LogBook(), filtered: new FilteredRows() }), [run]);
  useStore(run, (state) => state.traceLength);
  const shownUs = useStore(run, (state) => state.status.shownUs);
  const playing = useStore(run, (state) => state.status.playing);
  const followed = useStore(view, (state) => state.followed);
  const text = useStore(view, (state) => state.logFilter);
  const [group, setGroup] = useState<string | null>(null);
  const [requestId, setRequestId] = useState<string | null>(null);
  const [level, setLevel] = useState<LevelChoice>('all');
  const book = reader.book.follow(run.getState().index.events);
  const { rows, groups } = reader.filtered.follow(book, { group, requestId, level, text });
  if (book.rows.length === 0) {
    return <EmptyState icon="logs" title="No lines yet">Press play. What functions print comes here, with the lines of Lambda round it: START, END, REPORT.</EmptyState>;
  }
  const last = reader.filtered.lastUntil(shownUs);
  const filters = group !== null || requestId !== null || level !== 'all' || text !== '';
  const clear = (): void => {
    setGroup(null);
    setRequestId(null);
    setLevel('all');
    view.setState({ logFilter: '' });
  };
  return (
    <div className="logs">
      <div className="logs-bar" role="search" aria-label="Filter of the logs">
        <label className="logs-find">
          <Icon name="search" size="s" />
          <input type="search" aria-label="Words in a line" placeholder="Words in a line" spellCheck={false} value={text} onChange={(event) => view.setState({ logFilter: event.target.value })} />
        </label>
        {groups.length > 1 && (
          <Select
            label="Log group"
            options={[{ value: EVERY, label: 'All functions' }, ...groups.map((name) => ({ value: name, label: name.replace(/^\/aws\/lambda\//, '') }))]}
            value={group ?? EVERY}
            onValueChange={(value) => setGroup(value === EVERY ? null : value)}
            width={150}
          />
        )}
        <Segmented label="Kind of line" options={LEVELS} value={level} onValueChange={setLevel} />
        {requestId !== null && (
          <Chip removeLabel="Show all requests" onRemove={() => setRequestId(null)}>
            request {requestId.slice(0, 8)}
          </Chip>
        )}
        <span className="logs-count ui-num" role="status">
          {filters ? `${groupDigits(rows.length)} of ${groupDigits(book.rows.length)} lines` : `${groupDigits(rows.length)} lines`}
        </span>
        <CopyButton text={() => rows.slice(0, last + 1).map((row) => row.text).join('\n')} label="Copy the lines shown" size="m" />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          icon="search"
          title="No line fits"
          actions={
            <button type="button" className="ui-jump" onClick={clear}>
              Show all lines
            </button>
          }
        >
          The filter leaves out all {groupDigits(book.rows.length)} lines.
        </EmptyState>
      ) : (
        <VirtualList
          label="Log lines"
          className="logs-list"
          items={rows}
          keyOf={(row) => row.seq}
          rowHeight={22}
          followEnd={playing}
          reveal={playing ? undefined : last}
          render={(row, at) => (
            <LogLine row={row} ahead={row.atUs > shownUs} newest={at === last} named={groups.length > 1} followed={followed !== null && row.requestId === followed} onSeek={client.seek} onFollow={(id) => view.follow(id)} onOnly={setRequestId} />
          )}
        />
      )}
    </div>
  );
}
