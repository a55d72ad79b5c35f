/** A function's connections: the queues it works off, what its handler calls, and where async results go. */
import { z } from 'zod';
import { InvalidEventPatternException } from '../../../../base/event-pattern/errors.ts';
import { InvalidFilterCriteriaException, readFilterCriteria } from '../../../../base/event-pattern/esm-filter.ts';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge, ScenarioNode } from '../../../../sim/manifest.ts';
import type { PolicyStatement } from '../../../../sim/iam.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { LAMBDA, MAPPING } from '../limits.ts';
import { invokeConfig } from './config.ts';
import { streamMapping } from './stream-edge.ts';

const { batch, windowSec, maximumConcurrency } = MAPPING;

const filter = z.string().superRefine((text, context) => {
  if (text.trim() === '') return;
  try {
    readFilterCriteria({ Filters: [{ Pattern: text }] }, 'sqs');
  } catch (error) {
    const ours = error instanceof InvalidFilterCriteriaException || error instanceof InvalidEventPatternException;
    context.addIssue({ code: 'custom', message: ours ? error.message : 'The filter is no JSON.' });
  }
});

const mappingConfig = z
  .object({
    BatchSize: z.int('Lambda takes whole numbers.').min(batch.min, 'Lambda allows 1 to 10,000 messages.').max(batch.max, 'Lambda allows 1 to 10,000 messages.').default(batch.default).meta({ label: 'Batch size', unit: 'messages', group: 'Mapping', help: 'At most so many messages for one invocation. Over 10 it needs a window.' }),
    MaximumBatchingWindowInSeconds: z.int('Lambda takes whole numbers.').min(windowSec.min, 'Lambda allows 0 to 300 s.').max(windowSec.max, 'Lambda allows 0 to 300 s.').default(windowSec.default).meta({ label: 'Batching window', unit: 's', group: 'Mapping', help: 'How long Lambda waits for a batch to fill.' }),
    MaximumConcurrency: z.int('Lambda takes whole numbers.').min(maximumConcurrency.min, 'Lambda allows 2 to 1,000.').max(maximumConcurrency.max, 'Lambda allows 2 to 1,000.').nullable().default(null).meta({ label: 'Maximum concurrency', group: 'Mapping', help: 'So many batches at a time. Empty: no limit of its own.' }),
    ReportBatchItemFailures: z.boolean().default(false).meta({ label: 'Report batch item failures', group: 'Mapping', help: 'The handler answers which messages failed; the others are deleted.' }),
    FilterPattern: filter.default('').meta({ label: 'Filter', group: 'Mapping', control: 'json', help: 'Messages that do not fit are deleted without an invocation.' }),
    Enabled: z.boolean().default(true).meta({ label: 'Enabled', group: 'Mapping' }),
  });

function mappingInput(edge: ScenarioEdge): Record<string, unknown> {
  const { config } = edge;
  const pattern = String(config['FilterPattern'] ?? '').trim();
  const concurrency = config['MaximumConcurrency'] ?? null;
  return {
    BatchSize: config['BatchSize'] ?? batch.default,
    MaximumBatchingWindowInSeconds: config['MaximumBatchingWindowInSeconds'] ?? windowSec.default,
    ScalingConfig: concurrency === null ? {} : { MaximumConcurrency: concurrency },
    FunctionResponseTypes: config['ReportBatchItemFailures'] === true ? ['ReportBatchItemFailures'] : [],
    FilterCriteria: { Filters: pattern === '' ? [] : [{ Pattern: pattern }] },
    Enabled: config['Enabled'] ?? true,
  };
}

const functionName = (nodeId: string, environment: DeployEnvironment): string => String(environment.node(nodeId)?.config['name']);
const lambda = (operation: string, input: Readonly<Record<string, unknown>>, capture?: string): ApiCall => ({ service: 'lambda', operation, input, ...(capture === undefined ? {} : { capture }) });

const mapping: EdgeType = {
  id: 'lambda.event-source-mapping',
  label: 'polls, {config.BatchSize} at a time',
  icon: 'poll',
  owner: 'to',
  needs: 'pollable',
  services: ['sqs'],
  style: 'poll',
  shape: 'message',
  config: mappingConfig,
  refuse: (from, to) => {
    const visibility = Number(from.config['VisibilityTimeout'] ?? 30);
    const timeout = Number(to.config['Timeout'] ?? LAMBDA.timeoutSec.default);
    return visibility < timeout ? `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${timeout} seconds` : null;
  },
  deploy: (edge, environment) => [lambda('CreateEventSourceMapping', { EventSourceArn: environment.arnOf(edge.from), FunctionName: functionName(edge.to, environment), ...mappingInput(edge) }, `edge:${edge.id}`)],
  update: (_, after) => [lambda('UpdateEventSourceMapping', { UUID: `{edge:${after.id}.UUID}`, ...mappingInput(after) })],
  remove: (edge) => [lambda('DeleteEventSourceMapping', { UUID: `{edge:${edge.id}.UUID}` })],
  roleStatements: (edge, environment) => [{ Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: environment.arnOf(edge.from) }],
};

