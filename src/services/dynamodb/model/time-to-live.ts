/** Time to live: items whose time is over go in the background, some while after it, and cost nothing. @source Amazon DynamoDB developer guide, "using time to live" @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { DEFERRED, portCallOf } from '../../../sim/ports/ports.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { msToUs, US_PER_SEC } from '../../../sim/units.ts';
import { tableNotFound, tableInUse, validation } from './errors.ts';
import { DYNAMODB } from './limits.ts';
import { SOURCE, tableName } from './requests.ts';
import { nameOf, storeItem, subjectOf, tableArn } from './state.ts';
import type { DynamoContext, DynamoState, DynamoTuning, StoredItem, Table } from './state.ts';
import { recordChange } from './streams/changes.ts';
import { attribute } from './values.ts';
import type { Item } from './values.ts';

/** When an item's time is over, epoch seconds; undefined for one that has none. What is more than five years ago is left alone. */
function expiryOf(context: DynamoContext, table: Table, item: Item): number | undefined {
  const value = table.ttl && attribute(item, table.ttl.attribute);
  const sec = value !== undefined && 'N' in value ? Math.floor(Number(value.N)) : Number.NaN;
  return Number.isSafeInteger(sec) && sec > context.epochMs / 1000 - DYNAMODB.ttlPastMaxSec ? sec : undefined;
}

/** Sees to it that the table is swept when this item has expired, unless it is swept earlier anyway. */
export function armSweep(context: DynamoContext, table: Table, item: Item): void {
  const expiry = expiryOf(context, table, item);
  if (expiry === undefined) return;
  const delayUs = Math.max(0, expiry * US_PER_SEC - context.epochUs) + msToUs(context.tuning.sweepMs);
  if (!Number.isSafeInteger(context.now + delayUs)) return;
  const atUs = context.now + delayUs;
  if (table.sweepAtUs !== undefined && table.sweepAtUs <= atUs) return;
  if (table.sweepEntry !== undefined) context.cancel(table.sweepEntry);
  table.sweepAtUs = atUs;
  table.sweepEntry = context.schedule(delayUs, 'sweep', { table: table.name }, { background: true, cancellable: true, cause: [] });
}

/** Agenda: deletes what has expired, and arms the table for the rest. */
export function onSweep(context: DynamoContext, payload: { readonly table: string }): void {
  const table = context.state.tables.get(payload.table);
  if (table === undefined) return;
  table.sweepAtUs = undefined;
  table.sweepEntry = undefined;
  const all: readonly StoredItem[] = table.partitions.flatMap(({ items }) => items);
  for (const stored of all) {
    const expiry = expiryOf(context, table, stored.item);
    if (expiry === undefined || expiry * US_PER_SEC > context.epochUs) armSweep(context, table, stored.item);
    else expire(context, table, stored);
  }
}

function expire(context: DynamoContext, table: Table, stored: StoredItem): void {
  storeItem(table, stored.item, undefined);
  table.totals.expired++;
  const seq = context.emit('dynamodb.ItemExpired', table.arn, { key: stored.key, items: table.itemCount }, { cause: [stored.seq], subjects: [subjectOf(table, stored.key)] });
  recordChange(context, table, { before: stored.item, after: undefined, seq, byService: true });
}

const byName = (context: DynamoContext, input: { TableName: string }): string => tableArn(context, input.TableName);

export const timeToLiveOperations: OperationTable<DynamoState, DynamoTuning> = {
  UpdateTimeToLive: operation({
    input: tableName.extend({ TimeToLiveSpecification: z.object({ Enabled: z.boolean(), AttributeName: z.string().min(1).max(255) }), WaitForActive: z.boolean().optional() }),
    action: 'dynamodb:UpdateTimeToLive',
    resource: byName,
    writes: true,
    errors: ['ResourceInUseException', 'ResourceNotFoundException', 'ValidationException'],
    source: SOURCE,
    simplified: ['Time to live is on or off at once; on AWS a change takes up to an hour, and the next one has to wait for it.', 'With WaitForActive (ours) it waits for a table that is being created.', 'An expired item goes ten minutes after its time at the latest; AWS says within a few days.'],
    handle: (context: DynamoContext, input, call) => {
      const table = context.state.tables.get(nameOf(input.TableName));
      if (table === undefined) throw tableNotFound(nameOf(input.TableName));
      if (table.status === 'CREATING' && input.WaitForActive === true) {
        table.waiting = [...table.waiting, { operation: 'UpdateTimeToLive', input, call: portCallOf(call) }];
        return DEFERRED;
      }
      if (table.status !== 'ACTIVE') throw tableInUse(`Attempt to change a resource which is still in use: Table is being ${table.status === 'CREATING' ? 'created' : 'deleted'}: ${table.name}`);
      const { Enabled: on, AttributeName: name } = input.TimeToLiveSpecification;
      if (on && table.ttl !== undefined) throw validation(table.ttl.attribute === name ? 'TimeToLive is already enabled' : `TimeToLive is active on a different AttributeName: current AttributeName is ${table.ttl.attribute}`);
      if (!on && table.ttl === undefined) throw validation('TimeToLive is already disabled');
      if (!on && table.ttl?.attribute !== name) throw validation(`TimeToLive is active on a different AttributeName: current AttributeName is ${table.ttl?.attribute ?? ''}`);
      table.ttl = on ? { attribute: name, changedUs: context.now } : undefined;
      context.emit('dynamodb.TimeToLiveSet', table.arn, { attribute: name, state: on ? 'on' : 'off' });
      for (const { items } of table.partitions) for (const stored of items) armSweep(context, table, stored.item);
      return { TimeToLiveSpecification: { Enabled: on, AttributeName: name } };
    },
  }),
  DescribeTimeToLive: operation({
    input: tableName,
    action: 'dynamodb:DescribeTimeToLive',
    resource: byName,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    handle: (context: DynamoContext, input) => {
      const table = context.state.tables.get(nameOf(input.TableName));
      if (table === undefined) throw tableNotFound(nameOf(input.TableName));
      return { TimeToLiveDescription: table.ttl === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: table.ttl.attribute } };
    },
  }),
};
