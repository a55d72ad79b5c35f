/** Operations on functions: create, read, update, delete. @source aws/lambda.md §2, §2.3 (API model 2026-08, recorded answers 2025–2026) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { errorToData, NotModelled } from '../../../../sim/errors.ts';
import { bytesValue } from '../../../../sim/values.ts';
import { operation } from '../../../../sim/service.ts';
import { DEFERRED, portCallOf } from '../../../../sim/ports/ports.ts';
import type { Deferred } from '../../../../sim/ports/ports.ts';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { msToUs } from '../../../../sim/units.ts';
import { codeInput, readCode, zipOf } from './code.ts';
import { retireEnvironments } from '../environments/environments.ts';
import { conflict, constraint, functionNotFound, invalid, precondition, refuseUnmodelled } from '../errors.ts';
import { LAMBDA, RUNNING_RUNTIMES } from '../limits.ts';
import { checkUnzipped } from './layer-files.ts';
import { functionArn, functionOf, parseRef, qualified, versionOf } from './naming.ts';
import { setAside } from './provisioned.ts';
import { readSettings, settingsInput, showConfiguration } from './settings.ts';
import { latest } from '../state.ts';
import type { Seq } from '../../../../sim/trace.ts';
import type { Code, LambdaContext, LambdaFunction, LambdaState, Settings, Version } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';
import { publish } from './versions.ts';

const SOURCE = 'aws/lambda.md §2 (Lambda API model 2026-08)';
const UPDATE_SIMPLIFIED = [
  'An update is in progress for one second; AWS promises no time. A version that it publishes is there at once.',
  'With WaitForActive (ours, as edits of the canvas have it) an update waits until the function is Active and no update is in progress, and is then complete at once: the very next invocation starts a new environment with it.',
];
export const refInput = z.object({ FunctionName: z.string(), Qualifier: z.string().optional() });
/** Hoisted: modules that this one imports name it while they are being loaded. */
export function byRef(context: LambdaContext, input: { readonly FunctionName: string; readonly Qualifier?: string | undefined }): string {
  const ref = parseRef(context, input.FunctionName, input.Qualifier);
  return qualified(functionArn(context, ref.name), ref.qualifier);
}
const byName = (context: LambdaContext, input: { readonly FunctionName: string }): string => functionArn(context, parseRef(context, input.FunctionName).name);

/** A revision ends with every change: of code and settings, and of the state once a creation or an update is complete. @source recorded test_function_lifecycle 2024 */
export function newRevision(context: LambdaContext): string {
  return context.uuid('lambda.revision');
}
export function newVersion(context: LambdaContext, o: { readonly name: string; readonly version: string; readonly settings: Settings; readonly code: Code; readonly publishedFrom?: string }): Version {
  const { name, ...rest } = o;
  return { ...rest, generation: context.state.nextId++, streamName: `lambda.duration.${name}`, lastModifiedMs: context.epochMs, revisionId: newRevision(context), fetched: false, idle: [], provisionedIdle: 0, reapAtUs: 0 };
}

/** Begins an update of $LATEST: it is in progress for a while, and requests meet the former code and settings until it is complete. @source aws/lambda.md §2.3 */
function update(context: LambdaContext, fn: LambdaFunction, change: { readonly settings?: Settings; readonly code?: Code }, o: { readonly what: string; readonly waited: boolean | undefined }): Version {
  const { settings, code } = { ...latest(fn), ...change };
  checkRuns(context, settings, code);
  const after = newVersion(context, { name: fn.name, version: '$LATEST', settings, code });
  const waitMs = o.waited ? 0 : context.tuning.updateMs;
  if (waitMs === 0) {
    replaceLatest(context, fn, after, o.what);
    return after;
  }
  const seq = context.emit('lambda.UpdateStarted', fn.arn, { what: o.what });
  fn.update = { version: after, what: o.what };
  context.schedule(msToUs(waitMs), 'updated', { fn: fn.name, revision: after.revisionId }, { cause: [seq] });
  return after;
}

