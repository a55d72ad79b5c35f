import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import type { AgendaEntry } from './agenda.ts';

const entry = (kind: string, background = false): AgendaEntry => ({ service: 'test', kind, payload: null, cause: [], background });

function drain(agenda: Agenda): string[] {
  const order: string[] = [];
  for (let next = agenda.pop(); next; next = agenda.pop()) order.push(next.kind);
  return order;
}

describe('Agenda', () => {
  it('gives entries by time, and those of one time in the order they were added', () => {
    const agenda = new Agenda();
    agenda.push(20, entry('c'));
    agenda.push(10, entry('a'));
    agenda.push(10, entry('b'));
    expect(drain(agenda)).toEqual(['a', 'b', 'c']);
  });

  it('is a stable sort for any times, with any entries cancelled', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 50 }), cancelled: fc.boolean() }), { maxLength: 400 }), (items) => {
        const agenda = new Agenda();
        const ids = items.map((item, i) => agenda.push(item.at, entry(String(i)), true));
        items.forEach((item, i) => item.cancelled && agenda.cancel(ids[i]!));
        const kept = items.map((item, i) => ({ ...item, i })).filter((item) => !item.cancelled);
        expect(agenda.size).toBe(kept.length);
        expect(drain(agenda)).toEqual(kept.sort((a, b) => a.at - b.at || a.i - b.i).map((item) => String(item.i)));
      }),
    );
  });

  it('keeps its order and its size when thousands are cancelled and swept out', () => {
    const agenda = new Agenda();
    const ids = Array.from({ length: 5_000 }, (_, i) => agenda.push((i * 7919) % 503, entry(String(i)), true));
    for (let i = 0; i < 5_000; i++) if (i % 3 !== 0) expect(agenda.cancel(ids[i]!)).toBe(true);
    expect(agenda.size).toBe(1_667);
    expect(agenda.foreground).toBe(1_667);
    expect(agenda.cancel(ids[1]!)).toBe(false);
    agenda.push(-1, entry('first'));
    expect(agenda.cancel(ids[3]!)).toBe(true);
    const kept = Array.from({ length: 5_000 }, (_, i) => i).filter((i) => i % 3 === 0 && i !== 3);
    expect(drain(agenda)).toEqual(['first', ...kept.sort((a, b) => ((a * 7919) % 503) - ((b * 7919) % 503) || a - b).map(String)]);
  });

  it('goes on the same after a snapshot, with cancellable entries still cancellable', () => {
    const agenda = new Agenda();
    for (let i = 0; i < 600; i++) agenda.push((i * 7919) % 101, entry(String(i)), true);
    agenda.cancel(17);
    for (let i = 0; i < 50; i++) agenda.pop();
    const copy = Agenda.restore(agenda.snapshot());
    copy.cancel(400);
    agenda.cancel(400);
    expect(drain(copy)).toEqual(drain(agenda));
  });

  it('counts foreground entries, not cancelled or background ones', () => {
    const agenda = new Agenda();
    agenda.push(1, entry('poll', true));
    const id = agenda.push(2, entry('work'), true);
    expect(agenda.foreground).toBe(1);
    agenda.cancel(id);
    expect(agenda.foreground).toBe(0);
    expect(agenda.cancel(id)).toBe(false);
  });
});
