/** Load on a queue: messages that are sent by themselves. */
import { memberField } from '../../load-form.ts';
import type { LoadForm } from '../../load-form.ts';

const isFifo = (config: Readonly<Record<string, unknown>>): boolean => config['FifoQueue'] === true;

export const loadForm: LoadForm = {
  noun: 'message',
  start: ({ config }) => ({
    MessageBody: '{\n  "order": "o-{{n}}"\n}',
    ...(isFifo(config) ? { MessageGroupId: 'a' } : {}),
    ...(isFifo(config) && config['ContentBasedDeduplication'] !== true ? { MessageDeduplicationId: 'o-{{n}}' } : {}),
  }),
  fields: ({ config }) => [
    memberField('MessageBody', { label: 'Message body', kind: 'text', help: 'Any text up to 1 MiB.' }),
    memberField('MessageGroupId', { label: 'Group', kind: 'line', optional: !isFifo(config), help: isFifo(config) ? 'A FIFO queue needs one. Messages of a group come in order.' : 'Empty for none.' }),
    ...(isFifo(config) ? [memberField('MessageDeduplicationId', { label: 'Deduplication id', kind: 'line', optional: true, help: 'Empty: the body decides. The same within 5 minutes is dropped.' })] : []),
  ],
};
