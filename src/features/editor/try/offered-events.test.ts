/** Examples of events: of the shapes that AWS's types describe, with what is really there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestsById } from '../../../scenario/environment.ts';
import type { ScenarioBase, ScenarioEdgeDocument, ScenarioNodeDocument } from '../../../scenario/schema.ts';
import { EMPTY_BASE } from '../../../scenario/scenario.store.ts';
import { videoPipeline } from '../../../scenario/templates/video-pipeline/template.ts';
import { manifests } from '../../../services/manifests.ts';
import { viewById } from '../../../services/views.ts';
import { COMPILER_OPTIONS } from '../monaco/compiler-options.ts';
import { checkerOf } from '../monaco/types/testing/typescript.ts';
import { eventTypes, loadCatalogue, offeredEvents } from './offered-events.ts';
import type { EventCatalogue, OfferedEvent } from './offered-events.ts';

const known = manifestsById(manifests);
let catalogue: EventCatalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue(viewById);
});

const node = (id: string, service: string, config: ScenarioNodeDocument['config'] = {}): ScenarioNodeDocument => ({ id, service, config: { name: id, ...config }, position: { x: 0, y: 0 } });
const edge = (from: string, to: string, port: string, config: ScenarioEdgeDocument['config'] = {}): ScenarioEdgeDocument => ({ id: `${from}-${to}`, from, to, port, config, grant: true });
const offered = (design: ScenarioBase, nodeId: string, summaries: Readonly<Record<string, object>> = {}): readonly OfferedEvent[] => offeredEvents({ design, manifests: known, catalogue, summaries, shownUs: 5_000_000 }, nodeId);
const design = (nodes: readonly ScenarioNodeDocument[], edges: readonly ScenarioEdgeDocument[]): ScenarioBase => ({ ...EMPTY_BASE, nodes: [...nodes], edges: [...edges] });
const fn = node('fn', 'lambda');

describe('events to try a function with', () => {
  it('begin with what is connected: an SQS message with the very event that bus and bucket put in it', () => {
    const key = 'in/holiday clip.mp4';
    const uploads = { newest: [{ key, size: 7, sha256: 'ab'.repeat(32) }] };
    const [first] = offered(videoPipeline.document.base, 'transcode', { 'arn:aws:s3:::uploads': uploads });
    expect(first).toMatchObject({ label: 'SQS message from jobs', connected: true, type: 'SQSEvent' });
    const { Records } = JSON.parse(first!.text) as { Records: { body: string; eventSourceARN: string }[] };
    expect(Records[0]!.eventSourceARN).toBe('arn:aws:sqs:us-east-1:000000000000:jobs');
    expect(JSON.parse(Records[0]!.body)).toMatchObject({ source: 'aws.s3', 'detail-type': 'Object Created', detail: { bucket: { name: 'uploads' }, object: { key, size: 7 } } });
  });

  it('encode a key as S3 does in a notification', () => {
    const [first] = offered(design([node('uploads', 's3'), fn], [edge('uploads', 'fn', 's3.notification')]), 'fn', { 'arn:aws:s3:::uploads': { newest: [{ key: 'a b/c.mp4', size: 1, sha256: '00'.repeat(32) }] } });
    expect(first).toMatchObject({ label: 'S3 notification from uploads', type: 'S3Event' });
    expect(JSON.parse(first!.text)).toMatchObject({ Records: [{ s3: { object: { key: 'a+b/c.mp4' } } }] });
  });

  it('fit the pattern of the rule that brings them', () => {
    const EventPattern = JSON.stringify({ source: ['shop.orders'], 'detail-type': [{ prefix: 'Order' }], detail: { total: [{ numeric: ['>', 100] }], customer: { tier: ['gold'] }, note: [{ exists: false }] } });
    const [first] = offered(design([node('default', 'events'), fn], [edge('default', 'fn', 'events.rule', { EventPattern })]), 'fn');
    const event = JSON.parse(first!.text) as { readonly detail: Readonly<Record<string, unknown>> };
    expect(event).toMatchObject({ source: 'shop.orders', 'detail-type': 'OrderPlaced', detail: { customer: { tier: 'gold' } } });
    expect(event.detail['note']).toBeUndefined();
  });

  it('carry a topic\'s message to a function as a record, to a queue as an envelope', () => {
    const nodes = [node('topic', 'sns'), node('jobs', 'sqs'), fn, node('direct', 'lambda')];
    const both = design(nodes, [edge('topic', 'jobs', 'sns.subscription'), edge('jobs', 'fn', 'lambda.event-source-mapping'), edge('topic', 'direct', 'sns.subscription')]);
    expect(JSON.parse(offered(both, 'direct')[0]!.text)).toMatchObject({ Records: [{ EventSource: 'aws:sns', Sns: { Type: 'Notification', SigningCertUrl: expect.any(String) as string } }] });
    const { Records } = JSON.parse(offered(both, 'fn')[0]!.text) as { Records: { body: string }[] };
    expect(JSON.parse(Records[0]!.body)).toMatchObject({ Type: 'Notification', SigningCertURL: expect.any(String) as string });
  });

  it('come to an end where the way is a ring', () => {
    const ring = design([node('a', 'events'), node('b', 'events'), fn], [edge('a', 'b', 'events.rule'), edge('b', 'a', 'events.rule'), edge('a', 'fn', 'events.rule')]);
    expect(offered(ring, 'fn')[0]).toMatchObject({ label: 'EventBridge event from a' });
  });

  it('name the types of the connections, each once', () => {
    expect(eventTypes({ design: videoPipeline.document.base, catalogue }, 'transcode')).toEqual(['SQSEvent']);
    expect(eventTypes({ design: design([fn], []), catalogue }, 'fn')).toEqual([]);
  });

  it('are all of the shapes that the types of AWS Lambda describe', () => {
    const folder = join(import.meta.dirname, '../../../../node_modules/@types/aws-lambda');
    const files = Object.fromEntries(
      (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.d.ts')).map((name) => [`/node_modules/@types/aws-lambda/${name}`, readFileSync(join(folder, name), 'utf8')]),
    );
    const events = offered(design([fn], []), 'fn');
    expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(['sqs.message', 'sqs.batch', 's3.notification', 's3.object-created', 'events.rule', 'sns.message', 'scheduler.call', 'dynamodb.change', 'empty']));
    const runtime = readFileSync(join(import.meta.dirname, '../monaco/types/runtime.txt'), 'utf8');
    const code = events.map(({ type, text }, at) => (type === 'any' ? '' : `export const event${at}: import('/node_modules/@types/aws-lambda/index').${type} = ${text};`)).join('\n');
    // The types ask for a version id, which only buckets with versioning send.
    expect(checkerOf({ ...files, '/runtime.d.ts': runtime, '/examples.ts': code }, COMPILER_OPTIONS).errors('/examples.ts')).toEqual([expect.stringMatching(/"version-id"' is missing in type/)]);
  });
});
