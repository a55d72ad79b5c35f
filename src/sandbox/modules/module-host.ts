/** The modules of one process: resolves, loads and describes them, and answers the guest's questions about /var/task and /opt. */
import type { ProcessSpec } from '../../sim/ports/runtime.ts';
import { PRELUDE_FILE } from '../guest-contract.ts';
import type { GuestModuleTable } from '../guest-contract.ts';
import type { ModuleHost } from '../host/burst-host.ts';
import { commonJsWrapper, withUnknownCommands } from './builtins.ts';
import { commonJsExportNames, commonJsReexports, formatOf } from './format.ts';
import type { ModuleFormat } from './format.ts';
import { resolveModule } from './resolve.ts';
import type { ResolveContext } from './resolve.ts';
import { columnWithoutMarks, markStatements } from './statement-marks.ts';
import type { MarkedSource } from './statement-marks.ts';
import { describeSyntaxError } from './syntax-error.ts';
import { createTaskFiles, dirname, normalizePath } from './task-files.ts';
import type { TaskFiles } from './task-files.ts';
import { isTypeScript, stripTypes } from './typescript.ts';

/** Prefix of a canonical name that stands for a failed resolution: loading it tells the failure. */
const FAILED = 'failed:';
/** What is remembered of each kind, by name. */
const KNOWN_MAX = 2_000;
/** What guest/core/commonjs.js puts before a CommonJS text, on its first line. */
const COMMONJS_HEAD = '(function (exports, require, module, __filename, __dirname) { ';

export function createModuleHost(spec: ProcessSpec, table: GuestModuleTable): ModuleHost {
  return new Modules(spec, table);
}

type Loaded = ReturnType<ModuleHost['load']>;

class Modules implements ModuleHost {
  readonly #files: TaskFiles;
  readonly #context: ResolveContext;
  readonly #table: GuestModuleTable;
  readonly #spec: ProcessSpec;
  /** Where marks stand in the loaded files: known again after a restore, because it follows from the text. */
  readonly #marks = new Map<string, MarkedSource['marks']>();

  /** By name: what loading, describing and splitting gave, each done once. */
  readonly #loaded = new Map<string, Loaded>();
  readonly #sources = new Map<string, unknown>();
  readonly #lines = new Map<string, readonly string[]>();
  readonly #reports = new Map<string, unknown>();
  /** Characters that were put before the first line of a file. */
  readonly #prefixes = new Map<string, number>();

  constructor(spec: ProcessSpec, table: GuestModuleTable) {
    this.#spec = spec;
    this.#table = table;
    this.#files = createTaskFiles(spec.files, spec.layerFiles);
    const builtin = (specifier: string): string | undefined => [specifier, `node:${specifier}`].find((name) => Object.hasOwn(table.sources, name));
    this.#context = { files: this.#files, runtime: spec.runtime, builtin };
  }

