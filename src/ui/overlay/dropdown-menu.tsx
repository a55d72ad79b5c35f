/** A menu that opens from a button. */
import { lazyOpened, type Opened } from './lazy-opened.tsx';
import type { MenuEntry } from './menu-items.ts';

export type { MenuEntry } from './menu-items.ts';

export interface DropdownMenuProps extends Opened {
  readonly items: readonly MenuEntry[];
  /** Default `start`. */
  readonly align?: 'start' | 'center' | 'end';
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

export const DropdownMenu = lazyOpened<DropdownMenuProps>(async () => (await import('./menu-radix.tsx')).RadixDropdown, 'menu');
