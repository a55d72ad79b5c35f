/** IAM as far as every call needs it: policy documents, statements, and the decision over identity and resource policies. */
import { AwsError } from './errors.ts';
import { parseArn } from './principal.ts';
import type { Principal } from './principal.ts';

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | { readonly [type: string]: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
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
}

export interface Decision {
  readonly allowed: boolean;
  readonly action: string;
  readonly resource: string;
  readonly principal: Principal;
  /** Which statement decided, or why none allowed. */
  readonly reason:
    | { readonly kind: 'administrator' | 'iam-off' | 'no-identity-policy' | 'no-resource-policy' | 'no-such-role' }
    | { readonly kind: 'allow' | 'explicit-deny'; readonly from: 'identity' | 'resource'; readonly policy: string; readonly sid: string };
}

export interface DecisionInput {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly role: Role | undefined;
  readonly resourcePolicy: PolicyDocument | undefined;
  readonly account: string;
}

/**
 * Decides one request within one account: an explicit deny wins; a role is allowed by its own policies or by the resource's;
 * a service principal only by the resource's.
 * @source aws/other-services.md §9 (IAM policy evaluation logic, single account)
 * @simplified No organization policies, permission boundaries or session policies.
 */
export function decide(input: DecisionInput): Decision {
  const { principal, action, resource } = input;
  const base = { action, resource, principal };
  if (principal.kind === 'admin') return { ...base, allowed: true, reason: { kind: 'administrator' } };
  if (principal.kind === 'role' && input.role === undefined) return { ...base, allowed: false, reason: { kind: 'no-such-role' } };
  const keys = conditionKeys(principal, input.account);
  const hits: { effect: 'Allow' | 'Deny'; from: 'identity' | 'resource'; policy: string; sid: string }[] = [];
  if (principal.kind === 'role' && input.role) {
    for (const [policy, document] of Object.entries(input.role.policies)) {
      for (const statement of statementsOf(document)) {
        if (statementApplies(statement, action, resource, keys)) hits.push({ effect: statement.Effect, from: 'identity', policy, sid: statement.Sid ?? '' });
      }
    }
  }
  for (const statement of input.resourcePolicy ? statementsOf(input.resourcePolicy) : []) {
    if (principalMatches(statement.Principal, principal, input.account) && statementApplies(statement, action, resource, keys)) {
      hits.push({ effect: statement.Effect, from: 'resource', policy: 'resource policy', sid: statement.Sid ?? '' });
    }
  }
  const denied = hits.find((hit) => hit.effect === 'Deny');
  if (denied) return { ...base, allowed: false, reason: { kind: 'explicit-deny', from: denied.from, policy: denied.policy, sid: denied.sid } };
  const allowed = hits.find((hit) => hit.effect === 'Allow');
  if (allowed) return { ...base, allowed: true, reason: { kind: 'allow', from: allowed.from, policy: allowed.policy, sid: allowed.sid } };
  return { ...base, allowed: false, reason: { kind: principal.kind === 'service' ? 'no-resource-policy' : 'no-identity-policy' } };
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
  const why =
    decision.reason.kind === 'explicit-deny'
      ? `with an explicit deny in ${decision.reason.from === 'identity' ? 'an identity-based' : 'a resource-based'} policy`
      : decision.principal.kind === 'service'
        ? `because no resource-based policy allows the ${decision.action} action`
        : `because no identity-based policy allows the ${decision.action} action`;
  return `User: ${who} is not authorized to perform: ${decision.action} on resource: ${decision.resource} ${why}`;
}

/** AWS's error for a denied call, for services that have no text of their own. */
export function accessDenied(decision: Decision, account: string): AwsError {
  return new AwsError('AccessDeniedException', deniedMessage(decision, account), { status: 403 });
}

function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement as PolicyStatement];
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** IAM wildcards: `*` any run, `?` one character. Actions are compared without regard to case. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === text[t]))) {
      p++;
      t++;
    } else if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (p < pattern.length && pattern[p] === '*') p++;
  return p === pattern.length;
}

function statementApplies(statement: PolicyStatement, action: string, resource: string, keys: Readonly<Record<string, string>>): boolean {
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
  return resourceHit && conditionsHold(statement.Condition ?? {}, keys);
}

function conditionKeys(principal: Principal, account: string): Record<string, string> {
  if (principal.kind !== 'service') return { 'aws:principalaccount': account, 'aws:principalarn': principal.kind === 'role' ? principal.arn : '' };
  return { 'aws:sourcearn': principal.sourceArn, 'aws:sourceaccount': principal.sourceAccount };
}

const CONDITION_OPERATORS: Readonly<Record<string, (actual: string, wanted: string) => boolean>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => wildcardMatches(wanted, actual),
  ArnEquals: (actual, wanted) => wildcardMatches(wanted, actual),
  ArnLike: (actual, wanted) => wildcardMatches(wanted, actual),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
};

/** All operators must hold. A key that the request does not carry fails, unless negated or `…IfExists`. An unknown operator never holds. */
function conditionsHold(condition: NonNullable<PolicyStatement['Condition']>, keys: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition).every(([operator, wanted]) => {
    const ifExists = operator.endsWith('IfExists');
    const name = ifExists ? operator.slice(0, -'IfExists'.length) : operator;
    const negated = /^(String|Arn)Not/.test(name);
    const compare = CONDITION_OPERATORS[negated ? name.replace('Not', '') : name];
    if (compare === undefined) return false;
    return Object.entries(wanted).every(([key, values]) => {
      const actual = keys[key.toLowerCase()];
      if (actual === undefined) return ifExists || negated;
      const hit = list(values).some((value) => compare(actual, value));
      return negated ? !hit : hit;
    });
  });
}

function principalMatches(wanted: PolicyStatement['Principal'], principal: Principal, account: string): boolean {
  if (wanted === undefined) return false;
  if (wanted === '*') return true;
  if (principal.kind === 'service') return list(wanted['Service']).includes(principal.name);
  const accepted = ['*', account, `arn:aws:iam::${account}:root`, principal.kind === 'role' ? principal.arn : ''];
  return list(wanted['AWS']).some((value) => accepted.includes(value));
}
