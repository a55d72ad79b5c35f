/** Load on a bus: events that are put by themselves, one a call. */
import { memberField } from '../../load-form.ts';
import type { LoadField, LoadForm } from '../../load-form.ts';

/** A field of the first entry; what else an input has stays. */
function entryField(member: string, field: Omit<LoadField, 'read' | 'write'>, check: (text: string) => string | undefined): LoadField {
  const own = memberField(member, field);
  const entries = (input: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(input['Entries']) ? (input['Entries'] as readonly Readonly<Record<string, unknown>>[]) : [{}]);
  return {
    ...own,
    read: (input) => own.read(entries(input)[0] ?? {}),
    write: (input, text) => {
      const refusal = check(text);
      if (refusal !== undefined) throw new Error(refusal);
      return { ...input, Entries: entries(input).map((entry, at) => (at === 0 ? own.write(entry, text) : entry)) };
    },
  };
}

function isObject(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const loadForm: LoadForm = {
  noun: 'event',
  start: () => ({ Entries: [{ Source: 'my.app', DetailType: 'Order Placed', Detail: '{\n  "order": "o-{{n}}"\n}' }] }),
  fields: () => [
    entryField('Source', { label: 'Source', kind: 'line' }, (text) => (text === '' ? 'An event needs a source. Try my.app.' : text.startsWith('aws.') ? 'Sources that begin with aws. belong to AWS and are refused. Try my.app.' : undefined)),
    entryField('DetailType', { label: 'Detail type', kind: 'line' }, (text) => (text === '' ? 'An event needs a detail type. Try Order Placed.' : undefined)),
    entryField('Detail', { label: 'Detail', kind: 'json', help: 'A JSON object.' }, (text) => (isObject(text) ? undefined : 'The detail is a JSON object, such as {"order": "o-1"}.')),
  ],
};
