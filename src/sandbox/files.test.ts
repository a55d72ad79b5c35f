/** node:fs: /tmp on the host's disk, the code read-only, and Node's errors. */
import { describe, expect, test } from 'vitest';
import { memoryBlobs, MB, processOf, run, testRuntime, testSpec, TestProcess } from './testing.ts';

const FS = "const fs = await import('node:fs'); const fsp = await import('node:fs/promises'); const path = await import('node:path');";
const at = (body: string) => run(`${FS}\n${body}`);

describe('files under /tmp', () => {
  test('are written, read, appended, listed, copied, renamed and removed', () => {
    expect(
      at(`fs.mkdirSync('/tmp/a/b', { recursive: true }); fs.writeFileSync('/tmp/a/b/one.txt', 'one'); fs.appendFileSync('/tmp/a/b/one.txt', ' and more');
      await fsp.copyFile('/tmp/a/b/one.txt', '/tmp/a/two.txt'); await fsp.rename('/tmp/a/two.txt', '/tmp/a/three.txt');
      const stat = await fsp.stat('/tmp/a/three.txt'); const names = fs.readdirSync('/tmp/a'); const kinds = fs.readdirSync('/tmp/a', { withFileTypes: true }).map((d) => [d.name, d.isDirectory()]);
      const text = await fsp.readFile('/tmp/a/three.txt', 'utf8'); await fsp.rm('/tmp/a', { recursive: true });
      return [text, stat.size, stat.isFile(), names, kinds, fs.existsSync('/tmp/a'), (await fsp.readdir('/tmp'))];`).value,
    ).toEqual(['one and more', 12, true, ['b', 'three.txt'], [['b', true], ['three.txt', false]], false, []]);
  });

  test('outlive the invocation and hold bytes of every kind', () => {
    const process = processOf("import fs from 'node:fs'; export const handler = async (event) => { if (event.write) fs.writeFileSync('/tmp/x', Buffer.from([0, 255, 128])); return [...fs.readFileSync('/tmp/x')]; };");
    expect(process.invoke({ write: true }).value).toEqual([0, 255, 128]);
    expect(process.invoke().value).toEqual([0, 255, 128]);
  });

  test('are opened, written and read at positions', () => {
    expect(at("const fd = fs.openSync('/tmp/f', 'w+'); fs.writeSync(fd, 'hello world'); fs.writeSync(fd, 'J', 0); const b = Buffer.alloc(5); fs.readSync(fd, b, 0, 5, 0); fs.closeSync(fd); const h = await fsp.open('/tmp/f'); const t = (await h.readFile('utf8')); await h.close(); return [b.toString(), t];").value).toEqual(['Jello', 'Jello world']);
  });

  test('stop at the size of /tmp', () => {
    const process = processOf("import fs from 'node:fs'; export const handler = async () => { try { for (let i = 0; ; i++) fs.writeFileSync(`/tmp/${i}`, Buffer.alloc(400_000)); } catch (error) { return [error.code, error.message]; } };", { tmpBytesMax: MB });
    expect(process.invoke().value).toEqual(['ENOSPC', expect.stringMatching(/^ENOSPC: no space left on device, write/) as string]);
  });
});

