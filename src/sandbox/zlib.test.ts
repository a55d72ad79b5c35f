/** node:zlib in handlers, against Node's own: what one compresses the other reads, with Node's failures; and what a bomb may do. */
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MB, processOf, run } from './testing.ts';

const TEXT = 'timestamp,level,message\n'.repeat(400);
const z = (body: string, event: unknown = {}) => run(`const zlib = (await import('node:zlib')).default; const { promisify } = await import('node:util');\n${body}`, event);

describe('what is compressed in the sandbox', () => {
  test.each([['gzip', zlib.gunzipSync], ['deflate', zlib.inflateSync], ['deflateRaw', zlib.inflateRawSync]] as const)('%s is read by Node', (name, read) => {
    const packed = z(`return zlib.${name}Sync(event.text).toString('base64');`, { text: TEXT }).value as string;
    expect(read(Buffer.from(packed, 'base64')).toString()).toBe(TEXT);
    expect(Buffer.from(packed, 'base64').length).toBeLessThan(TEXT.length / 10);
  });

  test('comes by callback and promise, and as a stream, the same each time', () => {
    const body = "const { pipeline } = await import('node:stream/promises'); const { Readable } = await import('node:stream'); const one = zlib.gzipSync(event.text); const two = await promisify(zlib.gzip)(event.text, { level: 6 }); const parts = []; await pipeline(Readable.from([event.text.slice(0, 9), event.text.slice(9)]), zlib.createGzip(), async (source) => { for await (const part of source) parts.push(part); }); const back = await new Promise((done) => zlib.unzip(one, (error, out) => done(out.toString()))); return [one.equals(two), one.equals(Buffer.concat(parts)), back === event.text, one.subarray(0, 4).toString('hex')];";
    expect(z(body, { text: TEXT }).value).toEqual([true, true, true, '1f8b0800']);
  });
});

test('what Node compressed is read, with its header fields', () => {
  const named = Buffer.concat([Buffer.from([31, 139, 8, 8, 0, 0, 0, 0, 0, 3]), Buffer.from('a.txt\0'), zlib.gzipSync(TEXT).subarray(10)]);
  for (const [name, bytes] of [['gunzip', zlib.gzipSync(TEXT)], ['gunzip', named], ['inflate', zlib.deflateSync(TEXT)], ['inflateRaw', zlib.deflateRawSync(TEXT)], ['unzip', zlib.deflateSync(TEXT)]] as const) {
    expect(z(`return zlib.${name}Sync(Buffer.from(event.bytes, 'base64')).toString();`, { bytes: bytes.toString('base64') }).value).toBe(TEXT);
  }
  expect(z('return [zlib.crc32("hello"), zlib.crc32("lo", zlib.crc32("hel"))];').value).toEqual([907_060_870, 907_060_870]);
});

test('failures have the code, number and text of Node', () => {
  const cases: readonly [string, Buffer][] = [['gunzip', Buffer.from('no gzip at all, not even nearly')], ['gunzip', zlib.gzipSync(TEXT).subarray(0, 40)], ['inflate', Buffer.from('xxxxxxxxxxx')], ['gunzip', flipped(zlib.gzipSync(TEXT), -8)], ['inflate', flipped(zlib.deflateSync(TEXT), -1)]];
  for (const [name, bytes] of cases) {
    let expected: unknown;
    try {
      zlib[`${name}Sync` as 'gunzipSync'](bytes);
    } catch (error) {
      const { message, code, errno } = error as Error & { code: string; errno: number };
      expected = [message, code, errno];
    }
    expect(expected).toBeDefined();
    expect(z(`try { zlib.${name}Sync(Buffer.from(event.bytes, 'base64')); } catch (error) { return [error.message, error.code, error.errno]; }`, { bytes: bytes.toString('base64') }).value).toEqual(expected);
  }
});

test('a bomb ends at the limit that the code sets, or as out of memory', () => {
  const bomb = zlib.gzipSync(Buffer.alloc(60 * MB)).toString('base64');
  expect(z("try { zlib.gunzipSync(Buffer.from(event.bomb, 'base64'), { maxOutputLength: 1_000_000 }); } catch (error) { return [error.code, error.message]; }", { bomb }).value).toEqual(['ERR_BUFFER_TOO_LARGE', 'Cannot create a Buffer larger than 1000000 bytes']);
  const process = processOf("import zlib from 'node:zlib'; export const handler = async (event) => zlib.gunzipSync(Buffer.from(event.bomb, 'base64')).length;", { heapBytesMax: 16 * MB });
  expect(process.invoke({ bomb }).end).toEqual({ kind: 'memory' });
});

test('Brotli is not modelled, and says so', () => {
  expect(z("zlib.brotliCompressSync('x');").error).toMatchObject({ errorType: 'NotModelled', errorMessage: 'Not modelled: zlib.brotliCompressSync.' });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length + at]! ^= 255;
  return copy;
}
