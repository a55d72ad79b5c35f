/** AssumeRole: who may be a role, for how long, and the credentials that stand for it. @source AWS STS API reference, AssumeRole; aws/other-services.md §9 for the decision @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import type { RandomStream } from '../../../base/random.ts';
import { NotModelled } from '../../../sim/errors.ts';
import { principalName } from '../../../sim/iam.ts';
import type { PolicyDocument } from '../../../sim/iam.ts';
import { parseArn, userIdOf } from '../../../sim/principal.ts';
import type { Credentials, Principal } from '../../../sim/principal.ts';
import { operation } from '../../../sim/service.ts';
import type { Call, OperationTable } from '../../../sim/service.ts';
import { US_PER_SEC } from '../../../sim/units.ts';
import { dateValue } from '../../../sim/values.ts';
import { expired, malformedPolicy, validation } from './errors.ts';
import { CHAINED_SESSION_SEC_MAX, EXTERNAL_ID_CHARS, SESSION_NAME_CHARS, SESSION_POLICY_ARNS_MAX, SESSION_POLICY_CHARS_MAX, SESSION_SEC } from './limits.ts';
import type { Session, StsContext, StsState } from './state.ts';

const input = z.object({
  RoleArn: z.string().min(20).max(2_048),
  RoleSessionName: z.string().min(SESSION_NAME_CHARS.min).max(SESSION_NAME_CHARS.max).regex(/^[\w+=,.@-]*$/),
  DurationSeconds: z.int().min(SESSION_SEC.min).max(SESSION_SEC.max).optional(),
  ExternalId: z.string().min(EXTERNAL_ID_CHARS.min).max(EXTERNAL_ID_CHARS.max).regex(/^[\w+=,.@:/-]*$/).optional(),
  Policy: z.string().min(1).max(SESSION_POLICY_CHARS_MAX).optional(),
  PolicyArns: z.array(z.object({ arn: z.string() })).max(SESSION_POLICY_ARNS_MAX).optional(),
  Tags: z.array(z.unknown()).optional(),
  TransitiveTagKeys: z.array(z.string()).optional(),
  SourceIdentity: z.string().optional(),
  SerialNumber: z.string().optional(),
  TokenCode: z.string().optional(),
  ProvidedContexts: z.array(z.unknown()).optional(),
});
type Input = z.infer<typeof input>;

function refuseUnmodelled(given: Input): void {
  const unmodelled = [
    ['session tags', (given.Tags ?? given.TransitiveTagKeys ?? []).length > 0],
    ['source identities', given.SourceIdentity !== undefined],
    ['multi-factor authentication', given.SerialNumber !== undefined || given.TokenCode !== undefined],
    ['context assertions', (given.ProvidedContexts ?? []).length > 0],
  ] as const;
  for (const [what, isGiven] of unmodelled) if (isGiven) throw new NotModelled('sts', `AssumeRole with ${what}`);
}

/** What IAM answers to the service itself. Undefined when it refuses. */
function ofIam(context: StsContext, operationName: string, request: object): Readonly<Record<string, unknown>> | undefined {
  const outcome = context.api('iam', operationName, request, { principal: { kind: 'admin' }, cause: context.cause, replyTo: { kind: 'none' } });
  return outcome.kind === 'ok' ? (outcome.output as Readonly<Record<string, unknown>>) : undefined;
}

function managedPolicy(context: StsContext, arn: string): PolicyDocument {
  const found = ofIam(context, 'GetPolicy', { PolicyArn: arn })?.['Policy'] as { readonly DefaultVersionId: string } | undefined;
  const version = found && (ofIam(context, 'GetPolicyVersion', { PolicyArn: arn, VersionId: found.DefaultVersionId })?.['PolicyVersion'] as { readonly Document: string } | undefined);
  if (version === undefined) throw validation(`Policy ${arn} does not exist or is not attachable.`);
  return JSON.parse(decodeURIComponent(version.Document)) as PolicyDocument;
}

/** The most that the session may do; undefined when nothing was given. */
function sessionPolicies(context: StsContext, given: Input): readonly PolicyDocument[] | undefined {
  if (given.Policy === undefined && (given.PolicyArns ?? []).length === 0) return undefined;
  return [...(given.Policy === undefined ? [] : [documentOf(given.Policy)]), ...(given.PolicyArns ?? []).map(({ arn }) => managedPolicy(context, arn))];
}

