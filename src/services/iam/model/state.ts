/** IAM's state beside the roles that the kernel decides by: policies of the account. @simplified Texts of refusals are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision, PolicyDocument, Role } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';
import type { Context } from '../../../sim/service.ts';
import type { IamState } from '../../../sim/world.ts';
import { managedPolicies } from './managed-policies.ts';

/** A policy that the account made itself, to be attached to roles. */
export interface OwnPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly createdMs: number;
  readonly description: string | undefined;
  /** Version id → document, oldest first; at most five. */
  versions: Readonly<Record<string, PolicyDocument>>;
  defaultVersion: string;
  /** Versions made so far: ids are not used twice. */
  made: number;
}

/** What an API answer says of a role and the decision does not need. */
export interface RoleFacts {
  readonly path: string;
  readonly createdMs: number;
  readonly description: string | undefined;
  readonly maxSessionSec: number;
  readonly boundaryArn: string | undefined;
}

export interface IamModelState extends IamState {
  readonly own: Map<string, OwnPolicy>;
  /** Role ARN → facts. */
  readonly facts: Map<string, RoleFacts>;
}

export type IamContext = Context<IamModelState, object>;

/** An error with the name that the SDK gives it and the code on the wire. */
function iamError(code: string, message: string, status: number): AwsError {
  return new AwsError(`${code}Exception`, message, { status, data: { Code: code } });
}
export const noSuchEntity = (message: string): AwsError => iamError('NoSuchEntity', message, 404);
export const alreadyExists = (message: string): AwsError => iamError('EntityAlreadyExists', message, 409);
export const malformed = (message: string): AwsError => iamError('MalformedPolicyDocument', message, 400);
export const deleteConflict = (message: string): AwsError => iamError('DeleteConflict', message, 409);
export const limitExceeded = (message: string): AwsError => iamError('LimitExceeded', message, 409);

/** IAM's denial has no `Exception` at its end, as those of the query protocol. */
export function accessDenied(decision: Decision): AwsError {
  return new AwsError('AccessDenied', deniedMessage(decision, decision.principal.kind === 'role' ? parseArn(decision.principal.arn).account : ''), { status: 403 });
}

/** The role of that name; names are unique whatever the path. */
export function findRole(context: IamContext, name: string): Role | undefined {
  for (const role of context.state.roles.values()) if (role.name === name) return role;
  return undefined;
}

export function roleOf(context: IamContext, name: string): Role {
  const role = findRole(context, name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The document of a policy that can be attached: AWS's own or the account's. */
export function attachable(context: IamContext, arn: string): PolicyDocument {
  const own = context.state.own.get(arn);
  const document = managedPolicies[arn] ?? own?.versions[own.defaultVersion];
  if (document === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return document;
}

/** Whether a policy of a role is an attached one: those are kept by ARN, inline ones by name. */
export const isAttached = (name: string): boolean => name.startsWith('arn:');