/** Puts a new version in the place of $LATEST: the former's environments end, so that the next invocation starts cold. */
function replaceLatest(context: LambdaContext, fn: LambdaFunction, after: Version, what: string): Seq {
  const { timeoutSec, memoryMb } = after.settings;
  const before = latest(fn);
  const seq = context.emit('lambda.FunctionUpdated', fn.arn, { what, timeoutSec, memoryMb });
  fn.versions.set('$LATEST', after);
  retireEnvironments(context, fn, before, { reason: 'update', cause: seq });
  return seq;
}

/** Agenda: an update is complete. */
export function onUpdated(context: LambdaContext, payload: { readonly fn: string; readonly revision: string }): void {
  const fn = context.state.functions.get(payload.fn);
  if (fn?.update?.version.revisionId !== payload.revision) return;
  const { version, what } = fn.update;
  fn.update = undefined;
  version.revisionId = newRevision(context);
  doWaiting(context, fn, replaceLatest(context, fn, version, what));
}

/** Handlers run on Node.js only; what has no code runs on any runtime. */
function checkRuns(context: LambdaContext, settings: Settings, code: Code): void {
  checkUnzipped(context, settings, code.unzippedBytes);
  if (code.synthetic === undefined && !RUNNING_RUNTIMES.includes(settings.runtime)) throw new NotModelled('lambda', `handlers of ${settings.runtime}`, 'Handlers run on nodejs22.x and nodejs24.x.');
}

