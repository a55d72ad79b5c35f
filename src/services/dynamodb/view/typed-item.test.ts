import { describe, expect, it } from 'vitest';
import { keysOf, typedItem, typedKey } from './typed-item.ts';

describe('an item written as plain JSON', () => {
  it('becomes typed attributes, nested ones too', () => {
    expect(typedItem({ id: 'a', n: 1.5, on: true, gone: null, tags: ['x', 2], at: { city: 'Bonn' } }, keysOf({ PartitionKey: 'id' }))).toEqual({
      id: { S: 'a' },
      n: { N: '1.5' },
      on: { BOOL: true },
      gone: { NULL: true },
      tags: { L: [{ S: 'x' }, { N: '2' }] },
      at: { M: { city: { S: 'Bonn' } } },
    });
  });

  it('gives only its key for a delete, with bytes where the table says so', () => {
    const keys = keysOf({ PartitionKey: 'pk', PartitionKeyType: 'B', SortKey: 'at', SortKeyType: 'N' });
    expect(typedKey({ pk: 'AAE=', at: 7, other: 'x' }, keys)).toEqual({ pk: { B: { $bytes: 'AAE=' } }, at: { N: '7' } });
  });

  it('has the key `id` where the settings say nothing', () => {
    expect(keysOf({})).toEqual([{ name: 'id', type: 'S' }]);
  });
});
