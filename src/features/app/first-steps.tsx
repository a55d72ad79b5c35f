/** Three first steps beside the untouched template: gone with the first press of play or the first change. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { FIRST } from './services.ts';
import { useApp } from './app-context.ts';
import { useMedia } from './use-layout.ts';
import type { Layout } from './use-layout.ts';

const STEPS = [
  ['Press play', 'A sample clip is on its way. Space works too.'],
  ['Drop in your own clip', 'Anywhere on the canvas. It stays in this browser.'],
  ['Drag the playhead back', 'Everything you see goes back with it.'],
] as const;

/** In canvas coordinates: the free corner of the first template. */
const CORNER = { left: 1_096, top: 156 };

/** Room that the row at the foot of the canvas takes, px. */
export const FOOT_PX = 132;
const FOOT_FITS = '(min-width: 900px) and (min-height: 720px)';

/** Where the steps stand: among the cards where there is room, else in a row at the foot of the canvas, else nowhere. */
export function useFirstSteps(layout: Layout): 'corner' | 'foot' | null {
  const { scenario, run, view } = useApp();
  const selected = useStore(view, (state) => state.selectedNodes.length + state.selectedEdges.length > 0);
  const untouched = useStore(
    scenario,
    (state) => state.origin.kind === 'template' && state.origin.id === FIRST.id && !state.changed && state.saved === 'untouched',
  );
  const playing = useStore(run, (state) => state.status.playing);
  const [played, setPlayed] = useState(false);
  if (playing && !played) setPlayed(true);
  const footFits = useMedia(FOOT_FITS);
  if (!untouched || played || playing || layout === 'phone') return null;
  if (layout === 'wide') return 'corner';
  return footFits && !selected ? 'foot' : null;
}

export function FirstSteps({ place }: { readonly place: 'corner' | 'foot' }): ReactNode {
  return (
    <ol className="first-steps" data-place={place} style={place === 'corner' ? CORNER : undefined} aria-label="First steps">
      {STEPS.map(([title, words]) => (
        <li key={title}>
          <b>{title}</b>
          {words}
        </li>
      ))}
    </ol>
  );
}
