/** An event pattern as lines to read, with those of one field pointed at. Pure. */
import type { CodeLine } from '../../../ui/layout/code-block.tsx';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Line {
  readonly text: string;
  /** The field whose conditions the line holds. */
  readonly field: string;
}

/** One line a field: `"key": [{ "suffix": ".mp4" }]`. Alternatives under `$or` belong to the fields they name. */
function linesOf(pattern: { readonly [key: string]: Json }, path: readonly string[], indent: string): Line[] {
  const entries = Object.entries(pattern);
  return entries.flatMap(([key, value], i): Line[] => {
    const comma = i < entries.length - 1 ? ',' : '';
    const head = `${indent}${JSON.stringify(key)}: `;
    if (key === '$or' && Array.isArray(value)) return wrapped(`${head}[`, value.flatMap((branch: Json, at) => block(branch, path, `${indent}  `, at < value.length - 1 ? ',' : '')), `${indent}]${comma}`);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ text: `${head}${spaced(value)}${comma}`, field: [...path, key].join('.') }];
    return wrapped(`${head}{`, linesOf(value as { readonly [key: string]: Json }, [...path, key], `${indent}  `), `${indent}}${comma}`);
  });
}

function block(value: Json, path: readonly string[], indent: string, comma: string): Line[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ text: `${indent}${spaced(value)}${comma}`, field: '' }];
  return wrapped(`${indent}{`, linesOf(value as { readonly [key: string]: Json }, path, `${indent}  `), `${indent}}${comma}`);
}

function wrapped(open: string, inner: readonly Line[], close: string): Line[] {
  return [{ text: open, field: '' }, ...inner, { text: close, field: '' }];
}

/** JSON in one line, with room to breathe. */
function spaced(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  return `{ ${Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`).join(', ')} }`;
}

export function patternLines(pattern: string, decided?: string): readonly CodeLine[] {
  let parsed: Json;
  try {
    parsed = JSON.parse(pattern) as Json;
  } catch {
    return [{ text: pattern }];
  }
  return block(parsed, [], '', '').map(({ text, field }) => (decided !== undefined && decided !== '' && field === decided ? { text, pointed: true } : { text }));
}
