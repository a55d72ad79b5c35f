/** The edit that types an event, as text and as the editor's own TypeScript understands it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCloud } from '../../../runner/headless/create-cloud.ts';
import { viewById } from '../../../services/views.ts';
import { awsLambdaTypes } from '../monaco/aws-lambda-types.ts';
import { COMPILER_OPTIONS } from '../monaco/compiler-options.ts';
import { checkerOf } from '../monaco/types/testing/typescript.ts';
import { loadCatalogue } from '../try/offered-events.ts';
import { annotated } from './annotate.ts';
import type { Annotation } from './annotate.ts';
import { isDeclared } from './known-types.ts';

const JS: Annotation = { type: 'SQSEvent', handler: 'handler', language: 'javascript' };
const TS: Annotation = { ...JS, language: 'typescript' };
const textOf = (text: string, how: Annotation): string => {
  const answer = annotated(text, how);
  if ('refusal' in answer) throw new Error(answer.refusal);
  return answer.text;
};

let types: Readonly<Record<string, string>>;
beforeAll(() => {
  const folder = join(import.meta.dirname, '../../../../node_modules/@types/aws-lambda');
  types = {
    ...Object.fromEntries((readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.d.ts')).map((name) => [`/node_modules/@types/aws-lambda/${name}`, readFileSync(join(folder, name), 'utf8')])),
    '/node_modules/@types/aws-lambda/package.json': '{"name":"@types/aws-lambda","types":"index.d.ts"}',
    '/runtime.d.ts': readFileSync(join(import.meta.dirname, '../monaco/types/runtime.txt'), 'utf8'),
  };
});

const JAVASCRIPT = [
  'export const handler = async (event) => {\n  return event;\n};',
  'export const handler = async (event, context) => event;',
  'export const handler = async event => {\n  return event;\n};',
  'export const handler = async function (event) {\n  return event;\n};',
  'export async function handler(event) {\n  return event;\n}',
  'export function handler(event, context) {\n  return event;\n}',
  'exports.handler = async (event) => {\n  return event;\n};',
  'module.exports.handler = async function named(event) {\n  return event;\n};',
  'const handler = async (event) => event;\nexport { handler };',
] as const;

describe('typing the event of a JavaScript handler', () => {
  it.each(JAVASCRIPT.map((text) => [text.split('\n')[0]!, text] as const))('puts a comment above %s, and TypeScript reads it', (_, text) => {
    const before = "// Works off a queue.\nconst limit = 3; // export const handler = (x) => x\n\n";
    const after = textOf(before + text, JS);
    expect(after).toBe(`${before}/** @param {import('aws-lambda').SQSEvent} event */\n${text}`);
    const file = text.includes('exports.') ? '/index.cjs' : '/index.mjs';
    const checker = checkerOf({ ...types, [file]: after }, COMPILER_OPTIONS);
    expect(checker.hover(file, text.includes('event =>') ? 'event =>' : /event[,)]/.exec(text)![0])).toContain('event: SQSEvent');
  });

  it('goes by the name and the place of the parameter', () => {
    expect(textOf('export const handler = async (e) => e;', JS)).toBe("/** @param {import('aws-lambda').SQSEvent} e */\nexport const handler = async (e) => e;");
    const apart = textOf('export const handler = async ({ Records }) => Records;', JS);
    expect(apart).toMatch(/^\/\*\* @param \{import\('aws-lambda'\)\.SQSEvent\} event \*\/\n/);
    expect(checkerOf({ ...types, '/index.mjs': apart }, COMPILER_OPTIONS).hover('/index.mjs', 'Records })')).toContain('SQSRecord[]');
  });

  it('goes by the name of the exported function', () => {
    expect(textOf('export const handler = (event) => event;\nexport const main = (event) => event;', { ...JS, handler: 'main' })).toMatch(/^export const handler .*\n\/\*\* @param .*\nexport const main/);
  });

  it('changes the type that a comment gives, and keeps its other words', () => {
    const once = textOf('/**\n * Works.\n * @param {import("aws-lambda").S3Event | { a: { b: 1 } }} event what came\n * @param {object} context\n */\nexport const handler = (event, context) => 1;', JS);
    expect(once).toBe("/**\n * Works.\n * @param {import('aws-lambda').SQSEvent} event what came\n * @param {object} context\n */\nexport const handler = (event, context) => 1;");
    expect(textOf(once, JS)).toBe(once);
    expect(textOf('/** Works. */\nexport const handler = (event) => 1;', JS)).toBe("/**\n * Works.\n * @param {import('aws-lambda').SQSEvent} event\n */\nexport const handler = (event) => 1;");
    expect(textOf('/** About a constant. */\nconst a = 1;\nexport const handler = (event) => 1;', JS)).toContain("const a = 1;\n/** @param {import('aws-lambda').SQSEvent} event */\n");
  });
});

describe('typing the event of a TypeScript handler', () => {
  it.each([
    ['export const handler = async (event) => event;', "export const handler = async (event: import('aws-lambda').SQSEvent) => event;"],
    ['export const handler = async (event: any, context: Context) => event;', "export const handler = async (event: import('aws-lambda').SQSEvent, context: Context) => event;"],
    ['export const handler = async event => event;', "export const handler = async (event: import('aws-lambda').SQSEvent) => event;"],
    ['export async function handler(event: Map<string, (a: number) => void>): Promise<void> {}', "export async function handler(event: import('aws-lambda').SQSEvent): Promise<void> {}"],
    ['export const handler: (e: any) => any = async ({ Records }: { Records: any[] } = { Records: [] }) => 1;', "export const handler: (e: any) => any = async ({ Records }: import('aws-lambda').SQSEvent = { Records: [] }) => 1;"],
  ])('annotates %s', (before, after) => {
    expect(textOf(before, TS)).toBe(after);
    expect(textOf(after, TS)).toBe(after);
  });

  it('leaves a module that runs', async () => {
    const cloud = createCloud({ iam: 'off', tuning: 'ideal' });
    const text = textOf('export const handler = async (event) => event.Records.length;', TS);
    await cloud.send('lambda', 'CreateFunction', { FunctionName: 'fn', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/r', Code: { files: { 'index.ts': text } } });
    await cloud.runUntilIdle(60_000);
    const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'fn', Payload: '{"Records":[1,2]}' });
    expect(new TextDecoder().decode(Payload)).toBe('2');
  });
});

describe('a handler that cannot be typed', () => {
  it.each([
    ['is not there', 'export const other = (event) => 1;'],
    ['is only in a comment', '/*\nexport const handler = (event) => 1;\n*/'],
    ['is only in a text', 'const text = `\nexport const handler = (event) => 1;\n`;'],
    ['is made by a call', 'export const handler = wrap(async (event) => 1);'],
    ['is made by a call of an expression', 'export const handler = (wrap)(async (event) => 1);'],
    ['is made by a call, before another function', 'export const handler: Handler = wrap(work)\nconst work = (event) => 1'],
  ])('%s', (_, text) => {
    expect(annotated(text, JS)).toEqual({ refusal: 'no-handler' });
  });

  it('takes no event', () => {
    expect(annotated('export const handler = async () => 1;', JS)).toEqual({ refusal: 'no-parameter' });
    expect(annotated('export function handler(...all) {}', JS)).toEqual({ refusal: 'no-parameter' });
  });
});

describe('the types that services name', () => {
  it('are declared in what the editor loads, and no others are', async () => {
    const named = [...(await loadCatalogue(viewById)).values()].flat().map(({ type }) => type);
    expect(named).toEqual(expect.arrayContaining(['SQSEvent', 'S3Event', 'EventBridgeEvent<string, any>']));
    expect(named.filter((type) => !isDeclared(awsLambdaTypes, type))).toEqual([]);
    expect(isDeclared(awsLambdaTypes, 'QueueEvent')).toBe(false);
  });
});
