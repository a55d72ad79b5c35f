/** The trace events of DynamoDB. Those of an item carry its key; writes also `units` (1 KB each), reads `halves` (half a unit each). */
import type { TraceKind } from '../../../sim/trace.ts';

export const dynamodbTraceKinds = {
  'dynamodb.TableCreated': { sentence: 'The table {name} is being created, with the key {key}.', level: 'detail' },
  'dynamodb.TableActive': { sentence: 'The table {resource} is active.', level: 'detail' },
  'dynamodb.TableDeleting': { sentence: 'The table {resource} is being deleted, with {items} items in it.', level: 'moment' },
  'dynamodb.TableDeleted': { sentence: 'The table {resource} is gone, and {lost} items with it.', level: 'moment' },
  'dynamodb.TimeToLiveSet': { sentence: 'Time to live of {resource} is {state}, by the attribute {attribute}.', level: 'step' },
  'dynamodb.StreamSet': { sentence: 'The stream of {resource} is switched {state}.', level: 'step' },
  /** data: key, eventName, stream, number */
  'dynamodb.ChangeRecorded': { sentence: 'The stream of {resource} has the {eventName} of {key}.', level: 'step' },
  /** data: key, bytes, items, units, operation */
  'dynamodb.ItemCreated': { sentence: '{resource} has a new item {key}.', level: 'step' },
  'dynamodb.ItemReplaced': { sentence: '{resource} replaces the item {key}.', level: 'step' },
  'dynamodb.ItemUpdated': { sentence: '{resource} changes {attributes} of {key}.', level: 'step' },
  'dynamodb.ItemDeleted': { sentence: '{resource} deletes the item {key}.', level: 'step' },
  'dynamodb.NothingDeleted': { sentence: '{resource} has no item {key} to delete.', level: 'detail' },
  /** data: key, operation, condition, units */
  'dynamodb.WriteRefused': { sentence: '{resource} refuses the {operation} of {key}: {condition} is false.', level: 'moment', severity: 'warning' },
  'dynamodb.TransactionCancelled': { sentence: 'A transaction of {parts} parts is cancelled: {reasons}.', level: 'moment', severity: 'warning' },
  /** data: key, bytes, halves */
  'dynamodb.ItemRead': { sentence: '{resource} gives back the item {key}.', level: 'step' },
  'dynamodb.ItemMissed': { sentence: '{resource} has no item {key}.', level: 'step' },
  /** data: found, scanned, bytes, halves */
  'dynamodb.ItemsQueried': { sentence: 'A query of {resource} reads {scanned} items and gives back {found}.', level: 'step' },
  'dynamodb.TableScanned': { sentence: 'A scan of {resource} reads {scanned} items and gives back {found}.', level: 'step' },
  'dynamodb.ItemExpired': { sentence: 'The time of {key} in {resource} is over: the item is gone.', level: 'moment' },
} satisfies Readonly<Record<string, TraceKind>>;
