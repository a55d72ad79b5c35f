/** Roles: who may be them, what they may do, and the most that they may be given. @source aws/other-services.md §9 @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import type { Role } from '../../../sim/iam.ts';
import { roleIdOf } from '../../../sim/principal.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { dateValue } from '../../../sim/values.ts';
import { byRole, page, PAGES, paging, RECALLED, roleName, row } from './common.ts';
import { encoded, readDocument } from './documents.ts';
import { POLICY_NAME_CHARS_MAX, SESSION_SEC } from './limits.ts';
import { alreadyExists, attachable, findRole, isAttached, noSuchEntity, roleOf } from './state.ts';
import type { IamContext, IamModelState } from './state.ts';

function change(context: IamContext, role: Role, what: string): void {
  context.state.roles.set(role.arn, role);
  context.emit('iam.RoleChanged', role.arn, { role: role.name, change: what });
}

function without(policies: Role['policies'], name: string): Role['policies'] {
  return Object.fromEntries(Object.entries(policies).filter(([key]) => key !== name));
}

function shown(context: IamContext, role: Role): Record<string, unknown> {
  const facts = context.state.facts.get(role.arn);
  return {
    Path: facts?.path ?? '/',
    RoleName: role.name,
    RoleId: roleIdOf(role.name),
    Arn: role.arn,
    CreateDate: dateValue(facts?.createdMs ?? 0),
    AssumeRolePolicyDocument: encoded(role.trust),
    MaxSessionDuration: facts?.maxSessionSec ?? SESSION_SEC.default,
    ...(facts?.description === undefined ? {} : { Description: facts.description }),
    ...(facts?.boundaryArn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: facts.boundaryArn } }),
  };
}

const createInput = z.object({
  RoleName: roleName,
  AssumeRolePolicyDocument: z.string(),
  Path: z.string().regex(/^\/([\x21-\x7e]+\/)?$/).optional(),
  Description: z.string().max(1_000).optional(),
  MaxSessionDuration: z.int().min(SESSION_SEC.min).max(SESSION_SEC.max).optional(),
  PermissionsBoundary: z.string().optional(),
});

function create(context: IamContext, input: z.infer<typeof createInput>): object {
  if (findRole(context, input.RoleName)) throw alreadyExists(`Role with name ${input.RoleName} already exists.`);
  const path = input.Path ?? '/';
  const arn = `arn:aws:iam::${context.account}:role${path}${input.RoleName}`;
  const trust = readDocument(input.AssumeRolePolicyDocument, 'trust');
  const boundary = input.PermissionsBoundary === undefined ? undefined : attachable(context, input.PermissionsBoundary);
  const role: Role = { arn, name: input.RoleName, trust, policies: {}, ...(boundary === undefined ? {} : { boundary }) };
  context.state.roles.set(arn, role);
  context.state.facts.set(arn, { path, createdMs: context.epochMs, description: input.Description, maxSessionSec: input.MaxSessionDuration ?? SESSION_SEC.default, boundaryArn: input.PermissionsBoundary });
  context.emit('iam.RoleCreated', arn, { role: role.name });
  return { Role: shown(context, role) };
}

function setBoundary(context: IamContext, name: string, arn: string | undefined): object {
  const { boundary: _, ...role } = roleOf(context, name);
  const boundary = arn === undefined ? undefined : attachable(context, arn);
  const facts = context.state.facts.get(role.arn);
  if (facts) context.state.facts.set(role.arn, { ...facts, boundaryArn: arn });
  change(context, boundary === undefined ? role : { ...role, boundary }, arn === undefined ? 'permissions boundary deleted' : `permissions boundary ${arn} put`);
  return {};
}

const named = z.object({ RoleName: roleName });
const inline = named.extend({ PolicyName: z.string().regex(/^[\w+=,.@-]+$/).max(POLICY_NAME_CHARS_MAX) });
const attached = named.extend({ PolicyArn: z.string() });
const own = { resource: byRole };

const roleRows: OperationTable<IamModelState, object> = {
  CreateRole: row('CreateRole', createInput, {
    ...own,
    writes: true,
    simplified: [RECALLED, 'There are roles and policies only: users, groups, access keys, identity providers and organization policies are not modelled.', 'What is changed counts at once; on AWS it takes some seconds.', 'The unique id of a role is made of its name.'],
    handle: create,
  }),
  GetRole: row('GetRole', named, { ...own, writes: false, handle: (context, input) => ({ Role: shown(context, roleOf(context, input.RoleName)) }) }),
  ListRoles: row('ListRoles', z.object({ PathPrefix: z.string().optional(), ...paging }), {
    resource: () => '*',
    writes: false,
    pages: PAGES,
    handle: (context, input) => {
      const wanted = [...context.state.roles.values()].map((role) => shown(context, role)).filter((role) => String(role['Path']).startsWith(input.PathPrefix ?? '/'));
      const { items, rest } = page(wanted, input);
      return { Roles: items, ...rest };
    },
  }),
  UpdateRole: row('UpdateRole', named.extend({ Description: z.string().max(1_000).optional(), MaxSessionDuration: z.int().min(SESSION_SEC.min).max(SESSION_SEC.max).optional() }), {
    ...own,
    writes: true,
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      const facts = context.state.facts.get(role.arn);
      if (facts) context.state.facts.set(role.arn, { ...facts, description: input.Description ?? facts.description, maxSessionSec: input.MaxSessionDuration ?? facts.maxSessionSec });
      return {};
    },
  }),
  DeleteRole: row('DeleteRole', named, {
    ...own,
    writes: true,
    simplified: ['A role is deleted with its policies; AWS wants them taken away first, with DeleteConflict.'],
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      context.state.roles.delete(role.arn);
      context.state.facts.delete(role.arn);
      context.emit('iam.RoleChanged', role.arn, { role: role.name, change: 'deleted' });
      return {};
    },
  }),
  UpdateAssumeRolePolicy: row('UpdateAssumeRolePolicy', named.extend({ PolicyDocument: z.string() }), {
    ...own,
    writes: true,
    handle: (context, input) => {
      change(context, { ...roleOf(context, input.RoleName), trust: readDocument(input.PolicyDocument, 'trust') }, 'trust changed');
      return {};
    },
  }),
  PutRolePermissionsBoundary: row('PutRolePermissionsBoundary', named.extend({ PermissionsBoundary: z.string() }), { ...own, writes: true, handle: (context, input) => setBoundary(context, input.RoleName, input.PermissionsBoundary) }),
  DeleteRolePermissionsBoundary: row('DeleteRolePermissionsBoundary', named, { ...own, writes: true, handle: (context, input) => setBoundary(context, input.RoleName, undefined) }),
};

/** What a role may do: inline policies by name, attached ones by ARN. */
const policyRows: OperationTable<IamModelState, object> = {
  PutRolePolicy: row('PutRolePolicy', inline.extend({ PolicyDocument: z.string() }), {
    ...own,
    writes: true,
    simplified: [RECALLED],
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      change(context, { ...role, policies: { ...role.policies, [input.PolicyName]: readDocument(input.PolicyDocument, 'permissions') } }, `policy ${input.PolicyName} put`);
      return {};
    },
  }),
  GetRolePolicy: row('GetRolePolicy', inline, {
    ...own,
    writes: false,
    handle: (context, input) => {
      const document = roleOf(context, input.RoleName).policies[input.PolicyName];
      if (document === undefined) throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
      return { RoleName: input.RoleName, PolicyName: input.PolicyName, PolicyDocument: encoded(document) };
    },
  }),
  DeleteRolePolicy: row('DeleteRolePolicy', inline, {
    ...own,
    writes: true,
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      if (role.policies[input.PolicyName] === undefined) throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
      change(context, { ...role, policies: without(role.policies, input.PolicyName) }, `policy ${input.PolicyName} deleted`);
      return {};
    },
  }),
  ListRolePolicies: row('ListRolePolicies', named.extend(paging), {
    ...own,
    writes: false,
    pages: PAGES,
    handle: (context, input) => {
      const { items, rest } = page(Object.keys(roleOf(context, input.RoleName).policies).filter((policy) => !isAttached(policy)), input);
      return { PolicyNames: items, ...rest };
    },
  }),
  AttachRolePolicy: row('AttachRolePolicy', attached, {
    ...own,
    writes: true,
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      change(context, { ...role, policies: { ...role.policies, [input.PolicyArn]: attachable(context, input.PolicyArn) } }, `policy ${input.PolicyArn} attached`);
      return {};
    },
  }),
  DetachRolePolicy: row('DetachRolePolicy', attached, {
    ...own,
    writes: true,
    handle: (context, input) => {
      const role = roleOf(context, input.RoleName);
      if (role.policies[input.PolicyArn] === undefined) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      change(context, { ...role, policies: without(role.policies, input.PolicyArn) }, `policy ${input.PolicyArn} detached`);
      return {};
    },
  }),
  ListAttachedRolePolicies: row('ListAttachedRolePolicies', named.extend(paging), {
    ...own,
    writes: false,
    pages: PAGES,
    handle: (context, input) => {
      const arns = Object.keys(roleOf(context, input.RoleName).policies).filter(isAttached);
      const { items, rest } = page(arns.map((PolicyArn) => ({ PolicyName: PolicyArn.split('/').pop() ?? '', PolicyArn })), input);
      return { AttachedPolicies: items, ...rest };
    },
  }),
};

export const roleOperations: OperationTable<IamModelState, object> = { ...roleRows, ...policyRows };
