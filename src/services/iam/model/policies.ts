/** Policies that an account makes itself, with versions, and the simulator that asks what a role might do. @source aws/other-services.md §9 @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { decide } from '../../../sim/iam.ts';
import type { Decision, PolicyDocument } from '../../../sim/iam.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { dateValue } from '../../../sim/values.ts';
import { page, PAGES, paging, RECALLED, row } from './common.ts';
import { encoded, readDocument } from './documents.ts';
import { POLICY_NAME_CHARS_MAX, VERSIONS_MAX } from './limits.ts';
import { managedPolicies } from './managed-policies.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './state.ts';
import type { IamContext, IamModelState, OwnPolicy } from './state.ts';

function policyOf(context: IamContext, arn: string): OwnPolicy {
  const policy = context.state.own.get(arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

const attachments = (context: IamContext, arn: string): number => [...context.state.roles.values()].filter((role) => arn in role.policies).length;

function shown(context: IamContext, policy: OwnPolicy): object {
  return {
    PolicyName: policy.name,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments(context, policy.arn),
    IsAttachable: true,
    CreateDate: dateValue(policy.createdMs),
    ...(policy.description === undefined ? {} : { Description: policy.description }),
  };
}

/** AWS's own policies as the API shows them. */
function shownManaged(context: IamContext, arn: string): object {
  const path = /policy(\/.*\/|\/)[^/]+$/.exec(arn)?.[1] ?? '/';
  return { PolicyName: arn.split('/').pop() ?? '', Arn: arn, Path: path, DefaultVersionId: 'v1', AttachmentCount: attachments(context, arn), IsAttachable: true };
}

function create(context: IamContext, input: { readonly PolicyName: string; readonly PolicyDocument: string; readonly Path?: string | undefined; readonly Description?: string | undefined }): object {
  const path = input.Path ?? '/';
  const arn = `arn:aws:iam::${context.account}:policy${path}${input.PolicyName}`;
  if ([...context.state.own.values()].some(({ name }) => name === input.PolicyName)) throw alreadyExists(`A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`);
  const policy: OwnPolicy = { arn, name: input.PolicyName, path, createdMs: context.epochMs, description: input.Description, versions: { v1: readDocument(input.PolicyDocument, 'permissions') }, defaultVersion: 'v1', made: 1 };
  context.state.own.set(arn, policy);
  context.emit('iam.PolicyChanged', arn, { policy: policy.name, change: 'created' });
  return { Policy: shown(context, policy) };
}

/** Every role that has the policy goes by its default version. */
function makeDefault(context: IamContext, policy: OwnPolicy, version: string): void {
  policy.defaultVersion = version;
  const document = policy.versions[version]!;
  for (const role of context.state.roles.values()) {
    if (policy.arn in role.policies) context.state.roles.set(role.arn, { ...role, policies: { ...role.policies, [policy.arn]: document } });
  }
  context.emit('iam.PolicyChanged', policy.arn, { policy: policy.name, change: `version ${version} is the default` });
}

function createVersion(context: IamContext, input: { readonly PolicyArn: string; readonly PolicyDocument: string; readonly SetAsDefault?: boolean | undefined }): object {
  const policy = policyOf(context, input.PolicyArn);
  const document = readDocument(input.PolicyDocument, 'permissions');
  if (Object.keys(policy.versions).length >= VERSIONS_MAX) throw limitExceeded(`A managed policy can have up to ${VERSIONS_MAX} versions. Before you create a new version, you must delete an existing version.`);
  const VersionId = `v${++policy.made}`;
  policy.versions = { ...policy.versions, [VersionId]: document };
  if (input.SetAsDefault) makeDefault(context, policy, VersionId);
  return { PolicyVersion: { VersionId, IsDefaultVersion: policy.defaultVersion === VersionId, CreateDate: dateValue(context.epochMs) } };
}

function version(context: IamContext, arn: string, id: string): PolicyDocument {
  const document = id === 'v1' && arn in managedPolicies ? managedPolicies[arn] : policyOf(context, arn).versions[id];
  if (document === undefined) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return document;
}

function list(context: IamContext, input: { readonly Scope?: string | undefined; readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }): object {
  const own = input.Scope === 'AWS' ? [] : [...context.state.own.values()].map((policy) => shown(context, policy));
  const aws = input.Scope === 'Local' ? [] : Object.keys(managedPolicies).map((arn) => shownManaged(context, arn));
  const { items, rest } = page([...own, ...aws], input);
  return { Policies: items, ...rest };
}

const simulateInput = z.object({
  PolicySourceArn: z.string(),
  ActionNames: z.array(z.string()).min(1),
  ResourceArns: z.array(z.string()).optional(),
  ResourcePolicy: z.string().optional(),
  ContextEntries: z.array(z.object({ ContextKeyName: z.string(), ContextKeyValues: z.array(z.string()), ContextKeyType: z.string().optional() })).optional(),
});

