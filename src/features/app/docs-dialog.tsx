/** The dialog that says what of AWS is modelled; its data is made when it first opens. */
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { useApp } from './app-context.ts';

const DocsList = lazy(async () => ({ default: (await import('./docs-list.tsx')).DocsList }));

export function DocsDialog(): ReactNode {
  const { view } = useApp();
  const open = useStore(view, (state) => state.dialog === 'docs');
  return (
    <Dialog open={open} onOpenChange={(wanted) => view.setDialog(wanted ? 'docs' : 'none')} title="What is modelled" description="Every service with its operations, what is simple here and not on AWS, and each number with its source." width={760}>
      <Suspense fallback={<p className="ui-small ui-sub">Loading</p>}>
        <DocsList />
      </Suspense>
    </Dialog>
  );
}
