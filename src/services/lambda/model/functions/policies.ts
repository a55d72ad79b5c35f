/** The function's resource policy, one statement at a time, and its tags. @source aws/lambda.md §11, §2.3 (recorded test_lambda_permission_*) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { AwsError } from '../../../../sim/errors.ts';
import type { PolicyDocument, PolicyStatement } from '../../../../sim/iam.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { conflict, constraint, invalid, notFound, precondition, refuseUnmodelled } from '../errors.ts';
import { byRef, checkNotUpdating, newRevision, refInput } from './functions.ts';
import { LAMBDA } from '../limits.ts';
import { functionOf, parseRef, qualified, versionOf } from './naming.ts';
import type { Alias, LambdaContext, LambdaFunction, LambdaState, Version } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §11 (Lambda API model 2026-08, recorded test_lambda_permission_*)';
const NONE = 'The resource you requested does not exist.';

/** Members that would narrow or widen a statement here, and do not. */
const ADD_NOT_MODELLED = ['EventSourceToken', 'PrincipalOrgID', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'] as const;
const addInput = refInput.extend({
  ...unmodelled(ADD_NOT_MODELLED),
  StatementId: z.string(),
  Action: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
  RevisionId: z.string().optional(),
});
type AddInput = z.infer<typeof addInput>;

function found(context: LambdaContext, input: { readonly FunctionName: string; readonly Qualifier?: string | undefined }): { fn: LambdaFunction; qualifier: string } {
  const ref = parseRef(context, input.FunctionName, input.Qualifier);
  const fn = functionOf(context, ref);
  if (ref.qualifier === '$LATEST') throw invalid('We currently do not support adding policies for $LATEST.');
  versionOf(context, fn, ref.qualifier);
  return { fn, qualifier: ref.qualifier };
}

/** What the policy belongs to, and whose revision it changes. */
function ownerOf(context: LambdaContext, fn: LambdaFunction, qualifier: string): Alias | Version {
  return fn.aliases.get(qualifier) ?? versionOf(context, fn, qualifier);
}
function checkRevision(owner: Alias | Version, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== owner.revisionId) throw precondition();
}

