/** A button that shows only an icon: its name is spoken, and shown as a tooltip. */
import './button.css';
import { cx } from '../cx.ts';
import { Icon, type IconName, type IconSize } from '../icons.tsx';
import { type Side, tip } from '../overlay/tooltip.tsx';
import type { ButtonKind } from './button.tsx';
import type { ComponentProps, ReactNode } from 'react';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: IconName;
  /** Its accessible name and the tooltip's text. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  /** Default `quiet`. */
  readonly kind?: ButtonKind;
  readonly iconSize?: IconSize;
  /** `s` is 24 px with a full hit area round it. */
  readonly size?: 's' | 'm';
  readonly pressed?: boolean | undefined;
  /** Side of the tooltip, default `bottom`. */
  readonly side?: Side;
}

export function IconButton(props: IconButtonProps): ReactNode {
  const { icon, label, shortcut, kind = 'quiet', size = 'm', iconSize = size === 's' ? 's' : 'm', pressed, side, className, ...rest } = props;
  return (
    <button
      type="button"
      {...tip(label, shortcut, side)}
      {...rest}
      className={cx('ui-button', className)}
      data-kind={kind}
      data-size={size}
      data-icon-only=""
      aria-label={label}
      aria-pressed={pressed ?? rest['aria-pressed']}
    >
      <Icon name={icon} size={iconSize} />
    </button>
  );
}
