/** The theme choice (dark, light or what the system says): kept in localStorage, shown as `data-theme` on the html element. */
import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'dark' | 'light' | 'system';
export type Theme = 'dark' | 'light';

/** The same key is read by public/theme-boot.js, which sets the theme before the first paint. */
export const themeStorageKey = 'coldstart.theme';

const lightQuery = '(prefers-color-scheme: light)';
const listeners = new Set<() => void>();
let choice: ThemeChoice | undefined;

function parseChoice(stored: string | null): ThemeChoice {
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

function readStored(): ThemeChoice {
  try {
    return parseChoice(localStorage.getItem(themeStorageKey));
  } catch {
    return 'system'; // storage is blocked: the choice lasts as long as the page
  }
}

/** What the visitor chose. */
export function themeChoice(): ThemeChoice {
  choice ??= readStored();
  return choice;
}

/** Which of the two a choice comes to, given what the system prefers. */
export function resolveTheme(wanted: ThemeChoice, systemPrefersLight: boolean): Theme {
  if (wanted !== 'system') return wanted;
  return systemPrefersLight ? 'light' : 'dark';
}

/** The theme on screen. */
export function currentTheme(): Theme {
  return resolveTheme(themeChoice(), matchMedia(lightQuery).matches);
}

function show(): void {
  const root = document.documentElement;
  root.dataset['theme'] = currentTheme();
  const chrome = getComputedStyle(root).getPropertyValue('--chrome').trim();
  if (chrome !== '') document.querySelector('meta[name="theme-color"]')?.setAttribute('content', chrome);
  for (const tell of listeners) tell();
}

/** Shows the theme and follows the system and other tabs; call once before the first render. Answers how to stop. */
export function startTheme(): () => void {
  const media = matchMedia(lightQuery);
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== themeStorageKey) return;
    choice = parseChoice(event.newValue);
    show();
  };
  media.addEventListener('change', show);
  addEventListener('storage', onStorage);
  show();
  return () => {
    media.removeEventListener('change', show);
    removeEventListener('storage', onStorage);
  };
}

/** Changes and keeps the choice. */
export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  try {
    if (next === 'system') localStorage.removeItem(themeStorageKey);
    else localStorage.setItem(themeStorageKey, next);
  } catch {
    // storage is blocked: nothing to keep
  }
  show();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The choice, the theme it comes to, and how to change it. */
export function useTheme(): { readonly choice: ThemeChoice; readonly theme: Theme; readonly setChoice: (next: ThemeChoice) => void } {
  const chosen = useSyncExternalStore(subscribe, themeChoice);
  const theme = useSyncExternalStore(subscribe, currentTheme);
  return { choice: chosen, theme, setChoice: setThemeChoice };
}
