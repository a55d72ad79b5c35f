/** What came of trying a function: what it returned or how it failed, its numbers, its output, the calls it made. */
import type { ReactNode } from 'react';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { placeIn } from '../../../state/log-lines.ts';
import type { CodePlace } from '../../../state/log-lines.ts';
import { Facts } from '../last/facts.tsx';
import { OutputLine } from '../output-line.tsx';
import type { Trial } from './bench.ts';
import { readable } from './try-result.ts';
import type { TryResult } from './try-result.ts';

export interface TrialViewProps {
  readonly trial: Trial;
  readonly files: Readonly<Record<string, string>>;
  readonly onPlace: (place: CodePlace) => void;
}

export function TrialView({ trial, files, onPlace }: TrialViewProps): ReactNode {
  if (trial.state === 'running') return <p className="editor-output-of">{trial.detail === '' ? 'Runs alone, beside the run.' : trial.detail}</p>;
  if (trial.state === 'stopped') return <Note tone="warn">Stopped.</Note>;
  if (trial.state === 'failed') return <Note tone="bad">{trial.message}</Note>;
  if (trial.result.kind === 'refused') return <Note tone="bad">{`${trial.result.name}: ${trial.result.message}`}</Note>;
  return <Ran result={trial.result} label={trial.label} files={files} onPlace={onPlace} />;
}

/** More lines than this are a flood. */
const LINES_MAX = 200;

function Ran({ result, label, files, onPlace }: { readonly result: Extract<TryResult, { kind: 'ran' }>; readonly label: string; readonly files: TrialViewProps['files']; readonly onPlace: TrialViewProps['onPlace'] }): ReactNode {
  const { facts, failed, payload, rows, calls } = result;
  const place = failed ? placeIn(payload) : null;
  return (
    <>
      {failed ? (
        <Note tone="bad">
          {facts.errorType}: {facts.errorMessage}{' '}
          {place !== null && (
            <JumpLink onClick={() => onPlace(place)}>
              {place.file}:{place.line}
            </JumpLink>
          )}
        </Note>
      ) : (
        <Note tone="ok">{`Succeeded with ${label}.`}</Note>
      )}
      <Facts facts={facts} />
      <CodeBlock label={failed ? 'Error as the caller gets it' : 'Returned value'} lines={readable(payload === '' ? 'null' : payload)} />
      {calls.length > 0 && (
        <ul className="editor-calls" aria-label="Calls that the handler made">
          {calls.map((call, at) => (
            <li key={at} data-bad={call.error !== null || undefined}>
              {call.words}
              {call.error !== null && <small> {call.error}</small>}
            </li>
          ))}
        </ul>
      )}
      <ol aria-label="Output of the trial">
        {rows.slice(0, LINES_MAX).map((row) => (
          <OutputLine key={row.seq} row={row} files={files} onPlace={onPlace} />
        ))}
      </ol>
      {rows.length > LINES_MAX && <p className="editor-output-of">{rows.length - LINES_MAX} more lines are left out.</p>}
    </>
  );
}
