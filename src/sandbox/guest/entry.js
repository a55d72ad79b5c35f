/** The prelude: evaluated once into the template image. Puts Node's globals in place and leaves the entry points for the engine. */
import { asyncHooks as asyncContextHooks } from './core/async-context.js';
import { console } from './core/console.js';
import './core/engine-fixes.js';
import './core/stacks.js';
import { atob, btoa, Buffer, bytesOf, TextDecoder, TextEncoder } from './core/buffer.js';
import { builtinExport, builtinModule, defineModules, describeSdk, isBuiltin, lazyModule, moduleNames } from './core/builtins.js';
import { loadFile, resolveUrl } from './core/commonjs.js';
import { refuses } from './core/not-modelled.js';
import { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from './core/event-loop.js';
import { AbortController, AbortSignal, CustomEvent, Event, EventTarget } from './core/events.js';
import { Blob, fetch, Headers, Request, Response } from './core/fetch.js';
import { installJson } from './core/json.js';
import { installIntl } from './core/locale/intl.js';
import { invoke, load, pending, rejection, settle, wake } from './core/lambda.js';
import { process } from './core/process.js';
import { structuredClone } from './core/structured-clone.js';
import { giveZlib, WEB_STREAM_NAMES, webStreams } from './core/web-streams.js';
import asyncHooks from './modules/async-hooks.js';
import { addAbsent } from './modules/absent.js';
import assert from './modules/assert.js';
import childProcess from './modules/child-process.js';
import crypto, { webcrypto } from './modules/crypto.js';
import EventEmitter from './modules/events.js';
import fs, { promises as fsPromises } from './modules/fs.js';
import libDynamodb from './modules/lib-dynamodb.js';
import libStorage from './modules/lib-storage.js';
import module from './modules/module.js';
import os from './modules/os.js';
import perfHooks, { performance } from './modules/perf-hooks.js';
import path from './modules/path.js';
import querystring from './modules/querystring.js';
import Stream, { promises as streamPromises } from './modules/stream.js';
import stringDecoder from './modules/string-decoder.js';
import timers, { promises as timersPromises } from './modules/timers.js';
import url, { URL, URLSearchParams } from './modules/url.js';
import util, { types } from './modules/util.js';
import utilDynamodb from './modules/util-dynamodb.js';
import zlib from './modules/zlib.js';

const globals = { console, process, Buffer, URL, URLSearchParams, TextEncoder, TextDecoder, atob, btoa, AbortController, AbortSignal, Event, CustomEvent, EventTarget, Blob, fetch, Headers, Request, Response, structuredClone, performance, crypto: webcrypto, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
giveZlib(zlib);
for (const name of WEB_STREAM_NAMES) {
  const set = (value) => Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(globalThis, name, {
    get() {
      const value = webStreams()[name];
      set(value);
      return value;
    },
    set,
    enumerable: false,
    configurable: true,
  });
}
Object.defineProperty(globalThis, 'global', { value: globalThis, writable: true, enumerable: false, configurable: true });
Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true });
delete globalThis.InternalError;
installJson();
installIntl();

const modules = {
  'node:assert': assert,
  'node:assert/strict': assert.strict,
  'node:async_hooks': asyncHooks,
  'node:buffer': { Buffer, Blob, atob, btoa, constants: { MAX_LENGTH: 4_294_967_296, MAX_STRING_LENGTH: 536_870_888 }, isUtf8: Buffer.isUtf8, isAscii: (bytes) => bytesOf(bytes).every((byte) => byte < 128), kMaxLength: 4_294_967_296, kStringMaxLength: 536_870_888, INSPECT_MAX_BYTES: 50 },
  'node:child_process': childProcess,
  'node:console': Object.assign(console, { Console: undefined }),
  'node:crypto': crypto,
  'node:events': EventEmitter,
  'node:fs': fs,
  'node:fs/promises': fsPromises,
  'node:module': module,
  'node:os': os,
  'node:path': path,
  'node:path/posix': path,
  'node:perf_hooks': perfHooks,
  'node:process': process,
  'node:querystring': querystring,
  'node:stream': Stream,
  'node:stream/promises': streamPromises,
  'node:string_decoder': stringDecoder,
  'node:timers': timers,
  'node:timers/promises': timersPromises,
  'node:stream/web': lazyModule(webStreams, WEB_STREAM_NAMES),
  'node:url': url,
  'node:util': util,
  'node:util/types': types,
  'node:zlib': zlib,
  '@aws-sdk/lib-dynamodb': libDynamodb,
  '@aws-sdk/lib-storage': libStorage,
  '@aws-sdk/s3-request-presigner': { getSignedUrl: refuses('getSignedUrl of @aws-sdk/s3-request-presigner') },
  '@aws-sdk/util-dynamodb': utilDynamodb,
};
for (const [name, module] of Object.entries(modules)) if (module.lazy !== true) addAbsent(name.replace('node:', ''), module);
defineModules(modules);
delete console.Console;
const { __sdk: sdk } = globalThis;
delete globalThis.__sdk;
if (sdk !== undefined) describeSdk(sdk);
process.getBuiltinModule = (name) => (isBuiltin(name) ? builtinModule(name) : undefined);

/** How the module sources of the table reach their modules: not to be seen or changed by user code by accident. */
Object.defineProperty(globalThis, Symbol.for('coldstart.module'), {
  value: Object.freeze({ builtin: builtinModule, builtinExport, commonjs: (name, format) => loadFile(name, format, undefined).exports, resolve: resolveUrl }),
  enumerable: false,
  writable: false,
  configurable: false,
});

const notStreaming = refuses('awslambda.streamifyResponse: response streaming');
Object.defineProperty(globalThis, 'awslambda', { value: { streamifyResponse: notStreaming, HttpResponseStream: { from: notStreaming } }, writable: true, enumerable: false, configurable: true });

globalThis.__guest = { load, invoke, wake, pending, settle, rejection, moduleNames, ...asyncContextHooks };
