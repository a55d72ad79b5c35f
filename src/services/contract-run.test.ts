/** What every service must keep while it runs: documented events with causes, plain summaries, a past that can be put back, bills and metrics that add up. */
import { createElement } from 'react';
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ApiCall, ScenarioNode } from '../sim/manifest.ts';
import { traceHash } from '../sim/trace-hash.ts';
import { simTime } from '../sim/units.ts';
import { World } from '../sim/world.ts';
import { manifestById, manifests } from './manifests.ts';
import { models } from './models.ts';
import { createTestWorld } from './testing.ts';
import type { TestWorld } from './testing.ts';
import type { InspectorTabProps } from './view-contract.ts';
import { viewById } from './views.ts';

const AT = 'us-east-1:000000000000';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000';
const ROLE = 'arn:aws:iam::000000000000:role/worker-role';
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
const allow = (action: string, resource = '*'): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: resource }] });

/** What a service brings for the run from its own folder: `model/run-example.ts`. */
const examples = Object.values(import.meta.glob<{ readonly runExample: readonly ApiCall[] }>('./*/model/run-example.ts', { eager: true })).flatMap((file) => file.runExample);

/** One of everything: clips into a bucket, notifications and events, rules that match and that do not, queues, a function that fails now and then, logs, a denial. */
function build(seed = 11): TestWorld {
  const cloud = createTestWorld({ seed });
  const queue = (name: string, attributes: object = {}): void => void cloud.send('sqs', 'CreateQueue', { QueueName: name, Attributes: { Policy: allow('sqs:SendMessage'), ...attributes } });
  queue('dlq');
  queue('jobs', { VisibilityTimeout: '6', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${AT}:dlq`, maxReceiveCount: '2' }) });
  queue('direct', { DelaySeconds: '1' });
  cloud.send('iam', 'CreateRole', { RoleName: 'worker-role', AssumeRolePolicyDocument: TRUST });
  cloud.send('iam', 'AttachRolePolicy', { RoleName: 'worker-role', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole' });
  cloud.send('lambda', 'CreateFunction', { FunctionName: 'worker', Role: ROLE, Timeout: 1, Code: { synthetic: { initMs: { kind: 'const', value: 120 }, durationMs: { kind: 'exp', mean: 60 }, errorRate: 0.4 } } });
  cloud.advance(10_000);
  cloud.send('lambda', 'CreateEventSourceMapping', { FunctionName: 'worker', EventSourceArn: `arn:aws:sqs:${AT}:jobs`, BatchSize: 1 });
  cloud.advance(60_000);
  cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  cloud.send('s3', 'PutBucketNotificationConfiguration', { Bucket: 'uploads', NotificationConfiguration: { QueueConfigurations: [{ QueueArn: `arn:aws:sqs:${AT}:direct`, Events: ['s3:ObjectCreated:*'] }], EventBridgeConfiguration: {} } });
  cloud.send('events', 'PutRule', { Name: 'new-clip', EventPattern: '{"source":["aws.s3"],"detail":{"object":{"key":[{"suffix":".mp4"}]}}}' });
  cloud.send('events', 'PutTargets', { Rule: 'new-clip', Targets: [{ Id: 'jobs', Arn: `arn:aws:sqs:${AT}:jobs` }, { Id: 'gone', Arn: `arn:aws:sqs:${AT}:gone`, DeadLetterConfig: { Arn: `arn:aws:sqs:${AT}:dlq` } }] });
  cloud.send('events', 'PutRule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
  cloud.send('events', 'PutTargets', { Rule: 'tick', Targets: [{ Id: 'direct', Arn: `arn:aws:sqs:${AT}:direct` }] });
  const clips = ['dog.mp4', 'notes.txt', 'cat.mp4', 'cow.mp4', 'owl.mp4', 'fox.mp4'].map((key, i) => ({ clip: 'broken', key, atMs: 71_000 + i * 900 }));
  cloud.send('clips', 'SetUploads', { NodeName: 'Clips', Bucket: 'uploads', Clips: clips });
  cloud.send('dynamodb', 'CreateTable', { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }] });
  cloud.send('logs', 'CreateLogGroup', { logGroupName: '/app' });
  cloud.send('logs', 'CreateLogStream', { logGroupName: '/app', logStreamName: 'one' });
  cloud.send('logs', 'PutLogEvents', { logGroupName: '/app', logStreamName: 'one', logEvents: [{ timestamp: 1_767_225_600_000, message: 'ready' }] });
  cloud.send('monitoring', 'PutMetricData', { Namespace: 'App', MetricData: [{ MetricName: 'Ready', Value: 1 }] });
  return cloud;
}

/** The second half: what services bring themselves, a denial, a redrive, objects that go. */
function finish(cloud: TestWorld): void {
  for (const { service, operation, input } of examples) cloud.send(service, operation, input);
  cloud.advance(90_000);
  cloud.failure('s3', 'PutObject', { Bucket: 'uploads', Key: 'x', Body: 'x' }, ROLE);
  cloud.send('sqs', 'StartMessageMoveTask', { SourceArn: `arn:aws:sqs:${AT}:dlq`, DestinationArn: `arn:aws:sqs:${AT}:direct` });
  cloud.send('s3', 'DeleteObject', { Bucket: 'uploads', Key: 'dog.mp4' });
  const order = { TableName: 'orders', Item: { id: { S: 'o-17' }, qty: { N: '2' } }, ConditionExpression: 'attribute_not_exists(id)' };
  cloud.send('dynamodb', 'PutItem', order);
  cloud.failure('dynamodb', 'PutItem', order);
  cloud.send('dynamodb', 'GetItem', { TableName: 'orders', Key: { id: { S: 'o-17' } } });
  cloud.send('sqs', 'ReceiveMessage', { QueueUrl: `${URL}/direct`, MaxNumberOfMessages: 10 });
  cloud.advance(60_000);
}

const cloud = build();
finish(cloud);
const { events } = cloud.world.trace;
const kinds = new Map(models.flatMap((model) => Object.entries(model.traceKinds)));
const own = events.filter((event) => !event.kind.startsWith('sim.'));

describe('the trace of a run', () => {
  it('has something of every service', () => {
    expect([...new Set(own.map((event) => event.kind.split('.')[0]!))].toSorted()).toEqual(models.map(({ id }) => id).toSorted());
    expect(new Set(own.map((event) => event.kind)).size).toBeGreaterThan(30);
  });

  it('holds documented kinds only, each with the data that its sentence names', () => {
    const lacking = own.flatMap((event) => {
      const kind = kinds.get(event.kind);
      if (kind === undefined) return [`${event.kind} is not documented`];
      return [...kind.sentence.matchAll(/\{(\w+)(?::th)?\}/g)].flatMap(([, field]) => (field === 'resource' || event.data[field!] !== undefined ? [] : [`${event.kind} has no ${field}`]));
    });
    expect([...new Set(lacking)]).toEqual([]);
  });

  it('names a cause for everything that is no root, and never a later one', () => {
    const rootless = own.filter((event) => event.cause.length === 0 && !kinds.get(event.kind)?.root);
    expect([...new Set(rootless.map((event) => event.kind))]).toEqual([]);
    expect(events.filter((event) => event.cause.some((cause) => cause >= event.seq))).toEqual([]);
  });

  it('can be hashed: whole numbers, texts and lists only', () => expect(traceHash(events)).toMatch(/^[0-9a-f]{64}$/));
});

describe.each(models.map((model) => [model.id, model] as const))('what exists in %s', (id, model) => {
  const context = cloud.world.context(id);
  const arns = model.resources(context);

  it('has ARNs of its own, each once, and a summary for each that is plain data', () => {
    expect(arns.length).toBeGreaterThan(0);
    expect(new Set(arns).size).toBe(arns.length);
    for (const arn of arns) {
      expect(arn).toMatch(new RegExp(`^arn:aws:${id}:`));
      const summary = model.summarize(context, arn);
      expect(summary, arn).toBeDefined();
      expect(structuredClone(summary)).toStrictEqual(summary);
      expect(JSON.parse(JSON.stringify(summary)), arn).toStrictEqual(summary);
    }
  });

  it('has no summary for what does not exist', () => expect(model.summarize(context, `arn:aws:${id}:${AT}:never-made`)).toBeUndefined());
});

describe('a snapshot', () => {
  it('put back into a fresh world gives the same run to its end', () => {
    const through = build();
    through.advance(5_000);
    const snapshot = through.world.snapshot();
    through.advance(60_000);
    const whole = through.hash();
    expect(through.world.trace.events.length).toBeGreaterThan(snapshot.traceLength + 50);
    const again = new World(through.world.options);
    for (const event of through.world.trace.events.slice(0, snapshot.traceLength)) again.trace.append(event);
    again.restore(snapshot);
    again.runTo(simTime(snapshot.now + 60_000_000));
    expect(traceHash(again.trace.events)).toBe(whole);
    // And the world that it was taken from, put back, goes the same way.
    through.world.restore(snapshot);
    through.world.runTo(simTime(snapshot.now + 60_000_000));
    expect(through.hash()).toBe(whole);
  });

  it('is not needed for an equal run: the same calls and seed give the same trace, another seed another one', () => {
    const [same, other] = [build(), build(12)];
    for (const second of [same, other]) finish(second);
    expect(same.hash()).toBe(cloud.hash());
    expect(other.hash()).not.toBe(cloud.hash());
  });
});

describe.each(manifests.map((manifest) => [manifest.id, manifest] as const))('what %s reads from a trace', (_, manifest) => {
  it('costs whole quantities of units that have a price', () => {
    for (const event of own) {
      for (const { unit, quantity } of manifest.cost(event)) {
        expect(Object.keys(manifest.prices), event.kind).toContain(unit);
        expect(Number.isInteger(quantity) && quantity > 0, `${event.kind} ${unit} ${quantity}`).toBe(true);
      }
    }
  });

  it('gives finite metrics and a timeline of resources that have an ARN', () => {
    for (const event of own) {
      for (const { value, namespace } of manifest.metrics(event)) {
        expect(Number.isFinite(value)).toBe(true);
        expect(namespace).toMatch(/^AWS\//);
      }
      for (const change of manifest.timeline?.(event) ?? []) {
        expect(change.resource).toMatch(/^arn:aws:/);
        if (change.kind === 'level') expect(Number.isFinite(change.value), `${event.kind} ${change.series}`).toBe(true);
      }
    }
  });
});

const tabFiles = import.meta.glob<Readonly<Record<string, unknown>>>('./*/view/*-tab.tsx', { eager: true });
/** Every tab of a service as it is without lazy loading: the exported component whose name ends in Tab. */
function tabsOf(service: string): readonly [string, ComponentType<InspectorTabProps>][] {
  return Object.entries(tabFiles)
    .filter(([path]) => path.startsWith(`./${service}/`))
    .flatMap(([, module]) => Object.entries(module).filter(([name]) => name.endsWith('Tab')) as [string, ComponentType<InspectorTabProps>][]);
}
const unused = (): never => {
  throw new Error('drawing a tab calls nothing');
};

/** The nodes of the scenario above, as a canvas would have them. */
const nodes: readonly ScenarioNode[] = [
  ['clips', 'Clips'],
  ['s3', 'uploads'],
  ['events', 'default'],
  ['sqs', 'jobs'],
  ['sqs', 'dlq'],
  ['sqs', 'direct'],
  ['lambda', 'worker'],
  ['dynamodb', 'orders'],
].map(([service, name]) => ({ id: name!, service: service!, config: manifestById.get(service!)!.config.parse({ name }), position: { x: 0, y: 0 } }));

describe.each(nodes.map((node) => [node.id, node] as const))('the card of %s', (name, node) => {
  const view = viewById.get(node.service)!;
  const arn = manifestById.get(node.service)!.arn(node.config, { account: '000000000000', region: 'us-east-1' });
  const summary = cloud.world.models.get(node.service)!.summarize(cloud.world.context(node.service), arn);

  it('is drawn in its three forms, with and without a summary', () => {
    expect(summary).toBeDefined();
    for (const form of ['far', 'mid', 'near'] as const) {
      for (const shown of [summary, undefined]) {
        const markup = renderToStaticMarkup(createElement(view.Card, { node, summary: shown, nowUs: cloud.world.now, form, thumbnail: () => undefined }));
        if (form !== 'far') expect(markup.replace(/<[^>]+>/g, '').trim(), form).not.toBe('');
        expect(markup).not.toMatch(/NaN|undefined|\[object/);
      }
    }
  });

  it('has tabs that are drawn, with and without a summary', () => {
    const tabs = tabsOf(node.service);
    expect(tabs.length).toBe(view.tabs.length);
    for (const [tab, Tab] of tabs) {
      for (const shown of [summary, undefined]) {
        const doors = { send: unused, read: unused, follow: unused, seek: unused, openBlob: unused, arnOf: () => arn, nodeByArn: () => undefined, lifeOf: () => [], thumbnail: () => undefined };
        const markup = renderToStaticMarkup(createElement(Tab, { node, summary: shown, nowUs: cloud.world.now, form: 'mid', ...doors }));
        expect(markup.replace(/<[^>]+>/g, '').trim(), tab).not.toBe('');
        expect(markup, tab).not.toMatch(/NaN|undefined|\[object/);
      }
    }
  });

  it('is said in one sentence that begins with its name', () => {
    expect(view.describe(node, summary)).toMatch(new RegExp(`^${name}, .*\\. .+[^.]$`));
    expect(view.head?.(node, summary).fact ?? '').not.toMatch(/NaN|undefined/);
  });
});
