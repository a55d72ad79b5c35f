import { describe, expect, it } from 'vitest';
import { decide, deniedMessage, wildcardMatches } from './iam.ts';
import type { PolicyDocument, Role } from './iam.ts';
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

  it('never lets a condition with an unknown operator hold', () => {
    const odd = role({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { NumericLessThan: { 'aws:x': '1' } } } });
    expect(ask(asRole, odd).allowed).toBe(false);
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
