/** One printed line, with the way to the statement that printed it or that failed. */
import type { ReactNode } from 'react';
import { JumpLink } from '../../ui/layout/chain.tsx';
import { placeIn } from '../../state/log-lines.ts';
import type { CodePlace, LogRow } from '../../state/log-lines.ts';
import { sourceOfLine } from './source-of-line.ts';

/** Lines longer than this are cut here; the logs panel has them whole. */
const LINE_CHARS_MAX = 1_200;

export interface OutputLineProps {
  readonly row: LogRow;
  readonly files: Readonly<Record<string, string>>;
  readonly onPlace: (place: CodePlace) => void;
}

export function OutputLine({ row, files, onPlace }: OutputLineProps): ReactNode {
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