describe('errors', () => {
  const cases: readonly [string, string, string][] = [
    ["fs.readFileSync('/tmp/none')", 'ENOENT', "ENOENT: no such file or directory, open '/tmp/none'"],
    ["fs.readdirSync('/tmp/none')", 'ENOENT', "ENOENT: no such file or directory, scandir '/tmp/none'"],
    ["fs.writeFileSync('/var/task/x', '')", 'EROFS', "EROFS: read-only file system, open '/var/task/x'"],
    ["fs.mkdirSync('/tmp')", 'EEXIST', "EEXIST: file already exists, mkdir '/tmp'"],
    ["fs.writeFileSync('/tmp/no/dir', '')", 'ENOENT', "ENOENT: no such file or directory, open '/tmp/no/dir'"],
    ["fs.unlinkSync('/tmp/none')", 'ENOENT', "ENOENT: no such file or directory, unlink '/tmp/none'"],
    ["await fsp.access('/tmp/none')", 'ENOENT', "ENOENT: no such file or directory, access '/tmp/none'"],
    ["fs.readFileSync('/var/task')", 'EISDIR', 'EISDIR: illegal operation on a directory, read'],
    ["fs.readFileSync('/etc/passwd')", 'ENOENT', "ENOENT: no such file or directory, open '/etc/passwd'"],
    ["fs.readFileSync('/tmp/../../../etc/passwd')", 'ENOENT', "ENOENT: no such file or directory, open '/tmp/../../../etc/passwd'"],
  ];
  test.each(cases)('%s', (call, code, message) => {
    expect(at(`try { ${call}; } catch (error) { return [error.code, error.message]; }`).value).toEqual([code, message]);
  });
});

test('the code is there to read', () => {
  expect(at("return [fs.readdirSync('/var/task'), fs.readFileSync('index.mjs', 'utf8').length > 0, fs.statSync('/var/task').isDirectory()];").value).toEqual([['index.mjs'], true, true]);
});

describe('streams', () => {
  test('carry text through transforms into a file', () => {
    expect(
      at(`const { pipeline } = await import('node:stream/promises'); const { Transform, Readable } = await import('node:stream');
      const upper = new Transform({ transform(chunk, encoding, callback) { callback(null, chunk.toString().toUpperCase()); } });
      await pipeline(Readable.from(['a', 'b', 'c']), upper, fs.createWriteStream('/tmp/up.txt'));
      let whole = ''; for await (const chunk of fs.createReadStream('/tmp/up.txt', { encoding: 'utf8' })) whole += chunk;
      return whole;`).value,
    ).toBe('ABC');
  });

  test('read a part of a file in chunks', () => {
    expect(at("fs.writeFileSync('/tmp/big', Buffer.alloc(200_000, 97)); const sizes = []; for await (const chunk of fs.createReadStream('/tmp/big', { start: 10, end: 150_009 })) sizes.push(chunk.length); return sizes;").value).toEqual([65_536, 65_536, 18_928]);
  });

  test('fail with the error of the file', () => {
    expect(at("const { pipeline } = await import('node:stream/promises'); try { await pipeline(fs.createReadStream('/tmp/none'), fs.createWriteStream('/tmp/out')); } catch (error) { return error.code; }").value).toBe('ENOENT');
  });

  test('copy a file of any size without its bytes in the guest', () => {
    const blobs = memoryBlobs();
    const runtime = testRuntime(blobs);
    const big = blobs.put(new Uint8Array(40 * MB));
    const process = new TestProcess(runtime, testSpec({ files: { 'index.mjs': "import fs from 'node:fs'; import { pipeline } from 'node:stream/promises'; export const handler = async () => { await pipeline(fs.createReadStream('/tmp/in'), fs.createWriteStream('/tmp/out')); return fs.statSync('/tmp/out').size; };" }, heapBytesMax: 16 * MB }));
    process.tmp = { '/tmp/in': { kind: 'file', blob: big, mtimeMs: 0 } };
    process.start();
    expect(process.invoke().value).toBe(40 * MB);
  });

  test('end, finish and close in order; pipes keep back-pressure', () => {
    expect(at("const { PassThrough, Writable } = await import('node:stream'); const seen = []; await new Promise((done) => { const p = new PassThrough(); const w = new Writable({ highWaterMark: 3, write(c, e, cb) { seen.push(String(c)); setTimeout(cb, 5); } }); p.on('end', () => seen.push('end')); w.on('finish', () => seen.push('finish')); w.on('close', () => { seen.push('close'); done(); }); p.pipe(w); p.write('one'); p.write('two'); p.end('three'); }); return seen;").value).toEqual(['one', 'two', 'three', 'end', 'finish', 'close']);
  });
});
