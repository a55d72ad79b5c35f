/** Gives a handler's event a type, in the text of its file: as a JSDoc comment in JavaScript, as an annotation in TypeScript. */

export interface Annotation {
  /** A type of the package aws-lambda: 'SQSEvent', 'EventBridgeEvent<string, any>'. */
  readonly type: string;
  /** Name of the exported function. */
  readonly handler: string;
  readonly language: 'javascript' | 'typescript';
}

export type Annotated = { readonly text: string } | { readonly refusal: 'no-handler' | 'no-parameter' };

/** Knows functions that are written where they are exported or named, at the start of a line; not what a call makes of one. */
export function annotated(text: string, { type, handler, language }: Annotation): Annotated {
  const code = onlyCode(text);
  const found = findHandler(code, handler);
  if (found === null) return { refusal: 'no-handler' };
  const parameter = readParameter(code, found.parametersAt);
  if (parameter === null) return { refusal: 'no-parameter' };
  const full = `import('aws-lambda').${type}`;
  if (language === 'typescript') return { text: withAnnotation(text, parameter, full) };
  return { text: withComment(text, { at: found.at, name: parameter.name ?? 'event', type: full }) };
}

/** The text with comments, strings and templates blanked, places kept. */
function onlyCode(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:;!&|?{}[\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[dgimsuvy]*/g;
  return text.replace(token, (part) => part.replace(/[^\n]/g, ' '));
}

interface Found {
  /** Where the statement begins. */
  readonly at: number;
  /** Where the parameter list begins: a parenthesis, or the only parameter of an arrow function. */
  readonly parametersAt: number;
}

function findHandler(code: string, name: string): Found | null {
  const called = name.replace(/\$/g, '\\$&');
  const begins = [
    // A type of the constant may hold arrows: the equals sign is one that begins no arrow.
    String.raw`(?:export\s+)?(?:const|let|var)\s+${called}\s*(?::[^;\n]*?)?=(?!>)\s*`,
    String.raw`(?:module\s*\.\s*)?exports\s*\.\s*${called}\s*=\s*`,
  ].map((begin) => String.raw`${begin}(?:async\b\s*)?(?:(?:function\b\s*\*?\s*[\w$]*\s*)?(?=\()|(?=[\w$]+\s*=>))`);
  const declared = String.raw`(?:export\s+(?:default\s+)?)?(?:async\s+)?function\s*\*?\s+${called}\s*(?=\()`;
  const match = new RegExp(`^(?:${[...begins, declared].join('|')})`, 'm').exec(code);
  if (match === null) return null;
  const parametersAt = match.index + match[0].length;
  // Parentheses of something else: of an expression that answers a function.
  const isList = code[parametersAt] !== '(' || /^\s*(?:=>|\{|:)/.test(code.slice(endOf(code, parametersAt, '')));
  return isList ? { at: match.index, parametersAt } : null;
}

interface Parameter {
  /** Undefined: it is taken apart on the spot. */
  readonly name: string | undefined;
  /** Whether it stands in parentheses. */
  readonly enclosed: boolean;
  readonly start: number;
  /** End of its name or pattern, and of the annotation that follows it. */
  readonly end: number;
  readonly annotationEnd: number;
}

function readParameter(code: string, at: number): Parameter | null {
  const enclosed = code[at] === '(';
  const start = enclosed ? at + 1 + /^\s*/.exec(code.slice(at + 1))![0].length : at;
  const [name] = /^[A-Za-z_$][\w$]*/.exec(code.slice(start)) ?? [];
  const pattern = name === undefined && /[{[]/.test(code[start] ?? '');
  if (name === undefined && !pattern) return null;
  const end = name === undefined ? endOf(code, start, '') : start + name.length;
  const follows = /^\s*\??\s*:/.exec(code.slice(end));
  return { name, enclosed, start, end, annotationEnd: enclosed && follows !== null ? endOf(code, end + follows[0].length, '=,)') : end };
}

/** Where a balanced piece ends: before one of `stops` outside of all brackets, or behind the first bracket that closes when there are none. */
function endOf(code: string, from: number, stops: string): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    const char = code[at]!;
    const arrow = char === '=' && code[at + 1] === '>';
    if (depth === 0 && stops.includes(char) && !arrow) return from + code.slice(from, at).trimEnd().length;
    if (arrow) at++;
    else if ('([{<'.includes(char)) depth++;
    else if (')]}>'.includes(char)) depth--;
    if (stops === '' && depth === 0) return at + 1;
  }
  return code.length;
}

function withAnnotation(text: string, { enclosed, start, end, annotationEnd }: Parameter, type: string): string {
  const typed = `${text.slice(start, end)}: ${type}`;
  return text.slice(0, start) + (enclosed ? typed : `(${typed})`) + text.slice(annotationEnd);
}

/** A comment that stands there is added to: its other words stay. */
function withComment(text: string, { at, name, type }: { readonly at: number; readonly name: string; readonly type: string }): string {
  const above = text.slice(0, at);
  const begin = above.lastIndexOf('/**');
  const comment = begin === -1 ? null : above.slice(begin);
  if (comment === null || !/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\n$/.test(comment)) return `${above}/** @param {${type}} ${name} */\n${text.slice(at)}`;
  return above.slice(0, begin) + commentWith(comment, name, type) + text.slice(at);
}

function commentWith(comment: string, name: string, type: string): string {
  for (const tag of comment.matchAll(/@param[ \t]+/g)) {
    const from = tag.index + tag[0].length;
    const typeEnd = comment[from] === '{' ? endOf(comment, from, '') : from;
    const rest = comment.slice(typeEnd);
    if (new RegExp(`^\\s*\\[?${name.replace(/\$/g, '\\$&')}(?![\\w$])`).test(rest)) return `${comment.slice(0, from)}{${type}} ${rest.trimStart()}`;
  }
  const words = comment.slice(0, comment.lastIndexOf('*/')).trimEnd();
  const line = `\n * @param {${type}} ${name}`;
  return words.includes('\n') ? `${words}${line}\n */\n` : `/**\n * ${words.slice(3).trim()}${line}\n */\n`;
}
