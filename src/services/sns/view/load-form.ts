/** Load on a topic: messages that are published by themselves. */
import { memberField } from '../../load-form.ts';
import type { LoadForm } from '../../load-form.ts';
import { attributesFrom } from './facts.ts';

const isFifo = (config: Readonly<Record<string, unknown>>): boolean => String(config['name']).endsWith('.fifo');

export const loadForm: LoadForm = {
  noun: 'message',
  start: ({ config }) => ({ Message: '{\n  "order": "o-{{n}}"\n}', ...(isFifo(config) ? { MessageGroupId: 'a' } : {}), ...(isFifo(config) && config['ContentBasedDeduplication'] === false ? { MessageDeduplicationId: 'o-{{n}}' } : {}) }),
  fields: ({ config }) => [
    memberField('Message', { label: 'Message', kind: 'text', help: 'Any text up to 256 KB.' }),
    {
      label: 'Attributes',
      kind: 'line',
      help: 'What filter policies look at: kind=order, price=12. Numbers are sent as Number.',
      read: (input) => Object.entries((input['MessageAttributes'] ?? {}) as Readonly<Record<string, { readonly StringValue?: string }>>).map(([name, { StringValue = '' }]) => `${name}=${StringValue}`).join(', '),
      write: ({ MessageAttributes: _, ...others }, text) => {
        const MessageAttributes = attributesFrom(text);
        if (text.trim() !== '' && Object.keys(MessageAttributes).length === 0) throw new Error('These are no attributes. Write name=value, with commas between them.');
        return { ...others, ...(text.trim() === '' ? {} : { MessageAttributes }) };
      },
    },
    memberField('Subject', { label: 'Subject', kind: 'line', optional: true, help: 'Empty for none.' }),
    ...(isFifo(config) ? [memberField('MessageGroupId', { label: 'Group', kind: 'line', help: 'Messages of a group come in order.' }), memberField('MessageDeduplicationId', { label: 'Deduplication id', kind: 'line', optional: true, help: 'Empty: the message decides. The same within 5 minutes is dropped.' })] : []),
  ],
};
