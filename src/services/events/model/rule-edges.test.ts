/** Rules drawn on the canvas: what they deploy for targets that want more than a permission, and what is left when they go. */
import { describe, expect, it } from 'vitest';
import { editSteps } from '../../../scenario/deploy.ts';
import type { Design } from '../../../scenario/environment.ts';
import { manifests } from '../../manifests.ts';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const byId = new Map(manifests.map((manifest) => [manifest.id, manifest]));
const place = { account: '000000000000', region: 'us-east-1' };
const node = (id: string, service: string, config: Record<string, string | boolean>) => ({ id, service, config, position: { x: 0, y: 0 } });
const buses = [node('one', 'events', { name: 'one' }), node('two', 'events', { name: 'two' })];
const rule = (id: string, from: string, to: string, grant = true) => ({
  id,
  from,
  to,
  port: 'events.rule',
  config: { Name: id, EventPattern: '{"source":["shop"]}' },
  grant,
});
const EMPTY: Design = { nodes: [], edges: [] };

function change(cloud: TestWorld, before: Design, after: Design): void {
  for (const { call } of editSteps(before, after, byId, place)) cloud.send(call.service, call.operation, call.input);
}
function put(cloud: TestWorld, EventBusName: string): void {
  cloud.send('events', 'PutEvents', { Entries: [{ Source: 'shop', DetailType: 'x', Detail: '{"n":1}', EventBusName }] });
  cloud.untilIdle();
}
const roles = (cloud: TestWorld): unknown[] => (cloud.send('iam', 'ListRoles')['Roles'] as { RoleName: string }[]).map(({ RoleName }) => RoleName);
const receivedBy = (cloud: TestWorld, bus: string): number =>
  cloud.events('events.EventReceived').filter(({ resource }) => resource.endsWith(`event-bus/${bus}`)).length;

describe('a rule from bus to bus on the canvas', () => {
  const joined: Design = { nodes: buses, edges: [rule('pass', 'one', 'two')] };

  it('brings the role that it needs, and the event arrives', () => {
    const cloud = createTestWorld();
    change(cloud, EMPTY, joined);
    put(cloud, 'one');
    expect([roles(cloud), receivedBy(cloud, 'two')]).toEqual([['one-role'], 1]);
  });

  it('is refused the event when the permission is taken away, and gets it again', () => {
    const cloud = createTestWorld();
    const bare: Design = { nodes: buses, edges: [rule('pass', 'one', 'two', false)] };
    change(cloud, EMPTY, bare);
    put(cloud, 'one');
    expect(cloud.events('events.EventDropped').map(({ data }) => data['error'])).toEqual(['AccessDeniedException']);
    change(cloud, bare, joined);
    put(cloud, 'one');
    expect(receivedBy(cloud, 'two')).toBe(1);
    change(cloud, joined, bare);
    put(cloud, 'one');
    expect([roles(cloud), receivedBy(cloud, 'two')]).toEqual([[], 1]);
  });

  it('can be added to a bus that is there, beside another, and takes the role with it when it is the last', () => {
    const cloud = createTestWorld();
    const alone: Design = { nodes: buses, edges: [] };
    const twice: Design = { nodes: buses, edges: [rule('pass', 'one', 'two'), rule('too', 'one', 'two')] };
    const left: Design = { nodes: buses, edges: [rule('too', 'one', 'two')] };
    const steps: readonly (readonly [Design, Design, unknown[]])[] = [
      [EMPTY, alone, []],
      [alone, joined, ['one-role']],
      [joined, twice, ['one-role']],
      [twice, left, ['one-role']],
      [left, alone, []],
      [alone, joined, ['one-role']],
      [joined, { nodes: buses.slice(1), edges: [] }, []],
    ];
    for (const [before, after, expected] of steps) {
      change(cloud, before, after);
      expect(roles(cloud)).toEqual(expected);
    }
  });
});

describe('a rule to a FIFO queue on the canvas', () => {
  it('sends its events in one message group', () => {
    const cloud = createTestWorld();
    const nodes = [buses[0]!, node('line', 'sqs', { name: 'line.fifo', FifoQueue: true, ContentBasedDeduplication: true })];
    change(cloud, EMPTY, { nodes, edges: [rule('in', 'one', 'line')] });
    put(cloud, 'one');
    const [message] = cloud.send('sqs', 'ReceiveMessage', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/line.fifo', AttributeNames: ['All'] })[
      'Messages'
    ] as { Attributes: Record<string, string> }[];
    expect(message?.Attributes['MessageGroupId']).toBe('events');
  });
});
