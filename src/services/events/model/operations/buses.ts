/** Operations on buses and on who may put events on them. @source aws/eventbridge.md §1, §4, §11 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import type { PolicyDocument, PolicyStatement } from '../../../../sim/iam.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { refuseMembers, unmodelled } from '../../../../sim/unmodelled.ts';
import { dateValue } from '../../../../sim/values.ts';
import { BUSES_MAX, BUS_POLICY_CHARS_MAX } from '../limits.ts';
import { busArn, busName, busOf, newBus, rulesOf } from '../state.ts';
import type { Bus, EventsContext, EventsState, EventsTuning } from '../state.ts';
import { alreadyExists, constraint, limitExceeded, notFound, onBus, page, PAGES, paging, present, row } from './common.ts';
import { saveTags, tagList } from './tags.ts';

/** Keys of one's own, undeliverable encrypted events and logs of a bus. */
const UNMODELLED = ['KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'] as const;
const createInput = z.object({ Name: z.string(), Description: z.string().max(512).optional(), EventSourceName: z.string().max(256).optional(), Tags: tagList.optional(), ...unmodelled(UNMODELLED) });
const updateInput = z.object({ Name: z.string().optional(), Description: z.string().max(512).optional(), ...unmodelled(UNMODELLED) });

function createBus(context: EventsContext, input: z.infer<typeof createInput>): object {
  refuseMembers('events', input, UNMODELLED);
  const { Name: name, EventSourceName: source } = input;
  if (name === 'default' || context.state.buses.has(name)) throw alreadyExists(`Event bus ${name}`);
  if (name.length > 256) throw constraint(name, 'name', 'Member must have length less than or equal to 256');
  if (!/^[/.\-_A-Za-z0-9]+$/.test(name)) throw constraint(name, 'name', 'Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+');
  // A bus for a partner is named as its source; no other name may have a slash.
  if (source === undefined && name.includes('/')) throw new AwsError('ValidationException', "Event bus name must not contain '/'.");
  if (source !== undefined && source !== name) throw new AwsError('ValidationException', 'Event bus name must match event source name.');
  const partner = source === undefined ? undefined : context.state.partnerSources.get(source);
  if (source !== undefined && partner === undefined) throw notFound(`Event source ${source}`);
  busOf(context, 'default');
  if (context.state.buses.size >= BUSES_MAX) throw limitExceeded();
  const bus = newBus(context, name, { description: input.Description, partnerSource: source });
  context.state.buses.set(name, bus);
  if (partner) partner.state = 'ACTIVE';
  if (input.Tags) saveTags(context, bus.arn, input.Tags);
  context.emit('events.BusCreated', bus.arn, { name });
  return present({ EventBusArn: bus.arn, Description: input.Description });
}

/** Deleting a bus that is not there succeeds; its rules go with it. */
function deleteBus(context: EventsContext, name: string): object {
  if (name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
  const bus = context.state.buses.get(name);
  if (bus === undefined) return {};
  for (const rule of rulesOf(context, name)) {
    context.state.rules.delete(`${rule.bus}/${rule.name}`);
    context.state.tags.delete(rule.arn);
  }
  context.state.buses.delete(name);
  context.state.tags.delete(bus.arn);
  const partner = context.state.partnerSources.get(bus.partnerSource ?? '');
  if (partner) partner.state = 'PENDING';
  context.emit('events.BusDeleted', bus.arn, { name });
  return {};
}

function shown(bus: Bus): Record<string, unknown> {
  return present({ Name: bus.name, Arn: bus.arn, Description: bus.description, Policy: bus.policy && JSON.stringify(bus.policy), CreationTime: dateValue(bus.createdMs), LastModifiedTime: dateValue(bus.changedMs) });
}

const condition = z.object({ Type: z.string(), Key: z.string(), Value: z.string() });
const permissionInput = z.object({ ...onBus, Policy: z.string().optional(), Action: z.string().optional(), Principal: z.string().optional(), StatementId: z.string().optional(), Condition: condition.optional() });

function policyOf(text: string): PolicyDocument {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    policy = undefined;
  }
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) throw new AwsError('ValidationException', 'Parameter Policy is not valid. Reason: Policy is not a valid JSON.');
  return policy as PolicyDocument;
}

