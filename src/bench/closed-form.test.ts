/** Closed forms, briefly: what runs at length is `npm run bench -- --long`. */
import { describe, expect, it } from 'vitest';
import { closedForms, STUDIES, verdicts } from './closed-forms.ts';
import { hasReferenceData } from './reference-data.ts';

describe.skipIf(!hasReferenceData)('Closed forms through our services, on three seeds', () => {
  const forms = hasReferenceData ? closedForms() : [];

  it('are all of them studied', () => {
    expect(STUDIES.map(({ id }) => id)).toEqual(forms.map(({ id }) => id));
  });

  it.each(STUDIES.map((study) => [study.id, study.what, study] as const))('%s: %s', (id, _, study) => {
    for (const { name, mean, expected, error, tolerance } of verdicts(study, forms.find((form) => form.id === id)!, 1)) {
      expect(error, `${name}: ${mean}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
    }
  });
});
