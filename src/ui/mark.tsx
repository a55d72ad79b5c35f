/** The mark and the wordmark: an environment cell cut by a playhead; the left half is known, the right half is open. */
import './mark.css';
import type { ReactNode } from 'react';

/** The mark alone, 22 px unless told. */
export function Mark({ size = 22 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden>
      <rect x="2.75" y="4.75" width="16.5" height="12.5" rx="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6.25 4.75H11v12.5H6.25a3.5 3.5 0 0 1-3.5-3.5v-5.5a3.5 3.5 0 0 1 3.5-3.5z" fill="currentColor" />
      <path d="M11 1.5v19" stroke="var(--now)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

/** Mark and name side by side. */
export function Wordmark(): ReactNode {
  return (
    <span className="ui-wordmark">
      <Mark />
      <b>coldstart</b>
    </span>
  );
}
