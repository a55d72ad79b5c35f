/** Streams of tables: what each change of an item leaves for 24 hours, in one shard. @source aws/other-services.md §6 */
import type { Seq } from '../../../../sim/trace.ts';
import type { Item } from '../values.ts';

/** What of an item a record shows. @source aws/other-services.md §6 */
export const STREAM_VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;
export type StreamView = (typeof STREAM_VIEWS)[number];

export interface ChangeRecord {
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Place in the stream, from 1. */
  readonly number: number;
  readonly atMs: number;
  readonly keys: Item;
  readonly newImage: Item | undefined;
  readonly oldImage: Item | undefined;
  readonly bytes: number;
  /** Trace event that recorded it, and the item it is about. */
  readonly seq: Seq;
  readonly subject: string;
  /** Time to live took the item. */
  readonly byService: boolean;
}

/** A stream outlives its switching off, and its table, by the time that its records stay. */
export interface Stream {
  readonly arn: string;
  /** When it was switched on: the end of its ARN. */
  readonly label: string;
  readonly view: StreamView;
  readonly shardId: string;
  /** False when it was switched off: nothing more comes. */
  open: boolean;
  nextNumber: number;
  /** Oldest first; those over 24 hours go when the next one comes or somebody reads. */
  records: ChangeRecord[];
}
