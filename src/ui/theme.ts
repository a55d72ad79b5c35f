/** The theme choice (dark, light or what the system says) and the switch for more contrast: kept in localStorage, shown as `data-theme` and `data-contrast` on the html element. */
import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'dark' | 'light' | 'system';
export type Theme = 'dark' | 'light';

/** The same key is read by public/theme-boot.js, which sets the theme before the first paint. */
export const themeStorageKey = 'coldstart.theme';

const contrastStorageKey = 'coldstart.contrast';
const lightQuery = '(prefers-color-scheme: light)';
const listeners = new Set<() => void>();
let choice: ThemeChoice | undefined;

function parseChoice(stored: string | null): ThemeChoice {
  return stored === 'dark' || stored === 'light' ? stored : 'system';
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is blocked: a choice lasts as long as the page
  }
}

function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // storage is blocked: nothing to keep
  }
}

/** What the visitor chose. */
export function themeChoice(): ThemeChoice {
  choice ??= parseChoice(readStored(themeStorageKey));
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
  showContrast(readStored(contrastStorageKey) === 'more');
  show();
  return () => {
    media.removeEventListener('change', show);
    removeEventListener('storage', onStorage);
  };
}

/** Changes and keeps the choice. */
export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  store(themeStorageKey, next === 'system' ? null : next);
  show();
}

/** Whether more contrast is asked for here; the system's own wish is followed in any case. */
export function contrastIsMore(): boolean {
  return document.documentElement.dataset['contrast'] === 'more';
}

/** Switches more contrast on or off, and keeps it. */
export function setContrastMore(more: boolean): void {
  store(contrastStorageKey, more ? 'more' : null);
  showContrast(more);
  show();
}

function showContrast(more: boolean): void {
  if (more) document.documentElement.dataset['contrast'] = 'more';
  else delete document.documentElement.dataset['contrast'];
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export interface ThemeState {
  readonly choice: ThemeChoice;
  /** What the choice comes to now. */
  readonly theme: Theme;
  readonly contrastMore: boolean;
  readonly setChoice: (next: ThemeChoice) => void;
  readonly setContrastMore: (more: boolean) => void;
}

/** What was chosen, what it comes to, and how to change it. */
export function useTheme(): ThemeState {
  const chosen = useSyncExternalStore(subscribe, themeChoice);
  const theme = useSyncExternalStore(subscribe, currentTheme);
  const contrastMore = useSyncExternalStore(subscribe, contrastIsMore);
  return { choice: chosen, theme, contrastMore, setChoice: setThemeChoice, setContrastMore };
}
