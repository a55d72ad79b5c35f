import { describe, expect, it } from 'vitest';
import { manifestById } from '../../services/manifests.ts';
import { cliLines, kebab } from './cli-lines.ts';

describe('AWS CLI lines', () => {
  it('name operation and members as the CLI does', () => {
    expect(['SetQueueAttributes', 'QueueUrl', 'ReservedConcurrentExecutions', 'SQSQueueArn'].map(kebab)).toEqual([
      'set-queue-attributes',
      'queue-url',
      'reserved-concurrent-executions',
      'sqs-queue-arn',
    ]);
  });
  it('quote what a shell would take apart', () => {
    const lines = cliLines(
      { service: 'sqs', operation: 'SetQueueAttributes', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/0/jobs', Attributes: { Policy: "it's" } } },
      manifestById,
    );
    expect(lines).toEqual([
      'aws sqs set-queue-attributes \\',
      '  --queue-url https://sqs.us-east-1.amazonaws.com/0/jobs \\',
      `  --attributes '{"Policy":"it'\\''s"}'`,
    ]);
  });
  it('use the command that the CLI has for a service, where it is another than the id', () => {
    expect(cliLines({ service: 's3', operation: 'CreateBucket', input: { Bucket: 'uploads' } }, manifestById)[0]).toBe('aws s3api create-bucket \\');
  });
});
