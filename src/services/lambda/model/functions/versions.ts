/** Versions and aliases: publishing copies $LATEST under a number that is never given again; aliases point to numbers. @source aws/lambda.md §12, §2.3, observed.md LAM-017, LAM-018 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { canonicalJson } from '../../../../base/canonical-json.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { checkDescription, conflict, constraint, invalid, notFound, precondition, refuseUnmodelled, validation } from '../errors.ts';
import { byRef, checkActive, newRevision, newVersion, page } from './functions.ts';
import { functionOf, parseRef } from './naming.ts';
import { moveProvisioned } from './provisioned.ts';
import { showConfiguration } from './settings.ts';
import { latest } from '../state.ts';
import type { Alias, LambdaContext, LambdaFunction, LambdaState, Settings, Version } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §12 (Lambda API model 2026-08, recorded test_publish_version_*, test_alias_*)';

/** What must differ for a new version: code and settings of $LATEST, its description among them. */
function fingerprint({ code, settings }: Version): string {
  return canonicalJson({ sha256: code.sha256, settings } as never);
}

/** Publishes $LATEST, or answers the last version when nothing has changed since, whatever description is given for it. An empty description keeps that of $LATEST. */
export function publish(context: LambdaContext, fn: LambdaFunction, description: string, source = latest(fn)): Version {
  const publishedFrom = fingerprint(source);
  const last = fn.versions.get(String(fn.nextVersion - 1));
  if (last?.publishedFrom === publishedFrom) return last;
  const name = String(fn.nextVersion++);
  const settings = description === '' ? source.settings : { ...source.settings, description };
  const version = newVersion(context, { name: fn.name, version: name, settings, code: source.code, publishedFrom });
  fn.versions.set(name, version);
  context.emit('lambda.VersionPublished', fn.arn, { version: name });
  return version;
}

