/** Load on a table: items that are put by themselves. */
import type { LoadForm } from '../../load-form.ts';
import { isTyped, itemText, keysOf, typedItem } from './typed-item.ts';

export const loadForm: LoadForm = {
  noun: 'item',
  start: ({ config }) => {
    const keys = keysOf(config);
    return { Item: typedItem({ ...Object.fromEntries(keys.map(({ name, type }, at) => [name, type === 'B' ? 'bzE=' : at === 0 ? (type === 'N' ? '{{n}}' : 'o-{{n}}') : type === 'N' ? 1 : 'a'])), quantity: 2 }, keys) };
  },
  fields: ({ config }) => {
    const keys = keysOf(config);
    const names = keys.map(({ name }) => name);
    return [
      {
        label: 'Item',
        kind: 'json',
        help: `Plain JSON with the key ${names.join(' and ')}. An item of the same key is replaced.`,
        read: (input) => itemText((input['Item'] ?? {}) as Readonly<Record<string, unknown>>, keys),
        write: (input, text) => {
          const item: unknown = JSON.parse(text);
          if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new Error('An item is a JSON object: attributes by their names.');
          const missing = names.find((name) => !(name in item));
          if (missing !== undefined) throw new Error(`The key ${missing} is missing. Add "${missing}" to the item.`);
          return { ...input, Item: isTyped(item as Record<string, unknown>) ? item : typedItem(item as Record<string, unknown>, keys) };
        },
      },
    ];
  },
};
