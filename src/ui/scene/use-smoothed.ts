/** React's side of smoothing.ts: a smoothed number and a held colour that re-render only while something is still moving. */
import { useEffect, useRef, useState } from 'react';
import { createHolder, createSmoother, type Holder, type Smoother } from './smoothing.ts';

/** How often a moving mean is shown anew, ms. */
const stepMs = 50;

/** The mean of `value` over the last 400 ms of wall time. With reduced motion it is the same: this is calm, not motion. */
export function useSmoothed(value: number): number {
  const [shown, setShown] = useState(value);
  const smoother = useRef<Smoother>(undefined);
  useEffect(() => {
    const kept = (smoother.current ??= createSmoother(value, performance.now()));
    kept.push(value, performance.now());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = (): void => {
      const now = performance.now();
      const moving = now < kept.settledAtMs();
      setShown(moving ? kept.mean(now) : value);
      if (moving) timer = setTimeout(step, stepMs);
    };
    step();
    return () => clearTimeout(timer);
  }, [value]);
  return shown;
}

/** `wanted`, changed no sooner than 600 ms after the last change. */
export function useHeld<T>(wanted: T): T {
  const [shown, setShown] = useState(wanted);
  const holder = useRef<Holder<T>>(undefined);
  useEffect(() => {
    const kept = (holder.current ??= createHolder(wanted, performance.now()));
    const now = performance.now();
    const allowed = kept.show(wanted, now);
    setShown(() => allowed);
    if (allowed === wanted) return undefined;
    const timer = setTimeout(() => {
      const later = kept.show(wanted, performance.now());
      setShown(() => later);
    }, kept.freeAtMs() - now + 1);
    return () => clearTimeout(timer);
  }, [wanted]);
  return shown;
}
