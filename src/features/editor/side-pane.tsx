/** Beside the code: what the newest invocation printed, and what is wrong. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Icon } from '../../ui/icons.tsx';
import { JumpLink } from '../../ui/layout/chain.tsx';
import { TabPanel, Tabs } from '../../ui/layout/tabs.tsx';
import { placeIn } from '../../state/log-lines.ts';
import type { CodePlace, LogRow } from '../../state/log-lines.ts';
import { momentText } from '../../state/narrate.ts';
import type { Output } from './output.ts';
import type { Problem } from './problem.ts';
import { sourceOfLine } from './source-of-line.ts';

export interface SidePaneProps {
  readonly output: Output;
  readonly problems: readonly Problem[];
  readonly files: Readonly<Record<string, string>>;
  readonly onPlace: (place: CodePlace) => void;
  readonly onFollow: (requestId: string) => void;
}

export function SidePane({ output, problems, files, onPlace, onFollow }: SidePaneProps): ReactNode {
  const [tab, setTab] = useState('output');
  const errors = problems.filter((problem) => problem.level === 'error').length;
  return (
    <Tabs
      label="Beside the code"
      className="editor-side"
      items={[
        { id: 'output', label: 'Output' },
        { id: 'problems', label: 'Problems', note: problems.length === 0 ? undefined : String(problems.length) },
      ]}
      value={tab}
      onValueChange={setTab}
      end={tab === 'output' && output.rows.length > 0 && <CopyButton text={() => output.rows.map((row) => row.text).join('\n')} label="Copy the output" />}
    >
      <TabPanel id="output" className="editor-output">
        {output.rows.length === 0 ? (
          <EmptyState title="Nothing printed yet">What the newest invocation prints stands here.</EmptyState>
        ) : (
          <>
            {output.requestId !== null && (
              <p className="editor-output-of">
                <JumpLink onClick={() => onFollow(output.requestId!)}>Follow this invocation</JumpLink>
              </p>
            )}
            {output.cut > 0 && <p className="editor-output-of">{output.cut} earlier lines are in Logs.</p>}
            <ol aria-label="Output of the newest invocation">
              {output.rows.map((row) => (
                <OutputLine key={row.seq} row={row} files={files} onPlace={onPlace} />
              ))}
            </ol>
          </>
        )}
      </TabPanel>
      <TabPanel id="problems" className="editor-output">
        {problems.length === 0 ? (
          <EmptyState title="No problems">Nothing in this code is marked, and it has not failed.</EmptyState>
        ) : (
          <ul aria-label={`${errors} errors, ${problems.length - errors} warnings`} className="editor-problems">
            {problems.map((problem, at) => (
              <ProblemLine key={at} problem={problem} onPlace={onPlace} />
            ))}
          </ul>
        )}
      </TabPanel>
    </Tabs>
  );
}

/** Lines longer than this are cut here; the logs panel has them whole. */
const LINE_CHARS_MAX = 1_200;

function OutputLine({ row, files, onPlace }: { readonly row: LogRow; readonly files: Readonly<Record<string, string>>; readonly onPlace: (place: CodePlace) => void }): ReactNode {
  const named = placeIn(row.text);
  const place = named !== null && files[named.file] !== undefined ? named : row.level === 'INFO' || row.level === 'WARN' || row.level === 'ERROR' || row.level === 'DEBUG' ? sourceOfLine(row.text.slice(0, LINE_CHARS_MAX), files) : null;
  return (
    <li data-level={row.level}>
      {row.text.length > LINE_CHARS_MAX ? `${row.text.slice(0, LINE_CHARS_MAX)}…` : row.text}
      {place !== null && (
        <>
          {' '}
          <JumpLink onClick={() => onPlace(place)}>
            {place.file}:{place.line}
          </JumpLink>
        </>
      )}
    </li>
  );
}

function ProblemLine({ problem, onPlace }: { readonly problem: Problem; readonly onPlace: (place: CodePlace) => void }): ReactNode {
  const { file, line } = problem;
  return (
    <li data-level={problem.level}>
      <Icon name={problem.level === 'error' ? 'cross' : 'warn'} size="s" title={problem.level} />
      <span>
        {problem.message}
        {problem.atUs !== undefined && <small className="ui-num"> at {momentText(problem.atUs)}</small>}{' '}
        {file !== null && line !== null && (
          <JumpLink onClick={() => onPlace({ file, line })}>
            {file}:{line}
          </JumpLink>
        )}
      </span>
    </li>
  );
}
