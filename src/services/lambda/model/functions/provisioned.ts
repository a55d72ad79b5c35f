/** Provisioned concurrency: environments that are initialized ahead of demand, all of them before any is used. @source aws/lambda.md §7.3 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import type { Seq } from '../../../../sim/trace.ts';
import { msToUs, US_PER_SEC } from '../../../../sim/units.ts';
import { isoMs } from '../../../../base/time-text.ts';
import { createEnvironment, endEnvironment, startIfPlaced } from '../environments/environments.ts';
import { conflict, functionNotFound, invalid, notFound } from '../errors.ts';
import { byRef, page } from './functions.ts';
import { LAMBDA } from '../limits.ts';
import { functionArn, functionOf, parseRef, versionOf } from './naming.ts';
import { environmentsOf } from '../state.ts';
import type { Environment, LambdaContext, LambdaFunction, LambdaState, Version } from '../state.ts';
import { configOf, newProvisioned } from './provisioned-state.ts';
import type { Provisioned } from './provisioned-state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §7.3 (Lambda API model 2026-08, recorded test_provisioned_concurrency_* 2025–2026)';

const total = (fn: LambdaFunction): number => [...fn.provisioned.values()].reduce((sum, one) => sum + one.requested, 0);

/** Takes what a function sets aside out of the account's concurrency, or gives it back: the reservation, or what is provisioned without one. */
export function setAside(context: LambdaContext, fn: LambdaFunction, change: () => void): void {
  const share = (): number => fn.reserved ?? total(fn);
  const before = share();
  change();
  context.state.setAside += share() - before;
}

function allocate(context: LambdaContext, fn: LambdaFunction, one: Provisioned, o: { readonly qualifier: string; readonly cause: Seq }): void {
  const us = context.tuning.provisionMs === 0 ? 0 : msToUs(context.tuning.provisionMs) + Math.ceil((one.requested * 60 * US_PER_SEC) / LAMBDA.provisionedPerMin);
  context.schedule(us, 'provision', { fn: fn.name, id: fn.id, qualifier: o.qualifier, version: one.version, atMs: one.lastModifiedMs }, { cause: [o.cause] });
}

/** What is kept ready costs from the request on, by whole periods of five minutes. @source aws/lambda.md §14 */
function bill(context: LambdaContext, fn: LambdaFunction, one: Provisioned, o: { readonly qualifier: string; readonly cause: readonly Seq[] }): void {
  const settings = fn.versions.get(one.version)?.settings;
  if (settings === undefined) return;
  const { memoryMb, architecture } = settings;
  const seq = context.emit('lambda.ProvisionedBilled', fn.arn, { version: one.version, environments: one.requested, seconds: LAMBDA.provisionedBillSec, memoryMb, architecture }, { cause: o.cause });
  context.schedule(LAMBDA.provisionedBillSec * US_PER_SEC, 'provision-bill', { fn: fn.name, id: fn.id, qualifier: o.qualifier, version: one.version, atMs: one.lastModifiedMs }, { cause: [seq], background: true });
}

interface OfConfig {
  readonly fn: string;
  readonly id: number;
  readonly qualifier: string;
  readonly version: string;
  readonly atMs: number;
}
/** The configuration that an entry was scheduled for, unless it was changed since. */
function stillThere(context: LambdaContext, payload: OfConfig): { readonly fn: LambdaFunction; readonly one: Provisioned; readonly version: Version } | undefined {
  const fn = context.state.functions.get(payload.fn);
  const one = fn?.provisioned.get(payload.qualifier);
  const version = fn?.versions.get(payload.version);
  if (fn?.id !== payload.id || !one || !version || one.version !== payload.version || one.lastModifiedMs !== payload.atMs) return undefined;
  return { fn, one, version };
}

export function onProvisionBill(context: LambdaContext, payload: OfConfig): void {
  const found = stillThere(context, payload);
  if (found !== undefined && found.one.status !== 'FAILED') bill(context, found.fn, found.one, { qualifier: payload.qualifier, cause: context.cause });
}

/** Agenda: capacity is found; all environments of the configuration start their init. */
export function onProvision(context: LambdaContext, payload: OfConfig): void {
  const current = stillThere(context, payload);
  if (current === undefined) return;
  const { fn, one, version } = current;
  const [cause] = context.cause;
  for (let missing = one.requested - own(context, fn, version.version).length; missing > 0; missing--) start(context, fn, version, cause ?? 0);
}

const own = (context: LambdaContext, fn: LambdaFunction, version: string): Environment[] => environmentsOf(context, fn.name).filter((environment) => environment.provisioned && environment.version === version && environment.fnId === fn.id);

function start(context: LambdaContext, fn: LambdaFunction, version: Version, cause: Seq): void {
  startIfPlaced(context, createEnvironment(context, fn, version, { provisioned: true, cause: [cause], subjects: [] }));
}

