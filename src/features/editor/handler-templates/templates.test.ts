/** Each handler template runs in the sandbox, in a scenario that gives it what it says it needs, and does what it is for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { manifestsById } from '../../../scenario/environment.ts';
import { SAMPLE_CLIP } from '../../../scenario/sample-clip.ts';
import { createScenarioStore } from '../../../scenario/scenario.store.ts';
import type { ScenarioDocument, ScenarioNodeDocument, Stimulus } from '../../../scenario/schema.ts';
import { edge, node, template } from '../../../scenario/templates/template.ts';
import { manifests } from '../../../services/manifests.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { runScenario } from '../../../runner/headless/run-scenario.ts';
import { COMPILER_OPTIONS } from '../monaco/compiler-options.ts';
import { checkerOf } from '../monaco/types/testing/typescript.ts';
import { startFrom } from './start-from.ts';
import { unmet } from './needs.ts';
import { handlerTemplates } from './templates.ts';

/** Whole worlds, and ffmpeg, on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const code = new Map<string, string>();
beforeAll(async () => {
  for (const one of handlerTemplates) code.set(one.id, await one.code());
});

const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const send = (id: string, MessageBody: string, ...atMs: number[]): Stimulus => ({ id, node: 'jobs', call: { service: 'sqs', operation: 'SendMessage', input: { QueueUrl: url('jobs'), MessageBody } }, arrivals: { kind: 'list', atMs } });
const jobs = node('jobs', 'sqs', [0, 0], { name: 'jobs', VisibilityTimeout: 10 });
const fn = (config: ScenarioNodeDocument['config'] = {}): ScenarioNodeDocument => node('fn', 'lambda', [0, 0], { name: 'fn', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 1769, Timeout: 10, ...config }, { 'index.mjs': '' });

interface Ran {
  readonly trace: readonly TraceEvent[];
  /** Data of the events of a kind. */
  readonly of: (kind: string) => readonly TraceEvent['data'][];
  /** What the handler printed, ids masked. */
  readonly lines: readonly string[];
}

