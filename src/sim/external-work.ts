/** External work: what the host does outside of the simulation (ffmpeg), asked for by models and answered as a recorded input. */
import { canonicalJson } from '../base/canonical-json.ts';
import { sha256Hex } from '../base/hash.ts';
import { assert } from './errors.ts';
import type { TraceData } from './trace.ts';
import type { SimTime } from './units.ts';

export interface WorkItem {
  readonly workId: string;
  /** SHA-256 over kind and request: the name of the result, the same on every machine. */
  readonly key: string;
  readonly kind: string;
  readonly request: TraceData;
  readonly service: string;
  readonly entry: string;
  readonly payload: object;
  readonly resource: string;
  readonly askedAt: SimTime;
}

/** What the host answers: plain data, or that it was cancelled by the user. */
export type WorkResult = { readonly cancelled: true } | { readonly cancelled: false; readonly value: TraceData };

export interface WorkTableState {
  readonly items: readonly WorkItem[];
  readonly cancelled: readonly string[];
  readonly next: number;
}

export function workKey(kind: string, request: TraceData): string {
  return sha256Hex(canonicalJson({ kind, request }));
}

/** Work that was asked for and not yet taken, and all results by key. Results are outside of snapshots: they are facts about inputs. */
export class WorkTable {
  readonly results: Map<string, TraceData>;
  #items: Map<string, WorkItem>;
  #cancelled: Set<string>;
  #next: number;

  constructor(state?: WorkTableState, results = new Map<string, TraceData>()) {
    this.results = results;
    this.#items = new Map((state?.items ?? []).map((item) => [item.workId, item]));
    this.#cancelled = new Set(state?.cancelled ?? []);
    this.#next = state?.next ?? 1;
  }

  ask(item: Omit<WorkItem, 'workId' | 'key'>): WorkItem {
    const full: WorkItem = { ...item, workId: `work-${this.#next++}`, key: workKey(item.kind, item.request) };
    this.#items.set(full.workId, full);
    return full;
  }

  cancel(workId: string): boolean {
    if (!this.#items.has(workId)) return false;
    this.#cancelled.add(workId);
    return true;
  }

  /** Says before it is asked for that a piece will be cancelled: a replay knows it from its recorded inputs. */
  cancelAhead(workId: string): void {
    this.#cancelled.add(workId);
  }

  /** True when the result is known, or the work was cancelled. */
  has(workId: string): boolean {
    const item = this.#items.get(workId);
    return item === undefined || this.#cancelled.has(workId) || this.results.has(item.key);
  }

  take(workId: string): { item: WorkItem; result: WorkResult } {
    const item = this.#items.get(workId);
    assert(item, `external work ${workId} is not waiting`);
    this.#items.delete(workId);
    if (this.#cancelled.delete(workId)) return { item, result: { cancelled: true } };
    const value = this.results.get(item.key);
    assert(value !== undefined, `external work ${workId} has no result`);
    return { item, result: { cancelled: false, value } };
  }

  anyOutstanding(): boolean {
    return this.#items.size > 0;
  }

  /** Asked for, not cancelled, result not known: what the host should be doing now. In order of asking. */
  outstanding(): readonly WorkItem[] {
    return [...this.#items.values()].filter((item) => !this.has(item.workId));
  }

  item(workId: string): WorkItem | undefined {
    return this.#items.get(workId);
  }

  state(): WorkTableState {
    return { items: [...this.#items.values()], cancelled: [...this.#cancelled], next: this.#next };
  }
}
