/** Decides what a reader hears: at most one sentence in two seconds; of those that wait, the latest speaks for all. */

export const announceEveryMs = 2000;

export interface Announcer {
  /** Says a sentence now, or as soon as two seconds have passed since the last one. */
  readonly announce: (sentence: string) => void;
  /** Forgets what waits. */
  readonly stop: () => void;
}

export interface AnnouncerClock {
  readonly nowMs: () => number;
  /** Runs `then` after `ms`; answers how to prevent it. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export function createAnnouncer(say: (sentence: string) => void, clock: AnnouncerClock, everyMs: number = announceEveryMs): Announcer {
  let lastMs = -Infinity;
  let waiting: string | undefined;
  let cancel: (() => void) | undefined;

  const speak = (sentence: string): void => {
    lastMs = clock.nowMs();
    say(sentence);
  };
  const due = (): void => {
    cancel = undefined;
    const sentence = waiting;
    waiting = undefined;
    if (sentence !== undefined) speak(sentence);
  };
  return {
    announce(sentence) {
      const waitMs = lastMs + everyMs - clock.nowMs();
      if (waitMs <= 0 && cancel === undefined) {
        speak(sentence);
        return;
      }
      waiting = sentence;
      cancel ??= clock.after(Math.max(0, waitMs), due);
    },
    stop() {
      cancel?.();
      cancel = undefined;
      waiting = undefined;
    },
  };
}
