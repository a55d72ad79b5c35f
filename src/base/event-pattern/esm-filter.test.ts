import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { base64Encode } from '../base64.ts';
import { utf8Encode } from '../utf8.ts';
import { compileFilterCriteria } from './esm-filter-match.ts';
import { InvalidFilterCriteriaException } from './esm-filter.ts';

const criteria = (...patterns: (object | string)[]): { Filters: { Pattern: string }[] } => ({
  Filters: patterns.map((p) => ({ Pattern: typeof p === 'string' ? p : JSON.stringify(p) })),
});
const message = (body: unknown, more: object = {}): object => ({ messageId: '1', body: typeof body === 'string' ? body : JSON.stringify(body), ...more });
const kinesis = (data: unknown): object => ({
  eventSource: 'aws:kinesis',
  kinesis: { partitionKey: 'p', data: base64Encode(utf8Encode(typeof data === 'string' ? data : JSON.stringify(data))) },
});

describe('filter criteria of event source mappings', () => {
  it('let everything through when there are none', () => {
    expect(compileFilterCriteria(undefined, 'sqs')(message('x'))).toBe(true);
    expect(compileFilterCriteria({ Filters: [] }, 'sqs')(message('x'))).toBe(true);
  });

  it('look into a JSON body, and let records pass that meet any filter', () => {
    const passes = compileFilterCriteria(criteria({ body: { kind: ['a'] } }, { body: { size: [{ numeric: ['>', 5] }] } }), 'sqs');
    expect(passes(message({ kind: 'a' }))).toBe(true);
    expect(passes(message({ size: 6 }))).toBe(true);
    expect(passes(message({ kind: 'b', size: 5 }))).toBe(false);
  });

  it('drop a body of the other form: text for a JSON pattern, JSON for a text pattern', () => {
    const json = compileFilterCriteria(criteria({ body: { kind: ['a'] } }), 'sqs');
    expect(json(message('a'))).toBe(false);
    const text = compileFilterCriteria(criteria({ body: [{ prefix: '{"kind' }, 'plain'] }), 'sqs');
    expect(text(message('plain'))).toBe(true);
    expect(text(message({ kind: 'a' }))).toBe(false);
    expect(text(message(['plain']))).toBe(false);
  });

  it('look at the rest of the record whatever the body is', () => {
    const passes = compileFilterCriteria(criteria({ messageAttributes: { kind: { stringValue: ['a'] } } }), 'sqs');
    expect(passes(message('text', { messageAttributes: { kind: { stringValue: 'a' } } }))).toBe(true);
    expect(passes(message({ x: 1 }))).toBe(false);
  });

  it('decode the data of Kinesis records', () => {
    const passes = compileFilterCriteria(criteria({ data: { city: ['Oulu'] } }), 'kinesis');
    expect(passes(kinesis({ city: 'Oulu' }))).toBe(true);
    expect(passes(kinesis({ city: 'Turku' }))).toBe(false);
    expect(passes(kinesis('Oulu'))).toBe(false);
    expect(compileFilterCriteria(criteria({ partitionKey: ['p'], data: ['Oulu'] }), 'kinesis')(kinesis('Oulu'))).toBe(true);
  });

  it.each<[string, string | object]>([
    ['no JSON', 'single-string'],
    ['no object', 'null'],
    ['an empty list', { body: [] }],
    ['a plain value', { eventSource: 'aws:sqs' }],
    ['an operator inside anything-but, which event buses only have', { body: { a: [{ 'anything-but': { prefix: 'x' } }] } }],
    ['a wildcard, which event buses only have', { body: { a: [{ wildcard: 'x*' }] } }],
  ])('are refused for %s', (_what, pattern) => {
    expect(() => compileFilterCriteria(criteria(pattern), 'sqs')).toThrow(InvalidFilterCriteriaException);
    expect(() => compileFilterCriteria(criteria(pattern), 'sqs')).toThrow('Invalid filter pattern definition.');
  });
});

interface EsmCase {
  readonly id: string;
  readonly eventSource: 'sqs' | 'dynamodbstreams';
  readonly filter?: unknown;
  readonly invalid_filter?: unknown;
  readonly item_matching?: unknown;
  readonly item_not_matching?: unknown;
  readonly item_to_put1?: Readonly<Record<string, object>>;
  readonly item_to_put2?: Readonly<Record<string, object>>;
  readonly calls?: number;
  readonly valid: boolean;
}

const folder = process.env['COLDSTART_CASES'];
if (folder === undefined) console.info('COLDSTART_CASES is not set: the shared filter criteria cases are skipped.');

function load(): EsmCase[] {
  const file = join(folder as string, 'esm-filters.dev.json');
  if (!existsSync(file)) throw new Error(`COLDSTART_CASES is set, but ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as EsmCase[];
}

/** The stream records that putting the items in turn makes. */
function streamRecords(items: readonly Readonly<Record<string, object>>[]): object[] {
  const table = new Map<string, string>();
  return items.flatMap((item) => {
    const id = JSON.stringify(item['id']);
    const before = table.get(id);
    table.set(id, JSON.stringify(item));
    if (before === table.get(id)) return [];
    return [
      {
        eventName: before === undefined ? 'INSERT' : 'MODIFY',
        eventSource: 'aws:dynamodb',
        dynamodb: { ApproximateCreationDateTime: 1767225600, Keys: { id: item['id'] }, NewImage: item },
      },
    ];
  });
}

describe.skipIf(folder === undefined)('filter criteria that AWS answered', () => {
  const cases = folder === undefined ? [] : load();

  it.each(cases.filter((c) => c.valid && c.eventSource === 'sqs'))('$id', (c) => {
    const passes = compileFilterCriteria(criteria(c.filter as object), 'sqs');
    expect(passes(message(c.item_matching))).toBe(true);
    expect(passes(message(c.item_not_matching))).toBe(false);
  });

  it.each(cases.filter((c) => c.valid && c.eventSource !== 'sqs'))('$id', (c) => {
    const passes = compileFilterCriteria(criteria(c.filter as object), 'dynamodb');
    const records = streamRecords([c.item_to_put1, c.item_to_put2].filter((item) => item !== undefined));
    expect(records.filter(passes)).toHaveLength(c.calls as number);
  });

  it.each(cases.filter((c) => !c.valid))('$id: refused', (c) => {
    const pattern = 'filter' in c ? c.filter : c.invalid_filter;
    const text = typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
    expect(() => compileFilterCriteria(criteria(text), 'sqs')).toThrow(InvalidFilterCriteriaException);
    expect(() => compileFilterCriteria(criteria(JSON.stringify(pattern)), 'sqs')).toThrow(InvalidFilterCriteriaException);
  });
});