function documentOf(text: string): PolicyDocument {
  try {
    const document = JSON.parse(text) as PolicyDocument;
    if (typeof document === 'object' && document !== null && typeof document.Statement === 'object') return document;
  } catch {
    // Told below.
  }
  throw malformedPolicy();
}

/** @throws AwsError ValidationError when it is longer than the role, or a session that asks, may have it */
function durationOf(context: StsContext, given: Input, call: Call): number {
  const asked = given.DurationSeconds ?? SESSION_SEC.default;
  if (call.principal.kind === 'role' && asked > CHAINED_SESSION_SEC_MAX) throw validation('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  const role = ofIam(context, 'GetRole', { RoleName: parseArn(given.RoleArn).resource.split('/').pop() ?? '' })?.['Role'] as { readonly MaxSessionDuration: number } | undefined;
  if (role !== undefined && asked > role.MaxSessionDuration) throw validation('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  return asked;
}

const KEY_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SECRET_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const letters = (random: RandomStream, from: string, count: number): string => Array.from({ length: count }, () => from[random.int(from.length)]!).join('');

function assumeRole(context: StsContext, given: Input, call: Call): object {
  if (!/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(given.RoleArn)) throw validation(`${given.RoleArn} is invalid`);
  refuseUnmodelled(given);
  const keys = { 'sts:rolesessionname': given.RoleSessionName, ...(given.ExternalId === undefined ? {} : { 'sts:externalid': given.ExternalId }) };
  const decision = context.authorize(call.principal, 'sts:AssumeRole', given.RoleArn, keys);
  if (!decision.allowed) throw context.deny(decision, 'sts');
  const durationSec = durationOf(context, given, call);
  const policies = sessionPolicies(context, given);
  const random = context.random('sts.credentials');
  const accessKeyId = `ASIA${letters(random, KEY_LETTERS, 16)}`;
  const sessionToken = `IQoJb3JpZ2luX2Vj${letters(random, SECRET_LETTERS, 240)}`;
  const expiresUs = context.epochUs + durationSec * US_PER_SEC;
  const session: Session = { sessionToken, roleArn: given.RoleArn, sessionName: given.RoleSessionName, policies, expiresUs };
  context.state.sessions.set(accessKeyId, session);
  const principal = principalOf(session);
  const arn = principalName(principal, parseArn(given.RoleArn).account);
  context.emit('sts.RoleAssumed', arn, { caller: principalName(call.principal, context.account), role: given.RoleArn, session: given.RoleSessionName, durationSec });
  return {
    Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: letters(random, SECRET_LETTERS, 40), SessionToken: sessionToken, Expiration: dateValue(Math.floor(expiresUs / 1_000_000) * 1_000) },
    AssumedRoleUser: { AssumedRoleId: userIdOf(principal, context.account), Arn: arn },
  };
}

function principalOf(session: Session): Principal {
  return { kind: 'role', arn: session.roleArn, sessionName: session.sessionName, ...(session.policies === undefined ? {} : { sessionPolicies: session.policies }) };
}

/** Who bears the credentials of a session. @throws AwsError ExpiredTokenException from its end on */
export function bearer(context: StsContext, { accessKeyId, sessionToken }: Credentials): Principal | undefined {
  const session = context.state.sessions.get(accessKeyId);
  if (session === undefined || session.sessionToken !== sessionToken) return undefined;
  if (context.epochUs >= session.expiresUs) throw expired();
  return principalOf(session);
}

export const sessionOperations: OperationTable<StsState, object> = {
  AssumeRole: operation({
    input,
    action: 'sts:AssumeRole',
    // The trust policy decides also for the administrator.
    judgesItself: true,
    resource: (_: StsContext, given) => given.RoleArn,
    writes: true,
    errors: ['AccessDenied', 'ExpiredTokenException', 'MalformedPolicyDocumentException', 'ValidationError'],
    source: 'AWS STS API reference, AssumeRole, 2026-11 (recalled); decision: aws/other-services.md §9',
    simplified: [
      'Credentials of AssumeRole are made from the seed; signatures are not checked, so that any secret will do.',
      'The administrator assumes a role where its trust policy names the account; AWS lets no root user do so.',
      'Unknown credentials are refused as InvalidClientTokenId by every service; S3 and the JSON services have names of their own.',
      'Session tags, source identities and multi-factor authentication are not modelled.',
      'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.',
    ],
    handle: assumeRole,
  }),
};
