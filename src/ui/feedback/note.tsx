/** A sentence inside a panel with the glyph of what kind it is: a failure, advice, that something went well. */
import './note.css';
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import type { StateTone } from '../tone.ts';

const icons: Readonly<Record<StateTone, IconName>> = { bad: 'cross', warn: 'warn', ok: 'check', now: 'info', cold: 'snow' };

export function Note({ tone, children }: { readonly tone: StateTone; readonly children: ReactNode }): ReactNode {
  return (
    <p className="ui-note" data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={icons[tone]} size="s" />
      <span>{children}</span>
    </p>
  );
}
