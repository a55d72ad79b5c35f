import { describe, expect, it } from 'vitest';
import { clampPane, paneAfterKey } from './pane-size.ts';

const bounds = { initial: 392, min: 280, max: 640 };
const keys = { ...bounds, grow: 'ArrowLeft', shrink: 'ArrowRight', far: false };

describe('size of a panel', () => {
  it('stays inside its bounds, and at the least when the window leaves no room', () => {
    expect(clampPane(100, bounds)).toBe(280);
    expect(clampPane(900, bounds)).toBe(640);
    expect(clampPane(300, { ...bounds, max: 120 })).toBe(280);
  });

  it('grows and shrinks by 16 px with the arrows, by 64 with Shift', () => {
    expect(paneAfterKey('ArrowLeft', 400, keys)).toBe(416);
    expect(paneAfterKey('ArrowRight', 400, { ...keys, far: true })).toBe(336);
  });

  it('goes to its ends with Home and End and back to its first size with Enter', () => {
    expect(['Home', 'End', 'Enter'].map((key) => paneAfterKey(key, 500, keys))).toEqual([280, 640, 392]);
    expect(paneAfterKey('a', 500, keys)).toBeUndefined();
  });
});
