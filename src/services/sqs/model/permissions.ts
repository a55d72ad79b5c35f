/** AddPermission and RemovePermission: statements of the queue policy by label. @source aws/sqs.md §1, §11 */
import { z } from 'zod';
import type { PolicyDocument, PolicyStatement } from '../../../sim/iam.ts';
import { operation } from '../../../sim/service.ts';
import type { OperationTable } from '../../../sim/service.ts';
import { invalidValue } from './errors.ts';
import { arnOfUrl, queueByUrl } from './state.ts';
import type { Queue, SqsContext, SqsState, SqsTuning } from './state.ts';

const SOURCE = 'aws/sqs.md §1, §11 (AWS SQS API model 2026-08)';
const byUrl = (context: SqsContext, input: { QueueUrl: string }): string => arnOfUrl(context, input.QueueUrl);

function statementsOf(queue: Queue): readonly PolicyStatement[] {
  const statements = queue.policy?.Statement ?? [];
  return Array.isArray(statements) ? (statements as readonly PolicyStatement[]) : [statements as PolicyStatement];
}

function setStatements(context: SqsContext, queue: Queue, statements: readonly PolicyStatement[]): void {
  const policy = { Version: '2012-10-17', Id: `${queue.arn}/SQSDefaultPolicy`, Statement: statements } as unknown as PolicyDocument;
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
    errors: ['QueueDoesNotExist', 'InvalidParameterValue'],
    source: SOURCE,
    handle: (context: SqsContext, input) => {
      const queue = queueByUrl(context, input.QueueUrl);
      const statements = statementsOf(queue);
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(input.Label)) throw invalidValue(input.Label, 'Label', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.');
      if (statements.some(({ Sid }) => Sid === input.Label)) throw invalidValue(input.Label, 'Label', 'Already exists.');
      const principals = input.AWSAccountIds.map((account) => `arn:aws:iam::${account}:root`);
      setStatements(context, queue, [...statements, { Sid: input.Label, Effect: 'Allow', Principal: { AWS: principals }, Action: input.Actions.map((action) => (action === '*' ? 'sqs:*' : `sqs:${action}`)), Resource: queue.arn }]);
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
      if (rest.length === statements.length) throw invalidValue(input.Label, 'Label', "can't find label on existing policy.");
      setStatements(context, queue, rest);
      return {};
    },
  }),
};
