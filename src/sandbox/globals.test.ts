/** Node's globals and small modules in the guest, compared with this Node where both must agree. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { processOf, run } from './testing.ts';

/** Expressions whose value is the same here and in the guest. */
const SAME = [
  "Buffer.from('héllo wörld').toString('base64')", "Buffer.from('aGVsbG8', 'base64').toString()", "Buffer.from('a-_b', 'base64url').toString('hex')", "Buffer.from('ff00zz', 'hex').length", "[...Buffer.concat([Buffer.from('ab'), Buffer.from([1, 2])])]", "Buffer.from('x'.repeat(300)).toString('base64url').length", "Buffer.byteLength('€uro')", "Buffer.from('abc').equals(Buffer.from('abc'))", "Buffer.alloc(3, 'ab').toString()", "Buffer.from('hello').subarray(1, 3).toString()", "Buffer.from([1, 2, 3, 4]).readUInt32BE(0)", "Buffer.compare(Buffer.from('a'), Buffer.from('b'))", "JSON.stringify(Buffer.from('hi'))", "Buffer.from('x'.repeat(100) + 'é').toString('latin1').length",
  "new URL('../a?b=1#c', 'https://user:pw@example.com:8080/x/y').href", "new URL('https://example.com/%20 path').pathname", "[...new URLSearchParams('a=1&b=2&a=3').getAll('a')]", "new URLSearchParams({ q: 'a b&c' }).toString()", "(() => { try { new URL('nope'); } catch (e) { return e.name; } })()",
  "new TextDecoder().decode(new TextEncoder().encode('snow ☃ 😀'))", "[...new TextEncoder().encode('é')]", "new TextDecoder().decode(new Uint8Array([0xff, 0x41]))",
  "btoa('hello')", "atob('aGVsbG8=')", "structuredClone({ a: [1, new Date(0)], m: new Map([[1, { b: 2 }]]) }).m.get(1).b", "(() => { const a = {}; a.a = a; const b = structuredClone(a); return b.a === b && b !== a; })()",
  "(() => { const c = new AbortController(); let n = 0; c.signal.addEventListener('abort', () => n++); c.abort(); c.abort(); return [n, c.signal.aborted, c.signal.reason.name]; })()",
  "(() => { const t = new EventTarget(); const seen = []; t.addEventListener('x', (e) => seen.push(e.type), { once: true }); t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x')); return seen; })()",
  "typeof queueMicrotask", 'typeof performance.now()', "new Date(2026, 0, 1).toISOString()", "new Date('2026-03-01T12:00:00Z').getTimezoneOffset()", "encodeURIComponent('a b/ü')", "[3, 1, 2].toSorted()", "Object.groupBy === undefined",
];
describe('globals', () => {
  const shown = processOf(`export const handler = async () => [${SAME.map((text) => `(${text})`).join(',\n')}];`).invoke();
  test.each(SAME.map((text, at) => [text, at] as const))('%s', (text, at) => {
    expect(shown.error).toBeUndefined();
    const here = new Function(`return (${text});`)() as unknown;
    const expected = text.startsWith('Object.groupBy') ? false : text.includes('getTimezoneOffset') ? 0 : text.startsWith('new Date(2026') ? '2026-01-01T00:00:00.000Z' : here;
    expect((shown.value as unknown[])[at]).toEqual(JSON.parse(JSON.stringify(expected)));
  });
});

test('modules agree with Node', async () => {
  const path = await import('node:path/posix');
  const { value } = run(`
    const path = await import('node:path'); const qs = await import('node:querystring'); const util = await import('node:util'); const assert = (await import('node:assert')).default; const events = (await import('node:events')).default; const os = await import('node:os');
    const seen = []; const emitter = new events(); emitter.once('a', (x) => seen.push(x)); emitter.emit('a', 1); emitter.emit('a', 2);
    let failed; try { assert.deepStrictEqual({ a: 1 }, { a: 2 }); } catch (error) { failed = error.code; }
    assert.throws(() => { throw new TypeError('x'); }, TypeError); await assert.rejects(Promise.reject(new Error('y')), /y/);
    return [path.resolve('/a/b', '../c', './d'), path.relative('/a/b/c', '/a/d'), path.parse('/x/y.tar.gz'), path.normalize('/a//b/../c/.'), path.extname('.bashrc'), path.basename('/a/b.js', '.js'), qs.stringify({ a: [1, 2], b: 'x y' }), { ...qs.parse('a=1&a=2&b=%20') }, util.isDeepStrictEqual(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])), seen, failed, os.tmpdir(), await util.promisify((x, cb) => cb(null, x * 2))(21)];`);
  const qs = await import('node:querystring');
  expect(value).toEqual([path.resolve('/a/b', '../c', './d'), path.relative('/a/b/c', '/a/d'), path.parse('/x/y.tar.gz'), path.normalize('/a//b/../c/.'), path.extname('.bashrc'), path.basename('/a/b.js', '.js'), qs.stringify({ a: [1, 2], b: 'x y' }), { ...qs.parse('a=1&a=2&b=%20') }, true, [1], 'ERR_ASSERTION', '/tmp', 42]);
});

test('digests are those of Node', () => {
  const { value } = run("const c = await import('node:crypto'); const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')); return [c.createHash('md5').update('abc').digest('hex'), c.createHash('sha256').update('a').update('bc').digest('base64'), c.createHmac('sha512', 'key').update('abc').digest('hex'), Buffer.from(digest).toString('hex'), c.randomBytes(8).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(c.randomUUID())];");
  const sha256 = (encoding: 'hex' | 'base64') => createHash('sha256').update('abc').digest(encoding);
  expect(value).toEqual([createHash('md5').update('abc').digest('hex'), sha256('base64'), createHmac('sha512', 'key').update('abc').digest('hex'), sha256('hex'), 8, true]);
});

test('process shows the environment of Lambda', () => {
  const { value } = processOf("export const handler = async () => { process.env.N = 5; return [process.env.TABLE, process.env.N, process.env.NONE ?? null, process.version.split('.')[0], process.platform, process.cwd(), process.memoryUsage().heapUsed > 0, typeof process.hrtime.bigint(), process.argv[0], Object.keys(process.env).includes('TABLE')]; };", { environment: { TABLE: 'orders' }, runtime: 'nodejs24.x' }).invoke();
  expect(value).toEqual(['orders', '5', null, 'v24', 'linux', '/var/task', true, 'bigint', '/var/lang/bin/node', true]);
});

test('a fetch fails as without a network', () => {
  expect(run("try { await fetch('https://example.com'); } catch (error) { return [error.name, error.message]; }").value).toEqual(['TypeError', 'fetch failed']);
});

test('timers of node:timers/promises, intervals and cleared ones keep virtual time', () => {
  const { value, ms } = run("const { setTimeout: wait } = await import('node:timers/promises'); const seen = []; const id = setInterval(() => seen.push('tick'), 100); const never = setTimeout(() => seen.push('never'), 50); clearTimeout(never); await wait(350); clearInterval(id); await wait(200); return seen;");
  expect(value).toEqual(['tick', 'tick', 'tick']);
  expect(ms).toBeGreaterThanOrEqual(550);
});
