/** Load on a function: invocations that come by themselves. */
import { memberField } from '../../load-form.ts';
import type { LoadForm } from '../../load-form.ts';

export const loadForm: LoadForm = {
  noun: 'invocation',
  start: () => ({ InvocationType: 'RequestResponse', Payload: '{\n  "order": "o-{{n}}"\n}' }),
  fields: () => [
    memberField('InvocationType', {
      label: 'Invocation type',
      kind: 'choice',
      options: [
        { value: 'RequestResponse', label: 'Wait for the answer' },
        { value: 'Event', label: 'As an event' },
      ],
    }),
    memberField('Payload', { label: 'Event', kind: 'json' }),
    memberField('Qualifier', { label: 'Version or alias', kind: 'line', optional: true, help: 'Empty for $LATEST.' }),
  ],
};
