/** All forms of load calls, found by folder; each is fetched when the inspector asks. There is one where the manifest has `load`. */
import type { LoadForm } from './load-form.ts';

const modules = import.meta.glob<LoadForm>('./*/view/load-form.ts', { import: 'loadForm' });
const forms = new Map<string, Promise<LoadForm | null>>();

/** The form of a service, always as the same promise; null where nothing can be sent to it. */
export function loadFormOf(service: string): Promise<LoadForm | null> {
  const form = forms.get(service) ?? modules[`./${service}/view/load-form.ts`]?.() ?? Promise.resolve(null);
  forms.set(service, form);
  return form;
}
