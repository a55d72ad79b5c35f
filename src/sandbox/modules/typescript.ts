/** TypeScript to JavaScript by taking the types out: every statement stays on its line, so stack traces need no map. */
import { transform } from 'sucrase';
import { extname } from './task-files.ts';

/** True for files that hold TypeScript. */
export function isTypeScript(path: string): boolean {
  return ['.ts', '.mts', '.cts'].includes(extname(path));
}

/**
 * The JavaScript of a TypeScript text.
 * @throws SyntaxError of sucrase with `loc` {line, column} when the text does not parse
 */
export function stripTypes(source: string, format: 'module' | 'commonjs'): string {
  const options = { disableESTransforms: true, preserveDynamicImport: true, keepUnusedImports: false } as const;
  return transform(source, { ...options, transforms: format === 'commonjs' ? ['typescript', 'imports'] : ['typescript'] }).code;
}
