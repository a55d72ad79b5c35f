/** HTTP messages of the wire protocols, as an SDK's requestHandler gives and takes them. */
import { gunzipSync } from 'node:zlib';
import { utf8Decode, utf8Encode } from '../../../base/utf8.ts';
import { isChunked, readChunked } from './aws-chunked.ts';

/** Of a compressed request, unpacked. */
const INFLATED_BYTES_MAX = 64 * 1024 ** 2;

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Name → text, texts, or null for a name alone. */
  readonly query?: object;
  readonly headers: object;
  /** Streams of bytes (a Readable) are read to their end. */
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array | string>;
  readonly hostname?: string;
}
export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request with what its readers need: header names in lower case, the query as text, the body both ways. */
export interface ReadRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly body: Uint8Array;
  readonly text: string;
}

/** Rejects with a TypeError when the body is neither text nor bytes nor a stream of them. */
export async function readRequest(request: WireRequest): Promise<ReadRequest> {
  const [path = '/', search = ''] = request.path.split('?');
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) query[name] = value;
  for (const [name, value] of Object.entries(request.query ?? {})) query[name] = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  let body = await bytesOfBody(request.body);
  if (isChunked(headers)) body = readChunked(body, headers);
  // Clients compress large calls (PutMetricData); of an object, the encoding is the object's own.
  if (headers['content-encoding'] === 'gzip' && headers['x-amz-target'] !== undefined) body = inflated(body);
  return { method: request.method.toUpperCase(), path, query, headers, hostname: request.hostname ?? headers['host'] ?? '', body, text: utf8Decode(body) };
}

/** @throws SyntaxError for bytes that are no gzip, or too many once unpacked */
function inflated(body: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(body, { maxOutputLength: INFLATED_BYTES_MAX }));
  } catch {
    throw new SyntaxError('The body is no gzip, or too large.');
  }
}

async function bytesOfBody(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === 'string') return utf8Encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (typeof body === 'object' && Symbol.asyncIterator in body) return bytesOfStream(body as AsyncIterable<unknown>);
  throw new TypeError('The body of a request must be text, bytes or a stream of bytes.');
}

async function bytesOfStream(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(await bytesOfBody(part));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
