/** IAM as far as every call needs it: policy documents, statements, and the decision over identity and resource policies. */
import { AwsError } from './errors.ts';
import { conditionsHold, list, wildcardMatches } from './iam-conditions.ts';
import type { ConditionKeys, Conditions } from './iam-conditions.ts';
import { filledIn, holdsVariable, masked } from './iam-variables.ts';
import { parseArn, userIdOf } from './principal.ts';
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
export type PolicySource = 'identity' | 'resource' | 'boundary' | 'session';

export interface Decision {
  readonly allowed: boolean;
  readonly action: string;
  readonly resource: string;
  readonly principal: Principal;
  /** Which statement decided, or why none allowed. */
  readonly reason:
    | { readonly kind: 'administrator' | 'iam-off' | 'no-identity-policy' | 'no-resource-policy' | 'no-boundary' | 'no-session-policy' | 'no-such-role' }
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
  /** Of a resource's policy: it names the account of the caller, not the caller, and so leaves the decision to the account's own policies. */
  readonly delegates: boolean;
}

/**
 * Decides one request. An explicit deny anywhere wins. Within an account, the policy of the resource can allow the caller by itself;
 * otherwise the permissions boundary, the session's policies and the policies of the role must all allow. A statement that names the
 * account instead of the caller delegates: it allows nobody of the account by itself. A service principal is allowed by the resource's
 * policy alone. From another account, the role's and the resource's policy must both allow.
 * @source aws/other-services.md §9 (IAM policy evaluation logic); AWS IAM user guide, elements of policies: Principal (an account as principal, recalled)
 * @simplified No organization policies.
 */
export function decide(input: DecisionInput): Decision {
  const { principal, action, resource, role } = input;
  const base = { action, resource, principal };
  const assumes = isAssuming(action);
  if (principal.kind === 'admin' && !assumes) return { ...base, allowed: true, reason: { kind: 'administrator' } };
  if (principal.kind === 'role' && role === undefined) return { ...base, allowed: false, reason: { kind: 'no-such-role' } };
  const hits = hitsOf(input);
  const denied = hits.find((hit) => hit.effect === 'Deny');
  if (denied) return { ...base, allowed: false, reason: { kind: 'explicit-deny', from: denied.from, policy: denied.policy, sid: denied.sid } };
  const byResource = hits.find((hit) => hit.from === 'resource');
  const byIdentity = hits.find((hit) => hit.from === 'identity');
  const allow = (hit: Hit): Decision => ({ ...base, allowed: true, reason: { kind: 'allow', from: hit.from, policy: hit.policy, sid: hit.sid } });
  const no = (kind: 'no-identity-policy' | 'no-resource-policy' | 'no-boundary' | 'no-session-policy'): Decision => ({ ...base, allowed: false, reason: { kind } });
  if (assumes && byResource === undefined) return no('no-resource-policy');
  if (principal.kind === 'admin') return allow(byResource!);
  const crossing = principal.kind === 'role' && crossesAccounts(principal.arn, resource);
  if (principal.kind === 'service' || crossing) {
    if (byResource === undefined) return no('no-resource-policy');
    if (!crossing) return allow(byResource);
  } else {
    const own = hits.find((hit) => hit.from === 'resource' && !hit.delegates);
    if (own !== undefined) return allow(own);
  }
  if (role?.boundary !== undefined && !hits.some((hit) => hit.from === 'boundary')) return no('no-boundary');
  if (principal.kind === 'role' && principal.sessionPolicies !== undefined && !hits.some((hit) => hit.from === 'session')) return no('no-session-policy');
  return byIdentity === undefined ? no('no-identity-policy') : allow(byIdentity);
}

/** Who may be a role is for its trust policy to say; no other policy makes up for it, not even an administrator's. @source aws/other-services.md §9 */
const isAssuming = (action: string): boolean => /^sts:AssumeRole/i.test(action);

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
    const request = { action, resource, keysOf, variables: document.Version === VARIABLES_SINCE };
    for (const statement of statementsOf(document)) {
      const named = from === 'resource' ? principalMatches(statement, principal, account) : 'caller';
      if (named !== undefined && statementApplies(statement, request)) hits.push({ effect: statement.Effect, from, policy, sid: statement.Sid ?? '', delegates: named === 'account' });
    }
  };
  if (principal.kind === 'role' && role) {
    for (const [policy, document] of Object.entries(role.policies)) look(document, 'identity', policy);
    if (role.boundary !== undefined) look(role.boundary, 'boundary', 'permissions boundary');
  }
  if (principal.kind === 'role') for (const document of principal.sessionPolicies ?? []) look(document, 'session', 'session policy');
  if (resourcePolicy) look(resourcePolicy, 'resource', 'resource policy');
  return hits;
}

/** Policy variables are read in documents of this version; in older ones they are plain text. @source AWS IAM user guide, policy variables (recalled) */
const VARIABLES_SINCE = '2012-10-17';

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

