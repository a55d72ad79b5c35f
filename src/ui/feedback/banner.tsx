/** A statement over the canvas that stays until it is answered: in the past, waiting, refused, broken. */
import './banner.css';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../icons.tsx';
import type { StateTone } from '../tone.ts';
import type { ReactNode } from 'react';

/** `past`: time is not at its end; `waiting`: virtual time stands still; `error`: something failed; `refused`: something was not allowed, with the legal way. */
export type BannerKind = 'past' | 'waiting' | 'error' | 'refused' | 'note';

export interface BannerProps {
  readonly kind: BannerKind;
  /** Makes it two lines: what, and below it why. */
  readonly title?: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Instead of the kind's own. */
  readonly icon?: IconName;
  readonly className?: string;
}

const looks: Readonly<Record<BannerKind, { readonly icon: IconName; readonly tone: StateTone; readonly role: 'status' | 'alert' }>> = {
  past: { icon: 'fork', tone: 'now', role: 'status' },
  waiting: { icon: 'clock', tone: 'now', role: 'status' },
  error: { icon: 'warn', tone: 'bad', role: 'alert' },
  refused: { icon: 'warn', tone: 'bad', role: 'alert' },
  note: { icon: 'info', tone: 'now', role: 'status' },
};

export function Banner({ kind, title, children, actions, icon, className }: BannerProps): ReactNode {
  const look = looks[kind];
  return (
    <div className={cx('ui-banner', className)} data-kind={kind} data-tall={title !== undefined || undefined} role={look.role}>
      <span className="ui-tone" data-tone={look.tone}>
        <Icon name={icon ?? look.icon} />
      </span>
      <div className="ui-banner-words">
        {title !== undefined && <b>{title}</b>}
        <p>{children}</p>
        {title !== undefined && actions !== undefined && <div className="ui-banner-actions">{actions}</div>}
      </div>
      {title === undefined && actions !== undefined && <div className="ui-banner-actions">{actions}</div>}
    </div>
  );
}
