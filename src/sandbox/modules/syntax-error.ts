/** Syntax errors as V8 tells them: sucrase's parser finds the place, the token there makes the text; the engine's own text is the fallback. */
import { transform } from 'sucrase';
import { hasModuleSyntax, withoutComments } from './format.ts';
import type { ModuleFormat } from './format.ts';

export interface SyntaxReport {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}
export interface EngineReport {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export function describeSyntaxError(source: string, format: ModuleFormat, o: { readonly typescript: boolean; readonly engine: EngineReport }): SyntaxReport {
  if (format === 'commonjs') {
    const outside = moduleSyntaxOutside(source);
    if (outside !== undefined) return outside;
  }
  if (o.engine.message === "unexpected 'await' keyword") return { ...o.engine, message: 'await is only valid in async functions and the top level bodies of modules' };
  const place = placeOf(source, o.typescript);
  if (place !== undefined) return { message: textAt(source, place), ...lineAndColumn(source, place) };
  return { ...o.engine, message: translated(source, o.engine) };
}

function moduleSyntaxOutside(source: string): SyntaxReport | undefined {
  if (!hasModuleSyntax(source)) return undefined;
  const found = /^[ \t]*(import|export)\b/m.exec(withoutComments(source));
  if (found === null) return { message: "Cannot use 'import.meta' outside a module", ...lineAndColumn(source, Math.max(0, source.indexOf('import.meta'))) };
  const at = found.index + found[0].length - found[1]!.length;
  return { message: found[1] === 'import' ? 'Cannot use import statement outside a module' : "Unexpected token 'export'", ...lineAndColumn(source, at) };
}

/** Index of the token at which sucrase gives up, or undefined when it does not. */
function placeOf(source: string, typescript: boolean): number | undefined {
  try {
    transform(source, { transforms: typescript ? ['typescript'] : [], disableESTransforms: true });
    return undefined;
  } catch (error) {
    const { loc, pos } = error as { loc?: { line: number; column: number }; pos?: number };
    if (typeof pos === 'number') return skipSpace(source, pos);
    if (loc === undefined) return undefined;
    const before = source.split('\n').slice(0, loc.line - 1);
    return skipSpace(source, before.reduce((sum, line) => sum + line.length + 1, 0) + Math.max(0, loc.column - 1));
  }
}

function skipSpace(source: string, at: number): number {
  let index = Math.min(at, source.length);
  while (index < source.length && /\s/.test(source[index]!)) index++;
  return index;
}

function lineAndColumn(source: string, at: number): { readonly line: number; readonly column: number } {
  const before = source.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

const KEYWORDS = new Set('break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with'.split(' '));
const STRICT = new Set('implements interface let package private protected public static yield'.split(' '));

/** @source V8 13: kUnexpectedToken… messages */
function textAt(source: string, at: number): string {
  const rest = source.slice(at);
  if (rest === '') return 'Unexpected end of input';
  const word = /^[A-Za-z$_\u00aa-\uffff][\w$\u00aa-\uffff]*/.exec(rest)?.[0];
  if (word !== undefined) {
    if (/\bawait\s+$/.test(source.slice(0, at))) return 'await is only valid in async functions and the top level bodies of modules';
    if (KEYWORDS.has(word)) return `Unexpected token '${word}'`;
    return STRICT.has(word) ? 'Unexpected strict mode reserved word' : `Unexpected identifier '${word}'`;
  }
  if (/^["']/.test(rest)) return /^(["'])(?:[^\\\n]|\\.)*?\1/.test(rest) ? 'Unexpected string' : 'Invalid or unexpected token';
  if (rest[0] === '`') return 'Unexpected template string';
  if (/^\d/.test(rest)) return 'Unexpected number';
  const punctuator = /^(?:>>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()[\];,<>+\-*/%&|^!~?:=.])/.exec(rest)?.[0];
  return punctuator === undefined ? 'Invalid or unexpected token' : `Unexpected token '${punctuator}'`;
}

function translated(source: string, engine: EngineReport): string {
  const { message } = engine;
  if (/redefinition|redeclaration/.test(message)) {
    const name = declaredTwice(source, engine.line);
    return name === undefined ? message : `Identifier '${name}' has already been declared`;
  }
  if (/return not in a function/.test(message)) return 'Illegal return statement';
  if (/^(unexpected end of|unterminated)/i.test(message)) return /string|template|regexp/i.test(message) ? 'Invalid or unexpected token' : 'Unexpected end of input';
  const token = /^unexpected token in expression: '(.*)'$/.exec(message)?.[1];
  if (token !== undefined) return token === '' ? 'Unexpected end of input' : /^[A-Za-z_$]/.test(token) && !KEYWORDS.has(token) ? `Unexpected identifier '${token}'` : `Unexpected token '${token}'`;
  const exported = /^Could not find export '(.*)' in module '(.*)'$/.exec(message);
  if (exported !== null) return `The requested module '${exported[2]}' does not provide an export named '${exported[1]}'`;
  return message;
}

/** The name that the line declares although it was declared before. */
function declaredTwice(source: string, line: number): string | undefined {
  const text = withoutComments(source);
  const names = [...text.matchAll(/\b(?:let|const|class|function|var)\s+([\w$]+)/g)].map((match) => ({ name: match[1]!, line: text.slice(0, match.index).split('\n').length }));
  const counts = (name: string): number => names.filter((other) => other.name === name).length;
  return (names.findLast((found) => found.line <= line && counts(found.name) > 1) ?? names.find((found) => counts(found.name) > 1))?.name;
}