const SOURCES: Readonly<Record<PolicySource, string>> = { identity: 'an identity-based policy', resource: 'a resource-based policy', boundary: 'a permissions boundary', session: 'a session policy' };

const MISSING: Readonly<Record<string, string>> = { 'no-boundary': 'permissions boundary', 'no-session-policy': 'session policy', 'no-resource-policy': 'resource-based policy' };

function denialReason({ reason, principal, action }: Decision): string {
  if (reason.kind === 'explicit-deny') return `with an explicit deny in ${SOURCES[reason.from]}`;
  const missing = MISSING[reason.kind] ?? (principal.kind === 'service' ? 'resource-based policy' : 'identity-based policy');
  return `because no ${missing} allows the ${action} action`;
}

/** AWS's error for a denied call, for services that have no text of their own. */
export function accessDenied(decision: Decision, account: string): AwsError {
  return new AwsError('AccessDeniedException', deniedMessage(decision, account), { status: 403 });
}

/** What is no statement says nothing: documents of resources come as their owners wrote them. */
function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return [document.Statement].flat().filter((statement) => typeof statement === 'object' && statement !== null) as readonly PolicyStatement[];
}

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly keysOf: () => ConditionKeys;
  /** Whether `${aws:userid}` and the like are filled in. */
  readonly variables: boolean;
}

function statementApplies(statement: PolicyStatement, request: Request): boolean {
  const lower = request.action.toLowerCase();
  const actionHit =
    statement.Action !== undefined
      ? list(statement.Action).some((pattern) => wildcardMatches(pattern.toLowerCase(), lower))
      : !list(statement.NotAction).some((pattern) => wildcardMatches(pattern.toLowerCase(), lower));
  if (!actionHit) return false;
  const fits = (pattern: string): boolean => resourceFits(pattern, request);
  const resourceHit = statement.Resource !== undefined ? list(statement.Resource).some(fits) : statement.NotResource !== undefined ? !list(statement.NotResource).some(fits) : true;
  return resourceHit && (statement.Condition === undefined || conditionsHold(statement.Condition, request.keysOf(), request.variables));
}

/** A variable that the request has no value for makes the pattern fit nothing. */
function resourceFits(pattern: string, { resource, keysOf, variables }: Request): boolean {
  if (!variables || !holdsVariable(pattern)) return wildcardMatches(pattern, resource);
  const filled = filledIn(pattern, keysOf());
  return filled !== undefined && wildcardMatches(filled, masked(resource));
}

/** Condition keys that follow from who asks. */
function principalKeys(principal: Principal, account: string): ConditionKeys {
  if (principal.kind === 'service') {
    const { name, sourceArn, sourceAccount, sourceOwner } = principal;
    return { 'aws:sourcearn': sourceArn, ...(sourceAccount === undefined ? {} : { 'aws:sourceaccount': sourceAccount }), ...(sourceOwner === undefined ? {} : { 'aws:sourceowner': sourceOwner }), 'aws:principalservicename': name, 'aws:principalisawsservice': 'true' };
  }
  if (principal.kind === 'admin') return { 'aws:principalaccount': account, 'aws:principalisawsservice': 'false' };
  return { 'aws:principalaccount': parseArn(principal.arn).account, 'aws:principalarn': principal.arn, 'aws:principaltype': 'AssumedRole', 'aws:principalisawsservice': 'false', 'aws:userid': userIdOf(principal, account) };
}

/** Whether a statement is about who asks: by naming the caller (or everybody), or the account that the caller is of. */
type Named = 'caller' | 'account' | undefined;

function principalMatches(statement: PolicyStatement, principal: Principal, account: string): Named {
  if (statement.NotPrincipal !== undefined) return namesPrincipal(statement.NotPrincipal, principal, account) === undefined ? 'caller' : undefined;
  return statement.Principal === undefined ? undefined : namesPrincipal(statement.Principal, principal, account);
}

/** `{"AWS": "*"}` is everybody as `"*"` is, services too. @source AWS IAM user guide, policy elements: Principal (recalled) */
function namesPrincipal(wanted: NonNullable<PolicyStatement['Principal']>, principal: Principal, account: string): Named {
  if (wanted === '*' || list(wanted['AWS']).includes('*')) return 'caller';
  if (principal.kind === 'service') return list(wanted['Service']).includes(principal.name) ? 'caller' : undefined;
  const own = principal.kind === 'role' ? parseArn(principal.arn).account : account;
  const asked = list(wanted['AWS']);
  const caller = [principal.kind === 'role' ? principal.arn : '', principalName(principal, own)];
  if (asked.some((value) => caller.includes(value))) return 'caller';
  return asked.some((value) => value === own || value === `arn:aws:iam::${own}:root`) ? 'account' : undefined;
}
