/** IAM as far as every call needs it: policy documents, statements, and the decision over identity and resource policies. */
import { AwsError } from './errors.ts';
import { conditionsHold, list, wildcardMatches } from './iam-conditions.ts';
import type { ConditionKeys, Conditions } from './iam-conditions.ts';
import { parseArn } from './principal.ts';
import type { Principal } from './principal.ts';

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly [type: string]: string | readonly string[] };
  readonly NotPrincipal?: '*' | { readonly [type: string]: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[] | PolicyStatement;
}

/** A role as the kernel needs it. Kept in the state of the `iam` service. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly trust: PolicyDocument;
  /** Inline and attached policies by name. */
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  /** The most that the policies can give; undefined for no boundary. */
  readonly boundary?: PolicyDocument | undefined;
}

/** Where a statement stands. */
export type PolicySource = 'identity' | 'resource' | 'boundary';

export interface Decision {
  readonly allowed: boolean;
  readonly action: string;
  readonly resource: string;
  readonly principal: Principal;
  /** Which statement decided, or why none allowed. */
  readonly reason:
    | { readonly kind: 'administrator' | 'iam-off' | 'no-identity-policy' | 'no-resource-policy' | 'no-boundary' | 'no-such-role' }
    | { readonly kind: 'allow' | 'explicit-deny'; readonly from: PolicySource; readonly policy: string; readonly sid: string };
}

export interface DecisionInput {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly role: Role | undefined;
  readonly resourcePolicy: PolicyDocument | undefined;
  readonly account: string;
  /** Further condition keys of the request (`aws:CurrentTime`), read only when a statement has a condition. */
  readonly conditionKeys?: () => ConditionKeys;
}

interface Hit {
  readonly effect: 'Allow' | 'Deny';
  readonly from: PolicySource;
  readonly policy: string;
  readonly sid: string;
}

/**
 * Decides one request. An explicit deny anywhere wins. Within an account, the policy of the resource can allow by itself; otherwise
 * the permissions boundary and the policies of the role must both allow. A service principal is allowed by the resource's policy
 * alone. From another account, the role's and the resource's policy must both allow.
 * @source aws/other-services.md §9 (IAM policy evaluation logic)
 * @simplified No organization policies and no session policies.
 */
export function decide(input: DecisionInput): Decision {
  const { principal, action, resource, role } = input;
  const base = { action, resource, principal };
  if (principal.kind === 'admin') return { ...base, allowed: true, reason: { kind: 'administrator' } };
  if (principal.kind === 'role' && role === undefined) return { ...base, allowed: false, reason: { kind: 'no-such-role' } };
  const hits = hitsOf(input);
  const denied = hits.find((hit) => hit.effect === 'Deny');
  if (denied) return { ...base, allowed: false, reason: { kind: 'explicit-deny', from: denied.from, policy: denied.policy, sid: denied.sid } };
  const byResource = hits.find((hit) => hit.from === 'resource');
  const byIdentity = hits.find((hit) => hit.from === 'identity');
  const allow = (hit: Hit): Decision => ({ ...base, allowed: true, reason: { kind: 'allow', from: hit.from, policy: hit.policy, sid: hit.sid } });
  const no = (kind: 'no-identity-policy' | 'no-resource-policy' | 'no-boundary'): Decision => ({ ...base, allowed: false, reason: { kind } });
  const crossing = principal.kind === 'role' && crossesAccounts(principal.arn, resource);
  if (principal.kind === 'service' || crossing) {
    if (byResource === undefined) return no('no-resource-policy');
    if (!crossing) return allow(byResource);
  } else if (byResource) return allow(byResource);
  if (role?.boundary !== undefined && !hits.some((hit) => hit.from === 'boundary')) return no('no-boundary');
  return byIdentity === undefined ? no('no-identity-policy') : allow(byIdentity);
}

/** Whether a role of one account asks for a resource that says it is another account's (the ARN of a bucket names no account). */
function crossesAccounts(roleArn: string, resource: string): boolean {
  const owner = parseArn(resource).account;
  return /^\d{12}$/.test(owner) && owner !== parseArn(roleArn).account;
}

