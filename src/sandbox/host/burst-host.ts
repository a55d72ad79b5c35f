/** Answers the host calls of one burst: buffers effects with the fuel at which they happened, serves files, digests and chance. */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { createRandom } from '../../base/random.ts';
import type { RandomState, RandomStream } from '../../base/random.ts';
import { burstOffsetUs, guestEpochMs } from '../../sim/cpu.ts';
import type { BlobStore, BurstEnd, BurstInput, ChildCommand, ChildResult, Effect, GuestError, LogLevel, ProcessSpec } from '../../sim/ports/runtime.ts';
import type { Credentials } from '../../sim/principal.ts';
import { decodeBytes, encodeText } from './text-codec.ts';
import { FsError, TMP_HOST_BYTES_MAX, TmpDisk } from './tmp-files.ts';
import { compresses, crc32, isZlibMode, zlib, ZlibError } from './zlib.ts';

/** Thrown through the engine to end a burst at once; the guest cannot catch it. */
export class BurstStop extends Error {
  readonly end: BurstEnd;
  constructor(end: BurstEnd) {
    super(end.kind);
    this.end = end;
  }
}

/** Stated bounds of one burst's effects; past them the process is killed. */
const EFFECTS_MAX = 20_000;
const LOG_CHARS_MAX = 16 * 1024 * 1024;
const JSON_CHARS_MAX = 8 * 1024 * 1024;
/** Fuel for one host call, for each character of JSON that goes in or out, and for each 16 bytes. */
const CALL_FUEL = 200;
const CHAR_FUEL = 1;
const BYTES_PER_FUEL = 16;

/**
 * Fuel for a byte of work that the host does for the guest, near what it costs on the vCPU of a function and never far below what it
 * costs this host: otherwise a handler could keep the host busy in almost no virtual time. @simplified
 */
const HASH_FUEL = { md5: 4, sha1: 2, sha256: 3, sha384: 8, sha512: 8 } as const;
const CODEC_FUEL = 2;
const CRC_FUEL = 2;
const RANDOM_FUEL = 2;
/** Compressing by level up to 6 and above, per byte that goes in. */
const COMPRESS_FUEL = { common: 20, best: 45 } as const;
/** Decompressing, per byte that goes in and that comes out. */
const INFLATE_FUEL = { in: 2, out: 4 } as const;

const HASHES = { md5, sha1, sha256, sha384, sha512 } as const;

/** What the modules of a process answer: see guest-contract.ts. */
export interface ModuleHost {
  normalize(base: string, name: string): string;
  load(name: string): { readonly source: string } | { readonly name: string; readonly message: string; readonly code?: string };
  call(op: string, input: unknown): unknown;
}

export interface BurstHostOptions {
  readonly spec: ProcessSpec;
  readonly input: BurstInput;
  readonly blobs: BlobStore;
  readonly modules: ModuleHost;
  readonly randomState: RandomState | undefined;
  /** Fuel used since the burst began, and how to use more. */
  readonly usedFuel: () => number;
  readonly charge: (fuel: number) => void;
  /** Bytes that the guest has allocated now. */
  readonly heapBytes: () => number;
}

type Json = Record<string, unknown>;

/** Credentials that the guest's client was given; the guest may say anything. */
function credentialsIn(input: Json): { credentials?: Credentials } {
  const given = input['credentials'] as { readonly accessKeyId?: unknown; readonly sessionToken?: unknown } | null | undefined;
  if (typeof given !== 'object' || given === null) return {};
  return { credentials: { accessKeyId: String(given.accessKeyId), ...(given.sessionToken === undefined ? {} : { sessionToken: String(given.sessionToken) }) } };
}

export class BurstHost {
  readonly effects: Effect[] = [];
  readonly disk: TmpDisk;
  readonly random: RandomStream;
  initError: Extract<BurstEnd, { kind: 'init-error' }> | undefined;
  ready = false;
  #children = 0;
  #logChars = 0;
  readonly modules: ModuleHost;
  readonly #o: BurstHostOptions;

