/** Something small that belongs to a button and opens beside it. */
import { lazyOpened, type Opened } from './lazy-opened.tsx';
import type { ReactNode } from 'react';

export interface PopoverProps extends Opened {
  /** What it holds, for readers. */
  readonly label: string;
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** Default `start`. */
  readonly align?: 'start' | 'center' | 'end';
  /** px, default 316. */
  readonly width?: number;
  readonly className?: string;
  /** The content, or how to draw it when it must close itself. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

export const Popover = lazyOpened<PopoverProps>(async () => (await import('./popover-radix.tsx')).RadixPopoverCard, 'dialog');
