/** Gives an element a menu for the right button, the menu key and a long press. */
import { cloneElement, useRef, useState, type MouseEvent, type PointerEvent, type ReactElement, type ReactNode } from 'react';
import { MenuAt, type MenuPoint } from './menu-at.tsx';
import type { MenuEntry } from './menu-items.ts';

interface TargetProps {
  readonly onContextMenu?: (event: MouseEvent) => void;
  readonly onPointerDown?: (event: PointerEvent) => void;
  readonly onPointerMove?: (event: PointerEvent) => void;
  readonly onPointerUp?: () => void;
  readonly onPointerCancel?: () => void;
}

export interface ContextMenuProps {
  readonly label: string;
  readonly items: readonly MenuEntry[];
  /** One element that passes on its props. */
  readonly children: ReactElement;
}

/** A touch that rests this long is a long press; iOS sends no contextmenu event for it. */
const longPressMs = 650;

export function ContextMenu({ label, items, children }: ContextMenuProps): ReactNode {
  const [at, setAt] = useState<MenuPoint | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = (): void => clearTimeout(timer.current);
  const target = cloneElement(children as ReactElement<TargetProps>, {
    onContextMenu: (event) => {
      event.preventDefault();
      release();
      setAt({ x: event.clientX, y: event.clientY });
    },
    onPointerDown: (event) => {
      release();
      if (event.pointerType !== 'touch') return;
      const point = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => setAt(point), longPressMs);
    },
    onPointerMove: release,
    onPointerUp: release,
    onPointerCancel: release,
  });
  return (
    <>
      {target}
      <MenuAt label={label} at={at} items={items} onClose={() => setAt(null)} />
    </>
  );
}
