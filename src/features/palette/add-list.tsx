/** The palette as a list, where there is no room for a rail: every service with what it is for. */
import './palette.css';
import type { ReactNode } from 'react';
import { Icon, iconNamed } from '../../ui/icons.tsx';
import type { ServiceManifest } from '../../sim/manifest.ts';

export function AddList({ manifests, onAdd }: { readonly manifests: readonly ServiceManifest[]; readonly onAdd: (service: string) => void }): ReactNode {
  return (
    <section className="add-list" aria-label="Services">
      <h2>Add a service</h2>
      <p>Tap a card on the canvas to inspect it.</p>
      <ul>
        {manifests.map((manifest) => (
          <li key={manifest.id}>
            <button type="button" data-tone={manifest.family} onClick={() => onAdd(manifest.id)}>
              <span className="ui-tone">
                <Icon name={iconNamed(manifest.icon)} size="l" />
              </span>
              <span>
                <b>{manifest.title}</b>
                <small>{manifest.summary}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
