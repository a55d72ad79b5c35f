/** Templates to start from, the empty cloud, and the visitor's own earlier scenarios. */
import './gallery.css';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Icon, iconNamed } from '../../ui/icons.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import type { ServiceManifest } from '../../sim/manifest.ts';
import type { Origin } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { templates } from '../../scenario/templates/templates.ts';
import { Sketch } from './sketch.tsx';

export interface SavedEntry {
  readonly id: string;
  readonly savedAt: string;
  readonly document: ScenarioDocument;
}

export interface GalleryDialogProps {
  readonly saved: { shelf(): readonly SavedEntry[]; removeFromShelf(id: string): void };
  readonly manifests: ReadonlyMap<string, ServiceManifest>;
  readonly onOpen: (document: ScenarioDocument, origin: Origin, opening?: { readonly prefetchMs: number; readonly showMs: number }) => void;
  readonly onClose: () => void;
}

export function GalleryDialog({ saved, manifests, onOpen, onClose }: GalleryDialogProps): ReactNode {
  const [shelf, setShelf] = useState(() => saved.shelf());
  const open: GalleryDialogProps['onOpen'] = (document, origin, opening) => {
    onOpen(document, origin, opening);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title="Open"
      description="What is open now is kept: it comes here as soon as something else is changed."
      width={760}
    >
      <ul className="gallery-cards" aria-label="Templates">
        {templates.map((template) => (
          <li key={template.id}>
            <button type="button" className="gallery-card" onClick={() => open(template.document, { kind: 'template', id: template.id }, template.opening)}>
              <Sketch document={template.document} manifests={manifests} />
              <b>{template.title}</b>
              <span>{template.summary}</span>
            </button>
          </li>
        ))}
      </ul>
      {shelf.length > 0 && (
        <>
          <h3 className="gallery-head">Your earlier scenarios</h3>
          <ul className="gallery-saved" aria-label="Your earlier scenarios">
            {shelf.map((entry) => (
              <li key={entry.id}>
                <button type="button" onClick={() => open(entry.document, { kind: 'own' })}>
                  <Icon name={iconNamed(manifests.get(entry.document.base.nodes[0]?.service ?? '')?.icon ?? 'canvas')} />
                  <b>{entry.document.base.name}</b>
                  <small className="ui-num">
                    {entry.document.base.nodes.length} nodes, {savedText(entry.savedAt)}
                  </small>
                </button>
                <IconButton
                  icon="trash"
                  label={`Delete ${entry.document.base.name} for good`}
                  iconSize="s"
                  onClick={() => {
                    saved.removeFromShelf(entry.id);
                    setShelf(saved.shelf());
                  }}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

/** `2026-11-25, 04:20` in the visitor's own time. */
function savedText(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'at an unknown time';
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}
