/** EventBridge Scheduler on the canvas: a schedule, its settings, what is drawn and counted of it. */
import { z } from 'zod';
import { InvalidScheduleExpressionException, parseSchedulerSchedule } from '../../../base/schedule/expression.ts';
import { defineManifest } from '../../../sim/manifest.ts';
import type { MetricDatum, ScenarioNode } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';
import { edges, putAgain, roleNameOf } from './edges.ts';
import { EXPRESSION_CHARS_MAX, NAME, WINDOW_MINUTES, ZONE_CHARS_MAX } from './limits.ts';

const expression = z.string().min(1, 'A schedule needs an expression.').max(EXPRESSION_CHARS_MAX, 'An expression has up to 256 characters.').superRefine((text, context) => {
  try {
    parseSchedulerSchedule(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof InvalidScheduleExpressionException ? error.message : 'The schedule cannot be read.' });
  }
});
const WINDOW = 'Scheduler allows 1 to 1,440 minutes.';
const instant = z.string().regex(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$/, 'Give a time in UTC: 2026-03-01T00:00:00Z.').default('');

const config = z.object({
  name: z.string().regex(NAME, 'A schedule name has 1 to 64 letters, digits, - _ or .').meta({ label: 'Name', group: 'Schedule' }),
  ScheduleExpression: expression.default('rate(1 minute)').meta({ label: 'Schedule', group: 'Schedule', help: 'rate(5 minutes), cron(0 9 ? * MON-FRI *) or at(2026-01-05T09:00:00).' }),
  ScheduleExpressionTimezone: z.string().min(1, 'Give a time zone, such as UTC.').max(ZONE_CHARS_MAX, 'A time zone has up to 50 characters.').regex(/^[A-Za-z0-9_+\-/]+$/, 'Give a time zone, such as Europe/Berlin.').default('UTC').meta({ label: 'Time zone', group: 'Schedule', help: 'Europe/Berlin, America/New_York and the like. Summer time is kept.' }),
  MaximumWindowInMinutes: z.int(WINDOW).min(WINDOW_MINUTES.min, WINDOW).max(WINDOW_MINUTES.max, WINDOW).nullable().default(null).meta({ label: 'Flexible window', unit: 'min', group: 'Schedule', help: 'It fires within so many minutes after its time. Empty: on time.' }),
  StartDate: instant.meta({ label: 'Start', group: 'Limits', help: 'Not before this, in UTC.' }),
  EndDate: instant.meta({ label: 'End', group: 'Limits', help: 'Not after this, in UTC.' }),
  Enabled: z.boolean().default(true).meta({ label: 'Enabled', group: 'Schedule' }),
  DeleteAfterCompletion: z.boolean().default(false).meta({ label: 'Delete when complete', group: 'Limits', help: 'After its last time the schedule deletes itself.' }),
});

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

/** What a kind of event counts, by one each, in AWS/Scheduler. @source aws/eventbridge.md §10 (names recalled) */
const COUNTS: Readonly<Record<string, string>> = {
  'scheduler.InvocationStarted': 'InvocationAttemptCount',
  'scheduler.InvocationFailed': 'TargetErrorCount',
  'scheduler.InvocationDropped': 'InvocationDroppedCount',
  'scheduler.DeadLettered': 'InvocationsSentToDeadLetterCount',
  'scheduler.DeadLetterFailed': 'InvocationsFailedToBeSentToDeadLetterCount',
};

function metrics({ kind, resource }: TraceEvent): readonly MetricDatum[] {
  const metric = COUNTS[kind];
  const group = resource.split(':schedule/')[1]?.split('/')[0] ?? 'default';
  return metric === undefined ? [] : [{ namespace: 'AWS/Scheduler', metric, dimensions: { ScheduleGroup: group }, value: 1, unit: 'Count' }];
}

function sam(node: ScenarioNode): Readonly<Record<string, unknown>> {
  const id = String(node.config['name']).replace(/[^A-Za-z0-9]/g, '');
  return { [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { RoleName: roleNameOf(node), AssumeRolePolicyDocument: JSON.parse(TRUST) as object } } };
}

export const manifest = defineManifest({
  id: 'scheduler',
  title: 'EventBridge schedule',
  noun: 'Schedule',
  summary: 'Calls one target at its time, in a time zone of its own.',
  family: 'client',
  icon: 'schedule',
  paletteOrder: 60,
  config,
  nameBase: 'schedule',
  provides: ['schedule'],
  arn: (own, at) => `arn:aws:scheduler:${at.region}:${at.account}:schedule/default/${String(own['name'])}`,
  edges,
  refusals: [{ fromService: 'scheduler', toService: 's3', sentence: 'A schedule does not write objects. Put a function between them that does.' }],
  // The schedule itself comes with its target: AWS knows none without.
  deploy: (node) => [{ service: 'iam', operation: 'CreateRole', input: { RoleName: roleNameOf(node), AssumeRolePolicyDocument: TRUST } }],
  update: (before, after, environment) => (before.config['name'] === after.config['name'] ? putAgain(after.id, environment) : null),
  remove: (node) => [{ service: 'iam', operation: 'DeleteRole', input: { RoleName: roleNameOf(node) } }],
  lints: (node, environment) => (environment.edgesOf(node.id).some((edge) => edge.port === 'scheduler.target') ? [] : [{ level: 'warning', sentence: 'A schedule without a target does not exist on AWS. Connect it to what it shall call.' }]),
  prices: { invocation: { label: 'Scheduler invocations', usd: 1 / 1_000_000, source: 'aws/eventbridge.md §14: $1.00 a million, after 14 million free each month' } },
  cost: (event) => (event.kind === 'scheduler.InvocationStarted' ? [{ unit: 'invocation', quantity: 1 }] : []),
  metrics,
  timeline: (event) => {
    const { kind, resource, data } = event;
    if (kind === 'scheduler.ScheduleFired') return [{ kind: 'mark', resource, lane: 'schedule', mark: 'arrived', label: String(data['localTime']) }];
    if (kind === 'scheduler.DeadLettered') return [{ kind: 'mark', resource, lane: 'schedule', mark: 'dead-letter', label: String(data['error']) }];
    if (kind === 'scheduler.InvocationDropped' || kind === 'scheduler.DeadLetterFailed') return [{ kind: 'mark', resource, lane: 'schedule', mark: 'dropped', label: String(data['error']) }];
    return [];
  },
  simplified: [
    'A schedule fires at the start of its minute; AWS fires somewhere within it.',
    'The wait between retries is ours, 1 s doubling to 10 minutes with jitter: AWS publishes no curve.',
    'A call reaches its target after a log-normal time with median 60 ms: AWS publishes no distribution.',
    'Texts of refusals, but for those of expressions, are recalled, or as others have quoted them; their names are AWS’s.',
    'The 14 million free invocations of a month are not taken off the bill.',
    'Of the templated targets functions, queues, topics and buses are modelled; of the universal ones every operation that is modelled.',
  ],
  sam,
});
