import { describe, expect, it } from 'vitest';
import { bentPath, crossingHeights, portAt, sidesOf, snap, twinBends } from './geometry.ts';

const box = (x: number, y: number) => ({ x, y, width: 200, height: 120 });

describe('Edge geometry', () => {
  it('joins cards of one row from right to left, on one line', () => {
    expect(sidesOf(box(0, 0), box(300, 0))).toEqual({ source: 'right', target: 'left' });
    expect(portAt(box(0, 0), 'right').y).toBe(portAt(box(300, 0), 'left').y);
  });
  it('leaves by the bottom for a lower row, also when the target is to the left', () => {
    expect(sidesOf(box(600, 0), box(100, 300))).toEqual({ source: 'bottom', target: 'top' });
  });
  it('leaves by the top for a higher row', () => {
    expect(sidesOf(box(0, 400), box(10, 0))).toEqual({ source: 'top', target: 'bottom' });
  });
  it('goes back from left to right on the same row', () => {
    expect(sidesOf(box(400, 0), box(0, 8))).toEqual({ source: 'left', target: 'right' });
  });
  it('snaps to 8 px', () => {
    expect([snap(3), snap(4), snap(-13)]).toEqual([0, 8, -16]);
  });
});

describe('edges between rows', () => {
  const crossing = (id: string, x1: number, x2: number) => ({ id, x1, y1: 200, x2, y2: 400 });
  it('run apart when they would lie on each other', () => {
    const heights = crossingHeights([crossing('a', 0, 300), crossing('b', 250, 20)]);
    expect(Math.abs(heights.get('a')! - heights.get('b')!)).toBeGreaterThanOrEqual(30);
  });
  it('run in the middle when nothing else crosses there', () => {
    expect([...crossingHeights([crossing('a', 0, 100), crossing('b', 200, 300)]).values()]).toEqual([300, 300]);
  });
  it('leave straight ones alone', () => {
    expect(crossingHeights([crossing('a', 100, 100)]).size).toBe(0);
  });
});

describe('edges between the same two cards', () => {
  it('lie beside each other, whichever way they go, and the first stays straight', () => {
    const bends = twinBends([
      { id: 'notifies', from: 'bucket', to: 'function' },
      { id: 'reads', from: 'function', to: 'bucket' },
      { id: 'polls', from: 'queue', to: 'function' },
    ]);
    expect([...bends.values()]).toEqual([0, 32, 0]);
  });
  it('bend aside and come back to the port, with their words on the long piece', () => {
    const { path, middle } = bentPath({ x: 0, y: 24 }, { x: 100, y: 24 }, 32, 'x');
    expect(path.startsWith('M0 24')).toBe(true);
    expect(path.endsWith('L100 24')).toBe(true);
    expect(middle).toEqual({ x: 50, y: 56 });
    expect(bentPath({ x: 10, y: 0 }, { x: 10, y: -80 }, 32, 'y').middle).toEqual({ x: 42, y: -40 });
  });
});
