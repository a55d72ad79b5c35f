/** What this browser keeps: the scenario of autosave, and a shelf of earlier ones, so that opening another never loses one. */
import { readKept } from '../../scenario/autosave.ts';
import type { Keeper, Kept } from '../../scenario/autosave.ts';
import type { Manifests } from '../../scenario/environment.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { validateScenario } from '../../scenario/validate.ts';

const SHELF_KEY = 'coldstart.shelf';
/** Older ones leave the shelf. */
const SHELF_MAX = 12;

export interface ShelfEntry {
  readonly id: string;
  /** ISO time at which it was put there. */
  readonly savedAt: string;
  readonly document: ScenarioDocument;
}

export interface Saved {
  read(): Promise<Kept | 'broken' | null>;
  /** The kept scenario is the one that is open: the next change saves over it. */
  isOpen(): void;
  /** Another scenario was opened: what is kept goes to the shelf before the first change saves over it. */
  isNotOpen(): void;
  shelf(): readonly ShelfEntry[];
  removeFromShelf(id: string): void;
}

export function createSaved(store: ScenarioStore, keeper: Keeper, manifests: Manifests): Saved {
  let foreign = false;
  const shelf = (): readonly ShelfEntry[] => readShelf(manifests);
  const saved: Saved = {
    read: () => readKept(keeper, manifests),
    isOpen: () => {
      foreign = false;
    },
    isNotOpen: () => {
      foreign = true;
    },
    shelf,
    removeFromShelf: (id) => writeShelf(shelf().filter((entry) => entry.id !== id)),
  };
  // Reading a local store settles before autosave's timer: what was kept is on the shelf before it is saved over.
  store.subscribe((state) => {
    if (!foreign || !state.changed) return;
    foreign = false;
    void saved.read().then((kept) => {
      if (kept !== null && kept !== 'broken') writeShelf(withEntry(shelf(), kept.document));
    });
  });
  return saved;
}

function withEntry(entries: readonly ShelfEntry[], document: ScenarioDocument): readonly ShelfEntry[] {
  const text = JSON.stringify(document);
  const others = entries.filter((entry) => JSON.stringify(entry.document) !== text);
  return [{ id: crypto.randomUUID(), savedAt: new Date().toISOString(), document }, ...others].slice(0, SHELF_MAX);
}

function readShelf(manifests: Manifests): readonly ShelfEntry[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(SHELF_KEY) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.flatMap((entry: Partial<ShelfEntry> | null) => {
      const check = validateScenario(entry?.document, manifests);
      return typeof entry?.id === 'string' && check.ok ? [{ id: entry.id, savedAt: String(entry.savedAt ?? ''), document: check.document }] : [];
    });
  } catch {
    return [];
  }
}

function writeShelf(entries: readonly ShelfEntry[]): void {
  try {
    localStorage.setItem(SHELF_KEY, JSON.stringify(entries));
  } catch {
    // Full or forbidden: autosave says so by itself.
  }
}
