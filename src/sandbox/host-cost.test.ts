/** What the host does for a handler costs the handler time in proportion: bytes written, hashed, packed, encoded, sent. */
import { describe, expect, test } from 'vitest';
import { TMP_HOST_BYTES_MAX, TmpDisk } from './host/tmp-files.ts';
import { memoryBlobs, MB, processOf } from './testing.ts';

/** Fuel that a byte more costs. */
function perByte(body: string): number {
  const process = processOf(`import fs from 'node:fs'; import zlib from 'node:zlib'; import crypto from 'node:crypto'; let seed = 1; const bytes = {}; for (const n of [50_000, 250_000]) { bytes[n] = Buffer.alloc(n); for (let i = 0; i < n; i++) bytes[n][i] = (seed = (seed * 48271) % 2147483647) >> 8; }\nexport const handler = async ({ n }) => { const data = bytes[n]; ${body}; return null; };`);
  const fuel = [50_000, 250_000].map((n) => {
    process.invoke({ n });
    const { fuel: used, end, error } = process.invoke({ n });
    expect(error).toBeUndefined();
    expect(end.kind).toBe('waiting');
    return used;
  });
  return (fuel[1]! - fuel[0]!) / 200_000;
}

describe('a byte costs', () => {
  test.each<[string, string, number]>([
    ['written to /tmp', "fs.writeFileSync('/tmp/x', data)", 2],
    ['appended', "fs.rmSync('/tmp/x', { force: true }); fs.appendFileSync('/tmp/x', data)", 2],
    ['appended to in a later invocation', "fs.appendFileSync(`/tmp/own-${n}`, n === globalThis.last ? 'x' : data); globalThis.last = n", 2],
    ['hashed with SHA-256', "crypto.createHash('sha256').update(data).digest()", 3],
    ['hashed with SHA-512', "crypto.createHash('sha512').update(data).digest()", 8],
    ['signed', "crypto.createHmac('md5', 'k').update(data).digest()", 4],
    ['zipped', 'zlib.gzipSync(data)', 20],
    ['zipped with care', 'zlib.gzipSync(data, { level: 9 })', 45],
    ['checked', 'zlib.crc32(data)', 2],
    ['in base64', "data.toString('base64')", 2],
    ['of text', "data.toString('latin1')", 2],
    ['of chance', 'crypto.randomFillSync(Buffer.allocUnsafe(n))', 2],
  ])('%s: at least as much as it is said to (%s)', (_, body, least) => expect(perByte(body)).toBeGreaterThanOrEqual(least));
});

test('reading costs little, and asking a large module for its size again nothing more', () => {
  expect(perByte("fs.writeFileSync('/tmp/x', data); fs.readFileSync('/tmp/x')") - perByte("fs.writeFileSync('/tmp/x', data)")).toBeLessThan(1);
});

test('filling /tmp takes its time, and what does not fit is refused', () => {
  const process = processOf("import fs from 'node:fs';\nexport const handler = async () => { const part = Buffer.alloc(4 * 1024 * 1024, 1); for (let i = 0; i < 8; i++) { part[0] = i; fs.writeFileSync(`/tmp/${i}`, part); } try { fs.writeFileSync('/tmp/more', part); } catch (error) { return error.code; } };", { tmpBytesMax: 32 * MB });
  const { value, fuel } = process.invoke();
  expect(value).toBe('ENOSPC');
  expect(fuel).toBeGreaterThan(64 * MB);
});

test('many small appends cost what is appended, in one burst and in another', () => {
  const process = processOf("import fs from 'node:fs';\nexport const handler = async () => { for (let i = 0; i < 500; i++) fs.appendFileSync('/tmp/log', `line ${i}\\n`); const fd = fs.openSync('/tmp/log', 'r+'); fs.writeSync(fd, 'LINE', 0); fs.closeSync(fd); return [fs.statSync('/tmp/log').size, fs.readFileSync('/tmp/log', 'utf8').slice(0, 14)]; };");
  const [first, second] = [process.invoke(), process.invoke()];
  expect(first.value).toEqual([4_390, 'LINE 0\nline 1\n']);
  expect(second.value).toEqual([8_780, 'LINE 0\nline 1\n']);
  expect(second.fuel).toBeLessThan(first.fuel * 1.2);
});

describe('the disk of an environment', () => {
  const disk = (o: { bytesMax?: number; charge?: (fuel: number) => void } = {}): TmpDisk =>
    new TmpDisk({}, {
      blobs: memoryBlobs(),
      bytesMax: o.bytesMax ?? 10_240 * MB,
      nowMs: () => 0,
      charge: o.charge ?? (() => {}),
      hostFull: () => {
        throw new Error('host full');
      },
    });

  test('has room for so many entries', () => {
    const one = disk();
    for (let i = 0; i < 32_768; i++) one.mkdir(`/tmp/${i}`, false);
    expect(() => one.mkdir('/tmp/more', false)).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    one.remove('/tmp/7', { recursive: false, force: false, kind: 'directory' });
    one.mkdir('/tmp/more', false);
  });

  test('ends a burst that fills more than the host keeps', () => {
    const one = disk();
    for (let i = 0; i < TMP_HOST_BYTES_MAX / (128 * MB); i++) one.writeBlob(`/tmp/${i}`, { sha256: String(i), size: 128 * MB });
    expect(() => one.writeBlob('/tmp/more', { sha256: 'x', size: 1 })).toThrow('host full');
  });

  test('is handed on untouched when nothing was written, and costs its entries when something was', () => {
    const files = { '/tmp/a': { kind: 'file' as const, blob: { sha256: 'x', size: 3 }, mtimeMs: 0 } };
    let fuel = 0;
    const one = new TmpDisk(files, { blobs: memoryBlobs(), bytesMax: MB, nowMs: () => 0, charge: (more) => void (fuel += more), hostFull: () => { throw new Error('full'); } });
    one.stat('/tmp/a');
    expect(one.files()).toBe(files);
    expect(fuel).toBe(0);
    one.rename('/tmp/a', '/tmp/b');
    expect(Object.keys(one.files())).toEqual(['/tmp/b']);
    expect(fuel).toBeGreaterThan(0);
  });
});
