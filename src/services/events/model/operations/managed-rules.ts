/** The rule that EventBridge itself keeps on a bus for each archive: to be seen, not to be changed. @source aws/eventbridge.md §8 (a managed rule feeds the archive; names recalled) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { AwsError } from '../../../../sim/errors.ts';
import { ruleArn } from '../state.ts';
import type { Archive, EventsContext } from '../state.ts';

const PREFIX = 'Events-Archive-';
const MANAGED_BY = 'prod.vhs.events.aws.internal';

function shown(context: EventsContext, archive: Archive): Record<string, unknown> {
  const name = `${PREFIX}${archive.name}`;
  const own = archive.pattern === undefined ? {} : (JSON.parse(archive.pattern) as object);
  // What a replay sends is not archived a second time.
  return { Name: name, Arn: ruleArn(context, archive.bus, name), State: 'ENABLED', EventBusName: archive.bus, EventPattern: JSON.stringify({ ...own, 'replay-name': [{ exists: false }] }), ManagedBy: MANAGED_BY };
}

export function managedRules(context: EventsContext, bus: string): readonly Record<string, unknown>[] {
  return [...context.state.archives.values()].filter((archive) => archive.bus === bus).map((archive) => shown(context, archive));
}

export function managedRule(context: EventsContext, bus: string, name: string): Record<string, unknown> | undefined {
  const archive = name.startsWith(PREFIX) ? context.state.archives.get(name.slice(PREFIX.length)) : undefined;
  return archive?.bus === bus ? { ...shown(context, archive), CreatedBy: context.account } : undefined;
}

/** @throws ManagedRuleException for a rule that a service keeps */
export function checkUnmanaged(context: EventsContext, bus: string, name: string, force: boolean): void {
  if (managedRule(context, bus, name) === undefined) return;
  throw new AwsError('ManagedRuleException', force ? `Rule ${name} is kept by its archive. Delete the archive instead.` : `Rule ${name} is managed by an AWS service can only be modified if force is true.`);
}
