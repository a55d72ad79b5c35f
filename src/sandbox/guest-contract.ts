/**
 * The border between the engine (host side, `engine/` and `host/`) and the guest prelude (`guest/`): names, shapes, duties.
 * Both sides are written against this file. Everything is synchronous; every host failure is a value, never host text.
 *
 * The engine defines three functions in the guest's global object before the prelude runs, and the prelude takes and deletes them:
 *   `__host(op: string, json: string): string`                    a call with a JSON argument and a JSON reply
 *   `__hostBytes(op: string, json: string, bytes?: ArrayBuffer): ArrayBuffer | string`   the same with bytes in or out; a string is a JSON reply
 *   `__evalScript(file: string, source: string, kind?: 'module'): unknown`   evaluates a classic script under that file name (re-entrantly, `ctx.evalCode(source, file)`)
 *       and returns its value; what it throws (a SyntaxError too) is thrown on as the same guest value. CommonJS and lazily loaded built-in modules need it.
 *       A module answers its namespace, or a promise of it when something in it waits.
 * A reply that begins with `{"error":` is a failure: `{"error":{"code":"ENOENT","message":…,"syscall":"open","path":…}}`.
 *
 * The prelude is evaluated as a classic script named `PRELUDE_FILE` and leaves one object for the engine, `globalThis.__guest`
 * (taken and deleted by the engine before user code loads). All its functions are called with plain strings:
 *   load(json)    → `LoadInput`; starts loading the handler; ends in `ready` or `init-error`
 *   invoke(json)  → `InvokeInput`; runs the handler; tells `result` at some time
 *   wake(json)    → `Wake[]`: fires timers, settles calls, ends children, in that order. Jobs are run between two wakes: the engine calls it once per wake.
 *   pending()     → how many timers, calls and children the process waits for
 *   settle()      → see below
 *   rejection(promise, reason, handled)   the host promise rejection tracker: called with guest values when a promise is rejected without
 *       a handler (`handled` false) and when such a promise gets one (true). In this .wasm the runtime keeps the tracker as a table index
 *       (signature i32 ctx, i64 promise, i64 reason, i32 handled, i32 opaque → nothing) at `rt + 180`, its opaque at `rt + 184`.
 * After load, invoke and each wake the engine does: `do run all pending jobs; while (settle() === 'again')`. `settle` is Node's turn of the
 * event loop: it fires setImmediate callbacks, reports unhandled rejections by `unhandled-rejection`, and notices an event loop that ran empty.
 *
 * Modules come from `modules/` (`createModuleHost`): the engine gives its `normalize` and `load` to the runtime's module loader and sends
 * every host call whose name begins with `module.` or `task.` to its `call`. The normaliser never fails; a failing `load` gives {name, message}.
 */

/** File name of the prelude; frames of files that begin with `node:` are left out of stacks. */
export const PRELUDE_FILE = 'node:internal/coldstart';

/** What `load` gets, as JSON. */
export interface LoadInput {
  readonly runtime: string;
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly programs: readonly string[];
  /** What process.memoryUsage and os.totalmem show, in bytes. */
  readonly heapBytesMax: number;
}

/** What `invoke` gets, as JSON: the event as JSON text and the context's data. */
export interface InvokeInput {
  readonly event: string;
  readonly context: import('../sim/ports/runtime.ts').InvokeContext;
}

