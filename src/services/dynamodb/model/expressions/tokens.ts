/** Splits an expression into tokens: names, #placeholders, :values, numbers in brackets, operators. @simplified Texts of refusals are recalled, not recorded. */
import { validation } from '../errors.ts';

export interface Token {
  readonly kind: 'name' | 'placeholder' | 'value' | 'number' | 'operator' | 'end';
  readonly text: string;
  readonly at: number;
}

const FORM = /\s*(?:(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([A-Za-z][A-Za-z0-9_]*)|(\d+)|(<>|<=|>=|[=<>()[\],.+-]))/y;
const KINDS = ['placeholder', 'value', 'name', 'number', 'operator'] as const;

/** Ends with an `end` token. Throws ValidationException at what is no token. `what` is the parameter: `ConditionExpression`. */
export function tokensOf(text: string, what: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    FORM.lastIndex = at;
    const match = FORM.exec(text);
    if (match === null) {
      const rest = text.slice(at).trimStart();
      throw syntaxError(what, rest[0] ?? '', text.slice(Math.max(0, at - 8), at).trimStart() + rest.slice(0, 9));
    }
    const kind = KINDS.findIndex((_, group) => match[group + 1] !== undefined);
    const found = match[kind + 1]!;
    at = FORM.lastIndex;
    tokens.push({ kind: KINDS[kind]!, text: found, at: at - found.length });
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at: text.length }];
}

export function syntaxError(what: string, token: string, near: string): Error {
  return validation(`Invalid ${what}: Syntax error; token: "${token}", near: "${near}"`);
}
