/** Tags of rules and buses. */
import { z } from 'zod';
import type { OperationTable } from '../../../../sim/service.ts';
import { busName } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning } from '../state.ts';
import { notFound, row } from './common.ts';

export const tagList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));

export function saveTags(context: EventsContext, arn: string, tags: z.infer<typeof tagList>): void {
  context.state.tags.set(arn, { ...context.state.tags.get(arn), ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) });
}

function checkExists(context: EventsContext, arn: string): void {
  const rule = [...context.state.rules.values()].some((known) => known.arn === arn);
  if (rule || context.state.buses.has(busName(arn))) return;
  const [, name = arn] = /rule\/(.+)$/.exec(arn) ?? [];
  throw notFound(arn.includes(':rule/') ? `Rule ${name}` : `Event bus ${busName(arn)}`);
}

const byArn = { resource: (_: EventsContext, input: { readonly ResourceARN: string }): string => input.ResourceARN };

export const tagOperations: OperationTable<EventsState, EventsTuning> = {
  TagResource: row('TagResource', z.object({ ResourceARN: z.string(), Tags: tagList }), {
    ...byArn,
    writes: true,
    handle: (context, input) => {
      checkExists(context, input.ResourceARN);
      saveTags(context, input.ResourceARN, input.Tags);
      return {};
    },
  }),
  UntagResource: row('UntagResource', z.object({ ResourceARN: z.string(), TagKeys: z.array(z.string()) }), {
    ...byArn,
    writes: true,
    handle: (context, input) => {
      checkExists(context, input.ResourceARN);
      const left = Object.entries(context.state.tags.get(input.ResourceARN) ?? {}).filter(([key]) => !input.TagKeys.includes(key));
      context.state.tags.set(input.ResourceARN, Object.fromEntries(left));
      return {};
    },
  }),
  ListTagsForResource: row('ListTagsForResource', z.object({ ResourceARN: z.string() }), {
    ...byArn,
    writes: false,
    handle: (context, input) => {
      checkExists(context, input.ResourceARN);
      return { Tags: Object.entries(context.state.tags.get(input.ResourceARN) ?? {}).map(([Key, Value]) => ({ Key, Value })) };
    },
  }),
};
