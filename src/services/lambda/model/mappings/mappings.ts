/** Event source mappings of queues: create, read, update, delete, with AWS's refusals. @source aws/lambda.md §9, observed.md ESQ-010, ESQ-019 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { InvalidFilterCriteriaException, readFilterCriteria } from '../../../../base/event-pattern/esm-filter.ts';
import type { FilteredSource } from '../../../../base/event-pattern/esm-filter.ts';
import { NotModelled } from '../../../../sim/errors.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { parseArn } from '../../../../sim/principal.ts';
import { msToUs } from '../../../../sim/units.ts';
import { dateValue } from '../../../../sim/values.ts';
import { conflict, constraint, invalid, notFound, refuseUnmodelled } from '../errors.ts';
import { page } from '../functions/functions.ts';
import { MAPPING, PROVISIONED_POLLERS, STREAM } from '../limits.ts';
import type { Mapping, MappingSettings } from './mapping-state.ts';
import { parseRef, qualified, versionOf } from '../functions/naming.ts';
import { rolePrincipal } from '../environments/log-lines.ts';
import { flush, startPollers, stopPolling } from './pollers.ts';
import { startShards } from './shards.ts';
import { checkStream, isStream, range, readStreamSettings, showStream, streamInput } from './stream-settings.ts';
import type { LambdaContext, LambdaFunction, LambdaState } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §9 (Lambda API model 2026-08, recorded test_sqs_event_source_mapping 2024–2025)';
/** Creating and changing a mapping. @simplified AWS takes some seconds up to a minute */
const CHANGE_MS = 1_000;

/** Members that AWS takes for other sources. */
const NOT_MODELLED = ['SelfManagedEventSource', 'Topics', 'Queues', 'SourceAccessConfigurations', 'AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig', 'DocumentDBEventSourceConfig', 'KMSKeyArn', 'LoggingConfig'] as const;

const settingsInput = z.object({
  ...streamInput,
  ...unmodelled(NOT_MODELLED),
  BatchSize: z.number().optional(),
  MaximumBatchingWindowInSeconds: z.number().optional(),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().optional() }).optional(),
  ProvisionedPollerConfig: z.object({ MinimumPollers: z.number().optional(), MaximumPollers: z.number().optional(), PollerGroupName: z.string().optional() }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string().optional() })).optional() }).optional(),
  FunctionResponseTypes: z.array(z.string()).optional(),
  MetricsConfig: z.object({ Metrics: z.array(z.string()).optional() }).optional(),
  Enabled: z.boolean().optional(),
});
type SettingsInput = z.infer<typeof settingsInput>;

function readSettings(input: SettingsInput, arn: string, before?: MappingSettings): MappingSettings {
  refuseUnmodelled(input, NOT_MODELLED);
  const fifo = arn.endsWith('.fifo');
  const stream = isStream(arn);
  const batchSize = range(input.BatchSize ?? before?.batchSize ?? (stream ? STREAM.batchDefault : MAPPING.batch.default), 'batchSize', MAPPING.batch);
  const windowSec = range(input.MaximumBatchingWindowInSeconds ?? before?.windowSec ?? MAPPING.windowSec.default, 'maximumBatchingWindowInSeconds', MAPPING.windowSec);
  if (fifo && windowSec > 0) throw invalid('Batching window is not supported for FIFO queues.');
  if (fifo && batchSize > MAPPING.batch.fifoMax) throw invalid('Maximum batch size is 10 for FIFO queues.');
  if (!stream && batchSize > 10 && windowSec === 0) throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  const wanted = input.ScalingConfig === undefined ? before?.maximumConcurrency : input.ScalingConfig.MaximumConcurrency;
  const maximumConcurrency = wanted === undefined ? undefined : range(wanted, 'scalingConfig.maximumConcurrency', MAPPING.maximumConcurrency);
  const provisioned = input.ProvisionedPollerConfig === undefined ? before?.provisioned : readPollers(input.ProvisionedPollerConfig, stream);
  if (provisioned !== undefined && maximumConcurrency !== undefined) throw invalid('ProvisionedPollerConfig and ScalingConfig.MaximumConcurrency cannot be used together.');
  const filters = input.FilterCriteria === undefined ? (before?.filters ?? []) : (input.FilterCriteria.Filters ?? []).map((filter) => filter.Pattern ?? '');
  checkFilters(filters, stream ? (parseArn(arn).service === 'dynamodb' ? 'dynamodb' : 'kinesis') : 'sqs');
  const unknownType = input.FunctionResponseTypes?.find((type) => type !== 'ReportBatchItemFailures');
  if (unknownType !== undefined) throw constraint(`[${unknownType}]`, 'functionResponseTypes', 'satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]');
  const partialFailures = input.FunctionResponseTypes === undefined ? (before?.partialFailures ?? false) : input.FunctionResponseTypes.includes('ReportBatchItemFailures');
  return { batchSize, windowSec, maximumConcurrency, provisioned, filters, partialFailures, metrics: readMetrics(input) ?? before?.metrics ?? false };
}