/** Puts the template into `fn`, checks that its needs are met, and runs. */
async function run(id: string, parts: Pick<Parameters<typeof template>[0], 'nodes' | 'edges' | 'stimuli'>, untilMs: number): Promise<Ran> {
  const { title, needs } = handlerTemplates.find((one) => one.id === id)!;
  const scenario = createScenarioStore(manifestsById(manifests), template({ id: 't', title: 't', summary: '', ...parts }).document);
  startFrom(scenario, { nodeId: 'fn', title, code: code.get(id)! });
  const { design } = scenario.getState();
  expect(unmet(needs, design.nodes.find((one) => one.id === 'fn')!, design)).toEqual([]);
  const { trace, problems, issues } = await runScenario({ base: design, inputs: [] } satisfies ScenarioDocument, { untilMs });
  expect([...problems, ...issues]).toEqual([]);
  expect(trace.filter(({ kind }) => kind.includes('Denied'))).toEqual([]);
  const lines = trace.filter(({ kind }) => kind === 'logs.Line').flatMap(({ data }) => /\t(?:INFO|WARN|ERROR)\t(?!Invoke Error)(.*)\n$/.exec(String(data['message']))?.[1] ?? []);
  return { trace, lines: lines.map((line) => line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')), of: (kind) => trace.filter((event) => event.kind === kind).map(({ data }) => data) };
}

describe('the thumbnailer', () => {
  const clips = (key: string): ScenarioNodeDocument => node('clips', 'clips', [0, 0], { name: 'Clips', clips: [{ clip: 'sample', key, atMs: 400 }] });
  const buckets = [node('uploads', 's3', [0, 0], { name: 'uploads' }), node('thumbnails', 's3', [0, 0], { name: 'thumbnails' })];
  const thumbnailer = fn({ Layers: ['ffmpeg'], Timeout: 30, Environment: { THUMBNAILS: 'thumbnails' } });
  const ways = [edge('upload', 'clips', 'uploads', 'clips.upload'), edge('get', 'fn', 'uploads', 'lambda.reads'), edge('put', 'fn', 'thumbnails', 'lambda.writes')];
  const pictures = ({ trace }: Ran): readonly unknown[] => trace.filter(({ kind, resource }) => kind === 's3.ObjectCreated' && resource.endsWith(':thumbnails')).map(({ data }) => data['key']);

  it('makes a picture of a clip that S3 itself tells of, also when the key has a space', async () => {
    const ran = await run('thumbnailer', { nodes: [clips('my dog.mp4'), ...buckets, thumbnailer], edges: [...ways, edge('tell', 'uploads', 'fn', 's3.notification')] }, 60_000);
    expect(pictures(ran)).toEqual(['my dog.jpg']);
    expect(ran.lines).toEqual(['my dog.jpg is ready']);
    const made = ran.of('s3.ObjectCreated').find(({ key }) => key === 'my dog.jpg')!;
    expect(Number(made['size'])).toBeGreaterThan(1_000);
    expect(Number(made['size'])).toBeLessThan(SAMPLE_CLIP.size / 2);
  });

  it('makes one of a clip that EventBridge tells of', async () => {
    const bus = node('bus', 'events', [0, 0], { name: 'default' });
    const ran = await run('thumbnailer', { nodes: [clips('in/dog.mp4'), ...buckets, bus, thumbnailer], edges: [...ways, edge('created', 'uploads', 'bus', 's3.events'), edge('rule', 'bus', 'fn', 'events.rule', { EventPattern: '{"source":["aws.s3"],"detail":{"bucket":{"name":["uploads"]}}}' })] }, 60_000);
    expect(pictures(ran)).toEqual(['in/dog.jpg']);
  });
});

describe('the idempotent writer', () => {
  it('writes an order once that comes three times', async () => {
    const order = JSON.stringify({ id: 'o-1', item: 'lamp' });
    const nodes = [jobs, fn({ Environment: { TABLE: 'orders' } }), node('orders', 'dynamodb', [0, 0], { name: 'orders', TimeToLiveAttribute: 'expires' })];
    const ran = await run('idempotent-writer', { nodes, edges: [edge('poll', 'jobs', 'fn', 'lambda.event-source-mapping'), edge('write', 'fn', 'orders', 'lambda.writes')], stimuli: [send('a', order, 500, 5_000, 15_000)] }, 60_000);
    expect(ran.lines).toEqual(['o-1 is written', 'o-1 was written before', 'o-1 was written before']);
    expect(ran.of('sqs.MessageDeleted')).toHaveLength(3);
    expect(ran.of('lambda.InvocationFailed')).toEqual([]);
  });
});

describe('the batch with partial failures', () => {
  it('lets only what failed come back', async () => {
    const dead = node('dead', 'sqs', [0, 0], { name: 'dead' });
    const edges = [edge('poll', 'jobs', 'fn', 'lambda.event-source-mapping', { BatchSize: 10, MaximumBatchingWindowInSeconds: 2, ReportBatchItemFailures: true }), edge('redrive', 'jobs', 'dead', 'sqs.redrive', { maxReceiveCount: 2 })];
    const stimuli = [send('a', '{"id":"o-1","amount":5}', 500), send('b', '{"id":"o-2"}', 500), send('c', '{"id":"o-3","amount":7}', 500)];
    const ran = await run('partial-batch', { nodes: [jobs, fn(), dead], edges, stimuli }, 120_000);
    expect(ran.lines.filter((line) => line.includes('over')).toSorted()).toEqual(['order o-1 over 5', 'order o-3 over 7']);
    expect(ran.lines.filter((line) => line.includes('back'))).toEqual(Array.from({ length: 2 }, () => 'ID comes back: order o-2 has no amount'));
    expect(ran.of('sqs.MessageDeleted')).toHaveLength(2);
    expect(ran.of('sqs.DeadLetterArrived')).toHaveLength(1);
  });
});

describe('the fan-out', () => {
  const items = JSON.stringify({ items: Array.from({ length: 23 }, (_, n) => ({ n })) });
  const call: Stimulus = { id: 'call', node: 'fn', call: { service: 'lambda', operation: 'Invoke', input: { FunctionName: 'fn', InvocationType: 'Event', Payload: items } }, arrivals: { kind: 'list', atMs: [500] } };

  it('hands 23 items to a queue, ten to a call', async () => {
    const ran = await run('fan-out', { nodes: [jobs, fn({ Environment: { QUEUE_URL: url('jobs') } })], edges: [edge('send', 'fn', 'jobs', 'lambda.writes')], stimuli: [call] }, 20_000);
    expect(ran.lines).toEqual(['23 handed out']);
    expect(ran.of('sqs.MessageSent')).toHaveLength(23);
  });

  it('hands them to a topic', async () => {
    const topic = node('news', 'sns', [0, 0], { name: 'news' });
    const ran = await run('fan-out', { nodes: [topic, jobs, fn({ Environment: { TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:news' } })], edges: [edge('send', 'fn', 'news', 'lambda.writes'), edge('subscription', 'news', 'jobs', 'sns.subscription')], stimuli: [call] }, 20_000);
    expect(ran.of('sns.MessagePublished')).toHaveLength(23);
    expect(ran.of('sqs.MessageSent')).toHaveLength(23);
  });
});

describe('poison messages', () => {
  it('end in the dead letters after three receives, or aside at once', async () => {
    const nodes = [jobs, fn({ Environment: { ASIDE_URL: url('aside') } }), node('aside', 'sqs', [0, 0], { name: 'aside' }), node('dead', 'sqs', [0, 0], { name: 'dead' })];
    const edges = [edge('poll', 'jobs', 'fn', 'lambda.event-source-mapping', { BatchSize: 1 }), edge('redrive', 'jobs', 'dead', 'sqs.redrive', { maxReceiveCount: 3 }), edge('put', 'fn', 'aside', 'lambda.writes')];
    const ran = await run('poison', { nodes, edges, stimuli: [send('fine', '{"id":"o-1","amount":5}', 500), send('poison', '{"id":"o-2","amount":-1}', 1_000), send('nothing', 'hello', 1_500)] }, 120_000);
    expect(ran.lines.toSorted()).toEqual([expect.stringMatching(/^ID is set aside: Unexpected token/), 'order o-1 is done']);
    expect(ran.of('lambda.InvocationFailed').map(({ message }) => message)).toEqual([1, 2, 3].map((receive) => `order o-2 has the amount -1, at receive ${receive}`));
    expect(ran.of('sqs.DeadLetterArrived')).toHaveLength(1);
    expect(ran.trace.filter(({ kind, resource }) => kind === 'sqs.MessageSent' && resource.endsWith(':aside'))).toHaveLength(1);
  });
});

describe('what a template needs', () => {
  it.each(handlerTemplates.map((one) => [one.title, one] as const))('is missing around a new function: %s', (_, { needs }) => {
    const bare = node('fn', 'lambda', [0, 0], { name: 'fn' }, { 'index.mjs': '' });
    const { base } = template({ id: 't', title: 't', summary: '', nodes: [bare] }).document;
    expect(unmet(needs, bare, base)).toEqual(needs.map(({ words }) => words));
  });
});

describe('the editor', () => {
  it('finds no mistake in a template', () => {
    const types = Object.fromEntries(['runtime', 'sdk-base', 'sdk-clients'].map((name) => [`/${name}.d.ts`, readFileSync(join(import.meta.dirname, `../monaco/types/${name}.txt`), 'utf8')]));
    const texts = Object.fromEntries([...code].map(([id, text]) => [`/${id}.mjs`, text]));
    const checker = checkerOf({ ...types, ...texts, '/mistaken.mjs': code.get('fan-out')!.replace('QueueUrl:', 'Queue:') }, COMPILER_OPTIONS);
    expect(Object.keys(texts).flatMap((name) => checker.errors(name))).toEqual([]);
    expect(checker.errors('/mistaken.mjs')).toHaveLength(1);
  });
});