  constructor(o: BurstHostOptions) {
    this.#o = o;
    this.modules = o.modules;
    this.random = createRandom(0, `sandbox/${o.spec.seed}`, o.randomState);
    this.disk = new TmpDisk(o.input.tmp, {
      blobs: o.blobs,
      bytesMax: o.spec.tmpBytesMax,
      nowMs: () => this.epochMs(),
      charge: o.charge,
      hostFull: () => {
        throw new BurstStop({ kind: 'engine-failure', message: `Not modelled: more than ${TMP_HOST_BYTES_MAX} bytes in /tmp` });
      },
    });
  }

  epochMs(): number {
    return guestEpochMs(this.#o.input.clock, this.#o.usedFuel());
  }

  /** A call by JSON. Answers JSON text; failures are `{"error":…}`. */
  json(op: string, text: string): string {
    this.#o.charge(CALL_FUEL + text.length * CHAR_FUEL);
    if (text.length > JSON_CHARS_MAX) return failure('E2BIG', 'a value is larger than 8 MiB', op, '');
    const answer = this.#guarded(op, () => JSON.stringify(this.#jsonCall(op, parse(text)) ?? null));
    this.#o.charge(answer.length * CHAR_FUEL);
    return answer;
  }

  /** A call with bytes in or out. */
  bytes(op: string, text: string, bytes: Uint8Array): Uint8Array | string {
    this.#o.charge(CALL_FUEL + text.length * CHAR_FUEL + Math.ceil(bytes.length / BYTES_PER_FUEL));
    const answer = this.#guarded(op, () => this.#byteCall(op, parse(text), bytes));
    this.#o.charge(typeof answer === 'string' ? answer.length * CHAR_FUEL : Math.ceil(answer.length / BYTES_PER_FUEL));
    return answer;
  }

  #guarded<T>(op: string, body: () => T): T | string {
    try {
      return body();
    } catch (error) {
      if (error instanceof BurstStop) throw error;
      if (error instanceof ZlibError) return failure(error.code, error.message, op, '');
      if (error instanceof FsError) return failure(error.code, error.code, error.syscall, error.path);
      if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError) return failure('EINVAL', 'invalid argument', op, '');
      throw error;
    }
  }

  #effect(effect: Effect extends infer E ? (E extends Effect ? Omit<E, 'fuel'> : never) : never): null {
    if (this.effects.length >= EFFECTS_MAX) throw new BurstStop({ kind: 'engine-failure', message: `more than ${EFFECTS_MAX} effects in one burst` });
    this.effects.push({ ...effect, fuel: this.#o.usedFuel() } as Effect);
    return null;
  }

  #jsonCall(op: string, input: Json): unknown {
    if (op.startsWith('module.') || op.startsWith('task.')) return this.#o.modules.call(op, input);
    if (op.startsWith('fs.')) return this.#fileCall(op, input);
    const id = Number(input['id']);
    switch (op) {
      case 'log':
        this.#logChars += String(input['text']).length;
        if (this.#logChars > LOG_CHARS_MAX) throw new BurstStop({ kind: 'engine-failure', message: 'more than 16 MiB of log in one burst' });
        return this.#effect({ kind: 'log', stream: input['stream'] === 'stderr' ? 'stderr' : 'stdout', level: String(input['level']) as LogLevel, text: String(input['text']) });
      case 'call':
        return this.#effect({ kind: 'call', id, service: String(input['service']), operation: String(input['operation']), input: String(input['input']), ...credentialsIn(input) });
      case 'fetch':
        return this.#effect({ kind: 'fetch', id, request: String(input['request']) });
      case 'timer':
        return this.#effect({ kind: 'timer', id, delayUs: Math.max(0, Math.round(Number(input['delayUs'])) || 0) });
      case 'clear-timer':
        return this.#effect({ kind: 'clear-timer', id });
      case 'child':
        return this.#effect({ kind: 'child', id, command: this.#command(input, false) });
      case 'kill-child':
        return this.#effect({ kind: 'kill-child', id, signal: String(input['signal']) });
      case 'child-sync':
        return this.#syncChild(input);
      case 'result':
        return this.#effect(input['ok'] === true ? { kind: 'result', ok: true, value: String(input['value']) } : { kind: 'result', ok: false, error: guestError(input['error'] as Json) });
      case 'out-of-memory':
        throw new BurstStop({ kind: 'memory' });
      case 'memory':
        return this.#o.heapBytes();
      case 'now-us':
        return this.#o.input.clock.epochUs + burstOffsetUs(this.#o.input.clock, this.#o.usedFuel());
      case 'ready':
        this.ready = true;
        return null;
      case 'init-error':
        this.initError = { kind: 'init-error', error: guestError(input), ...place(input) };
        return null;
      case 'exit':
        throw new BurstStop({ kind: 'exit', code: Number(input['code']) || 0 });
      case 'uncaught-exception':
        throw new BurstStop({ kind: 'crash', reason: 'uncaught-exception', error: guestError(input) });
      case 'unhandled-rejection':
        throw new BurstStop({ kind: 'crash', reason: 'unhandled-rejection', error: guestError(input) });
      default:
        throw new TypeError(op);
    }
  }

  #command(input: Json, sync: boolean): ChildCommand {
    return { file: String(input['file']), args: (input['args'] as unknown[]).map(String), cwd: String(input['cwd']), tmp: this.disk.files(), sync };
  }

  /** A sync child: its recorded result, or the end of this burst until there is one. */
  #syncChild(input: Json): ChildResult {
    const result = this.#o.input.syncChildren[this.#children++];
    if (result === undefined) throw new BurstStop({ kind: 'sync-child', command: this.#command(input, true), atFuel: this.#o.usedFuel() });
    for (const [path, blob] of Object.entries(result.tmp)) {
      if (blob) this.disk.writeBlob(path, blob);
    }
    return { ...result, tmp: {} };
  }

  #fileCall(op: string, input: Json): unknown {
    const path = String(input['path'] ?? '');
    switch (op) {
      case 'fs.stat':
        return this.disk.stat(path);
      case 'fs.list':
        return { names: this.disk.list(path) };
      case 'fs.mkdir':
        this.disk.mkdir(path, input['recursive'] === true);
        return null;
      case 'fs.remove':
        this.disk.remove(path, { recursive: input['recursive'] === true, force: input['force'] === true, kind: input['kind'] as 'file' });
        return null;
      case 'fs.rename':
        this.disk.rename(String(input['from']), String(input['to']));
        return null;
      case 'fs.blob':
        return this.disk.blobOf(path);
      case 'fs.write-blob':
        this.disk.writeBlob(path, { sha256: String(input['sha256']), size: Number(input['size']) });
        return null;
      default:
        throw new TypeError(op);
    }
  }

  #zlib(input: Json, bytes: Uint8Array): Uint8Array {
    const { mode } = input;
    if (!isZlibMode(mode)) throw new TypeError('zlib');
    const level = Number(input['level']);
    this.#o.charge(bytes.length * (compresses(mode) ? (level > 6 ? COMPRESS_FUEL.best : COMPRESS_FUEL.common) : INFLATE_FUEL.in));
    const memoryMax = this.#o.spec.heapBytesMax;
    const asked = typeof input['bytesMax'] === 'number' ? input['bytesMax'] : Number.POSITIVE_INFINITY;
    try {
      const out = zlib(mode, bytes, { level, bytesMax: Math.min(asked, memoryMax) });
      if (!compresses(mode)) this.#o.charge(INFLATE_FUEL.out * out.length);
      return out;
    } catch (error) {
      // More than the process has memory for, and nobody asked to be told before.
      if (error instanceof ZlibError && error.code === 'TOO_LARGE' && asked > memoryMax) throw new BurstStop({ kind: 'memory' });
      throw error;
    }
  }

  #byteCall(op: string, input: Json, bytes: Uint8Array): Uint8Array | string {
    const from = Number(input['from'] ?? 0);
    const to = input['to'] === undefined || input['to'] === null ? undefined : Number(input['to']);
    switch (op) {
      case 'fs.read':
        return this.disk.read(String(input['path']), from, to);
      case 'fs.write':
        this.disk.write(String(input['path']), bytes, { append: input['append'] === true, position: typeof input['position'] === 'number' ? input['position'] : undefined });
        return 'null';
      case 'blob.put': {
        this.#o.charge(bytes.length * HASH_FUEL.sha256);
        const blob = this.#o.blobs.put(bytes.slice());
        this.#effect({ kind: 'blob', blob });
        return JSON.stringify(blob);
      }
      case 'blob.read': {
        const content = this.#o.blobs.get(String(input['sha256']));
        if (content === undefined) throw new FsError('EIO', 'read', String(input['sha256']));
        return content.subarray(Math.min(from, content.length), Math.min(to ?? content.length, content.length));
      }
      case 'text.encode': {
        const text = String(input['text']);
        this.#o.charge(text.length * CODEC_FUEL);
        return encodeText(text, String(input['encoding']));
      }
      case 'text.decode':
        this.#o.charge(bytes.length * CODEC_FUEL);
        // Two bytes for at most three: the guest has no room for the text.
        if (bytes.length / 2 > this.#o.spec.heapBytesMax) throw new BurstStop({ kind: 'memory' });
        return JSON.stringify(decodeBytes(bytes, String(input['encoding'])));
      case 'hash': {
        const algorithm = input['algorithm'] as keyof typeof HASHES;
        if (!Object.hasOwn(HASHES, algorithm)) throw new TypeError('hash');
        const hash = HASHES[algorithm];
        this.#o.charge(bytes.length * HASH_FUEL[algorithm]);
        return typeof input['hmacKey'] === 'string' ? hmac(hash, hexToBytes(input['hmacKey']), bytes) : hash(bytes);
      }
      case 'zlib':
        return this.#zlib(input, bytes);
      case 'crc32': {
        this.#o.charge(bytes.length * CRC_FUEL);
        const out = new Uint8Array(4);
        new DataView(out.buffer).setUint32(0, crc32(bytes, Number(input['value']) >>> 0));
        return out;
      }
      case 'random': {
        const out = new Uint8Array(Math.min(65_536, Math.max(0, Number(input['size']) || 0)));
        this.#o.charge(out.length * RANDOM_FUEL);
        for (let i = 0; i < out.length; i++) out[i] = this.random.nextUint32() & 255;
        return out;
      }
      default:
        throw new TypeError(op);
    }
  }
}

/** Own `__proto__` members never get into the host's objects. */
function parse(text: string): Json {
  const suspect = text.includes('__proto__') || text.includes('\\u');
  const value: unknown = suspect ? JSON.parse(text, (key, member: unknown) => (key === '__proto__' ? undefined : member)) : JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function failure(code: string, message: string, syscall: string, path: string): string {
  return JSON.stringify({ error: { code, message, syscall, path } });
}

function guestError(value: Json): GuestError {
  const trace = Array.isArray(value['trace']) ? value['trace'].map(String).slice(0, 60) : [];
  return { errorType: String(value['errorType'] ?? 'Error'), errorMessage: String(value['errorMessage'] ?? ''), trace };
}

function place(value: Json): { file?: string; line?: number; column?: number } {
  return { ...(typeof value['file'] === 'string' ? { file: value['file'] } : {}), ...(typeof value['line'] === 'number' ? { line: value['line'] } : {}), ...(typeof value['column'] === 'number' ? { column: value['column'] } : {}) };
}
