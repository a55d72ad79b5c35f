/** Rules on the canvas: a connection from a bus is a rule with one target; a connection for dead letters belongs to the targets of the bus. */
import { z } from 'zod';
import { InvalidEventPatternException } from '../../../base/event-pattern/errors.ts';
import { parseEventPattern } from '../../../base/event-pattern/language/parse-pattern.ts';
import { InvalidScheduleExpressionException, parseRuleSchedule } from '../../../base/schedule/expression.ts';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge } from '../../../sim/manifest.ts';
import { parseArn } from '../../../sim/principal.ts';

/** A pattern that AWS would take, said in AWS's words otherwise. */
const pattern = z.string().superRefine((text, context) => {
  if (text.trim() === '') return;
  try {
    parseEventPattern(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof InvalidEventPatternException ? error.message : 'The pattern is no JSON.' });
  }
});

const schedule = z.string().max(256).superRefine((text, context) => {
  if (text === '') return;
  try {
    parseRuleSchedule(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof InvalidScheduleExpressionException ? error.message : 'The schedule cannot be read.' });
  }
});

/** Variables of an input transformer: a JSON object of names and paths. */
const inputPaths = z.string().max(8192).superRefine((text, context) => {
  if (text.trim() === '' || pathsOf(text) !== undefined) return;
  context.addIssue({ code: 'custom', message: 'Give a JSON object of names and paths: {"id": "$.detail.id"}.' });
});

