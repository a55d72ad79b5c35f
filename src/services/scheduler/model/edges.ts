/** A schedule on the canvas: its connection to the one target it calls, and the one for calls that cannot be made. */
import { z } from 'zod';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge, ScenarioNode } from '../../../sim/manifest.ts';
import type { PolicyStatement } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';
import { RETRY } from './limits.ts';

const ATTEMPTS = 'Scheduler allows 0 to 185 retries.';
const AGE = 'Scheduler allows 60 to 86,400 s.';
const targetConfig = z.object({
  Input: z.string().max(8_192).default('').meta({ label: 'Input', group: 'Target', control: 'json', help: 'What the target gets. Empty: a notification of AWS. <aws.scheduler.scheduled-time> and the like are filled in.' }),
  MaximumRetryAttempts: z.int(ATTEMPTS).min(0, ATTEMPTS).max(RETRY.attemptsMax, ATTEMPTS).default(RETRY.attemptsMax).meta({ label: 'Retries', group: 'Delivery' }),
  MaximumEventAgeInSeconds: z.int(AGE).min(RETRY.ageSecMin, AGE).max(RETRY.ageSecMax, AGE).default(RETRY.ageSecMax).meta({ label: 'Maximum age', unit: 's', group: 'Delivery' }),
  MessageGroupId: z.string().min(1, 'A FIFO queue needs a group id.').max(128, 'A group id has up to 128 characters.').default('schedule').meta({ label: 'Message group', group: 'Target', help: 'For a FIFO queue.' }),
  Source: z.string().max(256, 'A source has up to 256 characters.').default('my.schedule').meta({ label: 'Event source', group: 'Event', help: 'For a bus.' }),
  DetailType: z.string().max(128, 'A detail type has up to 128 characters.').default('Scheduled Event').meta({ label: 'Detail type', group: 'Event', help: 'For a bus.' }),
});

export const roleNameOf = (node: ScenarioNode): string => `${String(node.config['name'])}-role`;
const scheduler = (operation: string, input: Readonly<Record<string, unknown>>): ApiCall => ({ service: 'scheduler', operation, input });
const text = (value: unknown): string => String(value ?? '').trim();

/** All of a schedule, as CreateSchedule and UpdateSchedule take it. */
export function scheduleInput(node: ScenarioNode, edge: ScenarioEdge, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const { config } = node;
  const arn = environment.arnOf(edge.to);
  const { service, resource } = parseArn(arn);
  const dead = environment.edgesOf(node.id).find((other) => other.port === 'scheduler.dead-letter' && other.from === node.id);
  const window = config['MaximumWindowInMinutes'] ?? null;
  return {
    Name: config['name'],
    ScheduleExpression: config['ScheduleExpression'],
    ScheduleExpressionTimezone: config['ScheduleExpressionTimezone'],
    ...(text(config['StartDate']) === '' ? {} : { StartDate: text(config['StartDate']) }),
    ...(text(config['EndDate']) === '' ? {} : { EndDate: text(config['EndDate']) }),
    FlexibleTimeWindow: window === null ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: window },
    State: config['Enabled'] === false ? 'DISABLED' : 'ENABLED',
    ActionAfterCompletion: config['DeleteAfterCompletion'] === true ? 'DELETE' : 'NONE',
    Target: {
      Arn: arn,
      RoleArn: `arn:aws:iam::${environment.account}:role/${roleNameOf(node)}`,
      ...(text(edge.config['Input']) === '' ? {} : { Input: edge.config['Input'] }),
      RetryPolicy: { MaximumRetryAttempts: edge.config['MaximumRetryAttempts'] ?? RETRY.attemptsMax, MaximumEventAgeInSeconds: edge.config['MaximumEventAgeInSeconds'] ?? RETRY.ageSecMax },
      ...(dead === undefined ? {} : { DeadLetterConfig: { Arn: environment.arnOf(dead.to) } }),
      ...(service === 'sqs' && resource.endsWith('.fifo') ? { SqsParameters: { MessageGroupId: edge.config['MessageGroupId'] ?? 'schedule' } } : {}),
      ...(service === 'events' ? { EventBridgeParameters: { Source: edge.config['Source'] ?? 'my.schedule', DetailType: edge.config['DetailType'] ?? 'Scheduled Event' } } : {}),
    },
  };
}

/** The connection to the target of a schedule, if it has one. */
export function targetEdge(nodeId: string, environment: DeployEnvironment): ScenarioEdge | undefined {
  return environment.edgesOf(nodeId).find((edge) => edge.port === 'scheduler.target' && edge.from === nodeId);
}

function put(operation: string, edge: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  const node = environment.node(edge.from);
  return node === undefined ? [] : [scheduler(operation, scheduleInput(node, edge, environment))];
}

/** Sets the schedule of a node once more, for what changed beside its target. */
export function putAgain(nodeId: string, environment: DeployEnvironment): ApiCall[] {
  const edge = targetEdge(nodeId, environment);
  return edge === undefined ? [] : put('UpdateSchedule', edge, environment);
}

const ACTIONS: Readonly<Record<string, string>> = { lambda: 'lambda:InvokeFunction', sqs: 'sqs:SendMessage', sns: 'sns:Publish', events: 'events:PutEvents' };
const right = (edge: ScenarioEdge, environment: DeployEnvironment): readonly PolicyStatement[] => {
  const arn = environment.arnOf(edge.to);
  const action = ACTIONS[parseArn(arn).service];
  return action === undefined ? [] : [{ Effect: 'Allow', Action: action, Resource: arn }];
};

const target: EdgeType = {
  id: 'scheduler.target',
  label: 'calls on time',
  icon: 'schedule',
  owner: 'from',
  needs: 'target',
  services: ['lambda', 'sqs', 'sns', 'events'],
  style: 'push',
  shape: 'message',
  ownerMax: 1,
  config: targetConfig,
  deploy: (edge, environment) => put('CreateSchedule', edge, environment),
  update: (_, after, environment) => put('UpdateSchedule', after, environment),
  remove: (edge, environment) => [scheduler('DeleteSchedule', { Name: environment.node(edge.from)?.config['name'] })],
  roleStatements: right,
};

const deadLetter: EdgeType = {
  id: 'scheduler.dead-letter',
  label: 'calls given up',
  icon: 'dead-letter',
  owner: 'from',
  needs: 'pollable',
  services: ['sqs'],
  ownerNeeds: { port: 'scheduler.target', sentence: 'The schedule has no target yet, so there is nothing that could fail.' },
  style: 'dead-letter',
  shape: 'message',
  ownerMax: 1,
  config: z.object({}),
  refuse: (_, to) => (String(to.config['name']).endsWith('.fifo') ? 'A dead-letter queue of a schedule is a standard queue.' : null),
  deploy: (edge, environment) => putAgain(edge.from, environment),
  remove: (edge, _, after) => (after === undefined ? [] : putAgain(edge.from, after)),
  roleStatements: right,
};

export const edges: readonly EdgeType[] = [target, deadLetter];
