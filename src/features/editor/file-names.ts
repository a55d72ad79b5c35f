/** Names of a function's files: which are possible, which is free, what language a name means. */
import { SCENARIO_LIMITS } from '../../scenario/schema.ts';

const CODE = /\.(mjs|cjs|js|ts|mts|cts|json)$/;
const NAME = /^[A-Za-z0-9_@][A-Za-z0-9_@.-]*(\/[A-Za-z0-9_@][A-Za-z0-9_@.-]*)*$/;

export interface FileNameQuestion {
  /** Names that exist. */
  readonly taken: readonly string[];
  /** The file that is being renamed; its own name is no clash. */
  readonly own?: string;
}

/** Why a file cannot have this name, as a sentence, or null when it can. */
export function fileNameRefusal(name: string, { taken, own }: FileNameQuestion): string | null {
  if (name === '') return 'A file needs a name.';
  if (name.length > 200) return 'A file name has at most 200 characters.';
  if (!NAME.test(name) || name.split('/').includes('..')) return 'Letters, digits, - _ . and / for folders make a file name.';
  if (!CODE.test(name)) return 'Node runs .mjs, .cjs, .js, .ts, .mts, .cts and reads .json here.';
  if (name !== own && taken.includes(name)) return `${name} exists already.`;
  if (own === undefined && taken.length >= SCENARIO_LIMITS.filesPerNodeMax) return `A function has at most ${SCENARIO_LIMITS.filesPerNodeMax} files here.`;
  return null;
}

/** `helper.mjs`, else `helper-2.mjs`, …: a name for a new file. */
export function freeFileName(taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'helper.mjs' : `helper-${n}.mjs`;
    if (!taken.includes(name)) return name;
  }
}

/** One language service for all code: the TypeScript one reads JavaScript too. */
export function languageOf(name: string): 'typescript' | 'json' | 'plaintext' {
  if (name.endsWith('.json')) return 'json';
  return CODE.test(name) ? 'typescript' : 'plaintext';
}

/** The file that a `Handler` setting points at: 'handler.handler' → 'handler.mjs', when it exists. */
export function handlerFile(handler: unknown, files: readonly string[]): string | undefined {
  const module = typeof handler === 'string' ? handler.slice(0, Math.max(0, handler.lastIndexOf('.'))) : '';
  return files.find((file) => CODE.test(file) && file.replace(CODE, '') === module) ?? files[0];
}