  normalize(base: string, name: string): string {
    if (base === PRELUDE_FILE || name.startsWith(FAILED)) return name;
    const resolved = resolveModule(this.#context, name, base, 'import');
    return 'error' in resolved ? `${FAILED}${JSON.stringify(resolved.error)}` : resolved.name;
  }

  load(name: string): Loaded {
    const before = this.#loaded.get(name);
    if (before !== undefined) return before;
    const loaded = this.#load(name);
    // What a failed resolution is told as is short; everything else follows from files that never change.
    if (!name.startsWith(FAILED)) this.#loaded.set(name, loaded);
    return loaded;
  }

  #load(name: string): Loaded {
    if (name.startsWith(FAILED)) {
      const error = JSON.parse(name.slice(FAILED.length)) as { readonly name: string; readonly message: string; readonly code: string };
      return { name: error.name, message: error.message, code: error.code };
    }
    const builtin = this.#table.sources[name];
    if (builtin !== undefined) return { source: withUnknownCommands(builtin, name, this.#unknownCommands(name, builtin)) };
    const text = this.#files.read(name);
    if (text === undefined) return { name: 'Error', message: `Cannot find module '${name}'` };
    const format = formatOf(this.#files, name, this.#spec.runtime);
    if (format === 'json') return { source: commonJsWrapper(name, 'json', []) };
    if (format === 'commonjs') return { source: commonJsWrapper(name, 'commonjs', this.#commonJsNames(name)) };
    return this.#moduleSource(name, text);
  }

  #moduleSource(name: string, text: string): Loaded {
    let source = text.startsWith('\uFEFF') ? text.slice(1) : text;
    if (source.startsWith('#!')) source = `//${source}`;
    if (isTypeScript(name)) {
      try {
        source = stripTypes(source, 'module');
      } catch {
        // The engine then refuses the text as it is, and the place is told.
      }
    }
    source = this.#marked(name, source);
    if (!/\bimport\.meta\b/.test(source)) return { source };
    const meta = { url: `file://${name}`, filename: name, dirname: dirname(name) };
    const resolve = /\bimport\.meta\.resolve\b/.test(source) ? `, { resolve: (specifier) => globalThis[Symbol.for('coldstart.module')].resolve(specifier, ${JSON.stringify(name)}) }` : '';
    const prefix = `Object.assign(import.meta, ${JSON.stringify(meta)}${resolve}); `;
    this.#prefixes.set(name, prefix.length);
    return { source: prefix + source };
  }

  /** Names that a CommonJS file exports, its own and those of the files whose exports it passes on. */
  #commonJsNames(name: string, seen: readonly string[] = []): readonly string[] {
    const text = this.#files.read(name);
    if (text === undefined || seen.includes(name)) return [];
    const own = isTypeScript(name) ? commonJsExportNames(this.#stripped(text)) : commonJsExportNames(text);
    const passedOn = commonJsReexports(text).flatMap((specifier) => {
      const resolved = resolveModule(this.#context, specifier, name, 'require');
      return 'error' in resolved || resolved.format !== 'commonjs' ? [] : this.#commonJsNames(resolved.name, [...seen, name]);
    });
    return [...new Set([...own, ...passedOn])];
  }
  #stripped(text: string): string {
    try {
      return stripTypes(text, 'commonjs');
    } catch {
      return text;
    }
  }

  #marked(name: string, source: string): string {
    const marked = markStatements(source);
    this.#marks.set(name, marked.marks);
    return marked.source;
  }

  /** Commands that some file imports from an SDK package and that nobody described. */
  #unknownCommands(name: string, source: string): readonly string[] {
    if (!name.startsWith('@aws-sdk/client-')) return [];
    const wanted = new Set<string>();
    for (const text of Object.values(this.#spec.files)) {
      for (const [, names, from] of text.matchAll(/\bimport\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g)) {
        if (from !== name) continue;
        for (const part of names!.split(',')) {
          const command = /^\s*(\w+Command)\b/.exec(part)?.[1];
          if (command !== undefined && !source.includes(` as ${command} }`)) wanted.add(command);
        }
      }
    }
    return [...wanted];
  }

  call(op: string, input: unknown): unknown {
    const o = input as Readonly<Record<string, unknown>>;
    const path = normalizePath(String(o['path'] ?? ''));
    switch (op) {
      case 'task.read': {
        const text = this.#files.read(path);
        return text === undefined ? null : { text };
      }
      case 'task.stat':
        return this.#files.stat(path) ?? null;
      case 'task.list': {
        const names = this.#files.list(path);
        return names === undefined ? null : { names };
      }
      case 'module.resolve': {
        const resolved = resolveModule(this.#context, String(o['specifier']), String(o['from']), o['kind'] === 'import' ? 'import' : 'require');
        return 'error' in resolved ? { error: { ...resolved.error, syscall: '', path: '' } } : resolved;
      }
      case 'module.chunk':
        return { source: this.#table.chunks[String(o['name'])] ?? '' };
      case 'module.source':
        return once(this.#sources, String(o['name']), (name) => this.#source(name));
      case 'module.column':
        return this.#column(String(o['name']), Number(o['line']), Number(o['column']));
      case 'module.syntax':
        return once(this.#reports, JSON.stringify([o['name'], o['line'], o['column'], o['message']]), () => this.#syntax(o));
      default:
        throw new TypeError(op);
    }
  }

  #source(name: string): unknown {
    const text = this.#files.read(name);
    if (text === undefined) return { error: { name: 'Error', code: 'MODULE_NOT_FOUND', message: `Cannot find module '${name}'`, syscall: '', path: '' } };
    if (formatOf(this.#files, name, this.#spec.runtime) === 'json') return { source: text };
    this.#prefixes.set(name, COMMONJS_HEAD.length);
    if (!isTypeScript(name)) return { source: this.#marked(name, text) };
    try {
      return { source: this.#marked(name, stripTypes(text, 'commonjs')) };
    } catch {
      return { source: text };
    }
  }

  /** V8's column: without marks, and at `new` where the engine stands at the constructor. */
  #column(name: string, line: number, column: number): number {
    // The engine counts the columns of a file's first line from 0.
    const own = line === 1 ? Math.max(1, column + 1 - (this.#prefixes.get(name) ?? 0)) : column;
    const original = columnWithoutMarks(this.#marks.get(name) ?? new Map(), line, own);
    if (isTypeScript(name)) return original;
    const lines = once(this.#lines, name, () => this.#files.read(name)?.split('\n') ?? []);
    const before = lines[line - 1]?.slice(0, original - 1) ?? '';
    const built = /\bnew\s+$/.exec(before);
    return built === null ? original : built.index + 1;
  }

  #syntax(o: Readonly<Record<string, unknown>>): unknown {
    const name = String(o['name']);
    const text = this.#files.read(name);
    const message = String(o['message'] ?? '');
    const wanted = /^Could not find export '(.*)' in module '(.*)'$/.exec(message);
    if (wanted !== null) return { message: this.#missingExport(wanted[1]!, wanted[2]!), line: 1, column: 1 };
    if (text === undefined) return null;
    const format: ModuleFormat = formatOf(this.#files, name, this.#spec.runtime);
    return describeSyntaxError(text, format, { typescript: isTypeScript(name), engine: { message, line: Number(o['line'] ?? 1), column: Number(o['column'] ?? 1) } });
  }

  /** V8 names the module as the importing file writes it. */
  #missingExport(name: string, module: string): string {
    const everything = Object.entries(this.#spec.files).flatMap(([path, text]) => [...text.matchAll(/\bimport\b([^'"]*)from\s*['"]([^'"]+)['"]/g)].map((match) => ({ path, names: match[1]!, specifier: match[2]! })));
    const found = everything.find(({ path, names, specifier }) => new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(names) && this.normalize(path.startsWith('/') ? path : `/var/task/${path}`, specifier) === module);
    return `The requested module '${found?.specifier ?? module}' does not provide an export named '${name}'`;
  }
}

/** The value of a key, worked out when it is first asked for. */
function once<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = make(key);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, value);
  return value;
}
