/** Which of the three layouts the window has room for. */
import { useSyncExternalStore } from 'react';

/** `wide` from 1180 px, `narrow` below, `phone` up to 640 px. */
export type Layout = 'wide' | 'narrow' | 'phone';

const phone = '(max-width: 640px)';
const narrow = '(max-width: 1180px)';

function read(): Layout {
  return matchMedia(phone).matches ? 'phone' : matchMedia(narrow).matches ? 'narrow' : 'wide';
}

function subscribe(tell: () => void): () => void {
  const queries = [matchMedia(phone), matchMedia(narrow)];
  for (const query of queries) query.addEventListener('change', tell);
  return () => {
    for (const query of queries) query.removeEventListener('change', tell);
  };
}

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, read);
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (tell) => {
      const list = matchMedia(query);
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    () => matchMedia(query).matches,
  );
}
