/** A button with a word on it; see icon-button for one without. */
import './button.css';
import { cx } from '../cx.ts';
import { Icon, type IconName, type IconSize } from '../icons.tsx';
import type { ComponentProps, ReactNode } from 'react';

/** `primary` is ink, `now` moves time, `secondary` is outlined, `quiet` has no edge until hovered, `danger` destroys. */
export type ButtonKind = 'primary' | 'now' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** Default `secondary`. */
  readonly kind?: ButtonKind;
  readonly icon?: IconName;
  /** Default `m`. */
  readonly iconSize?: IconSize;
  /** Shown after the word: a key, a time, a chevron. */
  readonly trailing?: ReactNode;
  /** `s` is 28 px high, for toasts and cards; it grows to the touch size with a coarse pointer. */
  readonly size?: 's' | 'm';
  /** For a toggle: shown as on, and said so. */
  readonly pressed?: boolean | undefined;
}

export function Button(props: ButtonProps): ReactNode {
  const { kind = 'secondary', icon, iconSize = 'm', trailing, size = 'm', pressed, className, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={cx('ui-button', className)}
      data-kind={kind}
      data-size={size}
      aria-pressed={pressed ?? rest['aria-pressed']}
    >
      {icon && <Icon name={icon} size={iconSize} />}
      {children}
      {trailing}
    </button>
  );
}
