/** Roles and their policies. @source aws/other-services.md §9 (AWS IAM API reference) */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import type { PolicyDocument, Role } from '../../../sim/iam.ts';
import type { Call, Context, OperationTable } from '../../../sim/service.ts';
import { operation } from '../../../sim/service.ts';
import type { IamState } from '../../../sim/world.ts';
import { managedPolicies } from './managed-policies.ts';

export type IamContext = Context<IamState, object>;
const SOURCE = 'aws/other-services.md §9 (AWS IAM API reference, 2026)';

function roleOf(context: IamContext, name: string): Role {
  const role = context.state.roles.get(roleArn(context, name));
  if (role === undefined) throw new AwsError('NoSuchEntityException', `The role with name ${name} cannot be found.`, { status: 404 });
  return role;
}

function roleArn(context: IamContext, name: string, path = '/'): string {
  return `arn:aws:iam::${context.account}:role${path}${name}`;
}

function readDocument(text: string): PolicyDocument {
  try {
    const document = JSON.parse(text) as PolicyDocument;
    if (typeof document === 'object' && document !== null && document.Statement !== undefined) return document;
  } catch {
    // falls through to the error below
  }
  throw new AwsError('MalformedPolicyDocumentException', 'Syntax errors in policy.', { status: 400 });
}

function setPolicies(context: IamContext, role: Role, policies: Role['policies'], what: string): void {
  context.state.roles.set(role.arn, { ...role, policies });
  context.emit('iam.RoleChanged', role.arn, { role: role.name, change: what });
}

function shown(role: Role): Record<string, unknown> {
  return { Path: '/', RoleName: role.name, RoleId: `AROA${role.name.toUpperCase().replace(/[^A-Z0-9]/g, '').padEnd(16, 'X').slice(0, 16)}`, Arn: role.arn, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)) };
}

const name = z.object({ RoleName: z.string().regex(/^[\w+=,.@-]{1,64}$/) });
const byRole = (context: IamContext, input: { RoleName: string }): string => roleArn(context, input.RoleName);
const row = <I extends { RoleName: string }, O>(action: string, input: z.ZodType<I>, writes: boolean, handle: (context: IamContext, input: I, call: Call) => O) =>
  operation<IamState, object, I, O>({ input, action: `iam:${action}`, resource: byRole, writes, errors: ['NoSuchEntityException', 'EntityAlreadyExistsException', 'MalformedPolicyDocumentException'], source: SOURCE, handle: handle as never });

export const iamOperations: OperationTable<IamState, object> = {
  CreateRole: row('CreateRole', name.extend({ AssumeRolePolicyDocument: z.string(), Path: z.string().optional(), Description: z.string().optional() }), true, (context, input) => {
    const arn = roleArn(context, input.RoleName);
    if (context.state.roles.has(arn)) throw new AwsError('EntityAlreadyExistsException', `Role with name ${input.RoleName} already exists.`, { status: 409 });
    const role: Role = { arn, name: input.RoleName, trust: readDocument(input.AssumeRolePolicyDocument), policies: {} };
    context.state.roles.set(arn, role);
    context.emit('iam.RoleCreated', arn, { role: role.name });
    return { Role: shown(role) };
  }),
  GetRole: row('GetRole', name, false, (context, input) => ({ Role: shown(roleOf(context, input.RoleName)) })),
  DeleteRole: row('DeleteRole', name, true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    context.state.roles.delete(role.arn);
    context.emit('iam.RoleChanged', role.arn, { role: role.name, change: 'deleted' });
    return {};
  }),
  UpdateAssumeRolePolicy: row('UpdateAssumeRolePolicy', name.extend({ PolicyDocument: z.string() }), true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    context.state.roles.set(role.arn, { ...role, trust: readDocument(input.PolicyDocument) });
    return {};
  }),
  PutRolePolicy: row('PutRolePolicy', name.extend({ PolicyName: z.string(), PolicyDocument: z.string() }), true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    setPolicies(context, role, { ...role.policies, [input.PolicyName]: readDocument(input.PolicyDocument) }, `policy ${input.PolicyName} put`);
    return {};
  }),
  GetRolePolicy: row('GetRolePolicy', name.extend({ PolicyName: z.string() }), false, (context, input) => {
    const document = roleOf(context, input.RoleName).policies[input.PolicyName];
    if (document === undefined) throw new AwsError('NoSuchEntityException', `The role policy with name ${input.PolicyName} cannot be found.`, { status: 404 });
    return { RoleName: input.RoleName, PolicyName: input.PolicyName, PolicyDocument: encodeURIComponent(JSON.stringify(document)) };
  }),
  DeleteRolePolicy: row('DeleteRolePolicy', name.extend({ PolicyName: z.string() }), true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    const { [input.PolicyName]: gone, ...rest } = role.policies;
    if (gone === undefined) throw new AwsError('NoSuchEntityException', `The role policy with name ${input.PolicyName} cannot be found.`, { status: 404 });
    setPolicies(context, role, rest, `policy ${input.PolicyName} deleted`);
    return {};
  }),
  ListRolePolicies: row('ListRolePolicies', name, false, (context, input) => ({ PolicyNames: Object.keys(roleOf(context, input.RoleName).policies).filter((policy) => !policy.startsWith('arn:')), IsTruncated: false })),
  AttachRolePolicy: row('AttachRolePolicy', name.extend({ PolicyArn: z.string() }), true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    const document = managedPolicies[input.PolicyArn];
    if (document === undefined) throw new AwsError('NoSuchEntityException', `Policy ${input.PolicyArn} does not exist or is not attachable.`, { status: 404 });
    setPolicies(context, role, { ...role.policies, [input.PolicyArn]: document }, `policy ${input.PolicyArn} attached`);
    return {};
  }),
  DetachRolePolicy: row('DetachRolePolicy', name.extend({ PolicyArn: z.string() }), true, (context, input) => {
    const role = roleOf(context, input.RoleName);
    const { [input.PolicyArn]: gone, ...rest } = role.policies;
    if (gone === undefined) throw new AwsError('NoSuchEntityException', `Policy ${input.PolicyArn} was not found.`, { status: 404 });
    setPolicies(context, role, rest, `policy ${input.PolicyArn} detached`);
    return {};
  }),
  ListRoles: operation<IamState, object, object, unknown>({
    input: z.object({}),
    action: 'iam:ListRoles',
    resource: () => '*',
    writes: false,
    errors: [],
    source: SOURCE,
    handle: (context) => ({ Roles: [...context.state.roles.values()].map(shown), IsTruncated: false }),
  }),
};
