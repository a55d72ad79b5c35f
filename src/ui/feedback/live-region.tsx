/** The polite live region of the page; put once into the app, speak with `announce`. */
import { createAnnouncer } from './announcer.ts';
import { useSyncExternalStore, type ReactNode } from 'react';

let spoken: { readonly text: string; readonly turn: number } = { text: '', turn: 0 };
const listeners = new Set<() => void>();

const announcer = createAnnouncer(
  (text) => {
    spoken = { text, turn: spoken.turn + 1 };
    for (const tell of listeners) tell();
  },
  {
    nowMs: () => performance.now(),
    after(ms, then) {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  },
);

/** Has a sentence read out, at most one in two seconds; a newer one takes the place of one that waits. */
export function announce(sentence: string): void {
  announcer.announce(sentence);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function LiveRegion(): ReactNode {
  const { text, turn } = useSyncExternalStore(subscribe, () => spoken);
  return (
    <div className="ui-hidden" role="status" aria-live="polite" aria-atomic="true">
      {/* A new element each turn, so that the same sentence twice is heard twice. */}
      <span key={turn}>{text}</span>
    </div>
  );
}
