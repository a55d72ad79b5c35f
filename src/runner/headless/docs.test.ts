/** The docs data says what the models do: nothing is left out, everything has a source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitFiles } from '../../services/limits.ts';
import { manifests } from '../../services/manifests.ts';
import { models } from '../../services/models.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { createCloud } from './create-cloud.ts';
import { dated, docsOf } from './docs.ts';
import { limitsOf } from './docs-limits.ts';
import { failureOf } from './wire/testing.ts';

const docs = docsOf({ models, manifests, limits: limitFiles });
const service = (id: string) => docs.services.find((found) => found.id === id)!;

/** A service's model as it is written, file by file. */
function filesOf(id: string): readonly { readonly name: string; readonly text: string }[] {
  const folder = join(import.meta.dirname, '../../services', id, 'model');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return names.map((name) => ({ name: `${id}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}
/** Words an error: a text of several words in the call that makes it. Its file says that such words are recalled, or recorded. */
const WORDS_AN_ERROR = /\b(AwsError|malformed|noSuchEntity|invalid\w*|combination|validation|tableInUse|refuse|notValid|conflict|notFound|constraint)\((?:'[A-Za-z]+', )?['"`][A-Z][^'"`]* [^'"`]*['"`]/;
/** Services that are modelled with every operation that AWS has. */
const COMPLETE = ['scheduler', 'sqs'];
/** Clients that are installed to be tested against. */
const clients = models.flatMap(({ id, sdk }): [string, string][] => (sdk !== undefined && sdk.packageName in packageJson.devDependencies ? [[id, sdk.packageName]] : []));
const IN_RECALLED_WORDS = ['lambda', 'sqs', 'sns', 'dynamodb', 's3', 'iam', 'monitoring', 'logs', 'events', 'scheduler', 'sts'];

describe('the docs data', () => {
  it('is plain JSON, with every service and every operation', () => {
    expect(JSON.parse(JSON.stringify(docs))).toEqual(docs);
    expect(docs.services.map(({ id }) => id)).toEqual(models.map(({ id }) => id).toSorted());
    for (const model of models) expect(service(model.id).operations.map(({ name }) => name), model.id).toEqual(Object.keys(model.operations).toSorted());
  });

  it('names a source for every operation, limit and price', () => {
    for (const { id, operations, limits, prices } of docs.services) {
      for (const row of [...operations, ...limits, ...prices]) expect(row.source.length, `${id} ${'name' in row ? row.name : row.label}`).toBeGreaterThan(5);
    }
  });

  it('names a date for every number and operation of AWS, unless the number is one of our own', () => {
    const rows = docs.services.filter(({ sdk }) => sdk !== undefined).flatMap(({ id, operations, limits, prices }) => [...operations, ...limits, ...prices].map(({ source }) => `${id}: ${source}`));
    expect(rows.length).toBeGreaterThan(300);
    expect(rows.filter((source) => !/\b20\d\d\b/.test(source) && !/: (Ours|Coldstart)\b/.test(source))).toEqual([]);
  });

  it('takes the date of the sheet where a source says none, and of the price card for prices', () => {
    expect([dated('aws/sqs.md §6'), dated('aws/sqs.md §13: $1', 'price'), dated('API reference, 2025'), dated('somewhere')]).toEqual(['aws/sqs.md §6 (2026-08)', 'aws/sqs.md §13: $1 (2026-06)', 'API reference, 2025', 'somewhere']);
  });

  it.each([
    ['sqs', 'SQS requests', 0.4],
    ['sqs', 'SQS requests, FIFO', 0.5],
    ['sns', 'SNS publishes', 0.5],
    ['events', 'EventBridge custom events', 1],
    ['scheduler', 'Scheduler invocations', 1],
    ['lambda', 'Lambda requests', 0.2],
    ['s3', 'S3 PUT, COPY, LIST', 5],
    ['s3', 'S3 GET', 0.4],
    ['dynamodb', 'DynamoDB write units', 0.625],
    ['dynamodb', 'DynamoDB reads, in half units', 0.125 / 2],
  ])('has the price card of the sheets: %s, %s at $%d a million', (id, label, usd) => {
    expect(service(id).prices.find((price) => price.label === label)!.usd * 1e6).toBeCloseTo(usd, 9);
  });

  it('has Lambda’s GB-second of the price card', () => {
    const perMbMs = service('lambda').prices.find(({ label }) => label === 'Lambda duration, x86_64, MB-ms')!.usd;
    expect(perMbMs * 1_024 * 1_000).toBeCloseTo(0.0000166667, 12);
  });

  it.each(models.filter(({ sdk }) => sdk !== undefined).map(({ id }) => id))('of %s says what is modelled, what is simplified and what is not modelled', (id) => {
    const { operations, simplified, notModelled, limits } = service(id);
    expect([operations.length > 0, simplified.length > 0, limits.length > 0]).toEqual([true, true, true]);
    expect(notModelled.length > 0 || COMPLETE.includes(id)).toBe(true);
  });

  it.each(clients)('names every command of the client of %s, as modelled or as not modelled', async (id, packageName) => {
    const exported = Object.keys((await import(packageName)) as object);
    const commands = exported.filter((name) => /^[A-Z]\w+Command$/.test(name)).map((name) => name.slice(0, -'Command'.length));
    const { operations, notModelled } = service(id);
    const named = new Set([...operations.map(({ name }) => name), ...notModelled]);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(IN_RECALLED_WORDS)('tells that refusals of %s are in recalled words, and so does each file that words one', (id) => {
    expect(service(id).simplified.filter((sentence) => sentence.startsWith('Texts of refusals'))).toHaveLength(1);
    const wording = filesOf(id).filter(({ text }) => WORDS_AN_ERROR.test(text));
    expect(wording.length).toBeGreaterThan(0);
    expect(wording.filter(({ text }) => !/@simplified|\(recorded\)/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('gives limits by name and value', () => {
    expect(service('sqs').limits).toContainEqual({ name: 'SQS.visibilityTimeoutSec.max', value: 43_200, source: expect.stringContaining('aws/sqs.md') as string, simplified: false });
    expect(service('lambda').limits.find(({ name }) => name === 'LAMBDA.timeoutSec.max')).toMatchObject({ value: 900, source: expect.stringContaining('aws/lambda.md') as string });
  });

  it('gives settings with label, default, range and choices', () => {
    expect(service('sqs').settings.find(({ name }) => name === 'VisibilityTimeout')).toMatchObject({ default: 30, min: 0, max: 43_200 });
    expect(service('s3').settings.find(({ name }) => name === 'Versioning')).toMatchObject({ label: 'Versions', default: 'Off', choices: ['Off', 'Enabled', 'Suspended'] });
  });

  it('calls nothing modelled and not modelled at once', () => {
    for (const { id, operations, notModelled } of docs.services) expect(operations.map(({ name }) => name).filter((name) => notModelled.includes(name)), id).toEqual([]);
  });

  it('is true: what it calls not modelled is refused by name', async () => {
    const cloud = createCloud();
    for (const { id, notModelled } of docs.services) {
      for (const name of notModelled) expect(await failureOf(cloud.send(id, name, {})), `${id} ${name}`).toMatchObject({ name: 'NotModelled', message: expect.stringContaining(name) as string });
    }
  });
});

describe('limits of a file', () => {
  const text = `/** Limits of x. @source page one */

export const PLAIN = 3;
/** More. @source page two
 * and a second line */
export const GROUP = { sec: { min: 1, max: 9 }, list: [1, 2] } as const;
/** @simplified AWS does not say. */
export const OURS = 5;
`;

  it('take the source of their own comment, else that of the head of the file', () => {
    expect(limitsOf({ service: 'x', text, values: { PLAIN: 3, OURS: 5, GROUP: { sec: { min: 1, max: 9 }, list: [1, 2] }, helper: () => 1 } })).toEqual([
      { name: 'PLAIN', value: 3, source: 'page one', simplified: false },
      { name: 'GROUP.sec.min', value: 1, source: 'page two and a second line', simplified: false },
      { name: 'GROUP.sec.max', value: 9, source: 'page two and a second line', simplified: false },
      { name: 'GROUP.list', value: '1, 2', source: 'page two and a second line', simplified: false },
      { name: 'OURS', value: 5, source: 'page one', simplified: true },
    ]);
  });
});
