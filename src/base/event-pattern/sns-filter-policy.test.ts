import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchFilterPolicy } from './sns-filter-match.ts';
import type { SnsMessage } from './sns-filter-match.ts';
import { InvalidFilterPolicyException, parseFilterPolicy } from './sns-filter-policy.ts';
import type { FilterPolicyScope } from './sns-filter-policy.ts';

const PREFIX = 'Invalid parameter: Attributes Reason: FilterPolicy: ';

function matches(policy: object, message: Partial<SnsMessage>, scope: FilterPolicyScope = 'MessageAttributes'): boolean {
  return matchFilterPolicy(parseFilterPolicy(policy, { scope }), { body: '', attributes: {}, ...message });
}

const text = (value: string): SnsMessage['attributes'][string] => ({ DataType: 'String', StringValue: value });

describe('SNS filter policies', () => {
  it('match attributes by their type', () => {
    const attributes = {
      store: text('main'),
      price: { DataType: 'Number', StringValue: '10.50' },
      tags: { DataType: 'String.Array', StringValue: '["new", 3, true, null]' },
      blob: { DataType: 'Binary' },
    };
    expect(matches({ store: ['main'], price: [{ numeric: ['>', 10, '<', 11] }] }, { attributes })).toBe(true);
    expect(matches({ price: [10.5] }, { attributes })).toBe(true);
    expect(matches({ price: ['10.50'] }, { attributes })).toBe(false);
    expect(matches({ tags: ['new'] }, { attributes })).toBe(true);
    expect(matches({ tags: [3] }, { attributes })).toBe(true);
    expect(matches({ tags: [null] }, { attributes })).toBe(true);
    expect(matches({ tags: ['3'] }, { attributes })).toBe(false);
    expect(matches({ blob: [{ exists: true }] }, { attributes })).toBe(false);
    expect(matches({ other: [{ exists: false }] }, { attributes })).toBe(true);
    expect(matches({ $or: [{ store: ['x'] }, { tags: ['new'] }] }, { attributes })).toBe(true);
    expect(matches({ store: [{ 'anything-but': { prefix: 'ma' } }] }, { attributes })).toBe(false);
  });

  it('match the body, nested, only when it is a JSON object', () => {
    const policy = { order: { kind: ['a', ''] } };
    expect(matches(policy, { body: '{"order":{"kind":""}}' }, 'MessageBody')).toBe(true);
    expect(matches(policy, { body: '{"order":{"kind":"b"}}' }, 'MessageBody')).toBe(false);
    expect(matches(policy, { body: 'text' }, 'MessageBody')).toBe(false);
    expect(matches({ order: [{ exists: false }] }, { body: '[]' }, 'MessageBody')).toBe(false);
  });

  it('let everything through when empty', () => {
    expect(matches({}, {})).toBe(true);
  });

  it.each<[string, object]>([
    ['Filter policy scope MessageAttributes does not support nested filter policy', { a: { b: ['x'] } }],
    ['Filter policy can not have more than 5 keys', { a: ['x'], b: ['x'], c: ['x'], d: ['x'], e: ['x'], f: ['x'] }],
    ['Filter policy is too complex', { a: [1, 2, 3, 4, 5, 6], b: [1, 2, 3, 4, 5], c: [1, 2, 3, 4, 5, 6] }],
    ['Unrecognized match type between', { a: [{ between: [1, 2] }] }],
  ])('are refused: %s', (reason, policy) => {
    expect(() => parseFilterPolicy(policy)).toThrow(PREFIX + reason);
  });

  it('count the depth of nested keys', () => {
    const scope = { scope: 'MessageBody' } as const;
    expect(parseFilterPolicy({ a: { b: { c: [1, 2, 3, 4] } }, d: { e: [1, 2, 3, 4, 5, 6] } }, scope).pattern).toBeDefined();
    expect(() => parseFilterPolicy({ a: { b: { c: [1, 2, 3, 4] } }, d: { e: [1, 2, 3, 4, 5, 6, 7] } }, scope)).toThrow('Filter policy is too complex');
  });

  it('name the parameter as the calling operation does', () => {
    expect(() => parseFilterPolicy({ a: [] }, { errorPrefix: 'Invalid parameter: ' })).toThrow('Invalid parameter: FilterPolicy: Empty arrays are not allowed');
  });
});

interface PolicyCase {
  readonly id: string;
  readonly policy: object;
  readonly error: { readonly code: string; readonly status: number; readonly message: string };
}

const folder = process.env['COLDSTART_CASES'];
if (folder === undefined) console.info('COLDSTART_CASES is not set: the shared filter policy cases are skipped.');

function load(): PolicyCase[] {
  const file = join(folder as string, 'sns-filter-policies-invalid.dev.json');
  if (!existsSync(file)) throw new Error(`COLDSTART_CASES is set, but ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as PolicyCase[];
}

describe.skipIf(folder === undefined)('SNS filter policies that AWS refused', () => {
  it.each(folder === undefined ? [] : load())('$id', ({ policy, error }) => {
    let thrown: unknown;
    try {
      parseFilterPolicy(policy);
    } catch (e) {
      thrown = e;
    }
    expect(thrown).toBeInstanceOf(InvalidFilterPolicyException);
    const { code, status, message } = thrown as InvalidFilterPolicyException;
    expect({ code, status, message }).toEqual(error);
  });
});