/** Every statement that applies to the request. */
function hitsOf({ principal, action, resource, role, resourcePolicy, account, conditionKeys }: DecisionInput): Hit[] {
  let keys: ConditionKeys | undefined;
  const keysOf = (): ConditionKeys => (keys ??= { ...principalKeys(principal, account), ...conditionKeys?.() });
  const hits: Hit[] = [];
  const look = (document: PolicyDocument, from: PolicySource, policy: string): void => {
    for (const statement of statementsOf(document)) {
      if (from === 'resource' && !principalMatches(statement, principal, account)) continue;
      if (statementApplies(statement, action, resource, keysOf)) hits.push({ effect: statement.Effect, from, policy, sid: statement.Sid ?? '' });
    }
  };
  if (principal.kind === 'role' && role) {
    for (const [policy, document] of Object.entries(role.policies)) look(document, 'identity', policy);
    if (role.boundary !== undefined) look(role.boundary, 'boundary', 'permissions boundary');
  }
  if (resourcePolicy) look(resourcePolicy, 'resource', 'resource policy');
  return hits;
}

/** `arn:aws:sts::000000000000:assumed-role/clip-role/clip`: how AWS names a role at work. */
export function principalName(principal: Principal, account: string): string {
  if (principal.kind === 'admin') return `arn:aws:iam::${account}:root`;
  if (principal.kind === 'service') return principal.name;
  const role = parseArn(principal.arn).resource.split('/').pop() ?? '';
  return `arn:aws:sts::${account}:assumed-role/${role}/${principal.sessionName ?? role}`;
}

/**
 * AWS's text for a denial.
 * @source aws/other-services.md §9, aws/lambda.md §11
 */
export function deniedMessage(decision: Decision, account: string): string {
  const who = principalName(decision.principal, account);
  const why = denialReason(decision);
  return `User: ${who} is not authorized to perform: ${decision.action} on resource: ${decision.resource} ${why}`;
}

const SOURCES: Readonly<Record<PolicySource, string>> = { identity: 'an identity-based policy', resource: 'a resource-based policy', boundary: 'a permissions boundary' };

function denialReason({ reason, principal, action }: Decision): string {
  if (reason.kind === 'explicit-deny') return `with an explicit deny in ${SOURCES[reason.from]}`;
  const missing = reason.kind === 'no-boundary' ? 'permissions boundary' : reason.kind === 'no-resource-policy' || principal.kind === 'service' ? 'resource-based policy' : 'identity-based policy';
  return `because no ${missing} allows the ${action} action`;
}

/** AWS's error for a denied call, for services that have no text of their own. */
export function accessDenied(decision: Decision, account: string): AwsError {
  return new AwsError('AccessDeniedException', deniedMessage(decision, account), { status: 403 });
}

function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement as PolicyStatement];
}

function statementApplies(statement: PolicyStatement, action: string, resource: string, keysOf: () => ConditionKeys): boolean {
  const lower = action.toLowerCase();
  const actionHit =
    statement.Action !== undefined
      ? list(statement.Action).some((pattern) => wildcardMatches(pattern.toLowerCase(), lower))
      : !list(statement.NotAction).some((pattern) => wildcardMatches(pattern.toLowerCase(), lower));
  if (!actionHit) return false;
  const resourceHit =
    statement.Resource !== undefined
      ? list(statement.Resource).some((pattern) => wildcardMatches(pattern, resource))
      : statement.NotResource !== undefined
        ? !list(statement.NotResource).some((pattern) => wildcardMatches(pattern, resource))
        : true;
  return resourceHit && (statement.Condition === undefined || conditionsHold(statement.Condition, keysOf()));
}

/** Condition keys that follow from who asks. */
function principalKeys(principal: Principal, account: string): ConditionKeys {
  if (principal.kind === 'service') return { 'aws:sourcearn': principal.sourceArn, 'aws:sourceaccount': principal.sourceAccount, 'aws:principalservicename': principal.name, 'aws:principalisawsservice': 'true' };
  if (principal.kind === 'admin') return { 'aws:principalaccount': account, 'aws:principalisawsservice': 'false' };
  return { 'aws:principalaccount': parseArn(principal.arn).account, 'aws:principalarn': principal.arn, 'aws:principaltype': 'AssumedRole', 'aws:principalisawsservice': 'false' };
}

function principalMatches(statement: PolicyStatement, principal: Principal, account: string): boolean {
  if (statement.NotPrincipal !== undefined) return !namesPrincipal(statement.NotPrincipal, principal, account);
  return statement.Principal !== undefined && namesPrincipal(statement.Principal, principal, account);
}

function namesPrincipal(wanted: NonNullable<PolicyStatement['Principal']>, principal: Principal, account: string): boolean {
  if (wanted === '*') return true;
  if (principal.kind === 'service') return list(wanted['Service']).includes(principal.name);
  const own = principal.kind === 'role' ? parseArn(principal.arn).account : account;
  const accepted = ['*', own, `arn:aws:iam::${own}:root`, principal.kind === 'role' ? principal.arn : '', principalName(principal, own)];
  return list(wanted['AWS']).some((value) => accepted.includes(value));
}
