/** EventBridge on the canvas: a bus, and its rules as connections to their targets. */
import { z } from 'zod';
import { InvalidEventPatternException } from '../../../base/event-pattern/errors.ts';
import { matchEventPattern } from '../../../base/event-pattern/match.ts';
import { defineManifest } from '../../../sim/manifest.ts';
import type { ApiCall, DeployEnvironment, ScenarioEdge, ScenarioNode } from '../../../sim/manifest.ts';
import { parseArn } from '../../../sim/principal.ts';

const config = z.object({
  name: z
    .string()
    .regex(/^[/.\-_A-Za-z0-9]{1,256}$/, 'A bus name has 1 to 256 letters, digits, . - _ or /.')
    .meta({ label: 'Name', group: 'Bus', help: 'The bus named default gets the events of AWS services.' }),
});

/** A pattern that AWS would take, said in AWS's words otherwise. */
const pattern = z.string().superRefine((text, context) => {
  if (text.trim() === '') return;
  try {
    matchEventPattern(text, {});
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof InvalidEventPatternException ? error.message : 'The pattern is no JSON.' });
  }
});

const ruleConfig = z.object({
  Name: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'A rule name has 1 to 64 letters, digits, . - or _.').default('new-rule').meta({ label: 'Rule', group: 'Rule' }),
  EventPattern: pattern.default('{"source":["aws.s3"]}').meta({ label: 'Event pattern', group: 'Rule', control: 'json', help: 'Which events the rule takes.' }),
  ScheduleExpression: z.string().max(256).default('').meta({ label: 'Schedule', group: 'Rule', help: 'rate(5 minutes), or empty. Only on the default bus.' }),
  MaximumRetryAttempts: z.int().min(0, 'EventBridge allows 0 to 185 retries.').max(185, 'EventBridge allows 0 to 185 retries.').default(185).meta({ label: 'Retries', group: 'Delivery' }),
  MaximumEventAgeInSeconds: z.int().min(60, 'EventBridge allows 60 to 86,400 s.').max(86_400, 'EventBridge allows 60 to 86,400 s.').default(86_400).meta({ label: 'Maximum age', unit: 's', group: 'Delivery' }),
});

const busOfEdge = (edge: ScenarioEdge, environment: DeployEnvironment): string => String(environment.node(edge.from)?.config['name'] ?? 'default');
const ruleName = (edge: ScenarioEdge): string => String(edge.config['Name'] ?? 'new-rule');
const sharing = (edge: ScenarioEdge, environment: DeployEnvironment): readonly ScenarioEdge[] => environment.edgesOf(edge.from).filter((other) => other.port === 'events.rule' && other.from === edge.from && other.id !== edge.id && ruleName(other) === ruleName(edge));

function ruleArn(edge: ScenarioEdge, environment: DeployEnvironment): string {
  const bus = busOfEdge(edge, environment);
  return `arn:aws:events:${environment.region}:${environment.account}:rule/${bus === 'default' ? '' : `${bus}/`}${ruleName(edge)}`;
}

function putRule(edge: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  const { config: rule } = edge;
  const schedule = String(rule['ScheduleExpression'] ?? '');
  const text = String(rule['EventPattern'] ?? '');
  const EventBusName = busOfEdge(edge, environment);
  return [
    { service: 'events', operation: 'PutRule', input: { Name: ruleName(edge), EventBusName, ...(text.trim() === '' ? {} : { EventPattern: text }), ...(schedule === '' ? {} : { ScheduleExpression: schedule }) } },
    {
      service: 'events',
      operation: 'PutTargets',
      input: {
        Rule: ruleName(edge),
        EventBusName,
        Targets: [{ Id: edge.id, Arn: environment.arnOf(edge.to), RetryPolicy: { MaximumRetryAttempts: rule['MaximumRetryAttempts'] ?? 185, MaximumEventAgeInSeconds: rule['MaximumEventAgeInSeconds'] ?? 86_400 } }],
      },
    },
  ];
}

function removeRule(edge: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  const EventBusName = busOfEdge(edge, environment);
  return [
    { service: 'events', operation: 'RemoveTargets', input: { Rule: ruleName(edge), EventBusName, Ids: [edge.id] } },
    ...(sharing(edge, environment).length > 0 ? [] : [{ service: 'events', operation: 'DeleteRule', input: { Name: ruleName(edge), EventBusName } }]),
  ];
}

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
  edges: [
    {
      id: 'events.rule',
      label: 'rule target',
      icon: 'arrow',
      owner: 'from',
      needs: 'target',
      style: 'push',
      shape: 'message',
      config: ruleConfig,
      refuse: (from, to) => (to.service === 'events' && to.config['name'] === from.config['name'] ? 'A bus cannot be a target of its own rule.' : null),
      deploy: putRule,
      update: (before, after, environment) => (ruleName(before) === ruleName(after) ? putRule(after, environment) : [...removeRule(before, environment), ...putRule(after, environment)]),
      remove: removeRule,
      resourceStatement: (edge, environment) => {
        const arn = environment.arnOf(edge.to);
        const action = { sqs: 'sqs:SendMessage', sns: 'sns:Publish', lambda: 'lambda:InvokeFunction', events: 'events:PutEvents' }[parseArn(arn).service];
        return action === undefined ? null : { Sid: `events-${edge.id}`, Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: action, Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(edge, environment) } } };
      },
    },
  ],
  refusals: [{ fromService: 'events', toService: 's3', sentence: 'A rule has no bucket as a target. Put a function between them that writes the object.' }],
  deploy: (node) => (isDefault(node) ? [] : [{ service: 'events', operation: 'CreateEventBus', input: { Name: node.config['name'] } }]),
  update: (before, after) => (before.config['name'] === after.config['name'] ? [] : null),
  remove: (node) => (isDefault(node) ? [] : [{ service: 'events', operation: 'DeleteEventBus', input: { Name: node.config['name'] } }]),
  resourcePolicy: (node, _, after) => [
    after.length === 0
      ? { service: 'events', operation: 'RemovePermission', input: { EventBusName: node.config['name'], RemoveAllPermissions: true } }
      : { service: 'events', operation: 'PutPermission', input: { EventBusName: node.config['name'], Policy: JSON.stringify({ Version: '2012-10-17', Statement: after }) } },
  ],
  prices: { custom: { label: 'EventBridge custom events', usd: 1 / 1_000_000, source: 'aws/eventbridge.md §14: $1.00 a million custom events; events of AWS services are free' } },
  cost: (event) => (event.kind === 'events.EventReceived' && !String(event.data['source']).startsWith('aws.') ? [{ unit: 'custom', quantity: 1 }] : []),
  metrics: (event) => {
    const RuleName = String(event.data['rule'] ?? '');
    const metric = { 'events.RuleMatched': 'TriggeredRules', 'events.DeliveryStarted': 'Invocations', 'events.DeliveryFailed': 'FailedInvocations' }[event.kind];
    return metric === undefined ? [] : [{ namespace: 'AWS/Events', metric, dimensions: { RuleName }, value: 1, unit: 'Count' }];
  },
  timeline: (event) => {
    if (event.kind === 'events.Unmatched') return [{ kind: 'mark', resource: event.resource, lane: 'events', mark: 'dropped', label: 'no rule' }];
    if (event.kind === 'events.EventDropped') return [{ kind: 'mark', resource: event.resource, lane: 'events', mark: 'dropped', label: 'dropped' }];
    return [];
  },
  simplified: ['The wait between retries of a delivery is ours: AWS publishes no curve.', 'The bus named default is always there, also when it is not on the canvas.'],
});