type Rights = (arn: string) => PolicyStatement[];
const allow = (Action: string | string[], Resource: string): PolicyStatement => ({ Effect: 'Allow', Action, Resource });
/** @source AWS SAM developer guide, policy templates DynamoDBReadPolicy and DynamoDBCrudPolicy */
const TABLE_READS = ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable'].map((name) => `dynamodb:${name}`);
const TABLE_WRITES = [...TABLE_READS, ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`)];
const WRITES: Readonly<Record<string, Rights>> = {
  s3: (arn) => [allow(['s3:PutObject', 's3:DeleteObject'], `${arn}/*`)],
  sqs: (arn) => [allow('sqs:SendMessage', arn)],
  sns: (arn) => [allow('sns:Publish', arn)],
  events: (arn) => [allow('events:PutEvents', arn)],
  lambda: (arn) => [allow('lambda:InvokeFunction', arn)],
  dynamodb: (arn) => [allow(TABLE_WRITES, arn)],
};
const READS: Readonly<Record<string, Rights>> = {
  s3: (arn) => [allow('s3:GetObject', `${arn}/*`), allow('s3:ListBucket', arn)],
  sqs: (arn) => [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'], arn)],
  dynamodb: (arn) => [allow(TABLE_READS, arn)],
};
const rights = (table: Readonly<Record<string, Rights>>) => (edge: ScenarioEdge, environment: DeployEnvironment): readonly PolicyStatement[] => {
  const arn = environment.arnOf(edge.to);
  return table[parseArn(arn).service]?.(arn) ?? [];
};
const notItself = (sentence: string) => (from: ScenarioNode, to: ScenarioNode): string | null => (from.id === to.id ? sentence : null);

/** What the handler's code calls: nothing is made in AWS but the right in the role. */
const sdk = (id: string, label: string, icon: string, table: Readonly<Record<string, Rights>>): EdgeType => ({
  id,
  label,
  icon,
  owner: 'from',
  needs: 'api',
  services: Object.keys(table),
  style: 'push',
  shape: 'object',
  config: z.object({}),
  refuse: notItself('A function that calls itself is a loop. Lambda stops such a chain after 16 turns.'),
  deploy: () => [],
  remove: () => [],
  roleStatements: rights(table),
});

/** What the handler asks hosts outside of AWS: no right is needed, so that a connection only shows it. */
const fetches: EdgeType = {
  id: 'lambda.fetches',
  label: 'fetches',
  icon: 'external',
  owner: 'from',
  needs: 'http',
  style: 'push',
  shape: 'invocation',
  config: z.object({}),
  deploy: () => [],
  remove: () => [],
};

const putInvokeConfig = (edge: ScenarioEdge, environment: DeployEnvironment, without = false): ApiCall[] => {
  const node = environment.node(edge.from);
  return node === undefined ? [] : [invokeConfig(node, environment, environment.edgesOf(edge.from).filter((other) => !without || other.id !== edge.id))];
};
const destination = (id: string, label: string): EdgeType => ({
  id,
  label,
  icon: 'arrow',
  owner: 'from',
  needs: 'target',
  services: ['sqs', 'events', 'lambda'],
  style: 'destination',
  shape: 'message',
  ownerMax: 1,
  config: z.object({}),
  refuse: notItself("You can't specify the function as a destination for itself."),
  deploy: (edge, environment) => putInvokeConfig(edge, environment),
  remove: (edge, environment) => putInvokeConfig(edge, environment, true),
  roleStatements: rights(WRITES),
});

const setDeadLetter = (edge: ScenarioEdge, environment: DeployEnvironment, TargetArn: string): ApiCall[] => [lambda('UpdateFunctionConfiguration', { FunctionName: functionName(edge.from, environment), WaitForActive: true, DeadLetterConfig: { TargetArn } })];
const deadLetter: EdgeType = {
  id: 'lambda.dead-letter',
  label: 'events given up',
  icon: 'dead-letter',
  owner: 'from',
  needs: 'target',
  services: ['sqs'],
  style: 'dead-letter',
  shape: 'message',
  ownerMax: 1,
  config: z.object({}),
  deploy: (edge, environment) => setDeadLetter(edge, environment, environment.arnOf(edge.to)),
  remove: (edge, environment) => setDeadLetter(edge, environment, ''),
  roleStatements: rights(WRITES),
};

export const edges: readonly EdgeType[] = [
  mapping,
  streamMapping,
  sdk('lambda.writes', 'writes', 'upload', WRITES),
  sdk('lambda.reads', 'reads', 'download', READS),
  fetches,
  destination('lambda.on-success', 'on success'),
  destination('lambda.on-failure', 'on failure'),
  deadLetter,
];
