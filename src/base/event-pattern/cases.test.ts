import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidEventPatternException } from './errors.ts';
import { matchEventPattern } from './match.ts';

interface PatternCase {
  readonly id: string;
  readonly event: object;
  readonly pattern: object | string;
  readonly expect: 'match' | 'no-match' | 'invalid';
  readonly error?: { readonly message?: string };
}

const folder = process.env['COLDSTART_CASES'];
if (folder === undefined) console.info('COLDSTART_CASES is not set: the shared event pattern cases are skipped.');

function load(): PatternCase[] {
  const file = join(folder as string, 'event-patterns.dev.json');
  if (!existsSync(file)) throw new Error(`COLDSTART_CASES is set, but ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as PatternCase[];
}

describe.skipIf(folder === undefined)('event patterns that AWS or its engine answered', () => {
  const cases = folder === undefined ? [] : load();

  it('has cases of all three kinds', () => {
    expect(new Set(cases.map((c) => c.expect)).size).toBe(3);
    expect(cases.length).toBeGreaterThan(600);
  });

  it.each(cases.filter((c) => c.expect !== 'invalid'))('$id: $expect', (c) => {
    expect(matchEventPattern(c.pattern, c.event)).toBe(c.expect === 'match');
    expect(matchEventPattern(JSON.stringify(c.pattern), JSON.stringify(c.event))).toBe(c.expect === 'match');
  });

  it.each(cases.filter((c) => c.expect === 'invalid'))('$id: refused', (c) => {
    let error: unknown;
    try {
      matchEventPattern(c.pattern, c.event);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidEventPatternException);
    const { message, reason } = error as InvalidEventPatternException;
    if (c.error?.message !== undefined) expect([message, reason]).toContain(c.error.message);
  });
});
