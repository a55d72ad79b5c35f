/** A partner host on the canvas: a name on the internet with answers that the visitor writes. */
import { z } from 'zod';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, ScenarioNode } from '../../../sim/manifest.ts';
import { hostName, partnerSettings } from './settings.ts';

const config = z.object({
  name: hostName.meta({ label: 'Host name', group: 'Host', help: 'What a handler fetches: https://api.partner.example/orders.' }),
  ...partnerSettings,
});

const MEMBERS = Object.keys(partnerSettings);
const settings = (node: ScenarioNode): Readonly<Record<string, unknown>> => Object.fromEntries(MEMBERS.flatMap((member) => (node.config[member] === undefined ? [] : [[member, node.config[member]]])));
const partner = (operation: string, node: ScenarioNode, input: Readonly<Record<string, unknown>> = {}): ApiCall => ({ service: 'partner', operation, input: { Name: node.config['name'], ...input } });

export const manifest = defineManifest({
  id: 'partner',
  title: 'Partner API',
  noun: 'Partner',
  summary: 'Somebody else’s server: handlers fetch it, it answers by a script, late, wrong or not at all.',
  family: 'client',
  icon: 'partner',
  paletteOrder: 70,
  config,
  nameBase: 'api.partner.example',
  provides: ['http'],
  arn: (own, at) => `arn:aws:partner:${at.region}:${at.account}:host/${String(own['name'])}`,
  edges: [],
  refusals: [
    { fromService: 'partner', toService: 'lambda', sentence: 'A partner calls in by API Gateway or a function URL, which are not modelled. The function can ask the partner: connect the function to it.', offer: { port: 'lambda.fetches', swap: true } },
    { fromService: 'events', toService: 'partner', sentence: 'API destinations are not modelled. A function between them can fetch.' },
    { fromService: 'sns', toService: 'partner', sentence: 'Subscriptions by HTTP are not modelled. A function between them can fetch.' },
    { fromService: 'sqs', toService: 'partner', sentence: 'A queue does not push. A function can poll it and fetch.' },
    { fromService: 's3', toService: 'partner', sentence: 'A bucket does not call hosts. A function between them can fetch.' },
  ],
  deploy: (node) => [partner('CreateHost', node, settings(node))],
  update: (before, after) => {
    if (before.config['name'] !== after.config['name']) return null;
    return JSON.stringify(settings(before)) === JSON.stringify(settings(after)) ? [] : [partner('UpdateHost', after, settings(after))];
  },
  remove: (node) => [partner('DeleteHost', node)],
  prices: {},
  cost: () => [],
  metrics: () => [],
  timeline: (event) => (event.kind === 'partner.Failed' ? [{ kind: 'mark', resource: event.resource, lane: 'requests', mark: 'dropped', label: String(event.data['how']), subjects: event.subjects ?? [] }] : []),
  simplified: [
    'A partner host is no AWS service: it answers by the script that stands on the canvas.',
    'Answers take a log-normal time around the latency that is set; bodies arrive at once.',
    'Name resolution and TLS take no time of their own, and every host has a good certificate.',
    'A host listens on ports 80 and 443 and answers both alike.',
  ],
});
