/** A small word or number: as a badge it states, as a chip it can be removed. */
import './badge.css';
import { Icon, type IconName } from '../icons.tsx';
import type { Tone } from '../tone.ts';
import type { ReactNode } from 'react';

export interface BadgeProps {
  /** Default `plain`. */
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

export function Badge({ tone = 'plain', icon, children }: BadgeProps): ReactNode {
  return (
    <span className="ui-badge ui-num" data-tone={tone}>
      {icon && <Icon name={icon} size="s" />}
      {children}
    </span>
  );
}

export interface ChipProps extends BadgeProps {
  readonly onRemove: () => void;
  /** 'Remove suffix .mp4'. */
  readonly removeLabel: string;
}

export function Chip({ tone = 'plain', icon, children, onRemove, removeLabel }: ChipProps): ReactNode {
  return (
    <span className="ui-badge ui-chip ui-num" data-tone={tone}>
      {icon && <Icon name={icon} size="s" />}
      {children}
      <button type="button" aria-label={removeLabel} onClick={onRemove}>
        <Icon name="close" size="s" />
      </button>
    </span>
  );
}
