/** @aws-sdk/lib-storage: Upload, one PutObject for what fits one part, else a multipart upload with several parts on their way at a time. @source @aws-sdk/lib-storage 3, 2026 */
import { abortError } from '../core/events.js';
import { Buffer, bytesOf } from '../core/buffer.js';
import { builtinModule } from '../core/builtins.js';
import { Blob } from '../core/fetch.js';
import { PreparedBlob, readBlob, takeBlob } from '../core/sdk-values.js';
import EventEmitter from './events.js';

const PART_BYTES_MIN = 5 * 1024 * 1024;
const PARTS_MAX = 10_000;
const QUEUE_SIZE = 4;

/** Pieces of a body as `{ bytes | blob }`, each of `size` bytes but the last. A body that is a host's blob is read piece by piece. */
async function* piecesOf(body, size) {
  if (body instanceof Blob) return yield* piecesOf(await body.bytes(), size);
  const blob = isStream(body) ? takeBlob(body) : body instanceof PreparedBlob ? body.blob : undefined;
  if (blob !== undefined) {
    if (blob.size <= size) return yield { body: new PreparedBlob(blob), size: blob.size };
    for (let at = 0; at < blob.size; at += size) {
      const bytes = readBlob(blob, at, Math.min(blob.size, at + size));
      yield { body: bytes, size: bytes.length };
    }
    return;
  }
  if (isStream(body)) return yield* piecesOfStream(body, size);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body === undefined ? Buffer.alloc(0) : bytesOf(body);
  for (let at = 0; at === 0 || at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    yield { body: piece, size: piece.length };
  }
}

async function* piecesOfStream(stream, size) {
  let parts = [];
  let length = 0;
  let given = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(bytesOf(chunk));
    parts.push(bytes);
    length += bytes.length;
    while (length > size) {
      const whole = Buffer.concat(parts, length);
      yield { body: whole.subarray(0, size), size };
      given++;
      parts = [whole.subarray(size)];
      length -= size;
    }
  }
  if (length > 0 || given === 0) yield { body: Buffer.concat(parts, length), size: length };
}

const isStream = (value) => typeof value === 'object' && value !== null && typeof value[Symbol.asyncIterator] === 'function';

function bytesIn(body) {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return typeof body?.byteLength === 'number' ? body.byteLength : typeof body?.size === 'number' ? body.size : undefined;
}

export class Upload extends EventEmitter {
  #o;
  #controller;
  #sent = false;
  #loaded = 0;
  constructor(o) {
    super();
    this.#o = o;
    this.#controller = o.abortController ?? new globalThis.AbortController();
    this.partSize = o.partSize || PART_BYTES_MIN;
    this.queueSize = o.queueSize || QUEUE_SIZE;
    if (o.params === undefined) throw new Error('InputError: Upload requires params to be passed to upload.');
    if (o.client === undefined) throw new Error('InputError: Upload requires a AWS client to do uploads with.');
    if (this.partSize < PART_BYTES_MIN) throw new Error(`EntityTooSmall: Your proposed upload part size [${this.partSize}] is smaller than the minimum allowed size [${PART_BYTES_MIN}] (5 MB)`);
    if (this.queueSize < 1) throw new Error('Queue size: Must have at least one uploading queue.');
    this.totalBytes = bytesIn(o.params.Body);
    this.uploadId = undefined;
  }

  async done() {
    if (this.#sent) throw new Error('@aws-sdk/lib-storage: this instance of Upload has already executed .done(). Create a new instance.');
    this.#sent = true;
    this.#throwIfAborted();
    const { Body, ...params } = this.#o.params;
    const pieces = piecesOf(Body, this.partSize)[Symbol.asyncIterator]();
    const first = await pieces.next();
    const second = await pieces.next();
    if (second.done) return this.#single(first.value, params);
    return this.#parts([first.value, second.value], pieces, params);
  }

  async abort() {
    this.#controller.abort();
  }

  #throwIfAborted() {
    if (this.#controller.signal.aborted) throw Object.assign(abortError(this.#controller.signal), { message: 'Upload aborted.' });
  }

  #send(name, input) {
    const Command = builtinModule('@aws-sdk/client-s3')[`${name}Command`];
    return this.#o.client.send(new Command(input), name === 'AbortMultipartUpload' ? {} : { abortSignal: this.#controller.signal });
  }

  #progress(size, part) {
    this.#loaded += size;
    const { Key, Bucket } = this.#o.params;
    this.emit('httpUploadProgress', { loaded: this.#loaded, total: this.totalBytes, part, Key, Bucket });
  }

  async #single(piece, params) {
    this.totalBytes = piece.size;
    const output = await this.#send('PutObject', { ...params, Body: piece.body });
    this.#throwIfAborted();
    this.#progress(piece.size, 1);
    await this.#tag();
    const region = await this.#o.client.config.region();
    const key = params.Key.split('/').map(encodeURIComponent).join('/');
    return { ...output, Bucket: params.Bucket, Key: params.Key, Location: `https://${params.Bucket}.s3.${region}.amazonaws.com/${key}` };
  }

  async #parts(read, pieces, params) {
    const { Bucket, Key } = params;
    const { UploadId } = await this.#send('CreateMultipartUpload', params);
    this.uploadId = UploadId;
    const done = [];
    let next = 1;
    const take = async () => {
      const waiting = read.shift();
      if (waiting !== undefined) return waiting;
      const { done: ended, value } = await pieces.next();
      return ended ? undefined : value;
    };
    // One reader at a time: the order of taking is the order of the parts.
    let turn = Promise.resolve();
    const worker = async () => {
      for (;;) {
        this.#throwIfAborted();
        const taken = turn.then(async () => ({ piece: await take(), PartNumber: next++ }));
        turn = taken.catch(() => {});
        const { piece, PartNumber } = await taken;
        if (piece === undefined) return;
        if (PartNumber > PARTS_MAX) throw new Error(`Exceeded ${PARTS_MAX} parts in multipart upload to Bucket: ${Bucket} Key: ${Key}.`);
        const { ETag } = await this.#send('UploadPart', { Bucket, Key, UploadId, PartNumber, Body: piece.body });
        done.push({ PartNumber, ETag });
        this.#progress(piece.size, PartNumber);
      }
    };
    try {
      await Promise.all(Array.from({ length: this.queueSize }, worker));
      this.#throwIfAborted();
      const Parts = done.sort((a, b) => a.PartNumber - b.PartNumber);
      const output = await this.#send('CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } });
      await this.#tag();
      return output;
    } catch (error) {
      if (!this.#o.leavePartsOnError) await this.#send('AbortMultipartUpload', { Bucket, Key, UploadId });
      throw error;
    }
  }

  async #tag() {
    const { tags = [], params } = this.#o;
    if (tags.length > 0) await this.#send('PutObjectTagging', { Bucket: params.Bucket, Key: params.Key, Tagging: { TagSet: tags } });
  }
}
export default { Upload };
