import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shapeTargetInput, targetInputError, transformInput, valueAtPath } from './input-transformer.ts';
import type { TargetInput } from './input-transformer.ts';

const event = {
  version: '0',
  id: 'e-1',
  'detail-type': 'Order',
  source: 'shop',
  time: '2026-01-01T00:00:00Z',
  resources: ['arn:1', 'arn:2'],
  detail: { id: 'o-7', n: 3, ok: true, none: null, tags: ['x', 'y'], part: { a: 'b' }, text: 'say "hi"', 'odd key': 1 },
};
const paths = { id: '$.detail.id', n: '$.detail.n', ok: '$.detail.ok', none: '$.detail.none', tags: '$.detail.tags', part: '$.detail.part', text: '$.detail.text', gone: '$.detail.gone', type: '$.detail-type', first: '$.resources[0]' };
const fill = (InputTemplate: string): unknown => transformInput({ InputPathsMap: paths, InputTemplate }, event);

describe('input transformer', () => {
  it('puts a variable alone into JSON as JSON', () => {
    expect(fill('{"a": <id>, "b": <n>, "c": <ok>, "d": <none>, "e": <tags>, "f": <part>, "g": <first>}')).toEqual({
      a: 'o-7', b: 3, c: true, d: null, e: ['x', 'y'], f: { a: 'b' }, g: 'arn:1',
    });
  });

  it('splices into quoted parts of JSON as text', () => {
    expect(fill('{"a": "order <id> of <type>, <n> pieces: <ok>", "b": ["<id>"]}')).toEqual({ a: 'order o-7 of Order, 3 pieces: true', b: ['o-7'] });
  });

  it('makes a missing path the empty text, quoted or not', () => {
    expect(fill('{"a": <gone>, "b": "<gone>!"}')).toEqual({ a: '', b: '!' });
  });

  it('keeps the quotes of text templates, line by line, and takes those of inserted objects away', () => {
    expect(fill('"Order <id>"')).toBe('"Order o-7"');
    expect(fill('"<tags> and <part>"\n"on <type>"')).toBe('"[x,y] and {a:b}"\n"on Order"');
  });

  it('escapes nothing: a quote in the value breaks JSON, and it is not delivered', () => {
    expect(fill('{"a": "<text>"}')).toBeUndefined();
    expect(fill('{"a": <text>}')).toEqual({ a: 'say "hi"' });
  });

  it.each(['{"a": "<tags>"}', '{"a": "x <part>"}', 'Order <id>', '{"a": <id>', '"Order <id>'])('does not deliver %s', (template) => {
    expect(fill(template)).toBeUndefined();
  });

  it('does not deliver an object or list inside the quotes of JSON, even where the outcome would read as JSON', () => {
    const nested = { detail: { none: [], numbers: [1, 2] } };
    const shape = (InputTemplate: string): unknown => transformInput({ InputPathsMap: { none: '$.detail.none', numbers: '$.detail.numbers' }, InputTemplate }, nested);
    expect(shape('{"a": "<none>"}')).toBeUndefined();
    expect(shape('{"a": "<numbers>"}')).toBeUndefined();
    expect(shape('{"a": <numbers>}')).toEqual({ a: [1, 2] });
    expect(shape('"<numbers>"')).toBe('"[1,2]"');
  });

  it.each(['{"<id>": 1}', '{"key <id> of it" : 1}', '{<id>: 1}', '{"a": {"<id>\\"": 1}}'])('takes no variable as the key of an object: %s', (template) => {
    expect(shapeTargetInput({ InputTransformer: { InputPathsMap: paths, InputTemplate: template } }, event)).toEqual({ delivered: false, reason: '<id> stands as the key of an object.' });
  });

  it('tells keys from values that hold a colon', () => {
    expect(fill('{"a": "<id>: b", "c": ["<id>"], "d": "x\\"<id>", "e": <n>}')).toEqual({ a: 'o-7: b', c: ['o-7'], d: 'x"o-7', e: 3 });
  });

  it('knows the reserved variables', () => {
    const context = { ruleArn: 'arn:rule', ruleName: 'r', ingestionTime: '2026-01-01T00:00:05Z' };
    const InputTemplate = '{"arn": <aws.events.rule-arn>, "name": "rule <aws.events.rule-name>", "at": <aws.events.event.ingestion-time>, "event": <aws.events.event>, "all": <aws.events.event.json>}';
    expect(transformInput({ InputTemplate }, event, context)).toEqual({
      arn: 'arn:rule',
      name: 'rule r',
      at: '2026-01-01T00:00:05Z',
      event: { version: '0', id: 'e-1', detailType: 'Order', source: 'shop', time: '2026-01-01T00:00:05Z', resources: ['arn:1', 'arn:2'] },
      all: event,
    });
  });

  it('hands over the event, a constant or a part without a template', () => {
    expect(shapeTargetInput({}, event)).toEqual({ delivered: true, body: JSON.stringify(event) });
    expect(shapeTargetInput({ Input: '{"x":1}' }, event)).toEqual({ delivered: true, body: '{"x":1}' });
    expect(shapeTargetInput({ InputPath: '$.detail.part' }, event)).toEqual({ delivered: true, body: '{"a":"b"}' });
    expect(shapeTargetInput({ InputPath: '$.detail.id' }, event)).toEqual({ delivered: true, body: '"o-7"' });
  });

  it('reads paths with names and indexes', () => {
    expect(valueAtPath(event, '$')).toBe(event);
    expect(valueAtPath(event, '$.detail.odd key')).toBe(1);
    expect(valueAtPath(event, '$.detail.tags[1]')).toBe('y');
    for (const path of ['$.resources[2]', '$.resources.length', '$.detail.part[0]', '$.toString', 'detail', '$.', '$.detail..id', '$[x]', "$.detail['id']", '$.detail.none.id']) expect(valueAtPath(event, path)).toBeUndefined();
  });

  it('takes all members at a star, as a list', () => {
    const order = { detail: { items: [{ sku: 'a' }, { sku: 'b' }, {}], sizes: { x: 1, y: 2 } } };
    expect(valueAtPath(order, '$.detail.items[*].sku')).toEqual(['a', 'b']);
    expect(valueAtPath(order, '$.detail.sizes.*')).toEqual([1, 2]);
    expect(valueAtPath(order, '$.detail.items[*].none')).toEqual([]);
    expect(valueAtPath(order, '$.detail.none[*]')).toBeUndefined();
    expect(transformInput({ InputPathsMap: { skus: '$.detail.items[*].sku' }, InputTemplate: '{"skus":<skus>}' }, order)).toEqual({ skus: ['a', 'b'] });
  });

  it('is refused with AWS words at PutTargets', () => {
    expect(targetInputError({ Input: '1', InputPath: '$.x' }, 't')).toBe('Only one of Input, InputPath, or InputTransformer must be provided for target t.');
    const unknown: TargetInput = { InputTransformer: { InputPathsMap: { a: '$.a' }, InputTemplate: '"<a> <b>"' } };
    expect(targetInputError(unknown, 't')).toBe('InputTemplate for target t contains invalid placeholder b.');
    expect(targetInputError({ InputTransformer: { InputTemplate: '"<aws.events.rule-name>"' } }, 't')).toBeUndefined();
    expect(targetInputError({}, 't')).toBeUndefined();
  });

  it.each([['hello', 6], ['{"a":1} 2', 10], ["{'a':1}", 3], ['', 1], ['[1,', 4]])('must be JSON where it is a constant: %j', (Input, column) => {
    expect(targetInputError({ Input }, 't')).toBe(`JSON syntax error in input for target t: [Source: (String)"${Input}"; line: 1, column: ${column}]`);
  });

  it.each(['"hello"', ' null ', '5', '[]', '{"a":{}}'])('may be any JSON value where it is a constant: %s', (Input) => {
    expect(targetInputError({ Input }, 't')).toBeUndefined();
  });

  it('is refused for paths that do not begin at the event or have names in brackets', () => {
    for (const path of ['detail', '.detail', '', "$.detail['id']", '$["detail"]']) {
      expect(targetInputError({ InputPath: path }, 't')).toBe('InputPath for target t is invalid.');
      expect(targetInputError({ InputTransformer: { InputPathsMap: { a: '$.a', b: path }, InputTemplate: '"<a>"' } }, 't')).toBe('InputPath for target t is invalid.');
    }
    for (const InputPath of ['$', '$.detail', '$.resources[0]', '$.detail.list[*]']) expect(targetInputError({ InputPath }, 't')).toBeUndefined();
  });

  it('takes the whole event as a variable in templates of an object only', () => {
    for (const name of ['aws.events.event', 'aws.events.event.json']) {
      for (const InputTemplate of [`"<${name}>"`, `[<${name}>]`, `<${name}>`]) expect(targetInputError({ InputTransformer: { InputTemplate } }, 't')).toBe(`InputTemplate for target t contains placeholder ${name} valid only for JSON template.`);
      expect(targetInputError({ InputTransformer: { InputTemplate: ` {"event":<${name}>}` } }, 't')).toBeUndefined();
    }
  });
});

