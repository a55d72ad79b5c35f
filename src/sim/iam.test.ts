import { describe, expect, it } from 'vitest';
import { arnMatches, conditionsHold, wildcardMatches } from './iam-conditions.ts';
import type { ConditionKeys, Conditions } from './iam-conditions.ts';
import { decide, deniedMessage } from './iam.ts';
import type { PolicyDocument, PolicyStatement, Role } from './iam.ts';
import type { Principal } from './principal.ts';

const account = '000000000000';
const queue = `arn:aws:sqs:us-east-1:${account}:jobs`;
const role = (...documents: PolicyDocument[]): Role => ({
  arn: `arn:aws:iam::${account}:role/clip-role`,
  name: 'clip-role',
  trust: { Statement: [] },
  policies: Object.fromEntries(documents.map((document, i) => [`p${i}`, document])),
});
const asRole: Principal = { kind: 'role', arn: `arn:aws:iam::${account}:role/clip-role`, sessionName: 'clip' };
const asBus: Principal = { kind: 'service', name: 'events.amazonaws.com', sourceArn: `arn:aws:events:us-east-1:${account}:rule/new-clip`, sourceAccount: account };
const ask = (principal: Principal, theRole?: Role, resourcePolicy?: PolicyDocument) =>
  decide({ principal, action: 'sqs:SendMessage', resource: queue, role: theRole, resourcePolicy, account });

describe('IAM decision', () => {
  it('denies a role without a statement, in AWS words', () => {
    const decision = ask(asRole, role());
    expect(decision.allowed).toBe(false);
    expect(deniedMessage(decision, account)).toBe(
      `User: arn:aws:sts::${account}:assumed-role/clip-role/clip is not authorized to perform: sqs:SendMessage on resource: ${queue} because no identity-based policy allows the sqs:SendMessage action`,
    );
  });

  it('allows by wildcard action and resource, whatever the case of the action', () => {
    expect(ask(asRole, role({ Statement: { Effect: 'Allow', Action: 'SQS:send*', Resource: 'arn:aws:sqs:*:*:jo?s' } })).allowed).toBe(true);
  });

  it('lets an explicit deny win over an allow', () => {
    const both = role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }, { Statement: { Sid: 'No', Effect: 'Deny', Action: 'sqs:*', Resource: queue } });
    expect(ask(asRole, both).reason).toEqual({ kind: 'explicit-deny', from: 'identity', policy: 'p1', sid: 'No' });
  });

  it('allows a service principal only by the resource policy, and only for the source it names', () => {
    const policy = (arn: string): PolicyDocument => ({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue, Condition: { ArnEquals: { 'aws:SourceArn': arn } } }],
    });
    expect(ask(asBus).reason.kind).toBe('no-resource-policy');
    expect(ask(asBus, undefined, policy(asBus.kind === 'service' ? asBus.sourceArn : '')).allowed).toBe(true);
    expect(ask(asBus, undefined, policy(`arn:aws:events:us-east-1:${account}:rule/other`)).allowed).toBe(false);
  });

  it.each([
    ['*', '', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbb', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*a*b*', 'xxaxxbxx', true],
  ])('matches wildcard %s against "%s": %s', (pattern, text, hit) => {
    expect(wildcardMatches(pattern, text)).toBe(hit);
  });
});

describe('A policy for everybody', () => {
  it.each(['*', { AWS: '*' }])('written %j is for services too, as far as its conditions go', (Principal) => {
    const policy = (Condition: object): PolicyDocument => ({ Statement: { Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: queue, Condition } as PolicyStatement });
    expect(ask(asBus, undefined, policy({ StringEquals: { 'aws:SourceAccount': account } })).allowed).toBe(true);
    expect(ask(asBus, undefined, policy({ StringEquals: { 'AWS:SourceOwner': account } })).allowed).toBe(false);
    expect(ask({ ...asBus, sourceOwner: account } as Principal, undefined, policy({ StringEquals: { 'AWS:SourceOwner': account } })).allowed).toBe(true);
  });
});

