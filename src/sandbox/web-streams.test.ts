/** WHATWG streams in handlers: there when asked for, without cost when not. */
import { expect, test } from 'vitest';
import { processOf, run } from './testing.ts';

test('a stream goes through transforms, and is iterated', () => {
  const body = "const upper = new TransformStream({ transform(chunk, c) { c.enqueue(chunk.toUpperCase()); } }); const seen = []; for await (const part of ReadableStream.from(['a', 'b']).pipeThrough(upper)) seen.push(part); return [seen, typeof WritableStream, ReadableStream === (await import('node:stream/web')).ReadableStream];";
  expect(run(body).value).toEqual([['A', 'B'], 'function', true]);
});

test('bodies of responses, requests and blobs are streams', () => {
  const body = "const text = async (stream) => { const d = new TextDecoder(); let t = ''; for await (const part of stream) t += d.decode(part, { stream: true }); return t; }; const r = new Response('héllo'); const copy = r.clone(); const streamed = new Response(ReadableStream.from([new TextEncoder().encode('str'), new TextEncoder().encode('eamed')])); return [await text(copy.body), await r.text(), r.bodyUsed, await streamed.text(), await text(new Blob(['b', 'lob']).stream()), new Response().body, await new Request('https://a.example', { method: 'POST', body: 'x' }).text()];";
  expect(run(body).value).toEqual(['héllo', 'héllo', true, 'streamed', 'blob', null, 'x']);
});

test('they go to and from streams of Node, texts and gzip', () => {
  const body = "const { Readable, Writable } = await import('node:stream'); const { pipeline } = await import('node:stream/promises'); const out = []; const packed = ReadableStream.from(['one ', 'two']).pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream('gzip')); const text = packed.pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream()); await pipeline(Readable.fromWeb(text), async (source) => { for await (const part of source) out.push(String(part)); }); const sink = []; await Readable.toWeb(Readable.from([Buffer.from('x'), Buffer.from('y')])).pipeTo(Writable.toWeb(new Writable({ write(c, e, done) { sink.push(String(c)); done(); } }))); return [out.join(''), sink.join('')];";
  expect(run(body).value).toEqual(['one two', 'xy']);
});

test('errors and cancellation go both ways', () => {
  expect(run("const broken = new ReadableStream({ pull() { throw new RangeError('source'); } }); const why = await broken.getReader().read().catch((error) => error.message); let reason; const c = new ReadableStream({ cancel(r) { reason = r; } }); await c.cancel('enough'); return [why, reason];").value).toEqual(['source', 'enough']);
});

test('a process that never asks for them pays nothing, one that does pays less than half a millisecond of CPU for loading them', () => {
  const plain = processOf('export const handler = async () => 1;').invoke();
  const asking = processOf('const { ReadableStream: R } = globalThis; export const handler = async () => (R ? 1 : 0);');
  expect(asking.init!.fuel).toBeLessThan(400_000);
  expect(asking.invoke().fuel).toBeLessThan(plain.fuel * 1.5);
  expect(asking.init!.heapBytes).toBeGreaterThan(100_000);
});