/** Calls by JSON. `id`s are chosen by the guest, counting from 1 in each process. */
export interface HostCalls {
  /** One line (or several, for a text with newlines inside one entry) just as the runtime writes it: with time stamp, request id and level, without the last newline. */
  log: { in: { stream: 'stdout' | 'stderr'; level: string; text: string }; out: null };
  call: { in: { id: number; service: string; operation: string; input: string }; out: null };
  fetch: { in: { id: number; request: string }; out: null };
  timer: { in: { id: number; delayUs: number }; out: null };
  'clear-timer': { in: { id: number }; out: null };
  child: { in: { id: number; file: string; args: string[]; cwd: string }; out: null };
  /** Answers a ChildResult; traps the burst when the result is not recorded yet. */
  'child-sync': { in: { file: string; args: string[]; cwd: string }; out: unknown };
  'kill-child': { in: { id: number; signal: string }; out: null };
  result: { in: { ok: boolean; value?: string; error?: { errorType: string; errorMessage: string; trace: string[] } }; out: null };
  'init-error': { in: { errorType: string; errorMessage: string; trace: string[]; file?: string; line?: number; column?: number }; out: null };
  /** Told when loading is complete and the handler was found. */
  ready: { in: Record<string, never>; out: null };
  /** Ends the process; never returns. */
  exit: { in: { code: number }; out: null };
  /**
   * An exception that nobody caught (thrown in a timer or an emitter): ends the process; never returns. Only told for runtimes up to
   * nodejs22.x, where the runtime reports the error as the invocation's; in later ones the guest prints it and calls `exit` with 1.
   */
  'uncaught-exception': { in: { errorType: string; errorMessage: string; trace: string[] }; out: null };
  /** The same for a rejection that nobody handled (errorType `Runtime.UnhandledPromiseRejection`); never returns. */
  'unhandled-rejection': { in: { errorType: string; errorMessage: string; trace: string[] }; out: null };
  /** An allocation failed: ends the process, whether or not user code would catch the error; never returns. */
  'out-of-memory': { in: Record<string, never>; out: null };
  /** From now on the engine tells of async functions by `called(promise)`, `entered(promise)` and `left()`. */
  'async-context': { in: Record<string, never>; out: null };
  /** Bytes allocated by the guest now. */
  memory: { in: Record<string, never>; out: number };
  /** Virtual epoch time, whole microseconds. */
  'now-us': { in: Record<string, never>; out: number };
  /** All `fs.*` calls are about /tmp; the guest answers for the read-only rest (/var/task, /opt) by `task.*`. */
  'fs.stat': { in: { path: string }; out: { kind: 'file' | 'directory'; size: number; mtimeMs: number } };
  'fs.list': { in: { path: string }; out: { names: string[] } };
  'fs.mkdir': { in: { path: string; recursive: boolean }; out: null };
  'fs.remove': { in: { path: string; recursive: boolean; force: boolean; kind: 'file' | 'directory' | 'any' }; out: null };
  'fs.rename': { in: { from: string; to: string }; out: null };
  /** Gives a /tmp file the content of a blob without the bytes passing through the guest. */
  'fs.write-blob': { in: { path: string; sha256: string; size: number }; out: null };
  /** The blob of a file, without its bytes passing through the guest. */
  'fs.blob': { in: { path: string }; out: { sha256: string; size: number } };
  /** `task.*` and `module.*` are answered by `modules/`. Text of a file under /var/task or /opt; null when there is none. */
  'task.read': { in: { path: string }; out: { text: string } | null };
  'task.stat': { in: { path: string }; out: { kind: 'file' | 'directory'; size: number } | null };
  'task.list': { in: { path: string }; out: { names: string[] } | null };
  /** What `require(specifier)` in `from` means: a canonical module name and how to load it. */
  'module.resolve': { in: { specifier: string; from: string; kind?: 'import' | 'require' }; out: { name: string; format: 'commonjs' | 'module' | 'json' | 'builtin' } };
  /** Source of a resolved module, TypeScript already stripped. */
  'module.source': { in: { name: string }; out: { source: string } };
  /** Source of a part of the guest that only some processes load; evaluated under a name that begins with `node:internal/` it costs no fuel, as in Node, whose own modules are in its snapshot. */
  'module.chunk': { in: { name: string }; out: { source: string } };
  /** Column in the user's text of a column in the loaded source (which may hold marks). */
  'module.column': { in: { name: string; line: number; column: number }; out: number };
  /** A syntax error as V8 would tell it, for a file that the engine refused. */
  'module.syntax': { in: { name: string; line: number; column: number; message: string }; out: { message: string; line: number; column: number } | null };
}

/** Calls with bytes. */
export interface HostByteCalls {
  /** Bytes of a file from `from` (inclusive) to `to` (exclusive; default: end). */
  'fs.read': { in: { path: string; from?: number; to?: number }; bytes: 'out' };
  /** Writes at `position`, or at the end when `append`, or replaces the whole when neither is given. Fails with ENOSPC past the limit. */
  'fs.write': { in: { path: string; append?: boolean; position?: number }; bytes: 'in' };
  'blob.put': { in: Record<string, never>; bytes: 'in' };
  'blob.read': { in: { sha256: string; from?: number; to?: number }; bytes: 'out' };
  /** Digest of bytes, hex-free: raw digest bytes. Charged by length. `hmacKey` in hex when it is an HMAC. */
  hash: { in: { algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'; hmacKey?: string }; bytes: 'in' };
  /** Text to bytes and back, at the host's speed: `utf8`, `base64`, `base64url`, `hex`, `latin1`. Charged by length. */
  'text.encode': { in: { text: string; encoding: string }; bytes: 'out' };
  'text.decode': { in: { encoding: string }; bytes: 'in' };
  /** Compressed or decompressed bytes; fails with zlib's code and text. Charged by length. */
  zlib: { in: { mode: string; level: number; bytesMax?: number }; bytes: 'in' | 'out' };
  /** CRC-32 in four bytes, highest first. */
  crc32: { in: { value: number }; bytes: 'in' | 'out' };
  /** Seeded random bytes. */
  random: { in: { size: number }; bytes: 'out' };
}

/** Module specifiers that the guest supplies (`node:fs`, also as `fs`); the engine's loader asks the generated table for their source. */
export interface GuestModuleTable {
  /** Canonical specifier (`node:fs`, `@aws-sdk/client-sqs`) → ES module source text. */
  readonly sources: Readonly<Record<string, string>>;
  /** Prelude script, evaluated once into the template image. */
  readonly prelude: string;
  /** Scripts for `module.chunk`, by name. */
  readonly chunks: Readonly<Record<string, string>>;
}