function pathsOf(text: string): Record<string, string> | undefined {
  try {
    const paths: unknown = JSON.parse(text);
    const whole = typeof paths === 'object' && paths !== null && !Array.isArray(paths) && Object.values(paths).every((path) => typeof path === 'string' && path !== '' && PATH_OR_NONE.test(path));
    return whole ? (paths as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

/** What PutTargets takes as a path, or nothing. */
const PATH_OR_NONE = /^(\$(?!.*\[\s*['"]).*)?$/;

const ruleConfig = z.object({
  Name: z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'A rule name has 1 to 64 letters, digits, . - or _.').default('new-rule').meta({ label: 'Rule', group: 'Rule' }),
  EventPattern: pattern.default('{"source":["aws.s3"]}').meta({ label: 'Event pattern', group: 'Rule', control: 'json', help: 'Which events the rule takes.' }),
  ScheduleExpression: schedule.default('').meta({ label: 'Schedule', group: 'Rule', help: 'rate(5 minutes) or cron(0 8 ? * MON-FRI *), in UTC, or empty. Only on the default bus.' }),
  InputPath: z.string().max(256).regex(PATH_OR_NONE, 'A path begins with $ and names no key in brackets, as in $.detail.').default('').meta({ label: 'Input path', group: 'Input', help: 'The part of the event that the target gets: $.detail. Empty for the whole event.' }),
  InputTemplate: z.string().max(8192).default('').meta({ label: 'Input template', group: 'Input', control: 'json', help: 'What the target gets instead, with <variables> of the paths below.' }),
  InputPathsMap: inputPaths.default('').meta({ label: 'Input paths', group: 'Input', control: 'json', help: '{"id": "$.detail.id"} makes the variable <id>.' }),
  MessageGroupId: z.string().min(1, 'A FIFO queue needs a group id.').max(100, 'A group id has up to 100 characters.').default('events').meta({ label: 'Message group', group: 'Input', help: 'For a FIFO queue, which must also deduplicate by content.' }),
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

/** A bus is reached under a role, which its rules have only for that. @source aws/eventbridge.md §11 */
function roleOf(edge: ScenarioEdge, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  return isBus(environment.arnOf(edge.to)) ? { RoleArn: `arn:aws:iam::${environment.account}:role/${busOfEdge(edge, environment)}-role` } : {};
}

/** One message group for all events of the rule, where the target is a FIFO queue. @source aws/eventbridge.md §4 */
function groupOf(edge: ScenarioEdge, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const { service, resource } = parseArn(environment.arnOf(edge.to));
  return service === 'sqs' && resource.endsWith('.fifo') ? { SqsParameters: { MessageGroupId: edge.config['MessageGroupId'] ?? 'events' } } : {};
}

/** Input path or transformer, as PutTargets takes them; when both are set AWS refuses them, and so does the model. */
function inputOf(edge: ScenarioEdge): Readonly<Record<string, unknown>> {
  const [path, template, paths] = ['InputPath', 'InputTemplate', 'InputPathsMap'].map((name) => String(edge.config[name] ?? '').trim()) as [string, string, string];
  return {
    ...(path === '' ? {} : { InputPath: path }),
    ...(template === '' ? {} : { InputTransformer: { InputTemplate: template, ...(paths === '' ? {} : { InputPathsMap: pathsOf(paths) ?? {} }) } }),
  };
}

const rulesFrom = (busId: string, environment: DeployEnvironment): readonly ScenarioEdge[] => environment.edgesOf(busId).filter((edge) => edge.port === 'events.rule' && edge.from === busId);
const covers = (dead: ScenarioEdge, rule: ScenarioEdge): boolean => ['', ruleName(rule)].includes(String(dead.config['Rule'] ?? ''));

/** The dead-letter queue of a rule's target: the connection that names the rule, or one for all of them. */
function deadLetterOf(edge: ScenarioEdge, environment: DeployEnvironment): Readonly<Record<string, unknown>> {
  const all = environment.edgesOf(edge.from).filter((dead) => dead.port === 'events.dead-letter' && covers(dead, edge));
  const dead = all.find((one) => one.config['Rule'] === ruleName(edge)) ?? all[0];
  return dead === undefined ? {} : { DeadLetterConfig: { Arn: environment.arnOf(dead.to) } };
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
        Targets: [{ Id: edge.id, Arn: environment.arnOf(edge.to), ...roleOf(edge, environment), ...inputOf(edge), ...groupOf(edge, environment), RetryPolicy: { MaximumRetryAttempts: rule['MaximumRetryAttempts'] ?? 185, MaximumEventAgeInSeconds: rule['MaximumEventAgeInSeconds'] ?? 86_400 }, ...deadLetterOf(edge, environment) }],
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

/** What a target's own policy must say so that a rule may reach it. @source aws/eventbridge.md §11 */
const ACTIONS: Readonly<Record<string, string>> = { sqs: 'sqs:SendMessage', sns: 'sns:Publish', lambda: 'lambda:InvokeFunction' };
const isBus = (arn: string): boolean => parseArn(arn).service === 'events';

export const ruleEdge: EdgeType = {
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
  roleStatements: (edge, environment) => {
    const arn = environment.arnOf(edge.to);
    return isBus(arn) ? [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: arn }] : [];
  },
  resourceStatement: (edge, environment) => {
    const arn = environment.arnOf(edge.to);
    const action = ACTIONS[parseArn(arn).service];
    return action === undefined ? null : { Sid: `events-${edge.id}`, Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: action, Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(edge, environment) } } };
  },
};

/** Sets the targets of the rules that a dead-letter connection is for once more. */
function putTargetsAgain(dead: ScenarioEdge, environment: DeployEnvironment): ApiCall[] {
  return rulesFrom(dead.from, environment).filter((rule) => covers(dead, rule)).flatMap((rule) => putRule(rule, environment));
}

/** The rules that stay lose their dead-letter queue; a bus that is made anew gets its rules again anyway. */
function takeAway(dead: ScenarioEdge, before: DeployEnvironment, after: DeployEnvironment | undefined): ApiCall[] {
  if (after?.node(dead.from)?.config['name'] !== before.node(dead.from)?.config['name']) return [];
  return after === undefined ? [] : putTargetsAgain(dead, after);
}

export const deadLetterEdge: EdgeType = {
  id: 'events.dead-letter',
  label: 'undelivered events',
  icon: 'dead-letter',
  owner: 'from',
  needs: 'pollable',
  services: ['sqs'],
  ownerNeeds: { port: 'events.rule', sentence: 'The bus has no rule yet, so there is nothing that could fail to be delivered.' },
  style: 'dead-letter',
  shape: 'message',
  config: z.object({ Rule: z.string().regex(/^[.\-_A-Za-z0-9]{0,64}$/, 'A rule name has 1 to 64 letters, digits, . - or _.').default('').meta({ label: 'Rule', group: 'Dead letters', help: 'The rule whose undelivered events go here. Empty for every rule of the bus.' }) }),
  refuse: (_, to) => (String(to.config['name']).endsWith('.fifo') ? 'A dead-letter queue of EventBridge is a standard queue.' : null),
  deploy: putTargetsAgain,
  // The rules of the name before lose it, those of the name after get it.
  update: (before, after, environment) => [...putTargetsAgain(before, environment), ...putTargetsAgain(after, environment)],
  remove: takeAway,
  resourceStatement: (edge, environment) => {
    const rules = [...new Set(rulesFrom(edge.from, environment).filter((rule) => covers(edge, rule)).map((rule) => ruleArn(rule, environment)))];
    const arn = environment.arnOf(edge.to);
    return rules.length === 0 ? null : { Sid: `events-dead-letter-${edge.id}`, Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': rules } } };
  },
};
