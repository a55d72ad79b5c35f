/**
 * Programs whose fuel is known: the same numbers in every engine and on every machine, or metering is broken. Run by a test in Node and
 * by the end-to-end tests in Chromium. A change of the engine, the prelude or a number here changes the virtual time of every handler.
 */
import type { BurstInput, Runtime } from '../sim/ports/runtime.ts';

/** Kind of work → body of an async handler. */
export const GOLDEN_PROGRAMS: Readonly<Record<string, string>> = {
  nothing: 'return null;',
  'counting to 100,000': 'let n = 0; for (let i = 0; i < 100_000; i++) n += i % 7; return n;',
  'recursive Fibonacci': 'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return fib(17);',
  'JSON both ways': 'const rows = Array.from({ length: 400 }, (_, id) => ({ id, name: `row ${id}`, tags: ["a", "b"] })); return JSON.stringify(JSON.parse(JSON.stringify(rows))).length;',
  'sorting and mapping': 'return Array.from({ length: 3_000 }, (_, i) => (i * 7919) % 3_001).sort((a, b) => a - b).map((n) => n * 2).filter((n) => n % 3 === 0).length;',
  'text and regular expressions': 'return "key=value;".repeat(600).replace(/(\\w+)=(\\w+);/g, "$2:$1,").split(",").length;',
  'maps and sets': 'const map = new Map(); for (let i = 0; i < 4_000; i++) map.set(`k${i % 500}`, i); return new Set(map.values()).size;',
  'buffers and digests': 'const bytes = Buffer.alloc(200_000, 7); const { createHash } = await import("node:crypto"); return createHash("sha256").update(bytes).digest("hex");',
  'big integers': 'let n = 1n; for (let i = 1n; i < 250n; i++) n *= i; return String(n).length;',
  'promises in a row': 'let n = 0; for (let i = 0; i < 1_000; i++) n += await i; return n;',
  'errors with stacks': 'let n = 0; for (let i = 0; i < 50; i++) { try { event.none.x; } catch (error) { n += error.stack.length; } } return n;',
  'logging objects': 'for (let i = 0; i < 20; i++) console.log("row", { i, nested: { list: [1, 2, 3] } }); return 0;',
  'chance': 'let n = 0; for (let i = 0; i < 5_000; i++) n += Math.random() < 0.5 ? 1 : 0; return n;',
};

/** Fuel of loading each program and of its first invocation, and what it answered. */
export function goldenFuel(runtime: Runtime): Record<string, string> {
  return Object.fromEntries(Object.entries(GOLDEN_PROGRAMS).map(([name, body]) => [name, fuelOf(runtime, body)]));
}

const EPOCH_US = 1_767_225_600_000_000;
const input = (): BurstInput => ({ clock: { epochUs: EPOCH_US, share: 1, cpuBeforeUs: 0 }, budget: { fuelMax: 5_000_000_000 }, tmp: {}, syncChildren: [] });

/** `fuel of init / fuel of the invocation = result`. */
function fuelOf(runtime: Runtime, body: string): string {
  const files = { 'index.mjs': `export const handler = async (event) => { ${body} };` };
  const init = runtime.start({ runtime: 'nodejs22.x', files, layerFiles: {}, programs: [], handler: 'index.handler', environment: {}, heapBytesMax: 67_108_864, tmpBytesMax: 1_048_576, seed: 'golden' }, input());
  if (init.image === null) return `init: ${JSON.stringify(init.end)}`;
  const context = { awsRequestId: '00000000-0000-4000-8000-000000000000', functionName: 'golden', functionVersion: '$LATEST', invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:golden', memoryLimitInMB: '1769', logGroupName: '/aws/lambda/golden', logStreamName: 'golden', deadlineEpochUs: EPOCH_US + 900_000_000 };
  let burst = runtime.resume(init.image, { kind: 'invoke', event: '{}', context }, input());
  let fuel = burst.fuel;
  const result = burst.effects.find((effect) => effect.kind === 'result');
  if (burst.image !== null) {
    const idle = runtime.resume(burst.image, { kind: 'wake', wakes: [] }, input());
    fuel += idle.fuel;
    burst = idle;
  }
  return `${init.fuel} / ${fuel} = ${result?.kind === 'result' && result.ok ? result.value : JSON.stringify(burst.end)}`;
}
