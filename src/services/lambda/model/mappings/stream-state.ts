/** State of an event source mapping of a stream: settings, and one reader for each shard. Plain data. */
import type { EntryId } from '../../../../sim/agenda.ts';
import type { Seq } from '../../../../sim/trace.ts';

export interface StreamSettings {
  readonly source: 'kinesis' | 'dynamodb';
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  readonly startingTimestampMs: number | undefined;
  readonly parallelization: number;
  /** -1 = without end, as AWS writes it. */
  readonly retries: number;
  readonly ageSec: number;
  readonly bisect: boolean;
  /** 0 = none. */
  readonly tumblingSec: number;
  readonly onFailure: string | undefined;
}

export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrivedEpochMs: number;
  /** Trace event that made it; undefined where its source does not say. */
  readonly cause: Seq | undefined;
  /** What it is followed by: the item that changed, else its sequence number. */
  readonly subject: string;
  /** As the handler gets it. */
  readonly event: object;
  readonly bytes: number;
}

/** Records that go to one invocation, and again until they are done with. */
export interface StreamBatch {
  readonly id: number;
  readonly records: readonly StreamRecord[];
  /** Closes a tumbling window. */
  readonly final: boolean;
  /** Retries that count, waits so far, and invocations. */
  retries: number;
  waits: number;
  invokes: number;
  requestId: string;
}

/** One order of records: a shard, or with a parallelization factor the part of its partition keys that go one after another. */
export interface Lane {
  readonly index: number;
  readonly queue: StreamRecord[];
  /** When the batching window began; -1 = nothing waits. */
  windowFromUs: number;
  windowEntry: EntryId | null;
  batch: StreamBatch | null;
  /** Parts of a bisected or narrowed batch, next first. */
  readonly parts: StreamBatch[];
  tumbling: { readonly startMs: number; state: string; due: boolean; early: boolean } | null;
}

export interface ShardReader {
  readonly shardId: string;
  readonly parentId: string | undefined;
  /** Null: closed, and read to its end. */
  iterator: string | null;
  readonly lanes: Lane[];
}
