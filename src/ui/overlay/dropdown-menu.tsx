/** A menu that opens from a button. */
import * as RadixMenu from 'radix-ui/dropdown-menu';
import { MenuRows } from './menu-rows.tsx';
import type { MenuEntry } from './menu-items.ts';
import type { ReactElement, ReactNode } from 'react';

export type { MenuEntry } from './menu-items.ts';

export interface DropdownMenuProps {
  /** One button that passes on its props and ref; it names the menu. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuEntry[];
  /** Default `start`. */
  readonly align?: 'start' | 'center' | 'end';
  /** Default `bottom`. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly onOpenChange?: (open: boolean) => void;
}

export function DropdownMenu({ trigger, items, align = 'start', side = 'bottom', onOpenChange }: DropdownMenuProps): ReactNode {
  return (
    <RadixMenu.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className="ui-menu" align={align} side={side} sideOffset={6} collisionPadding={8}>
          <MenuRows items={items} parts={RadixMenu} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}
