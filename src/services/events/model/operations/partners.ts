/** Partner event sources: a partner offers one to an account; a bus of its name takes its events. @source aws/eventbridge.md §1 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import type { OperationTable } from '../../../../sim/service.ts';
import { dateValue } from '../../../../sim/values.ts';
import type { EventsContext, EventsState, EventsTuning, PartnerSource } from '../state.ts';
import { alreadyExists, constraint, notFound, page, PAGES, paging, row } from './common.ts';

const SIMPLIFIED = ['The partner and the account are the same here.'];
const byName = { resource: (context: EventsContext, input: { readonly Name: string }): string => sourceArn(context, input.Name) };
const sourceArn = (context: EventsContext, name: string): string => `arn:aws:events:${context.region}::event-source/${name}`;

function sourceOf(context: EventsContext, name: string): PartnerSource {
  const source = context.state.partnerSources.get(name);
  if (source === undefined) throw notFound(`Event source ${name}`);
  return source;
}

function create(context: EventsContext, name: string): object {
  if (!/^aws\.partner(\/[.\-_A-Za-z0-9]+){2,}$/.test(name)) throw constraint(name, 'name', 'Member must satisfy regular expression pattern: aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}');
  if (context.state.partnerSources.has(name)) throw alreadyExists(`Event source ${name}`);
  const arn = sourceArn(context, name);
  context.state.partnerSources.set(name, { name, arn, createdMs: context.epochMs, state: context.state.buses.get(name)?.partnerSource === name ? 'ACTIVE' : 'PENDING' });
  context.emit('events.PartnerSourceCreated', arn, { name });
  return { EventSourceArn: arn };
}

const shown = ({ name, arn, createdMs, state }: PartnerSource): object => ({ Name: name, Arn: arn, State: state, CreatedBy: name.split('/').slice(0, 2).join('/'), CreationTime: dateValue(createdMs) });

export const partnerOperations: OperationTable<EventsState, EventsTuning> = {
  CreatePartnerEventSource: row('CreatePartnerEventSource', z.object({ Name: z.string(), Account: z.string() }), { ...byName, writes: true, handle: (context, input) => create(context, input.Name), simplified: SIMPLIFIED }),
  DeletePartnerEventSource: row('DeletePartnerEventSource', z.object({ Name: z.string(), Account: z.string() }), {
    ...byName,
    writes: true,
    handle: (context, input) => {
      context.state.partnerSources.delete(input.Name);
      return {};
    },
    simplified: SIMPLIFIED,
  }),
  DescribeEventSource: row('DescribeEventSource', z.object({ Name: z.string() }), { ...byName, writes: false, handle: (context, input) => shown(sourceOf(context, input.Name)) }),
  ListEventSources: row('ListEventSources', z.object({ NamePrefix: z.string().optional(), ...paging }), {
    writes: false,
    resource: () => '*',
    pages: PAGES,
    handle: (context, input) => {
      const { items, next } = page([...context.state.partnerSources.values()].filter(({ name }) => name.startsWith(input.NamePrefix ?? '')).map(shown), input);
      return { EventSources: items, ...next };
    },
  }),
};
