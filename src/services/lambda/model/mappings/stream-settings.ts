/** Settings of event source mappings of streams: what AWS takes, its defaults and refusals, and how they are shown. @source aws/lambda.md §10, observed.md EST-003, EST-016 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import type { LambdaContext, LambdaFunction } from '../state.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { constraint, invalid } from '../errors.ts';
import { STREAM } from '../limits.ts';
import { rolePrincipal } from '../environments/log-lines.ts';
import { versionOf } from '../functions/naming.ts';
import type { StreamSettings } from './stream-state.ts';

export const streamInput = {
  StartingPosition: z.string().optional(),
  StartingPositionTimestamp: z.unknown().optional(),
  ParallelizationFactor: z.number().optional(),
  MaximumRetryAttempts: z.number().optional(),
  MaximumRecordAgeInSeconds: z.number().optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  TumblingWindowInSeconds: z.number().optional(),
  DestinationConfig: z.object({ OnSuccess: z.object({ Destination: z.string().optional() }).optional(), OnFailure: z.object({ Destination: z.string().optional() }).optional() }).optional(),
};
const schema = z.object(streamInput);
export type StreamInput = z.infer<typeof schema>;

export const isStream = (arn: string): boolean => ['kinesis', 'dynamodb'].includes(parseArn(arn).service);

export function range(value: number, member: string, { min, max }: { readonly min: number; readonly max: number }): number {
  if (value < min) throw constraint(value, member, `have value greater than or equal to ${min}`);
  if (value > max) throw constraint(value, member, `have value less than or equal to ${max}`);
  return value;
}

const POSITIONS = ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'] as const;

function startOf(input: StreamInput, arn: string): Pick<StreamSettings, 'startingPosition' | 'startingTimestampMs'> {
  const { StartingPosition: wanted, StartingPositionTimestamp: at } = input;
  if (wanted === undefined) throw invalid("1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
  const startingPosition = POSITIONS.find((position) => position === wanted);
  if (startingPosition === undefined) throw constraint(wanted, 'startingPosition', 'satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]');
  if (startingPosition !== 'AT_TIMESTAMP') return { startingPosition, startingTimestampMs: undefined };
  if (parseArn(arn).service === 'dynamodb') throw invalid(`Unsupported starting position for arn type: ${arn}`);
  if (at === undefined) throw invalid('Timestamp must not be null with AT_TIMESTAMP starting position.');
  return { startingPosition, startingTimestampMs: epochMs(at) };
}

/** A date as the API door hands it over: seconds, or text. */
function epochMs(value: unknown): number {
  if (typeof value === 'number') return Math.round(value * 1000);
  if (typeof value === 'object' && value !== null && '$date' in value) return Number(value.$date);
  throw invalid('Timestamp is not a time.');
}

/** -1 for no limit of its own. */
function ageOf(value: number): number {
  if (value >= 0) range(value, 'maximumRecordAgeInSeconds', { ...STREAM.ageSec, min: STREAM.ageSecLeast });
  return range(value, 'maximumRecordAgeInSeconds', STREAM.ageSec);
}

export function readStreamSettings(input: StreamInput, arn: string, before?: StreamSettings): StreamSettings {
  const destination = input.DestinationConfig === undefined ? before?.onFailure : input.DestinationConfig.OnFailure?.Destination || undefined;
  if (input.DestinationConfig?.OnSuccess?.Destination !== undefined) throw invalid('Unsupported DestinationConfig parameter for given event source mapping type.');
  return {
    source: parseArn(arn).service === 'dynamodb' ? 'dynamodb' : 'kinesis',
    ...(before === undefined ? startOf(input, arn) : { startingPosition: before.startingPosition, startingTimestampMs: before.startingTimestampMs }),
    parallelization: range(input.ParallelizationFactor ?? before?.parallelization ?? 1, 'parallelizationFactor', STREAM.parallelization),
    retries: range(input.MaximumRetryAttempts ?? before?.retries ?? -1, 'maximumRetryAttempts', STREAM.retries),
    ageSec: ageOf(input.MaximumRecordAgeInSeconds ?? before?.ageSec ?? -1),
    bisect: input.BisectBatchOnFunctionError ?? before?.bisect ?? false,
    tumblingSec: range(input.TumblingWindowInSeconds ?? before?.tumblingSec ?? 0, 'tumblingWindowInSeconds', STREAM.tumblingSec),
    onFailure: destination,
  };
}

/** The stream must be there and let the role in. */
export function checkStream(context: LambdaContext, fn: LambdaFunction, qualifier: string, arn: string): void {
  const stream = context.stream(arn);
  if (stream === undefined || !stream.describe(arn).exists) throw invalid(`Stream not found: ${arn}`);
  const principal = rolePrincipal(fn.name, versionOf(context, fn, qualifier).settings);
  for (const action of [stream.actions.read, stream.actions.describe]) {
    if (!context.authorize(principal, action, arn).allowed) throw invalid(`Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`);
  }
}

/** The members that only mappings of streams have. */
export function showStream(settings: StreamSettings, lastProcessingResult: string): object {
  return {
    StartingPosition: settings.startingPosition,
    ParallelizationFactor: settings.parallelization,
    MaximumRetryAttempts: settings.retries,
    MaximumRecordAgeInSeconds: settings.ageSec,
    BisectBatchOnFunctionError: settings.bisect,
    TumblingWindowInSeconds: settings.tumblingSec,
    DestinationConfig: { OnFailure: settings.onFailure === undefined ? {} : { Destination: settings.onFailure } },
    LastProcessingResult: lastProcessingResult,
    StateTransitionReason: 'User action',
  };
}