interface TransformerCase {
  readonly id: string;
  readonly event: object;
  readonly inputPath?: string;
  readonly inputPathsMap?: Readonly<Record<string, string>>;
  readonly inputTemplate?: string;
  readonly expect: { readonly bodyJson?: unknown; readonly bodyText?: string; readonly delivered?: false; readonly putTargetsError?: { readonly message: string } };
}

const folder = process.env['COLDSTART_CASES'];
if (folder === undefined) console.info('COLDSTART_CASES is not set: the shared input transformer cases are skipped.');

function load(): TransformerCase[] {
  const file = join(folder as string, 'input-transformers.dev.json');
  if (!existsSync(file)) throw new Error(`COLDSTART_CASES is set, but ${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as TransformerCase[];
}

describe.skipIf(folder === undefined)('inputs that AWS delivered', () => {
  it.each(folder === undefined ? [] : load())('$id', (c) => {
    const target: TargetInput = {
      ...(c.inputPath !== undefined && { InputPath: c.inputPath }),
      ...(c.inputTemplate !== undefined && { InputTransformer: { InputPathsMap: c.inputPathsMap ?? {}, InputTemplate: c.inputTemplate } }),
    };
    const refusal = c.expect.putTargetsError?.message.replace('<target-id>', 't');
    expect(targetInputError(target, 't')).toBe(refusal);
    if (refusal !== undefined) return;
    const shaped = shapeTargetInput(target, c.event);
    expect(shaped.delivered).toBe(c.expect.delivered ?? true);
    if (!shaped.delivered) return;
    if (c.expect.bodyText !== undefined) expect(shaped.body).toBe(c.expect.bodyText);
    else expect(JSON.parse(shaped.body)).toEqual(c.expect.bodyJson);
  });
});
