/** Closes the doors of a worker that runs guest code: a content security policy of the page does not reach it. */

/** What guest code could never get at anyway, and nobody in the worker needs once the sandbox is loaded. */
const DOORS = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'EventSource', 'importScripts', 'indexedDB', 'caches', 'BroadcastChannel'] as const;

export function closeDoors(): void {
  for (const door of DOORS) {
    Object.defineProperty(globalThis, door, { value: undefined, writable: false, configurable: false });
  }
}
