/** Counts of a mapping whose MetricsConfig asks for them, for CloudWatch. @source aws/lambda.md §13 (Lambda Developer Guide, monitoring-metrics-types, 2026-07) */
import type { Seq } from '../../../../sim/trace.ts';
import { PROVISIONED_POLLERS } from '../limits.ts';
import type { LambdaContext } from '../state.ts';
import type { Mapping } from './mapping-state.ts';

/** Events: read, passed over by the filters, that a function was asked to run with, that failed in it, given up with nobody told, told to the destination, deleted from the queue. */
export interface Counts {
  readonly polled?: number;
  readonly filteredOut?: number;
  readonly invoked?: number;
  readonly failedInvoke?: number;
  readonly dropped?: number;
  readonly delivered?: number;
  readonly deleted?: number;
}

/** Tells the trace when somebody counts. */
export function tally(context: LambdaContext, mapping: Mapping, counts: Counts, cause: readonly Seq[] = [mapping.seq]): void {
  if (mapping.settings.metrics) context.emit('lambda.MappingCounted', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, ...counts }, { cause });
}

/** Of provisioned mode: how many pollers there are, whether its counts are asked for or not. */
export function tellPollers(context: LambdaContext, mapping: Mapping): void {
  if (mapping.settings.provisioned !== undefined) context.emit('lambda.MappingCounted', mapping.sourceArn, { mapping: mapping.uuid, function: mapping.fn, provisionedPollers: Math.ceil(mapping.pollers / PROVISIONED_POLLERS.concurrencyOfOne) }, { cause: [mapping.seq] });
}
