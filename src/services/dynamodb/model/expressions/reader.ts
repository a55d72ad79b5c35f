/** The common part of all expression parsers: a place in the tokens, placeholders, paths and operands. @simplified Texts of refusals are recalled, not recorded. */
import { validation } from '../errors.ts';
import { DYNAMODB } from '../limits.ts';
import type { Value } from '../values.ts';
import { isReserved } from './reserved-words.ts';
import type { Operand, Path } from './syntax.ts';
import { syntaxError, tokensOf } from './tokens.ts';
import type { Token } from './tokens.ts';

/** The placeholders of a request, and which of them its expressions use. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
  readonly usedNames: Set<string>;
  readonly usedValues: Set<string>;
}

export class Reader {
  readonly what: string;
  readonly #tokens: readonly Token[];
  readonly #placeholders: Placeholders;
  #at = 0;

  /** `what` is the parameter, as AWS names it in errors: `ConditionExpression`. */
  constructor(text: string, what: string, placeholders: Placeholders) {
    this.what = what;
    this.#placeholders = placeholders;
    if (text.trim() === '') throw validation(`Invalid ${what}: The expression can not be empty;`);
    if (text.length > DYNAMODB.expressionBytesMax) throw validation(`Invalid ${what}: Expression size has exceeded the maximum allowed size;`);
    this.#tokens = tokensOf(text, what);
  }

  get token(): Token {
    return this.#tokens[this.#at]!;
  }
  get next(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }
  /** Takes the token when it is this operator or keyword (keywords in any case). */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at++;
    return true;
  }
  is(text: string): boolean {
    const { kind } = this.token;
    return (kind === 'operator' || kind === 'name') && this.token.text.toUpperCase() === text.toUpperCase();
  }
  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected();
  }
  end(): void {
    if (this.token.kind !== 'end') throw this.unexpected();
  }
  unexpected(): Error {
    const near = this.#tokens.slice(Math.max(0, this.#at - 1), this.#at + 2).filter(({ kind }) => kind !== 'end');
    return syntaxError(this.what, this.token.text, near.map(({ text }) => text).join(' '));
  }
  refuse(reason: string): Error {
    return validation(`Invalid ${this.what}: ${reason}`);
  }

  /** The name of a function call that begins here, or null. */
  functionName(): string | null {
    return this.token.kind === 'name' && this.next?.text === '(' ? this.token.text : null;
  }
  /** Takes `name(`, its arguments and `)`. */
  call<Argument>(read: () => Argument): Argument[] {
    this.#at += 2;
    const list: Argument[] = [];
    do list.push(read());
    while (this.take(','));
    this.expect(')');
    return list;
  }
  wrongCount(name: string, wanted: number, got: number): void {
    if (wanted !== got) throw this.refuse(`Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${got}`);
  }

  path(): Path {
    const parts: [string, ...(string | number)[]] = [this.#name()];
    for (;;) {
      if (this.take('.')) parts.push(this.#name());
      else if (this.take('[')) {
        if (this.token.kind !== 'number') throw this.unexpected();
        parts.push(Number(this.token.text));
        this.#at++;
        this.expect(']');
      } else return parts;
    }
  }
  #name(): string {
    const { kind, text } = this.token;
    if (kind === 'name') {
      if (isReserved(text)) throw this.refuse(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
      this.#at++;
      return text;
    }
    if (kind !== 'placeholder') throw this.unexpected();
    const { names, usedNames } = this.#placeholders;
    if (!Object.hasOwn(names, text)) throw this.refuse(`An expression attribute name used in the document path is not defined; attribute name: ${text}`);
    usedNames.add(text);
    this.#at++;
    return names[text]!;
  }

  value(): Value {
    const { kind, text } = this.token;
    if (kind !== 'value') throw this.unexpected();
    const { values, usedValues } = this.#placeholders;
    if (!Object.hasOwn(values, text)) throw this.refuse(`An expression attribute value used in expression is not defined; attribute value: ${text}`);
    usedValues.add(text);
    this.#at++;
    return values[text]!;
  }
  /** A path, a value, or (in conditions) `size(path)`. */
  operand(): Operand {
    if (this.token.kind === 'value') return { kind: 'value', value: this.value() };
    const name = this.functionName();
    if (name === null) return { kind: 'path', path: this.path() };
    if (name.toLowerCase() !== 'size') throw this.refuse(`Invalid function name; function: ${name}`);
    const paths = this.call(() => this.path());
    this.wrongCount('size', 1, paths.length);
    return { kind: 'size', path: paths[0]! };
  }
}
