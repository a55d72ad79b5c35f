/** Three first steps beside the untouched template: gone with the first press of play or the first change. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { FIRST } from './services.ts';
import { useApp } from './app-context.ts';

const STEPS = [
  ['Press play', 'A sample clip is on its way. Space works too.'],
  ['Drop in your own clip', 'Anywhere on the canvas. It stays in this browser.'],
  ['Drag the playhead back', 'Everything you see goes back with it.'],
] as const;

/** In canvas coordinates: the free corner of the first template. */
const CORNER = { left: 1_096, top: 156 };

/** `corner`: among the cards, where there is room; `foot`: in a row at the foot of the canvas. */
export function FirstSteps({ place }: { readonly place: 'corner' | 'foot' }): ReactNode {
  const { scenario, run, view } = useApp();
  const selected = useStore(view, (state) => state.selectedNodes.length + state.selectedEdges.length > 0);
  const untouched = useStore(
    scenario,
    (state) => state.origin.kind === 'template' && state.origin.id === FIRST.id && !state.changed && state.saved === 'untouched',
  );
  const playing = useStore(run, (state) => state.status.playing);
  const [played, setPlayed] = useState(false);
  if (playing && !played) setPlayed(true);
  if (!untouched || played || playing || (selected && place === 'foot')) return null;
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