function evalDecision({ allowed, reason }: Decision): string {
  return allowed ? 'allowed' : reason.kind === 'explicit-deny' ? 'explicitDeny' : 'implicitDeny';
}

/** What a role might do, without doing it: each action on each resource, by the same decision as every call. */
function simulate(context: IamContext, input: z.infer<typeof simulateInput>): object {
  const role = context.state.roles.get(input.PolicySourceArn);
  if (role === undefined) throw noSuchEntity(`The role with ARN ${input.PolicySourceArn} cannot be found.`);
  const resourcePolicy = input.ResourcePolicy === undefined ? undefined : (JSON.parse(input.ResourcePolicy) as PolicyDocument);
  const keys = Object.fromEntries((input.ContextEntries ?? []).map((entry) => [entry.ContextKeyName.toLowerCase(), entry.ContextKeyValues]));
  const results = input.ActionNames.flatMap((action) =>
    (input.ResourceArns ?? ['*']).map((resource) => {
      const decision = decide({ principal: { kind: 'role', arn: role.arn }, action, resource, role, resourcePolicy, account: context.account, conditionKeys: () => keys });
      const matched = 'policy' in decision.reason ? [{ SourcePolicyId: decision.reason.policy, SourcePolicyType: decision.reason.from === 'resource' ? 'Resource Policy' : 'IAM Policy' }] : [];
      return { EvalActionName: action, EvalResourceName: resource, EvalDecision: evalDecision(decision), MatchedStatements: matched, MissingContextValues: [] };
    }),
  );
  return { EvaluationResults: results, IsTruncated: false };
}

const byArn = { resource: (_: IamContext, input: { readonly PolicyArn: string }): string => input.PolicyArn };
const named = z.object({ PolicyArn: z.string() });
const versioned = named.extend({ VersionId: z.string() });
const createInput = z.object({ PolicyName: z.string().regex(/^[\w+=,.@-]+$/).max(POLICY_NAME_CHARS_MAX), PolicyDocument: z.string(), Path: z.string().optional(), Description: z.string().max(1_000).optional() });

export const policyOperations: OperationTable<IamModelState, object> = {
  CreatePolicy: row('CreatePolicy', createInput, { writes: true, resource: (context, input) => `arn:aws:iam::${context.account}:policy/${input.PolicyName}`, simplified: [RECALLED], handle: create }),
  GetPolicy: row('GetPolicy', named, { ...byArn, writes: false, handle: (context, input) => ({ Policy: input.PolicyArn in managedPolicies ? shownManaged(context, input.PolicyArn) : shown(context, policyOf(context, input.PolicyArn)) }) }),
  DeletePolicy: row('DeletePolicy', named, {
    ...byArn,
    writes: true,
    handle: (context, input) => {
      const policy = policyOf(context, input.PolicyArn);
      if (attachments(context, policy.arn) > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
      if (Object.keys(policy.versions).length > 1) throw deleteConflict('This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.');
      context.state.own.delete(policy.arn);
      context.emit('iam.PolicyChanged', policy.arn, { policy: policy.name, change: 'deleted' });
      return {};
    },
  }),
  ListPolicies: row('ListPolicies', z.object({ Scope: z.enum(['All', 'AWS', 'Local']).optional(), ...paging }), { resource: () => '*', writes: false, pages: PAGES, handle: list }),
  CreatePolicyVersion: row('CreatePolicyVersion', named.extend({ PolicyDocument: z.string(), SetAsDefault: z.boolean().optional() }), { ...byArn, writes: true, handle: createVersion }),
  GetPolicyVersion: row('GetPolicyVersion', versioned, { ...byArn, writes: false, handle: (context, input) => ({ PolicyVersion: { VersionId: input.VersionId, Document: encoded(version(context, input.PolicyArn, input.VersionId)) } }) }),
  SetDefaultPolicyVersion: row('SetDefaultPolicyVersion', versioned, {
    ...byArn,
    writes: true,
    handle: (context, input) => {
      version(context, input.PolicyArn, input.VersionId);
      makeDefault(context, policyOf(context, input.PolicyArn), input.VersionId);
      return {};
    },
  }),
  DeletePolicyVersion: row('DeletePolicyVersion', versioned, {
    ...byArn,
    writes: true,
    handle: (context, input) => {
      const policy = policyOf(context, input.PolicyArn);
      version(context, input.PolicyArn, input.VersionId);
      if (policy.defaultVersion === input.VersionId) throw deleteConflict('Cannot delete the default version of a policy.');
      policy.versions = Object.fromEntries(Object.entries(policy.versions).filter(([id]) => id !== input.VersionId));
      return {};
    },
  }),
  SimulatePrincipalPolicy: row('SimulatePrincipalPolicy', simulateInput, { resource: (_, input) => input.PolicySourceArn, writes: false, handle: simulate }),
};
