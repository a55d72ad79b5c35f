/** The counter service on the canvas: its settings, and the calls that make, change and remove it. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';

const STEP = 'A step is 1 to 1,000.';
const config = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'A counter name has 1 to 64 letters, digits, - or _.')
    .meta({ label: 'Name', group: 'Counter' }),
  StepMax: z.int('Steps are whole numbers.').min(1, STEP).max(1_000, STEP).default(10).meta({ label: 'Largest step', group: 'Counter', help: 'A count by more than this is refused.' }),
});

export const manifest = defineManifest({
  id: 'template',
  title: 'Counter',
  noun: 'Counter',
  summary: 'Counts how often it is asked to.',
  family: 'client',
  icon: 'table',
  paletteOrder: 990,
  config,
  nameBase: 'counter',
  provides: ['api'],
  arn: (own, at) => `arn:aws:template:${at.region}:${at.account}:counter/${String(own['name'])}`,
  edges: [],
  deploy: (node) => [{ service: 'template', operation: 'CreateCounter', input: { Name: node.config['name'], StepMax: node.config['StepMax'] } }],
  update: (before, after) => {
    if (before.config['name'] !== after.config['name']) return null;
    return before.config['StepMax'] === after.config['StepMax'] ? [] : [{ service: 'template', operation: 'UpdateCounter', input: { Name: after.config['name'], StepMax: after.config['StepMax'] } }];
  },
  remove: (node) => [{ service: 'template', operation: 'DeleteCounter', input: { Name: node.config['name'] } }],
  prices: {},
  cost: () => [],
  metrics: () => [],
  timeline: (event) => (event.kind === 'template.Counted' ? [{ kind: 'level', resource: event.resource, series: 'value', value: Number(event.data['value']) }] : []),
  simplified: ['Nobody can read the counters of a run that is over.'],
});
