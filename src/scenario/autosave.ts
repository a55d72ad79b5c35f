/** Keeps the scenario in this browser: saves after each change, and notices when another tab has saved the same. Storage and clock are given. */
import type { Manifests } from './environment.ts';
import { documentNow } from './scenario.store.ts';
import type { Origin, ScenarioStore } from './scenario.store.ts';
import type { ScenarioDocument } from './schema.ts';
import { validateScenario } from './validate.ts';

/** Where it is kept. The page gives localStorage or IndexedDB. Any of them may throw or reject: storage full, forbidden. */
export interface Keeper {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** Calls back with what another tab wrote. Answers how to stop. */
  onOther(listener: (text: string) => void): () => void;
}

export interface Kept {
  readonly document: ScenarioDocument;
  readonly origin: Origin;
}

interface Envelope {
  readonly savedBy: string;
  readonly origin: Origin;
  readonly document: unknown;
}

/** What was kept, or null when nothing is there; `broken` when it can't be read any more (it is left as it is). */
export async function readKept(keeper: Pick<Keeper, 'read'>, manifests: Manifests): Promise<Kept | 'broken' | null> {
  const text = await keeper.read();
  if (text === null) return null;
  const envelope = parse(text);
  const check = envelope && validateScenario(envelope.document, manifests);
  return envelope && check?.ok ? { document: check.document, origin: envelope.origin ?? { kind: 'own' } } : 'broken';
}

/**
 * Saves the design (and the run's inputs, as long as they belong to it) whenever it has changed.
 * `later` runs a callback soon (a timer on the page); `tab` names this tab. Answers `flush`, which saves now, and `stop`.
 */
export function startAutosave(store: ScenarioStore, keeper: Keeper, o: { readonly tab: string; readonly later: (callback: () => void) => void }): { flush(): Promise<void>; stop(): void } {
  let asked = false;
  let stopped = false;
  const save = async (): Promise<void> => {
    asked = false;
    if (stopped) return;
    const state = store.getState();
    const envelope: Envelope = { savedBy: o.tab, origin: state.origin, document: documentNow(state) };
    store.setSaved('saving');
    try {
      await keeper.write(JSON.stringify(envelope));
      if (store.getState().saved === 'saving') store.setSaved('saved');
    } catch {
      store.setSaved('failed');
    }
  };
  const unsubscribe = store.subscribe((state, before) => {
    if (asked || (state.design === before.design && state.recorded === before.recorded) || !state.changed) return;
    asked = true;
    o.later(() => void save());
  });
  const unlisten = keeper.onOther((text) => {
    const envelope = parse(text);
    if (envelope && envelope.savedBy !== o.tab) store.setSaved('other-tab');
  });
  return {
    flush: save,
    stop() {
      stopped = true;
      unsubscribe();
      unlisten();
    },
  };
}

function parse(text: string): Envelope | null {
  try {
    const value = JSON.parse(text) as Envelope | null;
    return typeof value === 'object' && value !== null && 'document' in value ? value : null;
  } catch {
    return null;
  }
}