describe('IAM decision over several policies', () => {
  const boundary = (Statement: PolicyDocument['Statement']): Role => ({ ...role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }), boundary: { Statement } });
  const open: PolicyDocument = { Statement: { Effect: 'Allow', Principal: { AWS: asRole.kind === 'role' ? asRole.arn : '' }, Action: 'sqs:SendMessage', Resource: queue } };

  it('gives no more than the permissions boundary', () => {
    const decision = ask(asRole, boundary({ Effect: 'Allow', Action: 's3:*', Resource: '*' }));
    expect([decision.allowed, deniedMessage(decision, account)]).toEqual([false, expect.stringMatching(/because no permissions boundary allows the sqs:SendMessage action$/)]);
    expect(ask(asRole, boundary({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' })).allowed).toBe(true);
  });

  it('lets the policy of the resource allow what the boundary does not, unless the boundary denies it', () => {
    expect(ask(asRole, boundary({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), open).reason).toMatchObject({ kind: 'allow', from: 'resource' });
    const denied = ask(asRole, boundary({ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }), open);
    expect(deniedMessage(denied, account)).toMatch(/with an explicit deny in a permissions boundary$/);
  });

  it('lets a deny of the resource win over an allow of the role, in AWS words', () => {
    const decision = ask(asRole, role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }), { Statement: { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queue } });
    expect(deniedMessage(decision, account)).toMatch(/with an explicit deny in a resource-based policy$/);
  });

  it('denies everybody but those of NotPrincipal', () => {
    const but = (name: string): PolicyDocument => ({ Statement: { Effect: 'Deny', NotPrincipal: { AWS: `arn:aws:iam::${account}:role/${name}` }, Action: '*', Resource: '*' } });
    const all = role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    expect(ask(asRole, all, but('clip-role')).allowed).toBe(true);
    expect(ask(asRole, all, but('other')).allowed).toBe(false);
  });

  it('wants both sides to allow a role of another account', () => {
    const stranger: Principal = { kind: 'role', arn: 'arn:aws:iam::111111111111:role/clip-role', sessionName: 'clip' };
    const [all, none] = [role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }), role()];
    const forAccount: PolicyDocument = { Statement: { Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sqs:*', Resource: '*' } };
    expect([ask(stranger, all), ask(stranger, none, forAccount), ask(stranger, all, forAccount)].map(({ allowed }) => allowed)).toEqual([false, false, true]);
  });

  it('takes a statement that names the account as leave to decide, not as an allow of its own', () => {
    const byAccount = (AWS: string, Effect: 'Allow' | 'Deny' = 'Allow'): PolicyDocument => ({ Statement: { Effect, Principal: { AWS }, Action: 'sqs:*', Resource: queue } });
    const [none, all] = [role(), role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } })];
    for (const name of [account, `arn:aws:iam::${account}:root`]) {
      expect([ask(asRole, none, byAccount(name)), ask(asRole, all, byAccount(name)), ask(asRole, all, byAccount(name, 'Deny'))].map(({ allowed }) => allowed)).toEqual([false, true, false]);
    }
    expect(ask(asRole, none, byAccount('*')).allowed).toBe(true);
    expect(ask(asRole, none, byAccount(`arn:aws:sts::${account}:assumed-role/clip-role/clip`)).allowed).toBe(true);
  });

  it('gives a session no more than its own policies, which may also deny', () => {
    const held = (...sessionPolicies: PolicyDocument[]): Principal => ({ ...asRole, sessionPolicies }) as Principal;
    const all = role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    const only = (Action: string, Effect: 'Allow' | 'Deny' = 'Allow'): PolicyDocument => ({ Statement: { Effect, Action, Resource: '*' } });
    expect(ask(held(only('sqs:*')), all).allowed).toBe(true);
    expect(ask(held(only('s3:*'), only('sqs:Send*')), all).allowed).toBe(true);
    expect(deniedMessage(ask(held(only('s3:*')), all), account)).toMatch(/because no session policy allows the sqs:SendMessage action$/);
    expect(deniedMessage(ask(held(only('*'), only('sqs:*', 'Deny')), all), account)).toMatch(/with an explicit deny in a session policy$/);
    expect(ask(held(only('sqs:*')), role()).reason.kind).toBe('no-identity-policy');
  });

  it.each([
    ['of the caller', 'arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:jobs', true],
    ['of its session', 'arn:aws:sqs:*:*:${aws:userid}', false],
    ['whose name is in any case and between blanks', 'arn:aws:sqs:us-east-1:${ AWS:principalaccount }:j*', true],
    ['with a default', "arn:aws:sqs:us-east-1:*:${aws:username, 'jobs'}", true],
    ['that the request does not carry', 'arn:aws:sqs:us-east-1:*:jobs${aws:username}', false],
    ['that stands for a star itself', 'arn:aws:sqs:us-east-1:*:${*}', false],
    ['that stands for a dollar', 'arn:aws:sqs:us-east-1:*:${$}jobs', false],
  ])('fills in a variable %s', (_, Resource, expected) => {
    const statement = { Effect: 'Allow', Action: '*', Resource } as const;
    expect(ask(asRole, role({ Version: '2012-10-17', Statement: statement })).allowed).toBe(expected);
    expect(ask(asRole, role({ Version: '2008-10-17', Statement: statement })).allowed).toBe(false);
  });

  it('fills in variables of conditions, and takes documents without statements as saying nothing', () => {
    const own = (value: string): boolean => ask(asRole, role({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:PrincipalArn': value } } } })).allowed;
    expect([own('arn:aws:iam::${aws:PrincipalAccount}:role/*'), own('arn:aws:iam::${aws:username}:role/*')]).toEqual([true, false]);
    for (const policy of [{}, { Statement: null }, { Statement: ['x'] }, { Statement: [] }]) expect(ask(asRole, role(), policy as unknown as PolicyDocument).reason.kind).toBe('no-identity-policy');
  });

  it('takes everything but NotAction and NotResource', () => {
    const but = (statement: object): boolean => ask(asRole, role({ Statement: { Effect: 'Allow', ...statement } })).allowed;
    expect([but({ NotAction: 'sqs:*', Resource: '*' }), but({ NotAction: 's3:*', Resource: '*' }), but({ Action: '*', NotResource: queue }), but({ Action: '*', NotResource: `${queue}-2` })]).toEqual([false, true, false, true]);
  });
});

describe('IAM conditions', () => {
  const keys: ConditionKeys = {
    'aws:sourcearn': 'arn:aws:events:us-east-1:000000000000:rule/orders/all',
    'aws:sourceaccount': '000000000000',
    'aws:currenttime': '2026-01-01T12:00:00Z',
    'aws:epochtime': '1767268800',
    'aws:sourceip': '10.0.3.7',
    'aws:securetransport': 'true',
    's3:max-keys': '10',
    'aws:tagkeys': ['team', 'cost'],
  };
  it.each<[string, Conditions, boolean]>([
    ['equal texts', { StringEquals: { 'AWS:SourceAccount': '000000000000' } }, true],
    ['no wildcard in StringEquals', { StringEquals: { 'aws:SourceAccount': '0*' } }, false],
    ['a wildcard in StringLike', { StringLike: { 'aws:SourceAccount': '0*' } }, true],
    ['one of several values', { StringEquals: { 'aws:SourceAccount': ['1', '000000000000'] } }, true],
    ['all keys together', { StringEquals: { 'aws:SourceAccount': '000000000000', 'aws:SourceIp': 'x' } }, false],
    ['all operators together', { StringEquals: { 'aws:SourceAccount': '000000000000' }, Bool: { 'aws:SecureTransport': false } }, false],
    ['none of the values, negated', { StringNotEquals: { 'aws:SourceAccount': ['1', '000000000000'] } }, false],
    ['a missing key', { StringEquals: { 'aws:Nothing': 'x' } }, false],
    ['a missing key, negated', { StringNotLike: { 'aws:Nothing': 'x*' } }, true],
    ['a missing key, if it exists', { StringEqualsIfExists: { 'aws:Nothing': 'x' } }, true],
    ['a key that must be missing', { Null: { 'aws:Nothing': 'true' } }, true],
    ['a key that must be there', { Null: { 'aws:SourceIp': 'true' } }, false],
    ['an ARN with a wildcard in one part', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:000000000000:rule/orders/*' } }, true],
    ['ArnEquals as ArnLike', { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }, true],
    ['no wildcard over a colon of an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:*' } }, false],
    ['another ARN', { ArnNotEquals: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/other' } }, true],
    ['numbers', { NumericLessThanEquals: { 's3:max-keys': 10 } }, true],
    ['numbers that are too large', { NumericLessThan: { 's3:max-keys': '10' } }, false],
    ['a text where a number should be', { NumericEquals: { 'aws:SourceIp': '10' } }, false],
    ['times', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T11:59:59Z' }, DateLessThan: { 'aws:EpochTime': '2026-01-02T00:00:00Z' } }, true],
    ['an address in a range', { IpAddress: { 'aws:SourceIp': ['192.168.0.0/16', '10.0.2.0/23'] } }, true],
    ['an address outside of it', { NotIpAddress: { 'aws:SourceIp': '10.0.3.7/32' } }, false],
    ['a truth', { Bool: { 'aws:SecureTransport': 'TRUE' } }, true],
    ['all values of a list', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost', 'more'] } }, true],
    ['not all values of a list', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
    ['any value of a list', { 'ForAnyValue:StringLike': { 'aws:TagKeys': 'co*' } }, true],
    ['a missing list, if it exists', { 'ForAnyValue:StringEqualsIfExists': { 'aws:Nothing': 'x' } }, true],
    ['a list with a value that is not wanted, negated', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'team' } }, false],
    ['any value but that one', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'team' } }, true],
    ['all values of a missing list', { 'ForAllValues:StringEquals': { 'aws:Nothing': 'x' } }, true],
    ['a missing number, negated', { NumericNotEquals: { 'aws:Nothing': '1' } }, true],
    ['a missing address, negated', { NotIpAddress: { 'aws:Nothing': '10.0.0.0/8' } }, true],
    ['a text, whatever its case', { StringEqualsIgnoreCase: { 'aws:SourceIp': '10.0.3.7' }, StringNotEqualsIgnoreCase: { 'aws:TagKeys': 'CITY' } }, true],
    ['numbers from the other side', { NumericGreaterThan: { 's3:max-keys': 9 }, NumericGreaterThanEquals: { 's3:max-keys': '10' }, NumericEquals: { 's3:max-keys': '10.0' }, NumericNotEquals: { 's3:max-keys': 11 } }, true],
    ['times from the other side', { DateLessThanEquals: { 'aws:CurrentTime': '2026-01-01T12:00:00Z' }, DateGreaterThanEquals: { 'aws:EpochTime': '1767268800' }, DateEquals: { 'aws:CurrentTime': '2026-01-01T12:00:00Z' }, DateNotEquals: { 'aws:CurrentTime': '2026-01-02T12:00:00Z' } }, true],
    ['an ARN that is not like one', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/other*' } }, true],
    ['a missing ARN, if it exists', { ArnLikeIfExists: { 'aws:Nothing': 'arn:aws:s3:::x' } }, true],
    ['a truth that is missing', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, false],
    ['a truth that is missing, if it exists', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, true],
    ['no value of a missing list', { 'ForAnyValue:StringLike': { 'aws:Nothing': '*' } }, false],
    ['an operator that is none', { StringSimilar: { 'aws:SourceAccount': '*' } }, false],
  ])('%s', (_, conditions, expected) => expect(conditionsHold(conditions, keys)).toBe(expected));

  it('compare an ARN part by part', () => {
    expect(arnMatches('arn:aws:sqs:us-east-?:*:jobs', queue)).toBe(true);
    expect(arnMatches('arn:aws:sqs:*:jobs', queue)).toBe(false);
  });
});
