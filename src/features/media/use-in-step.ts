/** Keeps several videos in step: play, pause and seeking in one do the same in all. */
import { useMemo, useState } from 'react';

export interface InStep {
  readonly playing: boolean;
  /** Videos that are here. */
  readonly count: number;
  readonly toggle: () => void;
  /** Takes a video in; answers how to let it go. */
  readonly register: (video: HTMLVideoElement) => () => void;
}

/** Videos may be apart by this much, s, before the others are moved. */
const APART_SEC = 0.12;

export function useInStep(): InStep {
  const [playing, setPlaying] = useState(false);
  const [count, setCount] = useState(0);
  const group = useMemo(() => new StepGroup(setPlaying, setCount), []);
  return { playing, count, toggle: group.toggle, register: group.register };
}

class StepGroup {
  readonly #videos = new Set<HTMLVideoElement>();
  readonly #tell: (playing: boolean) => void;
  readonly #count: (count: number) => void;
  /** The one that was played or moved by hand last. */
  #leader: HTMLVideoElement | null = null;

  constructor(tell: (playing: boolean) => void, count: (count: number) => void) {
    this.#tell = tell;
    this.#count = count;
  }

  register = (video: HTMLVideoElement): (() => void) => {
    this.#videos.add(video);
    this.#count(this.#videos.size);
    const lead = (): void => {
      this.#leader = video;
    };
    const onPlay = (): void => {
      this.#leader ??= video;
      for (const other of this.#others(video)) if (other.paused && other.readyState > 0) void other.play().catch(() => {});
      this.#tell(true);
    };
    const onPause = (): void => {
      // A shorter one has ended: the others go on.
      if (video.ended) {
        if ([...this.#videos].every((one) => one.paused || one.ended)) this.#tell(false);
        return;
      }
      for (const other of this.#others(video)) other.pause();
      this.#tell(false);
    };
    const follow = (): void => {
      if (this.#leader !== video) return;
      for (const other of this.#others(video)) {
        const wanted = Math.min(video.currentTime, Number.isFinite(other.duration) ? other.duration : video.currentTime);
        if (other.readyState > 0 && !other.ended && Math.abs(other.currentTime - wanted) > APART_SEC) other.currentTime = wanted;
      }
    };
    const listeners = { pointerdown: lead, keydown: lead, play: onPlay, pause: onPause, seeked: follow, timeupdate: follow };
    for (const [name, listener] of Object.entries(listeners)) video.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) video.removeEventListener(name, listener);
      this.#videos.delete(video);
      this.#count(this.#videos.size);
      if (this.#leader === video) this.#leader = null;
      if ([...this.#videos].every((one) => one.paused)) this.#tell(false);
    };
  };

  toggle = (): void => {
    const videos = [...this.#videos].filter((video) => video.readyState > 0);
    const [first] = videos;
    if (first === undefined) return;
    if (videos.some((video) => !video.paused && !video.ended)) {
      for (const video of videos) video.pause();
      return;
    }
    this.#leader = first;
    const at = videos.every((video) => video.ended) ? 0 : first.currentTime;
    for (const video of videos) {
      video.currentTime = at;
      void video.play().catch(() => {});
    }
  };

  #others(video: HTMLVideoElement): readonly HTMLVideoElement[] {
    return [...this.#videos].filter((other) => other !== video);
  }
}
