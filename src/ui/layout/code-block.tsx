/** A few lines of code or a command that are read, not edited; added and removed lines carry their sign. */
import './code-block.css';
import type { ReactNode } from 'react';

export interface CodeLine {
  readonly text: string;
  readonly change?: 'added' | 'removed';
  /** What the block is shown for: the line stands out and has a pointer before it. */
  readonly pointed?: boolean;
}

export interface CodeBlockProps {
  /** What it is, for readers: 'AWS CLI command of the last edit'. */
  readonly label: string;
  readonly lines: readonly (string | CodeLine)[];
}

const signs = { added: '+', removed: '-' } as const;

export function CodeBlock({ label, lines }: CodeBlockProps): ReactNode {
  const marked = lines.some((line) => typeof line !== 'string' && (line.change !== undefined || line.pointed));
  return (
    // Focusable, because a long line scrolls and the keyboard must reach it.
    <pre className="ui-code-block" aria-label={label} role="region" tabIndex={0}>
      {lines.map((line, at) => {
        const { text, change, pointed = false }: CodeLine = typeof line === 'string' ? { text: line } : line;
        const sign = change ? signs[change] : pointed ? '▸' : ' ';
        return (
          <span key={at} data-change={change} data-pointed={pointed || undefined}>
            {marked ? `${sign} ${text}` : text}
            {'\n'}
          </span>
        );
      })}
    </pre>
  );
}