function checkRevision(version: Version, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== version.revisionId) throw precondition();
}
/** @throws ResourceConflictException while an update is in progress. @source aws/lambda.md §2.3 */
export function checkNotUpdating(fn: LambdaFunction): void {
  if (fn.update !== undefined) throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${fn.arn}`);
}
/** @throws ResourceConflictException while the function is being created or updated. @source aws/lambda.md §2.3 */
export function checkActive(fn: LambdaFunction): void {
  checkNotUpdating(fn);
  if (fn.state === 'Pending') throw conflict(`The operation cannot be performed at this time. The function is currently in the following state: Pending`);
}

/** Agenda: a new function is ready. */
export function onActive(context: LambdaContext, payload: { readonly fn: string; readonly id: number }): void {
  const fn = context.state.functions.get(payload.fn);
  if (fn?.id !== payload.id || fn.state !== 'Pending') return;
  fn.state = 'Active';
  fn.restoring = false;
  fn.usedUs = context.now;
  latest(fn).revisionId = newRevision(context);
  doWaiting(context, fn, context.emit('lambda.FunctionActive', fn.arn, {}));
}

/** Does the updates that waited, in their order. */
function doWaiting(context: LambdaContext, fn: LambdaFunction, seq: Seq): void {
  for (const { operation: name, input, call } of fn.waiting.splice(0)) {
    const outcome = context.api('lambda', name, input, { ...call, cause: [...call.cause, seq], replyTo: { kind: 'none' } });
    if (outcome.kind !== 'deferred') context.reply(call.replyTo, outcome);
  }
}

/** Making a network interface; functions with the same subnets and groups share one. @source aws/lambda.md §15 @simplified it is never taken away, and an update waits for none */
function interfaceMs(context: LambdaContext, settings: Settings): number {
  if (settings.subnetIds.length === 0) return 0;
  const key = `${[...settings.subnetIds].sort().join(' ')} ${[...settings.securityGroupIds].sort().join(' ')}`;
  if (context.state.interfaces.has(key)) return 0;
  context.state.interfaces.add(key);
  return context.tuning.vpcMs;
}

const waits = (fn: LambdaFunction, input: { readonly WaitForActive?: boolean | undefined }): boolean => input.WaitForActive === true && (fn.state === 'Pending' || fn.update !== undefined);
/** Keeps an update until the function is Active and no other update is in progress. */
function wait(fn: LambdaFunction, name: string, input: object, call: Call): Deferred {
  fn.waiting.push({ operation: name, input, call: portCallOf(call) });
  return DEFERRED;
}

/** Of what publishes: to capacity providers. */
const PUBLISH_NOT_MODELLED = ['PublishTo'] as const;
const CREATE_NOT_MODELLED = ['CodeSigningConfigArn', ...PUBLISH_NOT_MODELLED] as const;
const createInput = settingsInput.extend({
  FunctionName: z.string(),
  Code: codeInput,
  PackageType: z.string().optional(),
  Architectures: z.array(z.string()).optional(),
  Publish: z.boolean().optional(),
  Tags: z.record(z.string(), z.string()).optional(),
  ...unmodelled(CREATE_NOT_MODELLED),
});

function create(context: LambdaContext, input: z.infer<typeof createInput>): Record<string, unknown> {
  const { name } = parseRef(context, input.FunctionName);
  if (context.state.functions.has(name)) throw conflict(`Function already exist: ${name}`);
  if (input.PackageType === 'Image') throw new NotModelled('lambda', 'container images', 'A function is made from a zip here.');
  refuseUnmodelled(input, CREATE_NOT_MODELLED);
  const code = readCode(context, input.Code);
  const settings = readSettings(context, { ...input, Runtime: input.Runtime ?? 'nodejs24.x', Handler: input.Handler ?? 'index.handler' }, name, undefined, input.Architectures);
  checkRuns(context, settings, code);
  const arn = functionArn(context, name);
  const waitMs = context.tuning.createMs + interfaceMs(context, settings);
  const fn: LambdaFunction = {
    id: context.state.nextId++,
    name,
    arn,
    state: waitMs > 0 ? 'Pending' : 'Active',
    restoring: false,
    usedUs: context.now,
    versions: new Map([['$LATEST', newVersion(context, { name, version: '$LATEST', settings, code })]]),
    nextVersion: context.state.versionsEver.get(name) ?? 1,
    aliases: new Map(),
    policies: new Map(),
    reserved: undefined,
    provisioned: new Map(),
    invokeConfigs: new Map(),
    recursion: 'Terminate',
    tags: input.Tags ?? {},
    tracedSec: -1,
    nextEnvironment: 1,
    running: 0,
    runningProvisioned: 0,
    scaleTokens: LAMBDA.scaleBurst,
    scaleAtUs: context.now,
    requestTokens: 0,
    requestAtUs: -1,
    counters: { invocations: 0, errors: 0, timeouts: 0, throttles: 0, coldStarts: 0, asyncReceived: 0, asyncDropped: 0, deadLetters: 0 },
    update: undefined,
    waiting: [],
    recent: [],
    lastError: null,
  };
  context.state.functions.set(name, fn);
  const seq = context.emit('lambda.FunctionCreated', arn, { runtime: settings.runtime, memoryMb: settings.memoryMb, timeoutSec: settings.timeoutSec });
  if (waitMs > 0) context.schedule(msToUs(waitMs), 'active', { fn: name, id: fn.id }, { cause: [seq] });
  const shown = input.Publish ? publish(context, fn, '') : latest(fn);
  return showConfiguration(context, fn, shown, { qualifier: input.Publish ? shown.version : '', creating: true });
}

function remove(context: LambdaContext, input: { FunctionName: string; Qualifier?: string | undefined }): object {
  const ref = parseRef(context, input.FunctionName, input.Qualifier);
  const fn = functionOf(context, ref);
  if (ref.qualifier === '$LATEST') throw invalid('$LATEST version cannot be deleted without deleting the function.');
  if (ref.qualifier !== '' && !/^\d+$/.test(ref.qualifier)) throw invalid('Deletion of aliases is not currently supported.');
  const gone = ref.qualifier === '' ? [...fn.versions.keys()] : [versionOf(context, fn, ref.qualifier).version];
  const named = [...fn.aliases.values()].filter((alias) => alias.version === ref.qualifier || ref.qualifier in alias.weights).map((alias) => alias.name);
  if (named.length > 0) throw conflict(`Unable to delete version because the following aliases reference it: [${named.join(', ')}]`);
  const seq = context.emit('lambda.FunctionDeleted', fn.arn, { qualifier: ref.qualifier });
  for (const version of gone) {
    retireEnvironments(context, fn, fn.versions.get(version)!, { reason: 'delete', cause: seq });
    fn.versions.delete(version);
  }
  if (ref.qualifier === '') {
    context.state.functions.delete(fn.name);
    for (const { call } of fn.waiting.splice(0)) context.reply(call.replyTo, { kind: 'error', error: errorToData(functionNotFound(fn.arn)), cause: call.cause });
    if (fn.reserved === undefined) context.state.runningUnreserved -= fn.running;
    setAside(context, fn, () => {
      fn.reserved = undefined;
      fn.provisioned.clear();
    });
    context.state.versionsEver.set(fn.name, fn.nextVersion);
  }
  return {};
}

export const functionOperations: OperationTable<LambdaState, LambdaTuning> = {
  CreateFunction: operation({
    input: createInput,
    action: 'lambda:CreateFunction',
    resource: byName,
    writes: true,
    errors: ['InvalidParameterValueException', 'ResourceConflictException', 'RequestEntityTooLargeException', 'ValidationException'],
    source: SOURCE,
    simplified: ['Besides ZipFile, Code takes files ({ name: text }) or synthetic (a function without code).'],
    http: { method: 'POST', uri: '/2015-03-31/functions', status: 201 },
    handle: create,
  }),
  GetFunction: operation({
    input: refInput,
    action: 'lambda:GetFunction',
    resource: byRef,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    http: { method: 'GET', uri: '/2015-03-31/functions/{FunctionName}' },
    handle: (context: LambdaContext, input) => {
      const ref = parseRef(context, input.FunctionName, input.Qualifier);
      const fn = functionOf(context, ref);
      const version = versionOf(context, fn, ref.qualifier);
      return {
        Configuration: showConfiguration(context, fn, version, { qualifier: ref.qualifier }),
        Code: { RepositoryType: 'S3', Location: `https://awslambda-${context.region}-tasks.s3.${context.region}.amazonaws.com/snapshots/${context.account}/${fn.name}` },
        ...(Object.keys(fn.tags).length === 0 ? {} : { Tags: fn.tags }),
        ...(fn.reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reserved } }),
      };
    },
  }),
  GetFunctionConfiguration: operation({
    input: refInput,
    action: 'lambda:GetFunctionConfiguration',
    resource: byRef,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: SOURCE,
    http: { method: 'GET', uri: '/2015-03-31/functions/{FunctionName}/configuration' },
    handle: (context: LambdaContext, input) => {
      const ref = parseRef(context, input.FunctionName, input.Qualifier);
      const fn = functionOf(context, ref);
      return showConfiguration(context, fn, versionOf(context, fn, ref.qualifier), { qualifier: ref.qualifier });
    },
  }),
  /** Ours, for the editor: the files of a function as text. */
  GetFunctionFiles: operation({
    input: refInput,
    action: 'lambda:GetFunction',
    resource: byRef,
    writes: false,
    errors: ['ResourceNotFoundException'],
    source: 'Ours: what the Location of GetFunction leads to',
    handle: (context: LambdaContext, input) => {
      const ref = parseRef(context, input.FunctionName, input.Qualifier);
      const { code } = versionOf(context, functionOf(context, ref), ref.qualifier);
      return { Files: code.files, ZipFile: bytesValue(zipOf(code.files)) };
    },
  }),
  ListFunctions: operation({
    input: z.object({ Marker: z.string().optional(), MaxItems: z.int().optional(), FunctionVersion: z.string().optional(), MasterRegion: z.string().optional() }),
    action: 'lambda:ListFunctions',
    resource: () => '*',
    writes: false,
    errors: ['InvalidParameterValueException'],
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri: '/2015-03-31/functions' },
    handle: (context: LambdaContext, input) => {
      const all = [...context.state.functions.values()].flatMap((fn) =>
        (input.FunctionVersion === 'ALL' ? [...fn.versions.values()] : [latest(fn)]).map((version) => showConfiguration(context, fn, version, { qualifier: input.FunctionVersion === 'ALL' ? version.version : '' })),
      );
      return page(all, 'Functions', input);
    },
  }),
  UpdateFunctionCode: operation({
    input: codeInput.extend({ FunctionName: z.string(), WaitForActive: z.boolean().optional(), Publish: z.boolean().optional(), RevisionId: z.string().optional(), Architectures: z.array(z.string()).optional(), ...unmodelled(PUBLISH_NOT_MODELLED) }),
    action: 'lambda:UpdateFunctionCode',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterValueException', 'ResourceConflictException', 'PreconditionFailedException', 'RequestEntityTooLargeException'],
    source: SOURCE,
    simplified: UPDATE_SIMPLIFIED,
    http: { method: 'PUT', uri: '/2015-03-31/functions/{FunctionName}/code' },
    handle: (context: LambdaContext, input, call) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      refuseUnmodelled(input, PUBLISH_NOT_MODELLED);
      if (waits(fn, input)) return wait(fn, 'UpdateFunctionCode', input, call);
      checkActive(fn);
      checkRevision(latest(fn), input.RevisionId);
      const code = readCode(context, input);
      const settings = input.Architectures === undefined ? latest(fn).settings : readSettings(context, {}, fn.name, latest(fn).settings, input.Architectures);
      if (input.DryRun) return showConfiguration(context, fn, { ...latest(fn), code }, { qualifier: '' });
      const after = update(context, fn, { code, settings }, { what: 'code', waited: input.WaitForActive });
      const shown = input.Publish ? publish(context, fn, '', after) : after;
      return showConfiguration(context, fn, shown, { qualifier: input.Publish ? shown.version : '' });
    },
  }),
  UpdateFunctionConfiguration: operation({
    input: settingsInput.extend({ FunctionName: z.string(), RevisionId: z.string().optional(), WaitForActive: z.boolean().optional() }),
    action: 'lambda:UpdateFunctionConfiguration',
    resource: byName,
    writes: true,
    errors: ['ResourceNotFoundException', 'InvalidParameterValueException', 'ResourceConflictException', 'PreconditionFailedException'],
    source: SOURCE,
    simplified: UPDATE_SIMPLIFIED,
    http: { method: 'PUT', uri: '/2015-03-31/functions/{FunctionName}/configuration' },
    handle: (context: LambdaContext, input, call) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      if (waits(fn, input)) return wait(fn, 'UpdateFunctionConfiguration', input, call);
      checkActive(fn);
      checkRevision(latest(fn), input.RevisionId);
      return showConfiguration(context, fn, update(context, fn, { settings: readSettings(context, input, fn.name, latest(fn).settings) }, { what: 'configuration', waited: input.WaitForActive }), { qualifier: '' });
    },
  }),
  DeleteFunction: operation({
    input: refInput,
    action: 'lambda:DeleteFunction',
    resource: byRef,
    writes: true,
    errors: ['ResourceNotFoundException', 'ResourceConflictException', 'InvalidParameterValueException'],
    source: SOURCE,
    http: { method: 'DELETE', uri: '/2015-03-31/functions/{FunctionName}', status: 204 },
    handle: remove,
  }),
};

/** A page of a list, by a marker that is the position: 50 at most, whatever is asked for. @source API model (ListFunctions, ListVersionsByFunction) @simplified other lists are taken to have the same limit */
export function page(all: readonly unknown[], member: string, input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }, most = 50): Record<string, unknown> {
  const from = Number(input.Marker ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalid('The Marker is invalid.');
  if (input.MaxItems !== undefined && (input.MaxItems < 1 || input.MaxItems > 10_000)) throw constraint(input.MaxItems, 'maxItems', `have value ${input.MaxItems < 1 ? 'greater than or equal to 1' : 'less than or equal to 10000'}`);
  const to = from + Math.min(input.MaxItems ?? most, most);
  return { [member]: all.slice(from, to), ...(to < all.length ? { NextMarker: String(to) } : {}) };
}