/** Without members provisioned mode is off. @source aws/lambda.md §9 @simplified that an empty one ends it is recalled */
function readPollers(config: NonNullable<SettingsInput['ProvisionedPollerConfig']>, stream: boolean): MappingSettings['provisioned'] {
  if (config.PollerGroupName !== undefined) throw new NotModelled('lambda', 'groups of pollers', 'They are for Kafka.');
  if (config.MinimumPollers === undefined && config.MaximumPollers === undefined) return undefined;
  if (stream) throw invalid('Unsupported ProvisionedPollerConfig parameter for given event source mapping type.');
  const { minimum, maximum } = PROVISIONED_POLLERS;
  const pollers = { minimum: range(config.MinimumPollers ?? minimum.default, 'provisionedPollerConfig.minimumPollers', minimum), maximum: range(config.MaximumPollers ?? maximum.default, 'provisionedPollerConfig.maximumPollers', maximum) };
  if (pollers.maximum < pollers.minimum) throw invalid('MaximumPollers must be greater than or equal to MinimumPollers.');
  return pollers;
}

/** The groups beside EventCount have nothing to say of queues and streams. @source Lambda API model 2026-08; aws/lambda.md §13 */
function readMetrics(input: SettingsInput): boolean | undefined {
  const groups = input.MetricsConfig?.Metrics;
  for (const group of groups ?? []) {
    if (!['EventCount', 'ErrorCount', 'KafkaMetrics'].includes(group)) throw constraint(`[${group}]`, 'metricsConfig.metrics', 'satisfy constraint: [Member must satisfy enum value set: [EventCount, ErrorCount, KafkaMetrics]]');
    if (group !== 'EventCount') throw new NotModelled('lambda', `the metrics group ${group}`, 'EventCount is.');
  }
  return input.MetricsConfig === undefined ? undefined : (groups ?? []).includes('EventCount');
}

function checkFilters(filters: readonly string[], source: FilteredSource): void {
  if (filters.length > MAPPING.filtersMax) throw constraint(`[${filters.length} filters]`, 'filterCriteria.filters', 'have length less than or equal to 5');
  if (filters.some((pattern) => pattern.length > MAPPING.filterCharsMax)) throw constraint('pattern', 'filterCriteria.filters.1.member.pattern', 'have length less than or equal to 4096');
  try {
    readFilterCriteria({ Filters: filters.map((Pattern) => ({ Pattern })) }, source);
  } catch (error) {
    if (error instanceof InvalidFilterCriteriaException) throw invalid(error.message);
    throw error;
  }
}

/** The source must be there and let the role in; a queue must hide messages for long enough. */
function checkSource(context: LambdaContext, fn: LambdaFunction, qualifier: string, arn: string): void {
  if (isStream(arn)) return checkStream(context, fn, qualifier, arn);
  const { settings } = versionOf(context, fn, qualifier);
  const queue = context.pollable(arn);
  if (queue === undefined) throw new NotModelled('lambda', `event source ${arn}`, 'Mappings are modelled for SQS queues.');
  const principal = rolePrincipal(fn.name, settings);
  for (const action of [queue.actions.receive, queue.actions.delete, queue.actions.attributes]) {
    if (context.authorize(principal, action, arn).allowed) continue;
    throw invalid(`The provided execution role does not have permissions to call ${action.split(':')[1]!} on SQS`);
  }
  const { exists, visibilityTimeoutSec } = queue.describe(arn);
  if (!exists) throw invalid('Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.');
  if (visibilityTimeoutSec < settings.timeoutSec) throw invalid(`Queue visibility timeout: ${visibilityTimeoutSec} seconds is less than Function timeout: ${settings.timeoutSec} seconds`);
}

