/** AddPermission and RemovePermission: statements of the queue policy by label. @source aws/sqs.md §1, §11; form and texts as LocalStack's suite recorded them on AWS (2023-11); that of OverLimit is recalled @simplified */
import { z } from 'zod';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { invalidValue, overLimit } from './errors.ts';
import { SQS } from './limits.ts';
import { arnOfUrl, queueByUrl } from './state.ts';
import type { Queue, SqsContext, SqsState, SqsTuning } from './state.ts';

const SOURCE = 'aws/sqs.md §1, §11 (AWS SQS API model 2026-08)';
const byUrl = (context: SqsContext, input: { QueueUrl: string }): string => arnOfUrl(context, input.QueueUrl);

function statementsOf(queue: Queue): readonly PolicyStatement[] {
  const statements = queue.policy?.Statement ?? [];
  return Array.isArray(statements) ? (statements as readonly PolicyStatement[]) : [statements as PolicyStatement];
}

/** Lists of one are written without brackets. */
const oneOrMore = (items: readonly string[]): string | readonly string[] => (items.length === 1 ? items[0]! : items);

function setStatements(context: SqsContext, queue: Queue, statements: readonly PolicyStatement[]): void {
  const policy: PolicyDocument = { ...(queue.policy ?? { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy` }), Statement: statements };
  queue.policy = statements.length === 0 ? undefined : policy;
  queue.policyText = statements.length === 0 ? undefined : JSON.stringify(policy);
  queue.modifiedMs = context.epochMs;
  context.emit('sqs.AttributesSet', queue.arn, { names: ['Policy'] });
}

export const permissionOperations: OperationTable<SqsState, SqsTuning> = {
  AddPermission: operation({
    input: z.object({ QueueUrl: z.string(), Label: z.string(), AWSAccountIds: z.array(z.string()), Actions: z.array(z.string()) }),
    action: 'sqs:AddPermission',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'InvalidParameterValue', 'OverLimit'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      const statements = statementsOf(queue);
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(input.Label)) throw invalidValue(input.Label, 'Label', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
      if (statements.some(({ Sid }) => Sid === input.Label)) throw invalidValue(input.Label, 'Label', 'Already exists.');
      if (statements.length >= SQS.policyStatementsMax) throw overLimit(`${SQS.policyStatementsMax} statements were found, maximum allowed is ${SQS.policyStatementsMax}.`);
      if (input.Actions.length > SQS.permissionActionsMax) throw overLimit(`${input.Actions.length} Actions were found, maximum allowed is ${SQS.permissionActionsMax}.`);
      const principals = input.AWSAccountIds.map((account) => `arn:aws:iam::${account}:root`);
      setStatements(context, queue, [...statements, { Sid: input.Label, Effect: 'Allow', Principal: { AWS: oneOrMore(principals) }, Action: oneOrMore(input.Actions.map((action) => `SQS:${action}`)), Resource: queue.arn }]);
      return {};
    },
  }),
  RemovePermission: operation({
    input: z.object({ QueueUrl: z.string(), Label: z.string() }),
    action: 'sqs:RemovePermission',
    resource: byUrl,
    writes: true,
    errors: ['QueueDoesNotExist', 'InvalidParameterValue'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      const statements = statementsOf(queue);
      const rest = statements.filter(({ Sid }) => Sid !== input.Label);
      if (rest.length === statements.length) throw invalidValue(input.Label, 'Label', "can't find label.");
      setStatements(context, queue, rest);
      return {};
    },
  }),
};
