import { describe, expect, it } from 'vitest';
import { tabAfter } from './tabs.tsx';

describe('tabs', () => {
  it('go round with the arrow keys and to the ends with Home and End', () => {
    expect(tabAfter('ArrowRight', 2, 3)).toBe(0);
    expect(tabAfter('ArrowLeft', 0, 3)).toBe(2);
    expect(tabAfter('Home', 2, 3)).toBe(0);
    expect(tabAfter('End', 0, 3)).toBe(2);
  });

  it('leave other keys alone', () => {
    expect(tabAfter('a', 0, 3)).toBeUndefined();
    expect(tabAfter('ArrowRight', 0, 0)).toBeUndefined();
  });
});
