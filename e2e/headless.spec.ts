/** The headless build as people in CI use it: `node coldstart.mjs run …`. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { loaded } from '../src/runner/testing.ts';

const program = join(import.meta.dirname, '../dist/headless/coldstart.mjs');
const node = promisify(execFile);
let folder = '';

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-headless-'));
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(loaded));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function hashOf(seed: number): Promise<string> {
  const { stdout } = await node(process.execPath, [program, 'run', join(folder, 'scenario.json'), '--seed', String(seed), '--until', '60s'], { cwd: folder });
  return /^hash {2}([0-9a-f]{64})$/m.exec(stdout)?.[1] ?? `no hash in: ${stdout}`;
}

test('gives the same hash twice, and another for another seed, run from anywhere', async () => {
  const [one, two, other] = await Promise.all([hashOf(7), hashOf(7), hashOf(8)]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(two).toBe(one);
  expect(other).not.toBe(one);
});

test('prints the whole run as JSON', async () => {
  const { stdout } = await node(process.execPath, [program, 'run', join(folder, 'scenario.json'), '--until', '5s', '--json'], { maxBuffer: 64 * 1024 * 1024 });
  const run = JSON.parse(stdout) as { readonly trace: readonly { readonly kind: string }[]; readonly hash: string; readonly cost: { readonly usd: number } };
  expect(run.trace.some((event) => event.kind === 'sqs.MessageSent')).toBe(true);
  expect(run.cost.usd).toBeGreaterThan(0);
});

test('ends with a message and an exit code when it cannot run', async () => {
  await expect(node(process.execPath, [program, 'run', join(folder, 'none.json')])).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('none.json cannot be read') });
  await expect(node(process.execPath, [program, 'walk'])).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("There is no command 'walk'") });
});

test('is imported without starting anything', async () => {
  const script = `const cloud = (await import(${JSON.stringify(pathToFileURL(program).href)})).createCloud(); const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' }); console.log(QueueUrl);`;
  const { stdout } = await node(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  expect(stdout).toBe('https://sqs.us-east-1.amazonaws.com/000000000000/jobs\n');
});
