import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveTheme, themeStorageKey } from './theme.ts';

const boot = readFileSync(new URL('../../public/theme-boot.js', import.meta.url), 'utf8');

/** Runs the boot script against a made-up page and answers the theme it set. */
function bootWith(stored: string | null | 'blocked', systemPrefersLight: boolean): string | undefined {
  const document = { documentElement: { dataset: {} as Record<string, string> } };
  const localStorage = {
    getItem(key: string): string | null {
      if (stored === 'blocked') throw new Error('storage is blocked');
      return key === themeStorageKey ? stored : null;
    },
  };
  new Function('document', 'localStorage', 'matchMedia', boot)(document, localStorage, () => ({ matches: systemPrefersLight }));
  return document.documentElement.dataset['theme'];
}

describe('theme', () => {
  it('follows the system only when nothing else was chosen', () => {
    expect(resolveTheme('system', true)).toBe('light');
    expect(resolveTheme('system', false)).toBe('dark');
    expect(resolveTheme('dark', true)).toBe('dark');
    expect(resolveTheme('light', false)).toBe('light');
  });

  it('is set before the first paint by the boot script in the same way', () => {
    for (const prefersLight of [true, false]) {
      expect(bootWith('dark', prefersLight)).toBe(resolveTheme('dark', prefersLight));
      expect(bootWith('light', prefersLight)).toBe(resolveTheme('light', prefersLight));
      for (const stored of [null, 'purple', 'blocked'] as const) {
        expect(bootWith(stored, prefersLight)).toBe(resolveTheme('system', prefersLight));
      }
    }
  });
});
