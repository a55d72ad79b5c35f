/** Accuracy beside speed: every closed form through our services on three seeds; `--long` runs them ten times as long as the tests. */
import { closedForms, STUDIES, verdicts } from './closed-forms.ts';
import { row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { hasReferenceData } from './reference-data.ts';

const LONG_BUDGET_MS = 5_000;

export function accuracyRows(scale: Scale): readonly Row[] {
  if (!hasReferenceData) {
    process.stderr.write('  no reference data: set COLDSTART_BENCH to its folder\n');
    return [];
  }
  const length = scale.budgetMs >= LONG_BUDGET_MS ? 10 : 1;
  const forms = closedForms();
  return STUDIES.flatMap((study) => {
    const form = forms.find(({ id }) => id === study.id);
    if (form === undefined) return [];
    return verdicts(study, form, length).map(({ name, mean, expected, error, tolerance }) =>
      row({ id: `accuracy ${study.id} ${name}`, what: `${study.id}: ${name} = ${mean.toPrecision(5)}, exact ${expected.toPrecision(5)}`, unit: '% off', figure: 100 * error, atMost: Number((100 * tolerance).toPrecision(3)) }),
    );
  });
}
