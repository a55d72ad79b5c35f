/** State of an event source mapping: settings, pollers and the batches they hold. */
import type { EntryId } from '../../../../sim/agenda.ts';
import type { PolledMessage } from '../../../../sim/ports/ports.ts';
import type { ShardReader, StreamSettings } from './stream-state.ts';
import type { Seq } from '../../../../sim/trace.ts';

export interface MappingSettings {
  readonly batchSize: number;
  readonly windowSec: number;
  readonly maximumConcurrency: number | undefined;
  /** Pollers of provisioned mode. */
  readonly provisioned: { readonly minimum: number; readonly maximum: number } | undefined;
  readonly filters: readonly string[];
  readonly partialFailures: boolean;
  /** Whether CloudWatch gets its counts of events. */
  readonly metrics: boolean;
}

/** Messages that go to one invocation. */
export interface Batch {
  readonly id: number;
  readonly messages: readonly PolledMessage[];
  /** The messages come back at about this time. */
  readonly visibleAtUs: number;
  throttles: number;
  readonly cause: readonly Seq[];
}

/** Messages that are to go out together, once a poller is free for them. */
export interface Closed {
  readonly messages: readonly PolledMessage[];
  readonly visibleAtUs: number;
}

/** Messages that wait for a batch to fill, or for its window to end. */
export interface Filling {
  readonly messages: PolledMessage[];
  bytes: number;
  readonly firstUs: number;
  readonly visibleAtUs: number;
  windowEntry: EntryId | null;
}

export interface Mapping {
  readonly uuid: string;
  readonly arn: string;
  readonly sourceArn: string;
  fn: string;
  qualifier: string;
  settings: MappingSettings;
  /** Of a stream: its further settings, and its readers by shard. */
  stream: StreamSettings | null;
  readonly shards: Map<string, ShardReader>;
  state: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled' | 'Updating' | 'Deleting';
  enabled: boolean;
  lastModifiedMs: number;
  lastProcessingResult: string;
  /** Why its function cannot be invoked, as in the trace; `` while it can. */
  problem: string;
  /** Pollers that exist, and how many of them wait at the queue. */
  pollers: number;
  polling: number;
  /** Batches being invoked, by id. */
  readonly batches: Map<number, Batch>;
  nextBatch: number;
  filling: Filling | null;
  /** In the order in which they go out. */
  readonly closed: Closed[];
  /** A new try after a refused poll is on the agenda. */
  retrying: boolean;
  /** When the last empty poll was told in the trace, µs. */
  emptyToldUs: number;
  /** Empty polls that were told. */
  emptyTold: number;
  /** Trace event that enabled it. */
  seq: Seq;
  /** The next look at growing is on the agenda. */
  growing: boolean;
  /** Void entries of an older token. */
  token: number;
  readonly counters: { polled: number; filteredOut: number; invoked: number; failed: number; deleted: number; emptyPolls: number };
}
