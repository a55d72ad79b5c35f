/** Plays a run to one stop after another. The stop is where its event is, not where the frame happened to be. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { CheckedTrace } from '../../lesson/matcher.ts';
import type { Stop } from '../../lesson/schema.ts';
import { stopMomentUs } from '../../lesson/stops.ts';
import { announce } from '../../ui/feedback/live-region.tsx';
import { useLessons } from './lesson-context.ts';

export interface Watch {
  /** Moments of the stops that were reached, virtual µs. */
  readonly reached: readonly number[];
  readonly state: 'idle' | 'playing' | 'paused' | 'stopped' | 'missing';
  begin(): void;
  goOn(): void;
  pause(): void;
}

export function useWatch(stops: readonly Stop[], o: { readonly prepare: () => void; readonly limitMs: number; readonly onDone: () => void }): Watch {
  const { run, time, client } = useLessons();
  const [reached, setReached] = useState<readonly number[]>([]);
  const [state, setState] = useState<Watch['state']>('idle');
  const next = useRef(0);
  const options = useRef(o);
  useEffect(() => {
    options.current = o;
  });

  const goOn = useCallback((): void => {
    const stop = stops[next.current];
    if (!stop) return;
    setState('playing');
    if (stop.skip && 'ms' in stop.at) return time.seek(stop.at.ms * 1_000);
    time.play();
    time.setSpeed(stop.skip ? 'max' : 1);
  }, [stops, time]);

  useEffect(() => {
    if (state !== 'playing') return undefined;
    let trace: CheckedTrace | null = null;
    const stopAt = (stop: Stop, atUs: number): void => {
      time.pause();
      time.setSpeed(1);
      time.seek(atUs);
      // The run was computed a little further: given up, so that a stop is no look into the past.
      client.continueFromHere();
      next.current++;
      setReached((before) => [...before, atUs]);
      setState('stopped');
      announce(stop.say);
      if (next.current === stops.length) options.current.onDone();
    };
    const look = (): void => {
      const stop = stops[next.current];
      const { index, status } = run.getState();
      if (!stop) return;
      if (trace === null || trace.events !== index.events) trace = new CheckedTrace(index.events, { ended: false, costUsd: 0 });
      else trace.grow({ ended: false, costUsd: 0 });
      const atUs = stopMomentUs(trace, stop);
      if (atUs !== null && status.shownUs >= atUs && status.computedUs >= atUs) return stopAt(stop, Math.max(0, atUs));
      if (atUs === null && (status.computedUs > options.current.limitMs * 1_000 || status.ended !== null)) {
        time.pause();
        setState('missing');
      }
    };
    return run.subscribe(look);
  }, [state, stops, run, time, client]);

  return {
    reached,
    state,
    begin: () => {
      next.current = 0;
      setReached([]);
      options.current.prepare();
      goOn();
    },
    goOn,
    pause: () => {
      time.pause();
      setState('paused');
    },
  };
}
