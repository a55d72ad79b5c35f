/** A dead-letter queue drawn beside a bus: what the connection deploys, for which rules, and what is left when it goes. */
import { describe, expect, it } from 'vitest';
import { connectAnswer } from '../../../scenario/legal-edges.ts';
import { editSteps } from '../../../scenario/deploy.ts';
import type { Design } from '../../../scenario/environment.ts';
import { manifests } from '../../manifests.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const byId = new Map(manifests.map((manifest) => [manifest.id, manifest]));
const place = { account: '000000000000', region: 'us-east-1' };
const node = (id: string, service: string, name: string) => ({ id, service, config: { name }, position: { x: 0, y: 0 } });
const nodes = [node('bus', 'events', 'default'), node('jobs', 'sqs', 'jobs'), node('dead', 'sqs', 'dead')];
const edge = (id: string, to: string, port: string, config: Record<string, string>, grant = true) => ({ id, from: 'bus', to, port, config, grant });
const rule = (id: string, name: string, grant = true) => edge(id, 'jobs', 'events.rule', { Name: name, EventPattern: '{"source":["shop"]}' }, grant);

function change(cloud: TestWorld, before: Design, after: Design): void {
  for (const { call } of editSteps(before, after, byId, place)) cloud.send(call.service, call.operation, call.input);
}
const EMPTY: Design = { nodes: [], edges: [] };
const deadLetterArns = (cloud: TestWorld, name: string): unknown[] => (cloud.send('events', 'ListTargetsByRule', { Rule: name })['Targets'] as { DeadLetterConfig?: { Arn: string } }[]).map((target) => target.DeadLetterConfig?.Arn);
const DEAD = 'arn:aws:sqs:us-east-1:000000000000:dead';

describe('the dead-letter queue of a bus on the canvas', () => {
  it('takes what a rule without permission cannot deliver', () => {
    const cloud = createTestWorld();
    change(cloud, EMPTY, { nodes, edges: [rule('r', 'new-clip', false), edge('d', 'dead', 'events.dead-letter', {})] });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
    cloud.untilIdle();
    expect(cloud.events('events.DeadLettered').map(({ data }) => [data['queue'], data['error']])).toEqual([[DEAD, 'NO_PERMISSIONS']]);
  });

  it('loses them when the grant of the connection is taken away', () => {
    const cloud = createTestWorld();
    change(cloud, EMPTY, { nodes, edges: [rule('r', 'new-clip', false), edge('d', 'dead', 'events.dead-letter', {}, false)] });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{}' }] });
    cloud.untilIdle();
    expect(cloud.events('events.DeadLetterFailed').length).toBe(1);
  });

  it('is for every rule or for the one it names, and goes with its connection', () => {
    const cloud = createTestWorld();
    const rules = [rule('a', 'one'), rule('b', 'two')];
    const all: Design = { nodes, edges: [...rules, edge('d', 'dead', 'events.dead-letter', {})] };
    const named: Design = { nodes, edges: [...rules, edge('d', 'dead', 'events.dead-letter', { Rule: 'two' })] };
    const none: Design = { nodes, edges: rules };
    const both = (): unknown[] => ['one', 'two'].flatMap((name) => deadLetterArns(cloud, name));
    change(cloud, EMPTY, all);
    expect(both()).toEqual([DEAD, DEAD]);
    change(cloud, all, named);
    expect(both()).toEqual([undefined, DEAD]);
    change(cloud, named, none);
    expect(both()).toEqual([undefined, undefined]);
    change(cloud, none, { nodes: nodes.slice(1), edges: [] });
    expect(cloud.send('events', 'ListRules')['Rules']).toEqual([]);
  });

  it('makes no rule anew when bus and connections are taken away together', () => {
    const cloud = createTestWorld();
    const whole: Design = { nodes, edges: [rule('a', 'one'), edge('d', 'dead', 'events.dead-letter', {})] };
    change(cloud, EMPTY, whole);
    change(cloud, whole, { nodes: nodes.slice(1), edges: [] });
    expect(cloud.send('events', 'ListRules')['Rules']).toEqual([]);
  });

  it('needs a rule first: before that a bus and a queue have one connection only', () => {
    const ports = (edges: Design['edges']): string[] => connectAnswer('bus', 'dead', { nodes, edges }, byId).options.map(({ edgeType }) => edgeType.id);
    expect(ports([])).toEqual(['events.rule']);
    expect(ports([rule('a', 'one')])).toEqual(['events.rule', 'events.dead-letter']);
  });

  it('hands the parts of an event over that the connection asks for', () => {
    const cloud = createTestWorld();
    const shaped = edge('r', 'jobs', 'events.rule', { Name: 'short', EventPattern: '{"source":["shop"]}', InputTemplate: '{"order":<id>}', InputPathsMap: '{"id":"$.detail.id"}' });
    change(cloud, EMPTY, { nodes, edges: [shaped] });
    cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{"id":"o-17"}' }] });
    cloud.untilIdle();
    const [message] = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs' })['Messages'] as { Body: string }[];
    expect(message?.Body).toBe('{"order":"o-17"}');
  });
});
