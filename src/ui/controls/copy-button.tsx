/** Copies a text and says so: the icon turns to a tick and the name to 'Copied' for a moment. */
import { IconButton } from './icon-button.tsx';
import { useEffect, useState, type ReactNode } from 'react';

export interface CopyButtonProps {
  /** The text, or how to make it when it is asked for. */
  readonly text: string | (() => string);
  /** Default 'Copy'. */
  readonly label?: string;
  readonly size?: 's' | 'm';
  /** After it was tried: whether the clipboard took it. */
  readonly onCopied?: (taken: boolean) => void;
}

/** How long the tick stays, ms. */
const shownMs = 2000;

export function CopyButton({ text, label = 'Copy', size = 's', onCopied }: CopyButtonProps): ReactNode {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    let taken = true;
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
    } catch {
      taken = false; // no permission, or no clipboard here
    }
    setOutcome(taken ? 'copied' : 'refused');
    onCopied?.(taken);
  };
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The browser did not allow copying' : label;
  return <IconButton icon={outcome === 'copied' ? 'check' : outcome === 'refused' ? 'warn' : 'copy'} label={said} size={size} onClick={() => void copy()} />;
}
