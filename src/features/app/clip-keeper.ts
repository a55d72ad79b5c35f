/** Keeps the visitor's own clips in this browser (IndexedDB) by SHA-256, so that a reload does not ask for them again. Nothing is sent anywhere. */
import type { ClipRef } from '../../scenario/schema.ts';

const DATABASE = 'coldstart';
const STORE = 'clips';
/** What is kept at most, bytes; the clips kept longest go first. */
const KEPT_BYTES_MAX = 1_024 * 1_024 * 1_024;

interface KeptClip extends ClipRef {
  readonly keptAt: number;
  readonly bytes: ArrayBuffer;
}

export interface ClipKeeper {
  /** Rejects when the browser has no room or forbids it: the clip then lasts as long as the page. */
  keep(clip: ClipRef, bytes: ArrayBuffer): Promise<void>;
  find(sha256: string): Promise<{ readonly name: string; readonly bytes: ArrayBuffer } | null>;
}

export function createClipKeeper(factory: IDBFactory | undefined = globalThis.indexedDB): ClipKeeper {
  let opened: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    if (!factory) return Promise.reject(new Error('this browser keeps no files'));
    opened ??= openDatabase(factory);
    opened.catch(() => (opened = null));
    return opened;
  };
  return {
    async keep(clip, bytes) {
      const database = await open();
      const kept = await all(database);
      const store = database.transaction(STORE, 'readwrite').objectStore(STORE);
      let total = bytes.byteLength;
      for (const old of kept.filter(({ sha256 }) => sha256 !== clip.sha256).sort((a, b) => b.keptAt - a.keptAt)) {
        total += old.size;
        if (total > KEPT_BYTES_MAX) store.delete(old.sha256);
      }
      await answer(store.put({ ...clip, keptAt: Date.now(), bytes } satisfies KeptClip));
    },
    async find(sha256) {
      const database = await open();
      const found = (await answer(database.transaction(STORE).objectStore(STORE).get(sha256))) as KeptClip | undefined;
      return found ? { name: found.name, bytes: found.bytes } : null;
    },
  };
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'sha256' }));
  return answer(request);
}

/** Without their bytes in memory: sizes and ages are read by a cursor. */
function all(database: IDBDatabase): Promise<readonly Pick<KeptClip, 'sha256' | 'size' | 'keptAt'>[]> {
  return new Promise((resolve, reject) => {
    const found: Pick<KeptClip, 'sha256' | 'size' | 'keptAt'>[] = [];
    const request = database.transaction(STORE).objectStore(STORE).openCursor();
    request.addEventListener('error', () => reject(request.error ?? new Error('the clips cannot be read')));
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (!cursor) return resolve(found);
      const { sha256, size, keptAt } = cursor.value as KeptClip;
      found.push({ sha256, size, keptAt });
      cursor.continue();
    });
  });
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser gave no reason')));
  });
}
