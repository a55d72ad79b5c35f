/** Memory images against the memory itself: whatever guest code writes, the marks must tell. */
import { describe, expect, test } from 'vitest';
import engineUrl from './quickjs.generated.wasm?url&inline';
import { bytesOfDataUrl, compileEngine } from './load.ts';
import { ImageSwapper } from './images.ts';
import type { MemoryImage } from './images.ts';
import { QuickJsInstance } from './quickjs.ts';

const engine = compileEngine(bytesOfDataUrl(engineUrl));

function instance(): { readonly quickjs: QuickJsInstance; readonly swapper: ImageSwapper; readonly run: (source: string) => string } {
  const refuse = (): never => {
    throw new Error('not expected');
  };
  const quickjs = new QuickJsInstance(engine, { call: refuse, normalizeModule: refuse, loadModule: refuse, rejection: () => {}, epochMs: () => 0, print: () => {} });
  const swapper = new ImageSwapper(quickjs);
  const run = (source: string): string => {
    const value = quickjs.evaluate(source, 'test.js');
    const text = quickjs.getString(value);
    quickjs.free(value);
    return text;
  };
  return { quickjs, swapper, run };
}

/** More than the programs here use: 24 MiB. */
const WORDS = 6 * 1_048_576;
/** Every word outside of the native stack, read without regard to marks. */
function whole(quickjs: QuickJsInstance): Int32Array {
  const words = new Int32Array(quickjs.memory.buffer, 0, WORDS);
  const copy = words.slice();
  copy.fill(0, 25_600, quickjs.restingStack >> 2);
  return copy;
}

/** The same from an image alone. */
function spread(image: MemoryImage, quickjs: QuickJsInstance): Int32Array {
  const words = new Int32Array(WORDS);
  for (const [page, content] of image.base.entries()) if (content) words.set(content, page * 1_024);
  for (let i = 0; i < image.changes.length; i += 2) words[image.changes[i]!] = image.changes[i + 1]!;
  words.fill(0, 25_600, quickjs.restingStack >> 2);
  return words;
}
function differences(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

const PROGRAMS = [
  'globalThis.n = 1; "start"',
  'globalThis.list = Array.from({ length: 5000 }, (_, i) => ({ i, text: `row ${i}` })); list.length',
  'list.length = 10; n++',
  'globalThis.bytes = new Uint8Array(300000).fill(7); new DataView(bytes.buffer).setFloat64(1021, Math.PI); bytes.copyWithin(70001, 3, 90000); bytes[1023]',
  // Each width by itself, in a block of its own.
  'const view = new DataView(bytes.buffer); view.setInt8(10001, 1); view.setInt16(20003, 2); view.setInt32(30005, 3); view.setFloat32(40007, 4); view.setFloat64(50009, 5); view.setBigInt64(60011, 6n); view.byteLength',
  'new Int8Array(bytes.buffer)[110001] = 1; new Uint16Array(bytes.buffer)[60001] = 2; new Int32Array(bytes.buffer)[33001] = 3; new Float32Array(bytes.buffer)[35001] = 4; new Float64Array(bytes.buffer)[19001] = 5; new BigUint64Array(bytes.buffer)[21001] = 6n; 0',
  'globalThis.map = new Map(list.map((row) => [row.text, 2n ** 80n + BigInt(row.i)])); [...map.values()].join()',
  'globalThis.text = "äöü".repeat(40000).replace(/ö/g, "o").slice(1, 30001); text.length',
  'delete globalThis.bytes; JSON.stringify(JSON.parse(JSON.stringify([...map.keys()]))).length',
  'let sum = 0; for (const part of "a,b,c".repeat(2000).split(",")) sum += part.length; n += sum',
];

describe('memory images', () => {
  test('an image holds every word that guest code wrote, however it wrote it', () => {
    const { quickjs, swapper, run } = instance();
    let image = swapper.take();
    expect(differences(spread(image, quickjs), whole(quickjs))).toBe(0);
    for (const program of PROGRAMS) {
      swapper.put(image);
      run(program);
      image = swapper.take();
      expect(differences(spread(image, quickjs), whole(quickjs)), program).toBe(0);
    }
  });

  test('an earlier image comes back whole, also after a run that nobody took', () => {
    const { quickjs, swapper, run } = instance();
    const images = [swapper.take()];
    for (const program of PROGRAMS) {
      swapper.put(images.at(-1)!);
      run(program);
      images.push(swapper.take());
    }
    for (const at of [4, 0, 10, 1, 10, 2, 3]) {
      swapper.put(images[at]!);
      expect(differences(spread(images[at]!, quickjs), whole(quickjs)), `image ${at}`).toBe(0);
      run('globalThis.junk = Array.from({ length: 3000 }, String); n = -1');
    }
    swapper.put(images[2]!);
    expect(run('String(list.length + n)')).toBe('5001');
  });

  test('a small change costs its words, not its pages, and images with one base differ from it alone', () => {
    const { swapper, run } = instance();
    const first = swapper.take();
    swapper.put(first);
    run('globalThis.counter = 0');
    const second = swapper.take();
    expect(second.base).toBe(first.base);
    expect(second.changes.byteLength).toBeLessThan(16_384);
    swapper.put(second);
    run('globalThis.big = Array.from({ length: 20000 }, (_, i) => i * 1.5)');
    const third = swapper.take();
    expect(third.base).not.toBe(first.base);
    expect(third.base.filter((page, i) => page === first.base[i]).length).toBeGreaterThan(50);
    swapper.put(second);
    run('globalThis.big = Array.from({ length: 20000 }, (_, i) => i * 1.5)');
    run('globalThis.other = 1');
    const sibling = swapper.take(third.base);
    expect(sibling.base).toBe(third.base);
    swapper.put(first);
    swapper.put(sibling);
    expect(run('String([big[7], other, counter])')).toBe('10.5,1,0');
  });
});
