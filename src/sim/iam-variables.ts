/** Policy variables: `${aws:userid}` in the resources and condition values of a statement, filled in from the request. @source AWS IAM user guide, policy elements: variables (recalled) */
import type { ConditionKeys } from './iam-conditions.ts';

const VARIABLE = /\$\{([^}]*)\}/g;
/** `*`, `?` and `$` that are meant as such stand here until texts are compared. */
const LITERALS: Readonly<Record<string, string>> = { '*': '\uE000', '?': '\uE001', $: '$' };

export const holdsVariable = (text: string): boolean => text.includes('${');

/** The text with its variables filled in; undefined when the request has no single value for one that names no default: `${aws:userid, 'nobody'}`. */
export function filledIn(text: string, keys: ConditionKeys): string | undefined {
  let known = true;
  const filled = text.replace(VARIABLE, (_, inner: string) => {
    const [, name = '', fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? [];
    const literal = LITERALS[name];
    if (literal !== undefined) return literal;
    const value = keys[name.toLowerCase()];
    const found = typeof value === 'string' ? value : fallback;
    known &&= found !== undefined;
    return masked(found ?? '');
  });
  return known ? filled : undefined;
}

/** A text in which `*` and `?` are no wildcards, to be compared with one that is filled in. */
export function masked(text: string): string {
  return text.replaceAll('*', '\uE000').replaceAll('?', '\uE001');
}
