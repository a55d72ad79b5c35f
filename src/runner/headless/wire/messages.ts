/** HTTP messages of the wire protocols, as an SDK's requestHandler gives and takes them. */
import { utf8Decode, utf8Encode } from '../../../base/utf8.ts';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Name → text, texts, or null for a name alone. */
  readonly query?: object;
  readonly headers: object;
  readonly body?: Uint8Array | string;
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

/** @throws TypeError when the body is neither text nor bytes */
export function readRequest(request: WireRequest): ReadRequest {
  const [path = '/', search = ''] = request.path.split('?');
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) query[name] = value;
  for (const [name, value] of Object.entries(request.query ?? {})) query[name] = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(',') : String(value);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const body = bytesOfBody(request.body);
  return { method: request.method.toUpperCase(), path, query, headers, hostname: request.hostname ?? headers['host'] ?? '', body, text: utf8Decode(body) };
}

function bytesOfBody(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body === 'string') return utf8Encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  throw new TypeError('The body of a request must be text or bytes.');
}
