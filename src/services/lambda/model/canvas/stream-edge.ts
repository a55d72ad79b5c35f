/** The connection from a table to a function that reads its stream. */
import { z } from 'zod';
import type { ApiCall, DeployEnvironment, EdgeType, ScenarioEdge } from '../../../../sim/manifest.ts';
import { MAPPING, STREAM } from '../limits.ts';

const { batch, windowSec } = MAPPING;

/** A table's stream: where to begin, how batches are made of it, and what becomes of those that fail. @source aws/lambda.md §10 */
const mappingConfig = z.object({
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON').meta({ label: 'Starting position', group: 'Mapping', help: 'TRIM_HORIZON begins with the oldest change of the last 24 hours, LATEST with what comes from now on.' }),
  BatchSize: z.int('Lambda takes whole numbers.').min(batch.min, 'Lambda allows 1 to 10,000 records.').max(batch.max, 'Lambda allows 1 to 10,000 records.').default(STREAM.batchDefault).meta({ label: 'Batch size', unit: 'records', group: 'Mapping', help: 'At most so many changes for one invocation.' }),
  MaximumBatchingWindowInSeconds: z.int('Lambda takes whole numbers.').min(windowSec.min, 'Lambda allows 0 to 300 s.').max(windowSec.max, 'Lambda allows 0 to 300 s.').default(windowSec.default).meta({ label: 'Batching window', unit: 's', group: 'Mapping', help: 'How long Lambda waits for a batch to fill.' }),
  ParallelizationFactor: z.int('Lambda takes whole numbers.').min(STREAM.parallelization.min, 'Lambda allows 1 to 10.').max(STREAM.parallelization.max, 'Lambda allows 1 to 10.').default(1).meta({ label: 'Parallelization factor', group: 'Mapping', help: 'So many batches of a shard at a time; changes of one item stay in order.' }),
  MaximumRetryAttempts: z.int('Lambda takes whole numbers.').min(-1, 'Lambda allows -1 to 10,000.').max(STREAM.retries.max, 'Lambda allows -1 to 10,000.').default(-1).meta({ label: 'Retries', group: 'Failures', help: 'A batch that fails holds its shard. -1: until its records are too old.' }),
  BisectBatchOnFunctionError: z.boolean().default(false).meta({ label: 'Split failed batches', group: 'Failures', help: 'A batch that fails is tried again in two halves.' }),
  ReportBatchItemFailures: z.boolean().default(false).meta({ label: 'Report batch item failures', group: 'Failures', help: 'The handler answers at which record it failed; those before it are done.' }),
  Enabled: z.boolean().default(true).meta({ label: 'Enabled', group: 'Mapping' }),
});

function mappingInput({ config }: ScenarioEdge): Record<string, unknown> {
  return {
    BatchSize: config['BatchSize'] ?? STREAM.batchDefault,
    MaximumBatchingWindowInSeconds: config['MaximumBatchingWindowInSeconds'] ?? windowSec.default,
    ParallelizationFactor: config['ParallelizationFactor'] ?? 1,
    MaximumRetryAttempts: config['MaximumRetryAttempts'] ?? -1,
    BisectBatchOnFunctionError: config['BisectBatchOnFunctionError'] ?? false,
    FunctionResponseTypes: config['ReportBatchItemFailures'] === true ? ['ReportBatchItemFailures'] : [],
    Enabled: config['Enabled'] ?? true,
  };
}

const lambda = (operation: string, input: Readonly<Record<string, unknown>>, capture?: string): ApiCall => ({ service: 'lambda', operation, input, ...(capture === undefined ? {} : { capture }) });

/** The ARN of a stream has the moment in it at which it was switched on: the table's own call says it. */
function deploy(edge: ScenarioEdge, environment: DeployEnvironment): readonly ApiCall[] {
  const input = { EventSourceArn: `{table:${edge.from}.TableDescription.LatestStreamArn}`, FunctionName: String(environment.node(edge.to)?.config['name']), StartingPosition: edge.config['StartingPosition'] ?? 'TRIM_HORIZON', ...mappingInput(edge) };
  return [lambda('CreateEventSourceMapping', input, `edge:${edge.id}`)];
}
const remove = (edge: ScenarioEdge): readonly ApiCall[] => [lambda('DeleteEventSourceMapping', { UUID: `{edge:${edge.id}.UUID}` })];

export const streamMapping: EdgeType = {
  id: 'lambda.stream',
  label: 'reads changes, {config.BatchSize} at a time',
  icon: 'poll',
  owner: 'to',
  needs: 'stream',
  services: ['dynamodb'],
  style: 'poll',
  shape: 'message',
  config: mappingConfig,
  refuse: (from) => ((from.config['Stream'] ?? 'Off') === 'Off' ? 'The stream of the table is off. Choose a view for it in the settings of the table first.' : null),
  deploy,
  // Where it begins is decided once: another position is another mapping.
  update: (before, after, environment) => (before.config['StartingPosition'] === after.config['StartingPosition'] ? [lambda('UpdateEventSourceMapping', { UUID: `{edge:${after.id}.UUID}`, ...mappingInput(after) })] : [...remove(before), ...deploy(after, environment)]),
  remove,
  roleStatements: (edge, environment) => [{ Effect: 'Allow', Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'], Resource: `${environment.arnOf(edge.from)}/stream/*` }],
};