/** A statement as AWS writes it from the members: SourceArn becomes ArnLike, SourceAccount StringEquals. */
function statementOf(fn: LambdaFunction, qualifier: string, input: AddInput): PolicyStatement {
  const { SourceArn, SourceAccount, Principal } = input;
  const conditions = {
    ...(SourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : /\.amazonaws\.com$/.test(Principal) ? { Service: Principal } : { AWS: /^\d{12}$/.test(Principal) ? `arn:aws:iam::${Principal}:root` : Principal },
    Action: input.Action,
    Resource: qualified(fn.arn, qualifier),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

const document = (statements: readonly PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Id: 'default', Statement: statements });

function add(context: LambdaContext, input: AddInput): object {
  const { fn, qualifier } = found(context, input);
  if (!/^[a-zA-Z0-9-_]{1,100}$/.test(input.StatementId)) throw constraint(input.StatementId, 'statementId', 'satisfy regular expression pattern: ([a-zA-Z0-9-_]+)');
  if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(input.Action)) throw constraint(input.Action, 'action', 'satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])');
  refuseUnmodelled(input, ADD_NOT_MODELLED);
  const owner = ownerOf(context, fn, qualifier);
  checkRevision(owner, input.RevisionId);
  const before = fn.policies.get(qualifier) ?? [];
  if (before.some((statement) => statement.Sid === input.StatementId)) {
    throw conflict(`The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`);
  }
  const statement = statementOf(fn, qualifier, input);
  const after = [...before, statement];
  if (utf8ByteLength(JSON.stringify(document(after))) > LAMBDA.policyBytesMax) {
    throw new AwsError('PolicyLengthExceededException', `The final policy size (${utf8ByteLength(JSON.stringify(document(after)))}) is bigger than the limit (${LAMBDA.policyBytesMax}).`, { status: 400, data: { Type: 'User' } });
  }
  fn.policies.set(qualifier, after);
  owner.revisionId = newRevision(context);
  context.emit('lambda.PermissionAdded', fn.arn, { statement: input.StatementId, principal: input.Principal, source: input.SourceArn ?? '', qualifier });
  return { Statement: JSON.stringify(statement) };
}

/** All statements of a function, whatever qualifier they are for: each names the ARN it is about. */
export function resourcePolicyOf(context: LambdaContext, arn: string): PolicyDocument | undefined {
  const fn = context.state.functions.get(arn.split(':')[6] ?? '');
  if (fn === undefined || fn.policies.size === 0) return undefined;
  return document([...fn.policies.values()].flat());
}

const errors = ['ResourceNotFoundException', 'ResourceConflictException', 'InvalidParameterValueException', 'PolicyLengthExceededException', 'PreconditionFailedException'];
const uri = '/2015-03-31/functions/{FunctionName}/policy';
const tagsInput = z.object({ Resource: z.string() });
/** The function whose tags they are. @source recorded test_tag_versions 2023 */
function taggedOf(context: LambdaContext, resource: string): LambdaFunction {
  const ref = parseRef(context, resource);
  if (ref.qualifier !== '') throw invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  return functionOf(context, ref);
}

export const policyOperations: OperationTable<LambdaState, LambdaTuning> = {
  AddPermission: operation({ input: addInput, action: 'lambda:AddPermission', resource: byRef, writes: true, errors, source: SOURCE, http: { method: 'POST', uri, status: 201 }, handle: add }),
  RemovePermission: operation({
    input: refInput.extend({ StatementId: z.string(), RevisionId: z.string().optional() }),
    action: 'lambda:RemovePermission',
    resource: byRef,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: `${uri}/{StatementId}`, status: 204 },
    handle: (context: LambdaContext, input) => {
      const { fn, qualifier } = found(context, input);
      const owner = ownerOf(context, fn, qualifier);
      checkRevision(owner, input.RevisionId);
      const before = fn.policies.get(qualifier);
      if (before === undefined) throw notFound('No policy is associated with the given resource.');
      const after = before.filter((statement) => statement.Sid !== input.StatementId);
      if (after.length === before.length) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
      if (after.length === 0) fn.policies.delete(qualifier);
      else fn.policies.set(qualifier, after);
      owner.revisionId = newRevision(context);
      context.emit('lambda.PermissionRemoved', fn.arn, { statement: input.StatementId, qualifier });
      return {};
    },
  }),
  GetPolicy: operation({
    input: refInput,
    action: 'lambda:GetPolicy',
    resource: byRef,
    writes: false,
    errors,
    source: SOURCE,
    http: { method: 'GET', uri },
    handle: (context: LambdaContext, input) => {
      const ref = parseRef(context, input.FunctionName, input.Qualifier);
      const fn = functionOf(context, ref);
      const statements = fn.policies.get(ref.qualifier);
      if (statements === undefined) throw notFound(NONE);
      return { Policy: JSON.stringify(document(statements)), RevisionId: ownerOf(context, fn, ref.qualifier).revisionId };
    },
  }),
  ListTags: operation({
    input: tagsInput,
    action: 'lambda:ListTags',
    resource: (_: LambdaContext, input) => input.Resource,
    writes: false,
    errors,
    source: SOURCE,
    http: { method: 'GET', uri: '/2017-03-31/tags/{Resource}' },
    handle: (context: LambdaContext, input) => ({ Tags: taggedOf(context, input.Resource).tags }),
  }),
  TagResource: operation({
    input: tagsInput.extend({ Tags: z.record(z.string(), z.string()) }),
    action: 'lambda:TagResource',
    resource: (_: LambdaContext, input) => input.Resource,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'POST', uri: '/2017-03-31/tags/{Resource}', status: 204 },
    handle: (context: LambdaContext, input) => {
      const fn = taggedOf(context, input.Resource);
      checkNotUpdating(fn);
      fn.tags = { ...fn.tags, ...input.Tags };
      return {};
    },
  }),
  UntagResource: operation({
    input: tagsInput.extend({ TagKeys: z.union([z.string(), z.array(z.string())]) }),
    action: 'lambda:UntagResource',
    resource: (_: LambdaContext, input) => input.Resource,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: '/2017-03-31/tags/{Resource}', status: 204, query: { tagKeys: 'TagKeys' } },
    handle: (context: LambdaContext, input) => {
      const fn = taggedOf(context, input.Resource);
      const gone = [input.TagKeys].flat();
      fn.tags = Object.fromEntries(Object.entries(fn.tags).filter(([name]) => !gone.includes(name)));
      return {};
    },
  }),
};
