/** The life of what is followed, and why: cards over the canvas, in the corner that covers least. */
import { lazy, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useApp } from './app-context.ts';
import { cornerFor } from './free-corner.ts';
import type { Corner } from './free-corner.ts';
import { LazyPanel } from './lazy-panel.tsx';

const FollowCard = lazy(async () => ({ default: (await import('../follow/follow-card.tsx')).FollowCard }));
const WhyCard = lazy(async () => ({ default: (await import('../follow/why-card.tsx')).WhyCard }));

export function Popovers({ seek }: { readonly seek: (atUs: number) => void }): ReactNode {
  const { view } = useApp();
  const followed = useStore(view, (state) => state.followed);
  const asked = useStore(view, (state) => state.asked);
  return followed === null && asked === null ? null : <Placed key={`${followed} ${asked}`} followed={followed !== null} asked={asked !== null} seek={seek} />;
}

function Placed({ followed, asked, seek }: { readonly followed: boolean; readonly asked: boolean; readonly seek: (atUs: number) => void }): ReactNode {
  const { scenario, run, view } = useApp();
  const selected = useStore(view, (state) => state.selectedNodes);
  const place = useRef<HTMLDivElement>(null);
  const [corner, setCorner] = useState<Corner>('bottom-left');
  useLayoutEffect(() => {
    const box = place.current;
    const canvas = box?.closest('.canvas-place');
    if (!box || !canvas) return undefined;
    const look = (): void => {
      const cards = [...canvas.querySelectorAll<HTMLElement>('.react-flow__node')].map((card) => ({
        rect: card.getBoundingClientRect(),
        weight: selected.includes(card.dataset['id'] ?? '') ? SELECTED_WEIGHT : 1,
      }));
      setCorner(cornerFor(box.getBoundingClientRect(), canvas.getBoundingClientRect(), cards));
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    sizes.observe(canvas);
    return () => sizes.disconnect();
  }, [selected]);
  const props = { scenario, run, view, seek };
  return (
    <div ref={place} className="popovers nokey" data-corner={corner}>
      {asked && (
        <LazyPanel name="The reason">
          <WhyCard {...props} />
        </LazyPanel>
      )}
      {followed && (
        <LazyPanel name="The life">
          <FollowCard {...props} />
        </LazyPanel>
      )}
    </div>
  );
}

/** A selected card is covered last. */
const SELECTED_WEIGHT = 50;
