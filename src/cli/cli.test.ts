import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loaded } from '../runner/testing.ts';
import { durationMs, readArguments, UsageError } from './arguments.ts';
import { nodeCli } from './cli.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-cli-'));
  writeFileSync(join(folder, 'loaded.json'), JSON.stringify(loaded));
  writeFileSync(join(folder, 'broken.json'), '{"base": ');
  writeFileSync(join(folder, 'other.json'), '{"hello": 1}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...argv: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const code = await nodeCli(argv.map((word) => word.replace('@', folder)), { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}
const hashOf = (out: string): string => /^hash {2}([0-9a-f]{64})$/m.exec(out)?.[1] ?? 'no hash';

describe('coldstart run', () => {
  it('prints a summary whose hash depends on scenario and seed only', async () => {
    const one = await call('run', '@/loaded.json', '--until', '30s');
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(one.out).toContain('Load on a queue, seed 7: 30.000 s of virtual time');
    expect(hashOf(one.out)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf((await call('run', '@/loaded.json', '--until=30s')).out)).toBe(hashOf(one.out));
    expect(hashOf((await call('run', '@/loaded.json', '--until', '30s', '--seed', '8')).out)).not.toBe(hashOf(one.out));
  });

  it('prints everything as JSON when told', async () => {
    const { out } = await call('run', '@/loaded.json', '--until', '5s', '--json');
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['trace', 'hash', 'metrics', 'cost', 'problems']));
    expect((result['trace'] as unknown[]).length).toBeGreaterThan(20);
  });

  it('says what is wrong with a file, with exit code 1', async () => {
    expect(await call('run', '@/none.json')).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') });
    expect(await call('run', '@/broken.json')).toMatchObject({ code: 1, err: expect.stringContaining('is no JSON') });
    expect(await call('run', '@/other.json')).toMatchObject({ code: 1, err: expect.stringContaining('no scenario that can be run') });
    expect(await call('run', '@/loaded.json', '--files', '@/nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('nowhere cannot be read') });
  });

  it('explains itself when the call makes no sense, with exit code 2', async () => {
    for (const argv of [['walk'], ['run'], ['run', 'a', 'b'], ['run', 'a', '--seed', 'x'], ['run', 'a', '--until', '60'], ['run', 'a', '--fast'], ['run', 'a', '--seed']]) {
      expect(await call(...argv), argv.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining('coldstart run <scenario.json>') });
    }
    expect(await call('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--until') });
    expect((await call()).code).toBe(2);
    expect((await call('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('coldstart docs', () => {
  it('prints what is modelled, as text and as JSON', async () => {
    const text = await call('docs');
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/^SQS queue \(sqs, @aws-sdk\/client-sqs\)$/m);
    expect(text.out).toMatch(/^ {2}limit {9}SQS\.visibilityTimeoutSec\.max = 43200 {3}\[.*aws\/sqs\.md/m);
    const docs = JSON.parse((await call('docs', '--json')).out) as { readonly services: readonly { readonly id: string }[] };
    expect(docs.services.map(({ id }) => id)).toEqual(expect.arrayContaining(['lambda', 's3', 'sqs']));
    expect(await call('docs', '--html')).toMatchObject({ code: 2 });
  });
});

describe('the command line', () => {
  it('reads time spans with their unit', () => {
    expect([durationMs('500ms'), durationMs('60s'), durationMs('1.5h'), durationMs('2m'), durationMs('1d')]).toEqual([500, 60_000, 5_400_000, 120_000, 86_400_000]);
    expect(() => durationMs('60')).toThrow(UsageError);
    expect(readArguments(['run', '-', '--seed=7'])).toMatchObject({ scenario: '-', seed: 7 });
  });
});
