/** pipeline and finished, with callbacks and as promises. @source Node.js 22 docs, stream */
import { invalidArgument } from '../../core/buffer.js';
import { abortError } from '../../core/events.js';
import { isError } from '../../core/stacks.js';
import { streamError, tick } from './base.js';
import { Readable } from './readable.js';

/** Calls back once when a stream is over. Answers a function that stops listening. */
export function finished(stream, o, callbackIn) {
  const callback = typeof o === 'function' ? o : callbackIn;
  const options = typeof o === 'function' ? {} : (o ?? {});
  const reads = options.readable !== false && stream._r !== undefined;
  const writes = options.writable !== false && stream._w !== undefined;
  let over = false;
  const done = (error) => {
    if (over) return;
    over = true;
    clean();
    callback(error);
  };
  const complete = () => (!reads || stream._r.endEmitted) && (!writes || stream._w.finished);
  const check = () => complete() && done();
  const fail = (error) => done(error);
  const close = () => (complete() ? done() : done(stream.errored ?? streamError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close')));
  const clean = () => {
    stream.off('end', check);
    stream.off('finish', check);
    stream.off('error', fail);
    stream.off('close', close);
  };
  stream.on('end', check);
  stream.on('finish', check);
  stream.on('error', fail);
  stream.on('close', close);
  options.signal?.addEventListener('abort', () => done(abortError(options.signal)), { once: true });
  if (stream.closed) tick(close);
  else if (complete()) tick(check);
  return clean;
}

const isStream = (value) => typeof value === 'object' && value !== null && typeof value.pipe === 'function' ? true : typeof value?.write === 'function' && typeof value?.on === 'function';

/** The streams of a pipeline: generators, functions and iterables become streams. `tail` is a promise when the last is a function. */
function asStreams(parts) {
  const streams = [];
  let tail;
  parts.forEach((part, at) => {
    const previous = streams[streams.length - 1];
    if (isStream(part)) return void streams.push(part);
    if (typeof part === 'function') {
      const made = at === 0 ? part() : part(previous);
      if (at > 0 && at === parts.length - 1 && typeof made?.then === 'function') tail = made;
      else streams.push(Object.assign(Readable.from(made), { _fed: at > 0 }));
      return;
    }
    if (at === 0 && part !== null && typeof part === 'object') return void streams.push(Readable.from(part));
    throw invalidArgument(`streams[${at}]`, 'an instance of Stream, Iterable, or Function', part);
  });
  return { streams, tail };
}

export function pipeline(...args) {
  const callback = args.pop();
  if (typeof callback !== 'function') throw invalidArgument('streams[stream.length - 1]', 'of type function', callback);
  let options = {};
  const last = args[args.length - 1];
  if (args.length > 1 && typeof last === 'object' && last !== null && !isStream(last) && !Array.isArray(args[0])) options = args.pop();
  const { streams, tail } = asStreams(Array.isArray(args[0]) && isStream(args[0][0]) ? args[0] : args);
  let open = streams.length + (tail === undefined ? 0 : 1);
  let failure;
  let value;
  const settle = (error) => {
    if (error && (failure === undefined || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) failure = error;
    if (error) for (const stream of streams) stream.destroy();
    if (--open === 0) callback(failure, value);
  };
  streams.forEach((stream, at) => {
    finished(stream, { readable: at < streams.length - 1, writable: at > 0 && !stream._fed }, settle);
    if (stream.errored === null || stream.errored === undefined) stream.on('error', () => {});
  });
  tail?.then(
    (result) => {
      value = result;
      settle();
    },
    (error) => settle(isError(error) ? error : Object(error)),
  );
  for (let at = 1; at < streams.length; at++) if (!streams[at]._fed) streams[at - 1].pipe(streams[at], { end: options.end !== false || at < streams.length - 1 });
  options.signal?.addEventListener('abort', () => streams.forEach((stream) => stream.destroy(abortError(options.signal))), { once: true });
  return streams[streams.length - 1];
}

export const promises = {
  pipeline: (...args) =>
    new Promise((resolve, reject) => {
      pipeline(...args, (error, value) => (error ? reject(error) : resolve(value)));
    }),
  finished: (stream, o) =>
    new Promise((resolve, reject) => {
      finished(stream, o ?? {}, (error) => (error ? reject(error) : resolve()));
    }),
};
