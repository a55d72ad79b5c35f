/**
 * The border between the engine (host side, `engine/` and `host/`) and the guest prelude (`guest/`): names, shapes, duties.
 * Both sides are written against this file. Everything is synchronous; every host failure is a value, never host text.
 *
 * The engine defines two functions in the guest's global object before the prelude runs, and the prelude takes and deletes them:
 *   `__host(op: string, json: string): string`                    a call with a JSON argument and a JSON reply
 *   `__hostBytes(op: string, json: string, bytes?: ArrayBuffer): ArrayBuffer | string`   the same with bytes in or out; a string is a JSON reply
 * A reply that begins with `{"error":` is a failure: `{"error":{"code":"ENOENT","message":…,"syscall":"open","path":…}}`.
 *
 * The prelude leaves one object for the engine, `globalThis.__guest` (taken and deleted by the engine before user code loads):
 *   load(json)    → starts loading `ProcessSpec.handler` (the engine's module loader gives it the modules); errors are told by `init-error`
 *   invoke(json)  → `{event, context}`; runs the handler; tells `result`
 *   wake(json)    → `Wake[]`: fires timers, settles calls, ends children, in that order
 *   pending()     → how many timers, calls and children the process waits for
 * After each of them the engine runs all pending jobs (promise callbacks), then asks for unhandled rejections by `rejections()`,
 * which answers the GuestError of the first rejection that nobody handled, as JSON, or 'null'.
 */

/** Calls by JSON. `id`s are chosen by the guest, counting from 1 in each process. */
export interface HostCalls {
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
  /** An exception that nobody caught (thrown in a timer or an emitter): ends the process; never returns. */
  'uncaught-exception': { in: { errorType: string; errorMessage: string; trace: string[] }; out: null };
  'fs.stat': { in: { path: string }; out: { kind: 'file' | 'directory'; size: number; mtimeMs: number } };
  'fs.list': { in: { path: string }; out: { names: string[] } };
  'fs.mkdir': { in: { path: string; recursive: boolean }; out: null };
  'fs.remove': { in: { path: string; recursive: boolean; force: boolean; kind: 'file' | 'directory' | 'any' }; out: null };
  'fs.rename': { in: { from: string; to: string }; out: null };
  /** Gives a /tmp file the content of a blob without the bytes passing through the guest. */
  'fs.write-blob': { in: { path: string; sha256: string; size: number }; out: null };
  /** The blob of a file, without its bytes passing through the guest. */
  'fs.blob': { in: { path: string }; out: { sha256: string; size: number } };
  /** Source of a module file or layer file; null when there is none (used by require and by readFile under /var/task). */
  'task.read': { in: { path: string }; out: { text: string } };
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
  /** Seeded random bytes. */
  random: { in: { size: number }; bytes: 'out' };
}

/** Module specifiers that the guest supplies (`node:fs`, also as `fs`); the engine's loader asks the generated table for their source. */
export interface GuestModuleTable {
  /** Canonical specifier (`node:fs`, `@aws-sdk/client-sqs`) → ES module source text. */
  readonly sources: Readonly<Record<string, string>>;
  /** Prelude script, evaluated once into the template image. */
  readonly prelude: string;
}
