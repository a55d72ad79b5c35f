/** What kind of module a file is, and which names a CommonJS file exports (read from its text, as Node's lexer does). */
import { nearestPackage } from './package-json.ts';
import { extname, type TaskFiles } from './task-files.ts';

export type ModuleFormat = 'module' | 'commonjs' | 'json';

/**
 * The format Node would load a file in.
 * @source Node.js docs, modules and packages (2025): .mjs/.cjs by extension, .js by the nearest "type".
 * @simplified TypeScript files need no build step here: .mts and .ts count as ES modules when they use import or export, else as CommonJS.
 */
export function formatOf(files: TaskFiles, path: string, runtime: string): ModuleFormat {
  switch (extname(path)) {
    case '.mjs':
    case '.mts':
      return 'module';
    case '.cjs':
    case '.cts':
      return 'commonjs';
    case '.json':
      return 'json';
    default:
      break;
  }
  const type = nearestPackage(files, path)?.type;
  if (type === 'module') return 'module';
  if (type === 'commonjs' && extname(path) !== '.ts') return 'commonjs';
  const detects = extname(path) === '.ts' || detectsModuleSyntax(runtime);
  return detects && hasModuleSyntax(files.read(path) ?? '') ? 'module' : 'commonjs';
}

/**
 * Does this runtime load a .js file with import/export as an ES module although no package.json says so?
 * @source AWS Compute Blog, Node.js 22 runtime (2024-11): module syntax detection is switched off there
 */
function detectsModuleSyntax(runtime: string): boolean {
  const major = Number(/^nodejs(\d+)\.x$/.exec(runtime)?.[1] ?? '24');
  return major >= 24;
}

const MODULE_SYNTAX = /^[ \t]*(?:import\s*(?:[\w$*{'"]|\/\*)|export\s*(?:[{*]|default\b|const\b|let\b|var\b|function\b|async\b|class\b))|^[^'"`\n]*\bimport\.meta\b/m;

/** True when the text has a top-level import or export statement (comments left out of account). */
export function hasModuleSyntax(source: string): boolean {
  return MODULE_SYNTAX.test(withoutComments(source));
}

/** Blanks out comments, leaving line breaks, strings and templates alone. */
export function withoutComments(source: string): string {
  return source.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (whole, text: string | undefined) => text ?? whole.replace(/[^\n]/g, ' '));
}

const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await implements interface package private protected public'.split(' '),
);

/** Names that an ES module may import from a CommonJS text: `exports.a =`, `module.exports = { a, b: … }`, defineProperty. */
export function commonJsExportNames(source: string): readonly string[] {
  const text = withoutComments(source);
  const names = new Set<string>();
  for (const match of text.matchAll(/\bexports\.([A-Za-z_$][\w$]*)\s*=[^=]/g)) names.add(match[1] ?? '');
  for (const match of text.matchAll(/\bexports\[['"]([A-Za-z_$][\w$]*)['"]\]\s*=[^=]/g)) names.add(match[1] ?? '');
  for (const match of text.matchAll(/defineProperty\(\s*(?:module\.)?exports\s*,\s*['"]([A-Za-z_$][\w$]*)['"]/g)) names.add(match[1] ?? '');
  for (const match of text.matchAll(/\bmodule\.exports\s*=\s*\{([^}]*)/g)) {
    for (const entry of (match[1] ?? '').split(',')) {
      const name = /^\s*(?:async\s+)?['"]?([A-Za-z_$][\w$]*)['"]?\s*(?:[:(]|$)/.exec(entry)?.[1];
      if (name === undefined) break;
      names.add(name);
    }
  }
  names.delete('default');
  names.delete('__esModule');
  names.delete('');
  return [...names].filter((name) => !RESERVED.has(name)).sort();
}

/** Modules whose exports a CommonJS text passes on whole: `module.exports = require('x')`, `__exportStar(require('x'), exports)`, `...require('x')`. */
export function commonJsReexports(source: string): readonly string[] {
  const text = withoutComments(source);
  const found: string[] = [];
  for (const pattern of [/\bmodule\.exports\s*=\s*require\(\s*['"]([^'"]+)['"]\s*\)/g, /\b__export(?:Star)?\(\s*require\(\s*['"]([^'"]+)['"]\s*\)/g, /\.\.\.\s*require\(\s*['"]([^'"]+)['"]\s*\)/g]) {
    for (const match of text.matchAll(pattern)) found.push(match[1] ?? '');
  }
  return found;
}
