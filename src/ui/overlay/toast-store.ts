/** The list of toasts on screen, outside React so that anything may raise one. */
import type { IconName } from '../icon-paths.ts';
import type { StateTone } from '../tone.ts';

export interface ToastRequest {
  /** One short sentence: 'Moved m-7 back to jobs'. */
  readonly text: string;
  readonly icon?: IconName;
  readonly tone?: StateTone;
  /** One thing to do about it: Undo. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
  /** ms on screen; default 5000, with an action 10000. */
  readonly durationMs?: number;
  /** A toast with the same key takes the place of an earlier one. */
  readonly key?: string;
}

export interface ToastEntry extends ToastRequest {
  readonly id: number;
}

/** More than this and the oldest leaves. */
export const toastsMax = 4;

let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function put(next: readonly ToastEntry[]): void {
  entries = next;
  for (const tell of listeners) tell();
}

/** Raises a toast; answers its id. */
export function showToast(request: ToastRequest): number {
  lastId += 1;
  const others = request.key === undefined ? entries : entries.filter((entry) => entry.key !== request.key);
  put([...others, { ...request, id: lastId }].slice(-toastsMax));
  return lastId;
}

export function dismissToast(id: number): void {
  put(entries.filter((entry) => entry.id !== id));
}

export function currentToasts(): readonly ToastEntry[] {
  return entries;
}

export function subscribeToasts(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
