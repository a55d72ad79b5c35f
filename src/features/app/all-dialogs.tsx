/** Every dialog of the page, fetched together when the first one opens. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useApp } from './app-context.ts';
import { useFoundActions } from './found-actions.ts';
import { DocsDialog } from './docs-dialog.tsx';
import { FindDialog, ShortcutsDialog } from './dialogs.tsx';
import { SettingDialog } from './setting-dialog.tsx';
import { exportFile, openFile } from './app-menu.ts';
import { linkBases } from './links.ts';
import { GalleryDialog } from '../gallery/gallery-dialog.tsx';
import { ShareDialog } from '../share/share-dialog.tsx';

export function AllDialogs(): ReactNode {
  const app = useApp();
  const dialog = useStore(app.view, (state) => state.dialog);
  const actions = useFoundActions(app);
  const close = useMemo(() => () => app.view.setDialog('none'), [app]);
  const hash = useMemo(() => () => app.client.hash(), [app]);
  return (
    <>
      {dialog === 'find' && <FindDialog actions={actions} />}
      {dialog === 'shortcuts' && <ShortcutsDialog />}
      {dialog === 'share' && (
        <ShareDialog
          scenario={app.scenario}
          run={app.run}
          bases={linkBases}
          hash={hash}
          onExport={() => exportFile(app)}
          onImport={(file) => void openFile(app, file)}
          onClose={close}
        />
      )}
      {dialog === 'gallery' && <GalleryDialog saved={app.saved} manifests={app.manifests} onOpen={app.open} onClose={close} />}
      {dialog === 'docs' && <DocsDialog />}
      <SettingDialog />
    </>
  );
}
