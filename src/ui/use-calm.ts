/** A value of a store that changes faster than eyes can follow: read anew at most so often. */
import { useEffect, useState } from 'react';

export interface CalmStore<S> {
  getState(): S;
  subscribe(listener: (state: S) => void): () => void;
}

/**
 * `select` gives the value, compared member by member. `restMs` says how long a read value holds, ms; 0: every change shows at once.
 * Both must be stable functions.
 */
export function useCalm<S, V extends Readonly<Record<string, unknown>>>(store: CalmStore<S>, select: (state: S) => V, restMs: (state: S) => number): V {
  const [calm, setCalm] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = undefined;
      setCalm((before) => {
        const now = select(store.getState());
        return Object.keys(now).every((name) => Object.is(before[name], now[name])) ? before : now;
      });
    };
    look();
    const stop = store.subscribe((state) => {
      const rest = restMs(state);
      if (rest === 0) look();
      else timer ??= setTimeout(look, rest);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, select, restMs]);
  return calm;
}
