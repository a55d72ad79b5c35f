/** A menu that opens with the right button, a long press or the menu key, where the pointer is. */
import * as RadixMenu from 'radix-ui/context-menu';
import { MenuRows } from './menu-rows.tsx';
import type { MenuEntry } from './menu-items.ts';
import type { ReactElement, ReactNode } from 'react';

export interface ContextMenuProps {
  readonly items: readonly MenuEntry[];
  /** One element that passes on its props and ref. */
  readonly children: ReactElement;
  readonly onOpenChange?: (open: boolean) => void;
}

export function ContextMenu({ items, children, onOpenChange }: ContextMenuProps): ReactNode {
  return (
    <RadixMenu.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <RadixMenu.Trigger asChild>{children}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className="ui-menu" collisionPadding={8}>
          <MenuRows items={items} parts={RadixMenu} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}
