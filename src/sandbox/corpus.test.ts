/**
 * The corpus: every handler runs in the sandbox, through the Lambda model, and in this machine's own Node with the real SDK clients, against
 * clouds that were set up alike. Both answer what is written down, ids and times aside, and print the same lines.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { masked, readCases } from './corpus/read-case.ts';
import { inSandbox } from './corpus/testing/in-sandbox.ts';
import { RealNode } from './corpus/testing/in-node.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FOLDER = join(import.meta.dirname, 'corpus');
const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md').flatMap((name) => readCases(readFileSync(join(FOLDER, name), 'utf8')));

let node: RealNode;
beforeAll(async () => {
  node = await RealNode.start();
});
afterAll(() => node.end());

describe('a handler answers the same in the sandbox and in Node', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const sandbox = await inSandbox(one);
    const real = await node.run(one);
    expect(real.results).toEqual(one.expected);
    expect(sandbox.results).toEqual(one.expected);
    expect(masked(sandbox.logs)).toEqual(masked(real.logs));
    expect(sandbox.after).toEqual(real.after);
  });

  test('and there are many of them', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });
});
