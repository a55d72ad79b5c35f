/**
 * Reads JSON token by token, with the error messages and places of Jackson, the reader inside EventBridge.
 *
 * A pull reader and not JSON.parse, because the engine checks a pattern while it reads: the first problem wins, be it one of
 * JSON or one of the pattern language, and numbers count by their text.
 */
import { describeLocation, InvalidEventPatternException } from '../errors.ts';
import type { PatternLocation } from '../errors.ts';

export type Token = '{' | '}' | '[' | ']' | 'name' | 'string' | 'number' | 'true' | 'false' | 'null' | 'end';

interface Scope {
  readonly kind: 'root' | 'Array' | 'Object';
  readonly start: PatternLocation;
  entries: number;
}

const VALUE_LIST = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/** @source Jackson StreamReadConstraints, default nesting depth */
const DEPTH_MAX = 1000;

export class JsonTokens {
  readonly source: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #scopes: Scope[] = [{ kind: 'root', start: { line: 1, column: 0 }, entries: 0 }];
  #token: Token = 'end';
  /** The value that was already found behind a name. */
  #ahead: Token | undefined;
  #name = '';
  #text = '';
  /** A string whose opening quote was read and no more: its content is read when asked for, as Jackson does. */
  #pendingString = false;
  #tokenStart: PatternLocation = { line: 1, column: 1 };

  constructor(source: string) {
    this.source = source;
  }

  /** The token that `next` found last. */
  get token(): Token {
    return this.#token;
  }

