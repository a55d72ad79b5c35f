/** A story in order: each line has a moment that time can jump to. Used for the life of a message and for 'why?'. */
import './chain.css';
import { cx } from '../cx.ts';
import type { ComponentProps, ReactNode } from 'react';

export interface ChainLink {
  readonly key: string | number;
  /** '6.2 s'. */
  readonly at?: string;
  /** Moves time there. */
  readonly onJump?: () => void;
  readonly text: ReactNode;
  /** `here`: the playhead; `next`: not yet; `root`: the cause of it all. */
  readonly state?: 'past' | 'here' | 'next' | 'root';
}

export function Chain({ links, label }: { readonly links: readonly ChainLink[]; readonly label: string }): ReactNode {
  return (
    <ol className="ui-chain" aria-label={label}>
      {links.map(({ key, at, onJump, text, state = 'past' }) => (
        <li key={key} data-state={state} aria-current={state === 'here' ? 'step' : undefined}>
          {at !== undefined && (onJump ? <JumpLink onClick={onJump}>{at}</JumpLink> : at)}
          {at !== undefined && ' '}
          {text}
        </li>
      ))}
    </ol>
  );
}

/** A moment or a place one can go to, as an underlined link in `now`. */
export function JumpLink({ className, ...rest }: ComponentProps<'button'>): ReactNode {
  return <button type="button" {...rest} className={cx('ui-jump', className)} />;
}