function checkAlias(fn: LambdaFunction, version: string, weights: Readonly<Record<string, number>>): void {
  if (!/^(\$LATEST|[0-9]+)$/.test(version)) throw constraint(version, 'functionVersion', 'satisfy regular expression pattern: (\\$LATEST|[0-9]+)');
  if (!fn.versions.has(version)) throw notFound(`Function not found: ${fn.arn}:${version}`);
  const extra = Object.entries(weights);
  if (extra.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  for (const [name, weight] of extra) {
    if (version === '$LATEST') throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
    if (name === '$LATEST' || name === version) throw invalid(`Invalid function version ${name}. Function version ${name} is already included in routing configuration.`);
    if (!(weight >= 0 && weight <= 1)) throw validation(`1 validation error detected: Value '{${name}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`);
    if (!fn.versions.has(name)) throw notFound(`Function not found: ${fn.arn}:${name}`);
    checkAlike(fn.versions.get(version)!.settings, fn.versions.get(name)!.settings);
  }
}

/** Two versions share an alias only with the same role, and the same dead-letter queue or none. @source aws/lambda.md §12 */
function checkAlike(one: Settings, other: Settings): void {
  if (one.roleArn !== other.roleArn) throw invalid('The versions of an alias must have the same execution role.');
  if (one.deadLetterArn !== other.deadLetterArn) throw invalid('The versions of an alias must have the same dead letter configuration.');
}

function shown(fn: LambdaFunction, alias: Alias): object {
  return {
    AliasArn: `${fn.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(Object.keys(alias.weights).length === 0 ? {} : { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
    RevisionId: alias.revisionId,
  };
}

const routing = z.object({ AdditionalVersionWeights: z.record(z.string(), z.number()).optional() }).optional();
const aliasInput = z.object({ FunctionName: z.string(), Name: z.string() });

function aliasOf(context: LambdaContext, input: { readonly FunctionName: string; readonly Name: string }): { fn: LambdaFunction; alias: Alias } {
  const fn = functionOf(context, parseRef(context, input.FunctionName));
  const alias = fn.aliases.get(input.Name);
  if (alias === undefined) throw notFound(`Cannot find alias arn: ${fn.arn}:${input.Name}`);
  return { fn, alias };
}

function setAlias(context: LambdaContext, fn: LambdaFunction, alias: Omit<Alias, 'revisionId'>): object {
  checkDescription(alias.description);
  checkAlias(fn, alias.version, alias.weights);
  const made: Alias = { ...alias, revisionId: newRevision(context) };
  const before = fn.aliases.get(alias.name);
  fn.aliases.set(alias.name, made);
  const [weighted] = Object.entries(alias.weights);
  const seq = context.emit('lambda.AliasSet', fn.arn, { alias: alias.name, version: alias.version, extra: weighted?.[0] ?? '', extraPercent: Math.round((weighted?.[1] ?? 0) * 100) });
  if (before !== undefined && before.version !== alias.version) moveProvisioned(context, fn, { alias: alias.name, version: alias.version, cause: seq });
  return shown(fn, made);
}

const errors = ['ResourceNotFoundException', 'ResourceConflictException', 'InvalidParameterValueException', 'PreconditionFailedException', 'ValidationException'];
const ALIAS_SIMPLIFIED = ['An alias shares requests among versions of one role and one dead-letter queue only; the words of that refusal are recalled, not recorded.'];
const byName = (context: LambdaContext, input: { readonly FunctionName: string }): string => byRef(context, { FunctionName: input.FunctionName });
const byAlias = (context: LambdaContext, input: { readonly FunctionName: string; readonly Name: string }): string => byRef(context, { FunctionName: input.FunctionName, Qualifier: input.Name });
const uri = '/2015-03-31/functions/{FunctionName}/aliases';

export const versionOperations: OperationTable<LambdaState, LambdaTuning> = {
  PublishVersion: operation({
    input: z.object({ FunctionName: z.string(), CodeSha256: z.string().optional(), Description: z.string().optional(), RevisionId: z.string().optional(), PublishTo: z.unknown().optional() }),
    action: 'lambda:PublishVersion',
    resource: byName,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'POST', uri: '/2015-03-31/functions/{FunctionName}/versions', status: 201 },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      refuseUnmodelled(input, ['PublishTo']);
      checkActive(fn);
      const { code, revisionId } = latest(fn);
      if (input.RevisionId !== undefined && input.RevisionId !== revisionId) throw precondition();
      if (input.CodeSha256 !== undefined && input.CodeSha256 !== '' && input.CodeSha256 !== code.sha256) {
        throw invalid(`CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`);
      }
      checkDescription(input.Description);
      const version = publish(context, fn, input.Description ?? '');
      return showConfiguration(context, fn, version, { qualifier: version.version });
    },
  }),
  ListVersionsByFunction: operation({
    input: z.object({ FunctionName: z.string(), Marker: z.string().optional(), MaxItems: z.int().optional() }),
    action: 'lambda:ListVersionsByFunction',
    resource: byName,
    writes: false,
    errors,
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri: '/2015-03-31/functions/{FunctionName}/versions' },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      return page([...fn.versions.values()].map((version) => showConfiguration(context, fn, version, { qualifier: version.version })), 'Versions', input);
    },
  }),
  CreateAlias: operation({
    input: aliasInput.extend({ FunctionVersion: z.string(), Description: z.string().optional(), RoutingConfig: routing }),
    action: 'lambda:CreateAlias',
    resource: byName,
    writes: true,
    errors,
    source: SOURCE,
    simplified: ALIAS_SIMPLIFIED,
    http: { method: 'POST', uri, status: 201 },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      if (!/^(?!^[0-9]+$)[a-zA-Z0-9-_]{1,128}$/.test(input.Name)) throw constraint(input.Name, 'name', 'satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)');
      if (fn.aliases.has(input.Name)) throw conflict(`Alias already exists: ${fn.arn}:${input.Name}`);
      return setAlias(context, fn, { name: input.Name, version: input.FunctionVersion, description: input.Description ?? '', weights: input.RoutingConfig?.AdditionalVersionWeights ?? {} });
    },
  }),
  UpdateAlias: operation({
    input: aliasInput.extend({ FunctionVersion: z.string().optional(), Description: z.string().optional(), RoutingConfig: routing, RevisionId: z.string().optional() }),
    action: 'lambda:UpdateAlias',
    resource: byName,
    writes: true,
    errors,
    source: SOURCE,
    simplified: ALIAS_SIMPLIFIED,
    http: { method: 'PUT', uri: `${uri}/{Name}` },
    handle: (context: LambdaContext, input) => {
      const { fn, alias } = aliasOf(context, input);
      if (input.RevisionId !== undefined && input.RevisionId !== alias.revisionId) throw precondition();
      return setAlias(context, fn, { name: alias.name, version: input.FunctionVersion ?? alias.version, description: input.Description ?? alias.description, weights: input.RoutingConfig === undefined ? alias.weights : (input.RoutingConfig.AdditionalVersionWeights ?? {}) });
    },
  }),
  GetAlias: operation({
    input: aliasInput,
    action: 'lambda:GetAlias',
    resource: byAlias,
    writes: false,
    errors,
    source: SOURCE,
    http: { method: 'GET', uri: `${uri}/{Name}` },
    handle: (context: LambdaContext, input) => {
      const { fn, alias } = aliasOf(context, input);
      return shown(fn, alias);
    },
  }),
  DeleteAlias: operation({
    input: aliasInput,
    action: 'lambda:DeleteAlias',
    resource: byAlias,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: `${uri}/{Name}`, status: 204 },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      if (fn.aliases.delete(input.Name)) moveProvisioned(context, fn, { alias: input.Name, version: '', cause: context.emit('lambda.AliasSet', fn.arn, { alias: input.Name, version: '', extra: '', extraPercent: 0 }) });
      return {};
    },
  }),
  ListAliases: operation({
    input: z.object({ FunctionName: z.string(), FunctionVersion: z.string().optional(), Marker: z.string().optional(), MaxItems: z.int().optional() }),
    action: 'lambda:ListAliases',
    resource: byName,
    writes: false,
    errors,
    source: SOURCE,
    pages: { inputToken: 'Marker', outputToken: 'NextMarker' },
    http: { method: 'GET', uri },
    handle: (context: LambdaContext, input) => {
      const fn = functionOf(context, parseRef(context, input.FunctionName));
      const all = [...fn.aliases.values()].filter((alias) => input.FunctionVersion === undefined || alias.version === input.FunctionVersion);
      return page(all.map((alias) => shown(fn, alias)), 'Aliases', input, 10_000);
    },
  }),
};
