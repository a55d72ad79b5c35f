/** Load on a bucket: objects that are put by themselves. */
import { memberField } from '../../load-form.ts';
import type { LoadForm } from '../../load-form.ts';

const key = memberField('Key', { label: 'Key', kind: 'line', help: 'The same key writes over the object before.' });

export const loadForm: LoadForm = {
  noun: 'object',
  start: () => ({ Key: 'in/order-{{n}}.json', Body: '{\n  "order": "o-{{n}}"\n}', ContentType: 'application/json' }),
  fields: () => [
    {
      ...key,
      write: (input, text) => {
        if (text === '') throw new Error('A key has at least one character. Try in/order-{{n}}.json.');
        return key.write(input, text);
      },
    },
    memberField('Body', { label: 'Content', kind: 'text' }),
    memberField('ContentType', { label: 'Content type', kind: 'line', optional: true }),
  ],
};
