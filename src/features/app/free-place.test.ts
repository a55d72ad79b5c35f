import { describe, expect, it } from 'vitest';
import { viewById } from '../../services/views.ts';
import { CARDS_APART, freePlace } from './free-place.ts';
import type { Box } from './free-place.ts';

const HEIGHT = 160;
const card = (service: string, x: number, y: number): Box => ({ x, y, width: viewById.get(service)!.width, height: HEIGHT });
/** Pixels between two boxes on the axis where they are further apart; negative where they overlap. */
const apart = (a: Box, b: Box): { x: number; y: number } => ({
  x: Math.max(b.x - a.x - a.width, a.x - b.x - b.width),
  y: Math.max(b.y - a.y - a.height, a.y - b.y - b.height),
});
const clear = (a: Box, b: Box): boolean => apart(a, b).x >= CARDS_APART.x || apart(a, b).y >= CARDS_APART.y;

describe('the place of a new card', () => {
  it('is right of the selected one in its row, with room for a connection, however wide either is', () => {
    for (const left of viewById.keys()) {
      for (const right of viewById.keys()) {
        const beside = card(left, 160, 160);
        const at = freePlace([beside], card(right, 0, 0), beside);
        expect(at.y, `${left} ${right}`).toBe(160);
        expect(at.x - beside.x - beside.width, `${left} ${right}`).toBeGreaterThanOrEqual(CARDS_APART.x);
      }
    }
  });

  it('goes down the column when the row is taken, so that one card can have many beside it', () => {
    const fn = card('lambda', 160, 160);
    const cards = [fn];
    for (const service of ['dynamodb', 's3', 'sqs', 'events', 'scheduler']) cards.push({ ...card(service, 0, 0), ...freePlace(cards, card(service, 0, 0), fn) });
    expect(new Set(cards.slice(1).map(({ x }) => x)).size).toBe(1);
    for (const [i, one] of cards.entries()) for (const other of cards.slice(i + 1)) expect(clear(one, other)).toBe(true);
  });

  it('is no place that reaches into a card further right', () => {
    const table = card('dynamodb', 160, 160);
    const far = card('sqs', 160 + table.width + CARDS_APART.x + 240, 160);
    const at = freePlace([table, far], card('lambda', 0, 0), table);
    expect(clear({ ...card('lambda', 0, 0), ...at }, far)).toBe(true);
  });

  it('begins a new row at the left when the row is full, so that what is built one by one can be read', () => {
    const cards: Box[] = [{ ...card('s3', 0, 0), ...freePlace([], card('s3', 0, 0)) }];
    for (const service of ['events', 'sqs', 'lambda', 'dynamodb', 'sns']) cards.push({ ...card(service, 0, 0), ...freePlace(cards, card(service, 0, 0), cards.at(-1)) });
    expect(Math.max(...cards.map(({ x, width }) => x + width)) - 160).toBeLessThanOrEqual(1_240);
    expect(new Set(cards.map(({ y }) => y)).size).toBe(2);
    for (const [i, one] of cards.entries()) for (const other of cards.slice(i + 1)) expect(clear(one, other)).toBe(true);
  });

  it('is below everything when nothing is selected, and the same first place in an empty cloud', () => {
    const cards = [card('s3', 400, 160), card('lambda', 160, 400)];
    expect(freePlace(cards, card('sqs', 0, 0))).toEqual({ x: 160, y: 616 });
    expect(freePlace([], card('sqs', 0, 0))).toEqual({ x: 160, y: 160 });
  });

  it('lies on the grid of 8 px', () => {
    const odd: Box = { x: 163, y: 160, width: 301, height: 111 };
    expect(freePlace([odd], card('sqs', 0, 0), odd).x % 8).toBe(0);
    expect(freePlace([odd], card('sqs', 0, 0)).y % 8).toBe(0);
  });
});
