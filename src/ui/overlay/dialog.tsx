/** A modal question or form. Lessons and panels are never dialogs. Its code is fetched when the first one opens. */
import { lazy, Suspense, type ReactNode } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  /** One or two sentences below the title. */
  readonly description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  /** px, default 440. */
  readonly width?: number;
  /** Title only spoken and no padding: for a search box and the like. */
  readonly bare?: boolean;
  readonly className?: string;
  readonly children?: ReactNode;
}

const Loaded = lazy(async () => ({ default: (await import('./dialog-radix.tsx')).RadixDialogBox }));

export function Dialog(props: DialogProps): ReactNode {
  if (!props.open) return null;
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
