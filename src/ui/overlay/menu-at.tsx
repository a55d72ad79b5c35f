/** A menu that opens at a point: right button, long press, or beside what is selected. The owner says where, and hears when it closes. */
import { lazy, Suspense, type ReactNode } from 'react';
import type { MenuEntry } from './menu-items.ts';

export interface MenuPoint {
  /** px of the window. */
  readonly x: number;
  readonly y: number;
}

export interface MenuAtProps {
  /** Its name for readers: 'jobs'. */
  readonly label: string;
  /** Null while it is closed. */
  readonly at: MenuPoint | null;
  readonly items: readonly MenuEntry[];
  readonly onClose: () => void;
}

const Loaded = lazy(async () => ({ default: (await import('./menu-radix.tsx')).RadixMenuAt }));

export function MenuAt({ at, ...rest }: MenuAtProps): ReactNode {
  if (at === null) return null;
  return (
    <Suspense fallback={null}>
      <Loaded key={`${at.x},${at.y}`} at={at} {...rest} />
    </Suspense>
  );
}
