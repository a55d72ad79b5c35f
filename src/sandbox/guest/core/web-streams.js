/** WHATWG streams: the web-streams-polyfill package, loaded when a process first asks for them, and their ways to and from Node's streams. */
import { Buffer, bytesOf, TextDecoder, TextEncoder } from './buffer.js';
import { evaluateScript, host } from './host.js';

let loaded;
/** The package's classes, and ours over them. */
export function webStreams() {
  loaded ??= withOurs(evaluateScript('node:internal/web-streams', host('module.chunk', { name: 'web-streams' }).source));
  return loaded;
}

export const WEB_STREAM_NAMES = ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController', 'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultController', 'WritableStreamDefaultWriter', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream', 'DecompressionStream'];

let zlib;
export function giveZlib(module) {
  zlib = module;
}
const FORMATS = { __proto__: null, gzip: ['gzipSync', 'gunzipSync'], deflate: ['deflateSync', 'inflateSync'], 'deflate-raw': ['deflateRawSync', 'inflateRawSync'] };

function withOurs(streams) {
  const pair = (transformer) => {
    const { readable, writable } = new streams.TransformStream(transformer);
    return { readable, writable };
  };
  const whole = (name, at) => {
    const methods = FORMATS[name];
    if (methods === undefined) throw Object.assign(new TypeError(`The argument 'format' must be one of: 'deflate', 'deflate-raw', 'gzip', 'brotli'. Received '${name}'`), { code: 'ERR_INVALID_ARG_VALUE' });
    const parts = [];
    return pair({
      transform: (chunk) => void parts.push(bytesOf(chunk)),
      flush(controller) {
        controller.enqueue(new Uint8Array(zlib[methods[at]](Buffer.concat(parts))));
      },
    });
  };
  class TextEncoderStream {
    constructor() {
      const encoder = new TextEncoder();
      Object.assign(this, pair({ transform: (chunk, controller) => controller.enqueue(encoder.encode(chunk)) }), { encoding: 'utf-8' });
    }
  }
  class TextDecoderStream {
    constructor(label, o) {
      const decoder = new TextDecoder(label, o);
      Object.assign(this, pair({
        transform(chunk, controller) {
          const text = decoder.decode(chunk, { stream: true });
          if (text !== '') controller.enqueue(text);
        },
        flush(controller) {
          const rest = decoder.decode();
          if (rest !== '') controller.enqueue(rest);
        },
      }), { encoding: decoder.encoding });
    }
  }
  class CompressionStream {
    constructor(format) {
      Object.assign(this, whole(String(format), 0));
    }
  }
  class DecompressionStream {
    constructor(format) {
      Object.assign(this, whole(String(format), 1));
    }
  }
  return { ...streams, TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream };
}

/** A stream of bytes that are there when asked for. */
export function streamOfBytes(read) {
  const { ReadableStream } = webStreams();
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      const bytes = await read();
      if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

export const isWebReadable = (value) => typeof value === 'object' && value !== null && typeof value.getReader === 'function';

/** All bytes of a stream. */
export async function readAll(stream) {
  const reader = stream.getReader();
  const parts = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return Buffer.concat(parts);
    parts.push(Buffer.from(bytesOf(value)));
  }
}

/** A web stream of a Node readable. */
export function toWeb(readable) {
  const { ReadableStream } = webStreams();
  const iterator = readable[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(Buffer.isBuffer(value) ? new Uint8Array(value) : value);
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A web stream of a Node writable. */
export function writableToWeb(writable) {
  const { WritableStream } = webStreams();
  return new WritableStream({
    write: (chunk) => new Promise((resolve, reject) => writable.write(chunk, (error) => (error ? reject(error) : resolve()))),
    close: () => new Promise((resolve) => writable.end(resolve)),
    abort: (reason) => void writable.destroy(reason),
  });
}

/** What is read of a web stream, item after item. */
export async function* itemsOf(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value instanceof Uint8Array ? Buffer.from(value) : value;
    }
  } finally {
    reader.releaseLock();
  }
}
