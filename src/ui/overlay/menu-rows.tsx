/** Draws menu data with the parts of either Radix menu, which share their shape. */
import './menu.css';
import { Kbd } from '../controls/kbd.tsx';
import { Icon } from '../icons.tsx';
import type { MenuAction, MenuBranch, MenuEntry } from './menu-items.ts';
import type { ComponentType, ReactNode } from 'react';

interface ItemProps {
  readonly className: string;
  readonly disabled: boolean;
  readonly onSelect: () => void;
  readonly 'data-danger': true | undefined;
  readonly children: ReactNode;
}

/** What DropdownMenu and ContextMenu both have. */
export interface MenuParts {
  readonly Item: ComponentType<ItemProps>;
  readonly CheckboxItem: ComponentType<ItemProps & { readonly checked: boolean }>;
  readonly ItemIndicator: ComponentType<{ readonly children: ReactNode }>;
  readonly Label: ComponentType<{ readonly className: string; readonly children: ReactNode }>;
  readonly Separator: ComponentType<{ readonly className: string }>;
  readonly Sub: ComponentType<{ readonly children: ReactNode }>;
  readonly SubTrigger: ComponentType<{ readonly className: string; readonly children: ReactNode }>;
  readonly SubContent: ComponentType<{ readonly className: string; readonly sideOffset: number; readonly collisionPadding: number; readonly children: ReactNode }>;
  readonly Portal: ComponentType<{ readonly children: ReactNode }>;
}

export function MenuRows({ items, parts }: { readonly items: readonly MenuEntry[]; readonly parts: MenuParts }): ReactNode {
  return items.map((entry, at) => {
    if (entry === 'separator') return <parts.Separator key={`line-${at}`} className="ui-menu-line" />;
    if ('heading' in entry) {
      return (
        <parts.Label key={`head-${at}`} className="ui-menu-heading">
          {entry.heading}
        </parts.Label>
      );
    }
    if ('items' in entry) return <Branch key={entry.id} branch={entry} parts={parts} />;
    return <Action key={entry.id} action={entry} parts={parts} />;
  });
}

function Action({ action, parts }: { readonly action: MenuAction; readonly parts: MenuParts }): ReactNode {
  const { label, icon, shortcut, danger = false, disabled = false, checked, onSelect } = action;
  const shared = { className: 'ui-menu-row', disabled, onSelect, 'data-danger': danger || undefined } as const;
  const words = (
    <>
      <span className="ui-menu-words">{label}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </>
  );
  if (checked === undefined) {
    return (
      <parts.Item {...shared}>
        {icon && <Icon name={icon} size="s" />}
        {words}
      </parts.Item>
    );
  }
  return (
    <parts.CheckboxItem {...shared} checked={checked}>
      <span className="ui-menu-tick">
        <parts.ItemIndicator>
          <Icon name="check" size="s" />
        </parts.ItemIndicator>
      </span>
      {words}
    </parts.CheckboxItem>
  );
}

function Branch({ branch, parts }: { readonly branch: MenuBranch; readonly parts: MenuParts }): ReactNode {
  return (
    <parts.Sub>
      <parts.SubTrigger className="ui-menu-row">
        {branch.icon && <Icon name={branch.icon} size="s" />}
        <span className="ui-menu-words">{branch.label}</span>
        <Icon name="chevron-right" size="s" />
      </parts.SubTrigger>
      <parts.Portal>
        <parts.SubContent className="ui-menu" sideOffset={4} collisionPadding={8}>
          <MenuRows items={branch.items} parts={parts} />
        </parts.SubContent>
      </parts.Portal>
    </parts.Sub>
  );
}