/** The statement that the older form (an account and a statement id) stands for. */
function statementOf(input: z.infer<typeof permissionInput>, bus: Bus): PolicyStatement {
  const { StatementId, Principal, Action, Condition } = input;
  for (const [name, value] of [['StatementId', StatementId], ['Principal', Principal], ['Action', Action]] as const) {
    if (value === undefined) throw new AwsError('ValidationException', `Parameter ${name} must be specified.`);
  }
  if (!/^(\d{12}|\*)$/.test(Principal!)) throw constraint(Principal!, 'principal', 'Member must satisfy regular expression pattern: (\\d{12}|\\*)');
  return {
    Sid: StatementId!,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal!}:root` },
    Action: Action!,
    Resource: bus.arn,
    ...(Condition === undefined ? {} : { Condition: { [Condition.Type]: { [Condition.Key]: Condition.Value } } }),
  };
}

const statementsOf = (bus: Bus): readonly PolicyStatement[] => (bus.policy === undefined ? [] : ([bus.policy.Statement].flat() as PolicyStatement[]));

function putPermission(context: EventsContext, input: z.infer<typeof permissionInput>): object {
  const bus = busOf(context, busName(input.EventBusName));
  let policy: PolicyDocument;
  if (input.Policy !== undefined) policy = policyOf(input.Policy);
  else {
    const statement = statementOf(input, bus);
    policy = { Version: '2012-10-17', Statement: [...statementsOf(bus).filter(({ Sid }) => Sid !== statement.Sid), statement] };
  }
  if (JSON.stringify(policy).length > BUS_POLICY_CHARS_MAX) throw new AwsError('PolicyLengthExceededException', 'The event bus policy is too long. For more information, see the limits.');
  bus.policy = policy;
  bus.changedMs = context.epochMs;
  return {};
}

function removePermission(context: EventsContext, input: { readonly EventBusName?: string | undefined; readonly StatementId?: string | undefined; readonly RemoveAllPermissions?: boolean | undefined }): object {
  const bus = busOf(context, busName(input.EventBusName));
  const statements = statementsOf(bus);
  const kept = input.RemoveAllPermissions ? [] : statements.filter((statement) => statement.Sid !== input.StatementId);
  if (!input.RemoveAllPermissions && kept.length === statements.length) throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
  bus.policy = kept.length === 0 ? undefined : { Version: '2012-10-17', Statement: kept };
  bus.changedMs = context.epochMs;
  return {};
}

const byBus = (context: EventsContext, input: { readonly EventBusName?: string | undefined }): string => busArn(context, busName(input.EventBusName));
const byName = (context: EventsContext, input: { readonly Name?: string | undefined }): string => busArn(context, busName(input.Name));

export const busOperations: OperationTable<EventsState, EventsTuning> = {
  CreateEventBus: row('CreateEventBus', createInput, { writes: true, resource: byName, handle: createBus }),
  DeleteEventBus: row('DeleteEventBus', z.object({ Name: z.string() }), { writes: true, resource: byName, handle: (context, input) => deleteBus(context, input.Name) }),
  UpdateEventBus: row('UpdateEventBus', updateInput, {
    writes: true,
    resource: byName,
    handle: (context, input) => {
      refuseMembers('events', input, UNMODELLED);
      const bus = busOf(context, busName(input.Name));
      bus.description = input.Description;
      bus.changedMs = context.epochMs;
      return present({ Arn: bus.arn, Name: bus.name, Description: bus.description });
    },
  }),
  DescribeEventBus: row('DescribeEventBus', z.object({ Name: z.string().optional() }), { writes: false, resource: byName, handle: (context, input) => shown(busOf(context, busName(input.Name))) }),
  ListEventBuses: row('ListEventBuses', z.object({ NamePrefix: z.string().optional(), ...paging }), {
    writes: false,
    resource: () => '*',
    pages: PAGES,
    handle: (context, input) => {
      busOf(context, 'default');
      const { items, next } = page([...context.state.buses.values()].filter((bus) => bus.name.startsWith(input.NamePrefix ?? '')).map(shown), input);
      return { EventBuses: items, ...next };
    },
  }),
  PutPermission: row('PutPermission', permissionInput, { writes: true, resource: byBus, handle: putPermission }),
  RemovePermission: row('RemovePermission', z.object({ ...onBus, StatementId: z.string().optional(), RemoveAllPermissions: z.boolean().optional() }), { writes: true, resource: byBus, handle: removePermission }),
};