/** A provisioned environment is through its init. True when it waits with the others until all are there. */
export function provisionedReady(context: LambdaContext, fn: LambdaFunction, environment: Environment): 'use' | 'hold' | 'end' {
  const one = configOf(fn, environment.version);
  const version = fn.versions.get(environment.version);
  if (one === undefined || version === undefined) return 'end';
  if (environment.served > 0 || one.status === 'READY') return 'use';
  if (environment.needsInit) {
    one.status = 'FAILED';
    one.statusReason = 'FUNCTION_ERROR_INIT_FAILURE';
    context.emit('lambda.ProvisionedFailed', fn.arn, { version: environment.version, reason: one.statusReason }, { cause: [environment.lastSeq] });
    return 'end';
  }
  if (one.status === 'FAILED') return 'end';
  one.allocated++;
  if (one.allocated < one.requested) return 'hold';
  one.status = 'READY';
  for (const waiting of own(context, fn, environment.version)) {
    if (waiting === environment || waiting.phase !== 'idle') continue;
    version.idle.push(waiting.key);
    version.provisionedIdle++;
  }
  context.emit('lambda.ProvisionedReady', fn.arn, { version: environment.version, environments: one.allocated }, { cause: [environment.lastSeq] });
  return 'use';
}

/** A provisioned environment was recycled: another one takes its place. */
export function refill(context: LambdaContext, fn: LambdaFunction, environment: Environment): void {
  const version = fn.versions.get(environment.version);
  if (version !== undefined && configOf(fn, environment.version) !== undefined) start(context, fn, version, environment.lastSeq);
}

/** Ends what a configuration kept ready; busy ones end after their request. */
function free(context: LambdaContext, fn: LambdaFunction, version: string, cause: Seq): void {
  for (const environment of own(context, fn, version)) {
    if (environment.invocation !== null) continue;
    const idle = fn.versions.get(version)?.idle;
    const at = idle?.indexOf(environment.key) ?? -1;
    if (idle && at >= 0) {
      idle.splice(at, 1);
      fn.versions.get(version)!.provisionedIdle--;
    }
    endEnvironment(context, environment, 'concurrency', [cause]);
  }
}

/** The allocation of an alias follows it to its new version; without one it ends. */
export function moveProvisioned(context: LambdaContext, fn: LambdaFunction, o: { readonly alias: string; readonly version: string; readonly cause: Seq }): void {
  const before = fn.provisioned.get(o.alias);
  if (before === undefined) return;
  if (o.version === '') setAside(context, fn, () => fn.provisioned.delete(o.alias));
  else {
    const after = newProvisioned({ requested: before.requested, version: o.version, lastModifiedMs: context.epochMs });
    fn.provisioned.set(o.alias, after);
    allocate(context, fn, after, { qualifier: o.alias, cause: o.cause });
    bill(context, fn, after, { qualifier: o.alias, cause: [o.cause] });
  }
  free(context, fn, before.version, o.cause);
}

function shown(context: LambdaContext, fn: LambdaFunction, one: Provisioned): object {
  const available = one.status === 'READY' ? own(context, fn, one.version).filter((environment) => environment.phase === 'idle').length : 0;
  return {
    RequestedProvisionedConcurrentExecutions: one.requested,
    AvailableProvisionedConcurrentExecutions: available,
    AllocatedProvisionedConcurrentExecutions: one.status === 'READY' ? one.allocated : 0,
    Status: one.status,
    ...(one.statusReason === undefined ? {} : { StatusReason: one.statusReason }),
    LastModified: isoMs(one.lastModifiedMs).replace('Z', '+0000'),
  };
}

const refInput = z.object({ FunctionName: z.string(), Qualifier: z.string() });
function found(context: LambdaContext, input: z.infer<typeof refInput>): { fn: LambdaFunction; qualifier: string; one: Provisioned | undefined } {
  const { name, qualifier } = parseRef(context, input.FunctionName, input.Qualifier);
  const fn = context.state.functions.get(name);
  const arn = `${functionArn(context, name)}:${qualifier}`;
  if (fn === undefined || !(fn.versions.has(qualifier) || fn.aliases.has(qualifier))) throw /^(\d+|\$LATEST)$/.test(qualifier) ? functionNotFound(arn) : notFound(`Cannot find alias arn: ${arn}`);
  return { fn, qualifier, one: fn.provisioned.get(qualifier) };
}
/** For reading and deleting. @source recorded test_provisioned_concurrency_exceptions 2023 */
function foundPublished(context: LambdaContext, input: z.infer<typeof refInput>): ReturnType<typeof found> {
  const it = found(context, input);
  if (it.qualifier === '$LATEST') throw invalid('The function resource provided must be an alias or a published version.');
  return it;
}
const none = (): AwsError => new AwsError('ProvisionedConcurrencyConfigNotFoundException', 'No Provisioned Concurrency Config found for this function', { status: 404, data: { Type: 'User' } });

