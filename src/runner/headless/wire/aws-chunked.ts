/** The aws-chunked content encoding: a body in pieces of told length, with headers (checksums) after the last one. @source Amazon S3 API reference, signature calculations for chunked uploads with trailers */
import { utf8Decode } from '../../../base/utf8.ts';

export function isChunked(headers: Readonly<Record<string, string>>): boolean {
  return (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-') || /(^|,)\s*aws-chunked\s*(,|$)/.test(headers['content-encoding'] ?? '');
}

/** The bytes of the pieces. Trailing headers are added to `headers`, which then no longer name the encoding. @throws SyntaxError for a body that is cut short */
export function readChunked(body: Uint8Array, headers: Record<string, string>): Uint8Array {
  const content = new Uint8Array(body.length);
  let length = 0;
  let at = 0;
  for (;;) {
    const line = lineAt(body, at);
    const size = Number.parseInt(line.text, 16);
    if (Number.isNaN(size)) throw new SyntaxError('The chunked body is cut short.');
    at = line.next;
    if (size === 0) break;
    if (at + size > body.length) throw new SyntaxError('The chunked body is cut short.');
    content.set(body.subarray(at, at + size), length);
    length += size;
    at = lineAt(body, at + size).next;
  }
  while (at < body.length) {
    const { text, next } = lineAt(body, at);
    const colon = text.indexOf(':');
    if (colon > 0) headers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
    at = next;
  }
  const rest = (headers['content-encoding'] ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '' && part !== 'aws-chunked');
  if (rest.length > 0) headers['content-encoding'] = rest.join(',');
  else delete headers['content-encoding'];
  return content.subarray(0, length);
}

/** The text up to the next CR LF, and where the line after it begins. */
function lineAt(body: Uint8Array, from: number): { readonly text: string; readonly next: number } {
  let end = from;
  while (end < body.length && body[end] !== 13) end++;
  return { text: utf8Decode(body.subarray(from, end)), next: end + 2 };
}
