/** Keeps the scenario in localStorage; other tabs are heard through the storage event. */
import type { Keeper } from '../../scenario/autosave.ts';

const KEY = 'coldstart.scenario';

export function browserKeeper(): Keeper {
  return {
    read: async () => localStorage.getItem(KEY),
    write: async (text) => localStorage.setItem(KEY, text),
    onOther: (listener) => {
      const heard = (event: StorageEvent): void => {
        if (event.key === KEY && event.newValue !== null) listener(event.newValue);
      };
      window.addEventListener('storage', heard);
      return () => window.removeEventListener('storage', heard);
    },
  };
}
