/** One log line: its moment, its request, and the message byte for byte. */
import { memo, useState } from 'react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/controls/copy-button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { JumpLink } from '../../ui/layout/chain.tsx';
import { groupDigits } from '../../ui/number-text.ts';
import type { LogRow } from '../../state/log-lines.ts';
import { momentText } from '../../state/narrate.ts';

export interface LogLineProps {
  readonly row: LogRow;
  /** Lies after the shown moment. */
  readonly ahead: boolean;
  /** The last line up to the shown moment. */
  readonly newest: boolean;
  /** Says which function, when there are several. */
  readonly named: boolean;
  readonly followed: boolean;
  readonly onSeek: (atUs: number) => void;
  readonly onFollow: (requestId: string) => void;
  /** Shows only this request. */
  readonly onOnly: (requestId: string) => void;
}

/** Longer lines are cut until they are asked for whole; and even then shown up to a bound, as no screen takes more. */
const SHORT_CHARS = 1_500;
const WHOLE_CHARS_MAX = 60_000;

export const LogLine = memo(function LogLine({ row, ahead, newest, named, followed, onSeek, onFollow, onOnly }: LogLineProps): ReactNode {
  const [whole, setWhole] = useState(false);
  const limit = whole ? WHOLE_CHARS_MAX : SHORT_CHARS;
  const cut = row.text.length > limit;
  const { requestId } = row;
  return (
    <div className="logs-line" data-level={row.level} data-ahead={ahead || undefined} data-followed={followed || undefined} aria-current={newest ? 'step' : undefined}>
      <JumpLink className="logs-at" aria-label={`Go to ${momentText(row.atUs)}`} onClick={() => onSeek(row.atUs)}>
        {momentText(row.atUs)}
      </JumpLink>
      {named && <span className="logs-source ui-clip">{row.source}</span>}
      <pre>
        {cut ? row.text.slice(0, limit) : row.text}
        {cut && (
          <JumpLink onClick={() => setWhole(true)} disabled={whole}>
            {whole ? `… ${groupDigits(row.text.length - limit)} more characters: copy the line to have them` : `… show all ${groupDigits(row.text.length)} characters`}
          </JumpLink>
        )}
      </pre>
      <span className="logs-tools">
        {requestId !== null && (
          <>
            <IconButton icon="follow" label={`Follow request ${requestId.slice(0, 8)}`} size="s" pressed={followed || undefined} onClick={() => onFollow(requestId)} />
            <IconButton icon="filter" label={`Only request ${requestId.slice(0, 8)}`} size="s" onClick={() => onOnly(requestId)} />
          </>
        )}
        <CopyButton text={row.text} label="Copy the line" />
      </span>
    </div>
  );
});