function shown(context: LambdaContext, mapping: Mapping, state: Mapping['state'] = mapping.state): object {
  const { settings } = mapping;
  const arn = `arn:aws:lambda:${context.region}:${context.account}:function:${mapping.fn}`;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSec,
    EventSourceArn: mapping.sourceArn,
    FunctionArn: qualified(arn, mapping.qualifier),
    ...(settings.filters.length === 0 ? {} : { FilterCriteria: { Filters: settings.filters.map((Pattern) => ({ Pattern })) } }),
    LastModified: dateValue(mapping.lastModifiedMs),
    State: state,
    ...(mapping.stream === null ? { StateTransitionReason: 'USER_INITIATED' } : showStream(mapping.stream, mapping.lastProcessingResult)),
    FunctionResponseTypes: settings.partialFailures ? ['ReportBatchItemFailures'] : [],
    ...(settings.provisioned === undefined ? {} : { ProvisionedPollerConfig: { MinimumPollers: settings.provisioned.minimum, MaximumPollers: settings.provisioned.maximum } }),
    ...(settings.metrics ? { MetricsConfig: { Metrics: ['EventCount'] } } : {}),
    ...(settings.maximumConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency } }),
  };
}

function mappingOf(context: LambdaContext, uuid: string): Mapping {
  const mapping = context.state.mappings.get(uuid);
  if (mapping === undefined || mapping.state === 'Deleting') throw notFound('The resource you requested does not exist.');
  return mapping;
}

/** Goes through `state` to enabled or disabled. */
function change(context: LambdaContext, mapping: Mapping, state: Mapping['state']): void {
  mapping.state = state;
  mapping.lastModifiedMs = context.epochMs;
  mapping.token++;
  stopPolling(context, mapping);
  const seq = context.emit('lambda.MappingChanged', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, state, batchSize: mapping.settings.batchSize, windowSec: mapping.settings.windowSec });
  mapping.seq = seq;
  const waitUs = context.tuning.createMs === 0 ? 0 : msToUs(CHANGE_MS);
  context.schedule(waitUs, 'mapping-settled', { uuid: mapping.uuid, token: mapping.token }, { cause: [seq] });
}

/** Agenda: a change of a mapping is complete. */
export function onMappingSettled(context: LambdaContext, payload: { readonly uuid: string; readonly token: number }): void {
  const mapping = context.state.mappings.get(payload.uuid);
  if (mapping?.token !== payload.token) return;
  if (mapping.state === 'Deleting') {
    if (mapping.batches.size === 0) context.state.mappings.delete(mapping.uuid);
    return;
  }
  mapping.state = mapping.enabled ? 'Enabled' : 'Disabled';
  mapping.retrying = false;
  mapping.growing = false;
  mapping.seq = context.emit('lambda.MappingChanged', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, state: mapping.state, batchSize: mapping.settings.batchSize, windowSec: mapping.settings.windowSec });
  if (!mapping.enabled) return;
  if (mapping.stream === null) startPollers(context, mapping);
  else startShards(context, mapping);
}

const createInput = settingsInput.extend({ EventSourceArn: z.string().optional(), FunctionName: z.string(), Tags: z.record(z.string(), z.string()).optional() });

/** The function of a mapping. @source recorded test_event_source_mapping_exceptions 2023: 400, where other operations answer 404 */
function mappedFunction(context: LambdaContext, name: string): { readonly fn: LambdaFunction; readonly qualifier: string } {
  const { name: own, qualifier } = parseRef(context, name);
  const fn = context.state.functions.get(own);
  if (fn === undefined || (qualifier !== '' && !fn.versions.has(qualifier) && !fn.aliases.has(qualifier))) throw invalid('Function does not exist');
  return { fn, qualifier };
}

function checkUnique(context: LambdaContext, wanted: { readonly arn: string; readonly fn: LambdaFunction; readonly qualifier: string }, own?: Mapping): void {
  const { arn, fn, qualifier } = wanted;
  for (const other of context.state.mappings.values()) {
    if (other === own || other.sourceArn !== arn || other.fn !== fn.name || other.qualifier !== qualifier || other.state === 'Deleting') continue;
    if (isStream(arn)) throw conflict(`The event source arn (" ${arn} ") and function (" ${fn.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${other.uuid}`);
    throw conflict(`An event source mapping with SQS arn (" ${arn} ") and function (" ${fn.name} ") already exists. Please update or delete the existing mapping with UUID ${other.uuid}`);
  }
}