function put(context: LambdaContext, input: z.infer<typeof refInput> & { readonly ProvisionedConcurrentExecutions: number }): object {
  const { fn, qualifier, one: before } = found(context, input);
  if (qualifier === '$LATEST' || qualifier === '') throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  const { version } = versionOf(context, fn, qualifier);
  if (version === '$LATEST') throw invalid('Alias with an unpublished version cannot be used for Provisioned Concurrency configuration.');
  // @source reports to Terraform's AWS provider with AWS's text (2020–2026)
  if (Object.keys(fn.aliases.get(qualifier)?.weights ?? {}).length > 0) throw invalid('Alias with weights can not be used with Provisioned Concurrency');
  if (configOf(fn, version) !== undefined && before === undefined) {
    throw conflict(fn.aliases.has(qualifier) ? "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version" : "Version is pointed by a Provisioned Concurrency alias");
  }
  const requested = input.ProvisionedConcurrentExecutions;
  const others = total(fn) - (before?.requested ?? 0);
  if (fn.reserved !== undefined && others + requested > fn.reserved) throw invalid('Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function');
  const left = context.tuning.accountConcurrency - context.state.setAside + (before?.requested ?? 0);
  if (fn.reserved === undefined && requested > left) throw invalid(`Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${left}].`);
  if (fn.reserved === undefined && left - requested < LAMBDA.unreservedMin) throw invalid(`Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LAMBDA.unreservedMin}].`);
  const one = newProvisioned({ requested, version, lastModifiedMs: context.epochMs });
  setAside(context, fn, () => fn.provisioned.set(qualifier, one));
  const seq = context.emit('lambda.ProvisionedRequested', fn.arn, { qualifier, version, environments: requested });
  if (before !== undefined) free(context, fn, before.version, seq);
  allocate(context, fn, one, { qualifier, cause: seq });
  bill(context, fn, one, { qualifier, cause: [seq] });
  return shown(context, fn, one);
}

function list(context: LambdaContext, input: { readonly FunctionName: string; readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }): object {
  const fn = functionOf(context, parseRef(context, input.FunctionName));
  return page([...fn.provisioned].map(([qualifier, one]) => ({ FunctionArn: `${fn.arn}:${qualifier}`, ...shown(context, fn, one) })), 'ProvisionedConcurrencyConfigs', input);
}

const errors = ['ResourceNotFoundException', 'InvalidParameterValueException', 'ResourceConflictException', 'ProvisionedConcurrencyConfigNotFoundException'];
const uri = '/2019-09-30/functions/{FunctionName}/provisioned-concurrency';

export const provisionedOperations: OperationTable<LambdaState, LambdaTuning> = {
  PutProvisionedConcurrencyConfig: operation({
    input: refInput.extend({ ProvisionedConcurrentExecutions: z.int().min(1) }),
    action: 'lambda:PutProvisionedConcurrencyConfig',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    simplified: ['Changing the number frees the former environments first.'],
    http: { method: 'PUT', uri, status: 202 },
    handle: put,
  }),
  GetProvisionedConcurrencyConfig: operation({
    input: refInput,
    action: 'lambda:GetProvisionedConcurrencyConfig',
    resource: byRef,
    writes: false,
    errors,
    source: SOURCE,
    http: { method: 'GET', uri },
    handle: (context: LambdaContext, input) => {
      const { fn, one } = foundPublished(context, input);
      if (one === undefined) throw none();
      return shown(context, fn, one);
    },
  }),
  DeleteProvisionedConcurrencyConfig: operation({
    input: refInput,
    action: 'lambda:DeleteProvisionedConcurrencyConfig',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri, status: 204 },
    handle: (context: LambdaContext, input) => {
      const { fn, qualifier, one } = foundPublished(context, input);
      if (one === undefined) return {};
      setAside(context, fn, () => fn.provisioned.delete(qualifier));
      free(context, fn, one.version, context.emit('lambda.ProvisionedRequested', fn.arn, { qualifier, version: one.version, environments: 0 }));
      return {};
    },
  }),
  ListProvisionedConcurrencyConfigs: operation({
    input: z.object({ FunctionName: z.string(), Marker: z.string().optional(), MaxItems: z.int().optional() }),
    action: 'lambda:ListProvisionedConcurrencyConfigs',
    resource: (context: LambdaContext, input) => byRef(context, { FunctionName: input.FunctionName }),
    writes: false,
    errors,
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri: `${uri}?List=ALL` },
    handle: list,
  }),
};
