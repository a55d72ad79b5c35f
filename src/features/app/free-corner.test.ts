import { describe, expect, it } from 'vitest';
import { cornerFor } from './free-corner.ts';

const place = { left: 0, top: 0, width: 1000, height: 600 };
const box = { width: 300, height: 200 };
const card = (left: number, top: number, weight = 1) => ({ rect: { left, top, width: 200, height: 120 }, weight });

describe('the corner of a popover', () => {
  it('is one where nothing lies', () => {
    expect(cornerFor(box, place, [card(20, 400), card(20, 20), card(780, 20)])).toBe('bottom-right');
  });
  it('never covers the selected card while another corner has only others', () => {
    const others = [card(780, 20), card(20, 20), card(780, 460)];
    expect(cornerFor(box, place, [card(20, 460, 50), ...others])).not.toBe('bottom-left');
  });
  it('is the bottom left when all are alike', () => {
    expect(cornerFor(box, place, [])).toBe('bottom-left');
  });
});