  /** Advances; 'end' only after the root value. */
  next(): Token {
    if (this.#ahead !== undefined) {
      const token = this.#ahead;
      this.#ahead = undefined;
      return this.#enter(token);
    }
    this.#finishString();
    if (!this.#skipSpace()) {
      const scope = this.#scope();
      if (scope.kind === 'root') return (this.#token = 'end');
      return this.#endOfInput(`: expected close marker for ${scope.kind} (start marker at ${describeLocation(this.source, scope.start)})`);
    }
    let character = this.#take();
    if (character === '}' || character === ']') return this.#close(character);
    const scope = this.#scope();
    if (scope.entries > 0 && scope.kind !== 'root') {
      if (character !== ',') this.#unexpected(character, `was expecting comma to separate ${scope.kind} entries`);
      character = this.#takeAfterSpace(scope);
    }
    scope.entries += 1;
    if (scope.kind !== 'Object') return this.#enter(this.#startValue(character));
    this.#readName(character);
    this.#ahead = this.#startValue(this.#takeAfterColon(scope));
    return (this.#token = 'name');
  }

  /** Text of the current token: the content of a string, the digits of a number as written, otherwise the token itself. */
  text(): string {
    this.#finishString();
    switch (this.#token) {
      case 'name':
        return this.#name;
      case 'string':
      case 'number':
        return this.#text;
      default:
        return this.#token;
    }
  }

  /** Refuses the pattern, with the place that has been read so far. */
  fail(reason: string): never {
    throw new InvalidEventPatternException(reason, { location: this.#location(), text: this.source });
  }

  #location(): PatternLocation {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  #scope(): Scope {
    return this.#scopes[this.#scopes.length - 1] as Scope;
  }

  #enter(token: Token): Token {
    if (token === '{' || token === '[') {
      this.#scopes.push({ kind: token === '{' ? 'Object' : 'Array', start: this.#tokenStart, entries: 0 });
      const depth = this.#scopes.length - 1;
      if (depth > DEPTH_MAX) this.fail(`Document nesting depth (${depth}) exceeds the maximum allowed (${DEPTH_MAX}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`);
    }
    return (this.#token = token);
  }

  #close(character: '}' | ']'): Token {
    const scope = this.#scope();
    const expected = scope.kind === 'Array' ? ']' : '}';
    const mismatch = character === ']' ? scope.kind !== 'Array' : scope.kind !== 'Object';
    if (mismatch) {
      const wanted = character === ']' ? '}' : ']';
      this.fail(`Unexpected close marker '${character}': expected '${scope.kind === 'root' ? wanted : expected}' (for ${scope.kind} starting at ${describeLocation(this.source, scope.start)})`);
    }
    this.#scopes.pop();
    return (this.#token = character);
  }

  #take(): string {
    const character = this.source.charAt(this.#at);
    this.#at += 1;
    return character;
  }

  /** Skips white space; false at the end of the input. */
  #skipSpace(): boolean {
    for (; this.#at < this.source.length; this.#at += 1) {
      const character = this.source.charAt(this.#at);
      if (character === '\n' || character === '\r') {
        if (character === '\r' && this.source.charAt(this.#at + 1) === '\n') this.#at += 1;
        this.#line += 1;
        this.#lineStart = this.#at + 1;
      } else if (character !== ' ' && character !== '\t') {
        if (character < ' ') {
          this.#at += 1;
          this.fail(`Illegal character (${describeCharacter(character)}): only regular white space (\\r, \\n, \\t) is allowed between tokens`);
        }
        return true;
      }
    }
    return false;
  }

  #takeAfterSpace(scope: Scope): string {
    if (!this.#skipSpace()) this.#endOfInput(` within/between ${scope.kind} entries`);
    return this.#take();
  }

  #takeAfterColon(scope: Scope): string {
    const character = this.#takeAfterSpace(scope);
    if (character !== ':') this.#unexpected(character, 'was expecting a colon to separate field name and value');
    return this.#takeAfterSpace(scope);
  }

  #readName(quote: string): void {
    if (quote !== '"') this.#unexpected(quote, 'was expecting double-quote to start field name');
    this.#name = this.#readString('name', ' in field name');
  }

  /** Looks at the first character of a value; reads numbers and words whole, strings later. */
  #startValue(character: string): Token {
    this.#tokenStart = { line: this.#line, column: this.#at - this.#lineStart };
    switch (character) {
      case '"':
        this.#pendingString = true;
        return 'string';
      case '{':
      case '[':
        return character;
      case 't':
        return this.#readWord('true');
      case 'f':
        return this.#readWord('false');
      case 'n':
        return this.#readWord('null');
      default:
        if (character === '-' || isDigit(character)) return this.#readNumber(character);
        return this.#oddValue(character);
    }
  }

  #oddValue(character: string): never {
    if (character === '}') return this.#unexpected(character, 'expected a value');
    if (character === '+') {
      return this.#unexpectedInNumber('+', 'JSON spec does not allow numbers to have plus signs: enable `JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow');
    }
    if (isWordPart(character) && !isDigit(character)) {
      const word = character + this.#takeWord();
      if (word === 'NaN' || word === 'Infinity' || word === 'INF') {
        this.fail(`Non-standard token '${word}': enable \`JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS\` to allow`);
      }
      this.#unknownWord(word);
    }
    return this.#unexpected(character, `expected a valid value ${VALUE_LIST}`);
  }

  #readWord(word: 'true' | 'false' | 'null'): Token {
    const start = this.#at - 1;
    let matched = 1;
    while (matched < word.length && this.source.charAt(start + matched) === word.charAt(matched)) matched += 1;
    this.#at = start + matched;
    if (matched < word.length || isWordPart(this.source.charAt(this.#at))) this.#unknownWord(word.slice(0, matched) + this.#takeWord());
    return word;
  }

  /** The rest of an unquoted word, as far as a message quotes it. */
  #takeWord(): string {
    const start = this.#at;
    while (isWordPart(this.source.charAt(this.#at)) && this.#at - start < 256) this.#at += 1;
    return this.source.slice(start, this.#at) + (isWordPart(this.source.charAt(this.#at)) ? '...' : '');
  }

  #unknownWord(word: string): never {
    return this.fail(`Unrecognized token '${word}': was expecting ${VALUE_LIST}`);
  }

  #readNumber(first: string): Token {
    const start = this.#at - 1;
    let digit = first;
    if (first === '-') {
      digit = this.#take();
      if (!isDigit(digit)) this.#unexpectedInNumber(digit, 'expected digit (0-9) to follow minus sign, for valid numeric value');
    }
    if (digit === '0' && isDigit(this.source.charAt(this.#at))) this.fail('Invalid numeric value: Leading zeroes not allowed');
    this.#skipDigits();
    if (this.source.charAt(this.#at) === '.') {
      this.#at += 1;
      if (this.#skipDigits() === 0) this.#unexpectedInNumber(this.#take(), 'Decimal point not followed by a digit');
    }
    if (/[eE]/.test(this.source.charAt(this.#at))) {
      this.#at += 1;
      if (/[+-]/.test(this.source.charAt(this.#at))) this.#at += 1;
      if (this.#skipDigits() === 0) this.#unexpectedInNumber(this.#take(), 'Exponent indicator not followed by a digit');
    }
    this.#text = this.source.slice(start, this.#at);
    return 'number';
  }

  #skipDigits(): number {
    const start = this.#at;
    while (isDigit(this.source.charAt(this.#at))) this.#at += 1;
    return this.#at - start;
  }

  #finishString(): void {
    if (!this.#pendingString || this.#ahead !== undefined) return;
    this.#pendingString = false;
    this.#text = this.#readString('string value', ': was expecting closing quote for a string value');
  }

  #readString(where: string, unclosed: string): string {
    let text = '';
    let start = this.#at;
    for (;;) {
      if (this.#at >= this.source.length) return this.#endOfInput(unclosed);
      const character = this.#take();
      if (character === '"') return text + this.source.slice(start, this.#at - 1);
      if (character === '\\') {
        text += this.source.slice(start, this.#at - 1) + this.#readEscape();
        start = this.#at;
      } else if (character < ' ') {
        this.fail(`Illegal unquoted character (${describeCharacter(character)}): has to be escaped using backslash to be included in ${where}`);
      }
    }
  }

  #readEscape(): string {
    if (this.#at >= this.source.length) this.#endOfInput(' in character escape sequence');
    const character = this.#take();
    const simple = ESCAPES[character];
    if (simple !== undefined) return simple;
    if (character !== 'u') this.fail(`Unrecognized character escape ${describeCharacter(character)}`);
    for (let i = 0; i < 4; i += 1) {
      if (this.#at >= this.source.length) this.#endOfInput(' in character escape sequence');
      const hex = this.#take();
      if (!/[0-9a-fA-F]/.test(hex)) this.#unexpected(hex, 'expected a hex-digit for character escape sequence');
    }
    return String.fromCharCode(Number.parseInt(this.source.slice(this.#at - 4, this.#at), 16));
  }

  #endOfInput(detail: string): never {
    return this.fail(`Unexpected end-of-input${detail}`);
  }

  #unexpected(character: string, comment: string): never {
    return this.fail(`Unexpected character (${describeCharacter(character)}): ${comment}`);
  }

  #unexpectedInNumber(character: string, comment: string): never {
    if (character === '') return this.#endOfInput(` in numeric value: ${comment}`);
    return this.fail(`Unexpected character (${describeCharacter(character)}) in numeric value: ${comment}`);
  }
}

const ESCAPES: Readonly<Record<string, string | undefined>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '/': '/', '\\': '\\' };

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

/** Part of a Java identifier, ASCII only. */
function isWordPart(character: string): boolean {
  return /^[A-Za-z0-9_$]$/.test(character);
}

function describeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32 || (code >= 127 && code < 160)) return `(CTRL-CHAR, code ${code})`;
  if (code > 255) return `'${character}' (code ${code} / 0x${code.toString(16)})`;
  return `'${character}' (code ${code})`;
}
