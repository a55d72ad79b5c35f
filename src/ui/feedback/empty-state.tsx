/** Nothing is here, why not, and what to do about it. */
import './empty-state.css';
import { Icon, type IconName } from '../icons.tsx';
import type { Tone } from '../tone.ts';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** 'No dead letters'. */
  readonly title: string;
  /** One or two sentences. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Above the title; makes it a page's message rather than a list's. */
  readonly icon?: IconName;
  /** Tone of the icon. */
  readonly tone?: Tone;
}

export function EmptyState({ title, children, actions, icon, tone = 'plain' }: EmptyStateProps): ReactNode {
  return (
    <div className="ui-empty" data-page={icon !== undefined || undefined}>
      {icon && (
        <span className="ui-tone" data-tone={tone}>
          <Icon name={icon} size="l" />
        </span>
      )}
      <h3>{title}</h3>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div className="ui-actions">{actions}</div>}
    </div>
  );
}
