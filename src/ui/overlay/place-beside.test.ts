import { describe, expect, it } from 'vitest';
import { placeBeside } from './place-beside.ts';

const window = { width: 1000, height: 600 };
const tip = { width: 100, height: 24 };

describe('placing a tooltip', () => {
  it('is centred on the wanted side, 6 px away', () => {
    const anchor = { left: 400, top: 300, width: 32, height: 32 };
    expect(placeBeside(anchor, tip, 'bottom', window)).toEqual({ x: 366, y: 338 });
    expect(placeBeside(anchor, tip, 'top', window)).toEqual({ x: 366, y: 270 });
    expect(placeBeside(anchor, tip, 'right', window)).toEqual({ x: 438, y: 304 });
    expect(placeBeside(anchor, tip, 'left', window)).toEqual({ x: 294, y: 304 });
  });

  it('goes to the other side where there is no room', () => {
    const deckButton = { left: 400, top: 560, width: 32, height: 32 };
    expect(placeBeside(deckButton, tip, 'bottom', window).y).toBe(530);
  });

  it('stays 8 px inside the window', () => {
    expect(placeBeside({ left: 0, top: 300, width: 32, height: 32 }, tip, 'bottom', window).x).toBe(8);
    expect(placeBeside({ left: 990, top: 300, width: 10, height: 32 }, tip, 'bottom', window).x).toBe(892);
  });
});
