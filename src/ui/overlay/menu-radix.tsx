/** The menus themselves, by Radix; fetched when the first one is opened. */
import './menu.css';
import * as RadixMenu from 'radix-ui/dropdown-menu';
import { Kbd } from '../controls/kbd.tsx';
import { Icon } from '../icons.tsx';
import type { DropdownMenuProps } from './dropdown-menu.tsx';
import type { MenuAtProps, MenuPoint } from './menu-at.tsx';
import type { MenuAction, MenuBranch, MenuEntry } from './menu-items.ts';
import { useState, type ReactNode } from 'react';

/** A menu goes a moment after its action: what was focused meanwhile keeps the focus. */
function isFocusTaken(): boolean {
  const focused = document.activeElement;
  return focused !== null && focused !== document.body && focused.closest('.ui-menu') === null;
}

/** Starts open: it is fetched because somebody pressed its button. */
export function RadixDropdown({ trigger, items, align = 'start', side = 'bottom' }: DropdownMenuProps): ReactNode {
  return (
    <RadixMenu.Root modal={false} defaultOpen>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className="ui-menu" align={align} side={side} sideOffset={6} collisionPadding={8} onCloseAutoFocus={(event) => isFocusTaken() && event.preventDefault()}>
          <Rows items={items} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

/** Hangs on an invisible point; gives the focus back to where it was. */
export function RadixMenuAt({ label, at, items, onClose }: MenuAtProps & { readonly at: MenuPoint }): ReactNode {
  const [cameFrom] = useState(() => document.activeElement);
  return (
    <RadixMenu.Root modal={false} open onOpenChange={(open) => !open && onClose()}>
      <RadixMenu.Trigger asChild>
        <span aria-hidden style={{ position: 'fixed', left: at.x, top: at.y, width: 0, height: 0 }} />
      </RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          className="ui-menu"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={label}
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (cameFrom instanceof HTMLElement && !isFocusTaken()) cameFrom.focus();
          }}
        >
          <Rows items={items} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

function Rows({ items }: { readonly items: readonly MenuEntry[] }): ReactNode {
  return items.map((entry, at) => {
    if (entry === 'separator') return <RadixMenu.Separator key={`line-${at}`} className="ui-menu-line" />;
    if ('heading' in entry) {
      return (
        <RadixMenu.Label key={`head-${at}`} className="ui-menu-heading">
          {entry.heading}
        </RadixMenu.Label>
      );
    }
    if ('items' in entry) return <Branch key={entry.id} branch={entry} />;
    return <Action key={entry.id} action={entry} />;
  });
}

function Action({ action }: { readonly action: MenuAction }): ReactNode {
  const { label, note, icon, shortcut, danger = false, disabled = false, refused = false, checked, onSelect } = action;
  const shared = {
    className: 'ui-menu-row',
    disabled,
    onSelect: (event: Event) => (refused ? event.preventDefault() : onSelect()),
    'data-danger': danger || undefined,
    ...(refused ? { 'data-refused': '', 'aria-disabled': true } : {}),
  };
  const words = (
    <>
      <span className="ui-menu-words">
        {label}
        {note !== undefined && <span className="ui-menu-note">{note}</span>}
      </span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </>
  );
  if (checked === undefined) {
    return (
      <RadixMenu.Item {...shared}>
        {icon && <Icon name={icon} size="s" />}
        {words}
      </RadixMenu.Item>
    );
  }
  return (
    <RadixMenu.CheckboxItem {...shared} checked={checked}>
      <span className="ui-menu-tick">
        <RadixMenu.ItemIndicator>
          <Icon name="check" size="s" />
        </RadixMenu.ItemIndicator>
      </span>
      {words}
    </RadixMenu.CheckboxItem>
  );
}

function Branch({ branch }: { readonly branch: MenuBranch }): ReactNode {
  return (
    <RadixMenu.Sub>
      <RadixMenu.SubTrigger className="ui-menu-row">
        {branch.icon && <Icon name={branch.icon} size="s" />}
        <span className="ui-menu-words">{branch.label}</span>
        <Icon name="chevron-right" size="s" />
      </RadixMenu.SubTrigger>
      <RadixMenu.Portal>
        <RadixMenu.SubContent className="ui-menu" sideOffset={4} collisionPadding={8}>
          <Rows items={branch.items} />
        </RadixMenu.SubContent>
      </RadixMenu.Portal>
    </RadixMenu.Sub>
  );
}
