/** EventBridge on the canvas: a bus, and its rules as connections to their targets. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ScenarioNode } from '../../../sim/manifest.ts';
import { BILLED_CHUNK_BYTES } from './limits.ts';
import { metricsOf } from './metrics.ts';
import { deadLetterEdge, ruleEdge } from './rule-edges.ts';

const config = z.object({
  name: z
    .string()
    .regex(/^[/.\-_A-Za-z0-9]{1,256}$/, 'A bus name has 1 to 256 letters, digits, . - _ or /.')
    .meta({ label: 'Name', group: 'Bus', help: 'The bus named default gets the events of AWS services.' }),
});

const isDefault = (node: ScenarioNode): boolean => node.config['name'] === 'default';

export const manifest = defineManifest({
  id: 'events',
  title: 'EventBridge bus',
  noun: 'Event bus',
  summary: 'Takes events and hands each to whoever has a rule for it.',
  family: 'event',
  icon: 'bus',
  shortcut: 'E',
  paletteOrder: 20,
  config,
  nameBase: 'default',
  provides: ['target', 'api'],
  arn: (own, at) => `arn:aws:events:${at.region}:${at.account}:event-bus/${String(own['name'])}`,
  owns: (own, arn) => {
    const rule = /:rule\/(?:(.+)\/)?[^/]+$/.exec(arn);
    return rule !== null && (rule[1] ?? 'default') === own['name'];
  },
  load: { operation: 'PutEvents', aim: ({ Entries = [{}] }, arn) => ({ Entries: (Entries as readonly object[]).map((entry) => ({ ...entry, EventBusName: arn.split('/')[1] })) }) },
  edges: [ruleEdge, deadLetterEdge],
  lentRole: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
  refusals: [{ fromService: 'events', toService: 's3', sentence: 'A rule has no bucket as a target. Put a function between them that writes the object.' }],
  deploy: (node) => (isDefault(node) ? [] : [{ service: 'events', operation: 'CreateEventBus', input: { Name: node.config['name'] } }]),
  update: (before, after) => (before.config['name'] === after.config['name'] ? [] : null),
  remove: (node) => (isDefault(node) ? [] : [{ service: 'events', operation: 'DeleteEventBus', input: { Name: node.config['name'] } }]),
  resourcePolicy: (node, _, after) => [
    after.length === 0
      ? { service: 'events', operation: 'RemovePermission', input: { EventBusName: node.config['name'], RemoveAllPermissions: true } }
      : { service: 'events', operation: 'PutPermission', input: { EventBusName: node.config['name'], Policy: JSON.stringify({ Version: '2012-10-17', Statement: after }) } },
  ],
  prices: {
    custom: { label: 'EventBridge custom events', usd: 1 / 1_000_000, source: 'aws/eventbridge.md §14: $1.00 a million custom events, each 64 KB one; events of AWS services are free' },
    archived: { label: 'EventBridge archive, bytes', usd: 0.1 / 1e9, source: 'aws/eventbridge.md §14: $0.10 a GB that an archive takes' },
    replayed: { label: 'EventBridge replayed events', usd: 1 / 1_000_000, source: 'aws/eventbridge.md §14: replay $1.00 a million events' },
  },
  cost: (event) => {
    if (event.kind === 'events.EventArchived') return [{ unit: 'archived', quantity: Number(event.data['bytes']) }];
    if (event.kind !== 'events.EventReceived') return [];
    if (event.data['replay'] !== undefined) return [{ unit: 'replayed', quantity: 1 }];
    const bytes = Number(event.data['bytes'] ?? 0);
    return bytes === 0 ? [] : [{ unit: 'custom', quantity: Math.ceil(bytes / BILLED_CHUNK_BYTES) }];
  },
  metrics: metricsOf,
  timeline: (event) => {
    if (event.kind === 'events.Unmatched') return [{ kind: 'mark', resource: event.resource, lane: 'events', mark: 'dropped', label: 'no rule' }];
    if (event.kind === 'events.DeadLettered') return [{ kind: 'mark', resource: event.resource, lane: 'events', mark: 'dead-letter', label: String(event.data['error']) }];
    if (event.kind === 'events.EventDropped') return [{ kind: 'mark', resource: event.resource, lane: 'events', mark: 'dropped', label: 'dropped' }];
    return [];
  },
  simplified: [
    'The wait between retries of a delivery is ours, 1 s doubling to 10 minutes with jitter: AWS publishes no curve.',
    'The bus named default is always there, also when it is not on the canvas.',
    'A delivery takes a log-normal time with median 60 ms: AWS publishes no distribution.',
    'A schedule fires at the start of its minute; AWS fires some seconds into it, and may fire twice.',
    'Each delivery is made once when it succeeds; AWS promises at least once.',
    'This is the default bus and the custom bus that AWS now calls Classic; the newer kind of custom bus, pipes, API destinations, schema discovery and global endpoints are not modelled.',
    'A bus in another account or Region is not modelled.',
    'Texts of refusals that were not recorded are recalled, or as others have quoted them; their names are AWS’s.',
    'What an archive keeps is not on the bill ($0.023 a GB and month on AWS), what it takes is.',
  ],
});
