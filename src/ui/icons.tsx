/** Draws an icon of the set by name; decorative unless it is given a title. */
import './icons.css';
import { cx } from './cx.ts';
import { type IconName, iconPaths } from './icon-paths.ts';
import type { ReactNode } from 'react';

export type { IconName } from './icon-paths.ts';

/** The icon of a name that comes as plain text (from a manifest); an unknown name gets the plain canvas tile. */
export function iconNamed(name: string): IconName {
  return Object.hasOwn(iconPaths, name) ? (name as IconName) : 'canvas';
}

/** 14, 18 and 22 px. */
export type IconSize = 's' | 'm' | 'l';

export interface IconProps {
  readonly name: IconName;
  /** Default `m`, 18 px. */
  readonly size?: IconSize;
  /** What the icon means where no word beside it says so; without it the icon is hidden from readers. */
  readonly title?: string;
  readonly className?: string;
}

export function Icon({ name, size = 'm', title, className }: IconProps): ReactNode {
  const named = title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title };
  return (
    <svg className={cx('ui-icon', className)} data-size={size} data-icon={name} viewBox="0 0 20 20" {...named}>
      <path d={iconPaths[name]} />
    </svg>
  );
}
