/** What one writes first: each rule matched on its own by walking its pattern. Exact values, prefix, suffix, anything-but, numeric, exists. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function matchesRule(pattern: { readonly [key: string]: Json }, event: Json | undefined): boolean {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return false;
  for (const [key, wanted] of Object.entries(pattern)) {
    const actual = (event as { readonly [key: string]: Json })[key];
    if (Array.isArray(wanted)) {
      if (!wanted.some((condition) => conditionHolds(condition, actual))) return false;
    } else if (!matchesRule(wanted as { readonly [key: string]: Json }, actual)) return false;
  }
  return true;
}

function conditionHolds(condition: Json, actual: Json | undefined): boolean {
  if (Array.isArray(actual)) return actual.some((item) => conditionHolds(condition, item));
  if (typeof condition !== 'object' || condition === null) return condition === actual;
  const [name, value] = Object.entries(condition)[0]!;
  switch (name) {
    case 'prefix':
      return typeof actual === 'string' && actual.startsWith(String(value));
    case 'suffix':
      return typeof actual === 'string' && actual.endsWith(String(value));
    case 'anything-but':
      return actual !== undefined && (Array.isArray(value) ? !value.includes(actual) : actual !== value);
    case 'exists':
      return (actual !== undefined) === value;
    case 'numeric':
      return typeof actual === 'number' && numericHolds(value as readonly (string | number)[], actual);
    default:
      throw new Error(`the reference knows no ${name}`);
  }
}

function numericHolds(terms: readonly (string | number)[], actual: number): boolean {
  for (let i = 0; i < terms.length; i += 2) {
    const bound = terms[i + 1] as number;
    const holds = terms[i] === '<' ? actual < bound : terms[i] === '<=' ? actual <= bound : terms[i] === '>' ? actual > bound : terms[i] === '>=' ? actual >= bound : actual === bound;
    if (!holds) return false;
  }
  return true;
}