function create(context: LambdaContext, input: z.infer<typeof createInput>): object {
  const arn = input.EventSourceArn;
  if (arn === undefined) throw invalid('Unrecognized event source.');
  const { fn, qualifier } = mappedFunction(context, input.FunctionName);
  const { service } = parseArn(arn);
  if (service !== 'sqs' && !isStream(arn)) throw new NotModelled('lambda', `event source mapping of ${service}`, 'Mappings are modelled for queues and streams.');
  const settings = readSettings(input, arn);
  const stream = isStream(arn) ? readStreamSettings(input, arn) : null;
  checkUnique(context, { arn, fn, qualifier });
  checkSource(context, fn, qualifier, arn);
  const uuid = context.uuid('lambda.mapping');
  const mapping: Mapping = {
    uuid,
    arn: `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${uuid}`,
    sourceArn: arn,
    fn: fn.name,
    qualifier,
    settings,
    stream,
    shards: new Map(),
    state: 'Creating',
    enabled: input.Enabled ?? true,
    lastModifiedMs: context.epochMs,
    lastProcessingResult: 'No records processed',
    problem: '',
    pollers: 0,
    polling: 0,
    batches: new Map(),
    nextBatch: 1,
    filling: null,
    closed: [],
    retrying: false,
    emptyToldUs: context.now,
    emptyTold: 0,
    seq: 0,
    growing: false,
    token: 0,
    counters: { polled: 0, filteredOut: 0, invoked: 0, failed: 0, deleted: 0, emptyPolls: 0 },
  };
  context.state.mappings.set(uuid, mapping);
  change(context, mapping, 'Creating');
  return shown(context, mapping);
}

const uuidInput = z.object({ UUID: z.string() });
const byUuid = (context: LambdaContext, input: { readonly UUID: string }): string => `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${input.UUID}`;
const errors = ['ResourceNotFoundException', 'InvalidParameterValueException', 'ResourceConflictException'];

export const mappingOperations: OperationTable<LambdaState, LambdaTuning> = {
  CreateEventSourceMapping: operation({ input: createInput, action: 'lambda:CreateEventSourceMapping', resource: () => '*', writes: true, errors, source: SOURCE, http: { method: 'POST', uri: '/2015-03-31/event-source-mappings', status: 202 }, handle: create }),
  GetEventSourceMapping: operation({ input: uuidInput, action: 'lambda:GetEventSourceMapping', resource: byUuid, writes: false, errors, source: SOURCE, http: { method: 'GET', uri: '/2015-03-31/event-source-mappings/{UUID}' }, handle: (context: LambdaContext, input) => shown(context, mappingOf(context, input.UUID)) }),
  UpdateEventSourceMapping: operation({
    input: settingsInput.extend({ UUID: z.string(), FunctionName: z.string().optional() }),
    action: 'lambda:UpdateEventSourceMapping',
    resource: byUuid,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'PUT', uri: '/2015-03-31/event-source-mappings/{UUID}', status: 202 },
    handle: (context: LambdaContext, input) => {
      const mapping = mappingOf(context, input.UUID);
      const settings = readSettings(input, mapping.sourceArn, mapping.settings);
      const { fn, qualifier } = mappedFunction(context, input.FunctionName ?? qualified(mapping.fn, mapping.qualifier));
      checkUnique(context, { arn: mapping.sourceArn, fn, qualifier }, mapping);
      checkSource(context, fn, qualifier, mapping.sourceArn);
      const enabled = input.Enabled ?? mapping.enabled;
      const state = enabled === mapping.enabled ? 'Updating' : enabled ? 'Enabling' : 'Disabling';
      if (mapping.stream !== null) mapping.stream = readStreamSettings(input, mapping.sourceArn, mapping.stream);
      mapping.settings = settings;
      mapping.enabled = enabled;
      mapping.fn = fn.name;
      mapping.qualifier = qualifier;
      flush(context, mapping);
      change(context, mapping, state);
      return shown(context, mapping);
    },
  }),
  DeleteEventSourceMapping: operation({
    input: uuidInput,
    action: 'lambda:DeleteEventSourceMapping',
    resource: byUuid,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: '/2015-03-31/event-source-mappings/{UUID}', status: 202 },
    handle: (context: LambdaContext, input) => {
      const mapping = mappingOf(context, input.UUID);
      mapping.enabled = false;
      flush(context, mapping);
      change(context, mapping, 'Deleting');
      return shown(context, mapping);
    },
  }),
  ListEventSourceMappings: operation({
    input: z.object({ EventSourceArn: z.string().optional(), FunctionName: z.string().optional(), Marker: z.string().optional(), MaxItems: z.int().optional() }),
    action: 'lambda:ListEventSourceMappings',
    resource: () => '*',
    writes: false,
    errors,
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri: '/2015-03-31/event-source-mappings' },
    handle: (context: LambdaContext, input) => {
      const name = input.FunctionName === undefined ? undefined : parseRef(context, input.FunctionName).name;
      const all = [...context.state.mappings.values()].filter((mapping) => (input.EventSourceArn === undefined || mapping.sourceArn === input.EventSourceArn) && (name === undefined || mapping.fn === name));
      return page(all.map((mapping) => shown(context, mapping)), 'EventSourceMappings', input, MAPPING.perPage);
    },
  }),
};
