/** The palette: each service by drag, by click (added beside what is selected) and by its letter. */
import './palette.css';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Tooltip } from '../../ui/overlay/tooltip.tsx';
import type { ServiceManifest } from '../../sim/manifest.ts';

/** Data type of a palette drag, read by the canvas. */
const DRAG_TYPE = 'application/x-coldstart-service';

export interface PaletteRailProps {
  readonly manifests: readonly ServiceManifest[];
  /** Ids offered; all when null (a lesson may offer fewer). */
  readonly offered: readonly string[] | null;
  readonly onAdd: (service: string) => void;
  readonly onHelp: () => void;
}

export function PaletteRail({ manifests, offered, onAdd, onHelp }: PaletteRailProps): ReactNode {
  const shown = manifests.filter((manifest) => offered === null || offered.includes(manifest.id));
  const clients = shown.filter((manifest) => manifest.family === 'client');
  const services = shown.filter((manifest) => manifest.family !== 'client');
  return (
    <nav className="palette" aria-label="Services">
      {services.map((manifest) => (
        <PaletteButton key={manifest.id} manifest={manifest} onAdd={onAdd} />
      ))}
      {clients.length > 0 && <hr />}
      {clients.map((manifest) => (
        <PaletteButton key={manifest.id} manifest={manifest} onAdd={onAdd} />
      ))}
      <button type="button" className="palette-button palette-help" onClick={onHelp}>
        <Icon name="help" size="l" />
        Help
      </button>
    </nav>
  );
}

function PaletteButton({ manifest, onAdd }: { readonly manifest: ServiceManifest; readonly onAdd: (service: string) => void }): ReactNode {
  return (
    <Tooltip text={manifest.summary} shortcut={manifest.shortcut} side="right">
      <button
        type="button"
        className="palette-button"
        data-tone={manifest.family}
        data-service={manifest.id}
        aria-label={`Add ${manifest.title}`}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, manifest.id);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => onAdd(manifest.id)}
      >
        <Icon name={manifest.icon as IconName} size="l" />
        {manifest.noun}
      </button>
    </Tooltip>
  );
}
