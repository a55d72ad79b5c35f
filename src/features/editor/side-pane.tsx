/** Beside the code: what the newest invocation printed, and what is wrong. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Icon } from '../../ui/icons.tsx';
import { JumpLink } from '../../ui/layout/chain.tsx';
import { TabPanel, Tabs } from '../../ui/layout/tabs.tsx';
import type { CodePlace } from '../../state/log-lines.ts';
import { momentText } from '../../state/narrate.ts';
import type { Output } from './output.ts';
import { OutputLine } from './output-line.tsx';
import type { Problem } from './problem.ts';

export interface SidePaneProps {
  readonly output: Output;
  readonly problems: readonly Problem[];
  readonly files: Readonly<Record<string, string>>;
  readonly onPlace: (place: CodePlace) => void;
  readonly onFollow: (requestId: string) => void;
  /** The pane in which the function is tried. */
  readonly test: ReactNode;
}

export function SidePane({ output, problems, files, onPlace, onFollow, test }: SidePaneProps): ReactNode {
  const [tab, setTab] = useState('output');
  const errors = problems.filter((problem) => problem.level === 'error').length;
  return (
    <Tabs
      label="Beside the code"
      className="editor-side"
      items={[
        { id: 'output', label: 'Output' },
        { id: 'problems', label: 'Problems', note: problems.length === 0 ? undefined : String(problems.length) },
        { id: 'test', label: 'Test' },
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
      <TabPanel id="test" className="editor-test">
        {test}
      </TabPanel>
    </Tabs>
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
