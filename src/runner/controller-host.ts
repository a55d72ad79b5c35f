/** What a run controller is given by its host, so that it knows no worker, no clock and no timers of its own. */
import type { WorkItem } from '../sim/external-work.ts';
import type { Slice } from './protocol.ts';
import type { Recorded } from './recorded-work.ts';
import type { SimulationHost } from './simulation.ts';
import type { Performers } from './work-host.ts';

export interface ControllerHost extends SimulationHost {
  readonly performers: Performers;
  /** What is known of a piece of work without doing it. */
  readonly recorded?: (item: WorkItem) => Recorded;
  /** A file of the page that was asked for could not be fetched. */
  readonly unreachable?: (sha256: string) => void;
  /** Wall clock, ms. */
  readonly wallMs: () => number;
  /** Calls back once after about so many ms; 0 = as soon as messages have been read. */
  readonly later: (callback: () => void, ms: number) => void;
  readonly post: (slice: Slice, transfer?: ArrayBuffer[]) => void;
}
