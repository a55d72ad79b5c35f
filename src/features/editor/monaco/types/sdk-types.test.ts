/** The SDK as the editor knows it: exactly what a handler can import, typed as the real packages are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moduleExports } from '../../../../sandbox/guest/prelude.generated.js';
import { models } from '../../../../services/models.ts';
import { sdkDescription } from '../../../../sim/service.ts';
import { COMPILER_OPTIONS } from '../compiler-options.ts';
import { clientDeclarations, documentClientDeclarations } from './testing/sdk-types.ts';
import type { ReadDeclarations } from './testing/sdk-types.ts';
import { checkerOf } from './testing/typescript.ts';

const clients = models.flatMap((model) => {
  const description = sdkDescription(model);
  return description === undefined ? [] : [{ ...description, modelled: Object.keys(model.operations) }];
});

const PACKAGES = join(import.meta.dirname, '../../../../../node_modules');
const read: ReadDeclarations = (packageName, folder) => {
  const path = join(PACKAGES, packageName, 'dist-types', folder);
  if (!existsSync(path)) return {};
  return Object.fromEntries(readdirSync(path).filter((name) => name.endsWith('.d.ts')).sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]));
};

function generated(): string {
  const exports = (moduleExports as Readonly<Record<string, readonly string[]>>)['@aws-sdk/lib-dynamodb'] ?? [];
  const documents = documentClientDeclarations(read, exports);
  const texts = [...clients].sort((a, b) => (a.packageName < b.packageName ? -1 : 1)).map((client) => clientDeclarations(read, client, client.service === 'dynamodb' ? documents.needs : []));
  return `// Made by sdk-types.test.ts from the operation tables and the declarations of the AWS SDK for JavaScript v3 (Apache-2.0).\n${[...texts, documents.text].join('')}`;
}

const text = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
const check = (code: string): readonly string[] => checkerOf({ '/runtime.d.ts': text('runtime.txt'), '/sdk-base.d.ts': text('sdk-base.txt'), '/sdk-clients.d.ts': text('sdk-clients.txt'), '/handler.ts': code }, COMPILER_OPTIONS).errors('/handler.ts');

describe('the types of the SDK in the editor', () => {
  it('are those of the operation tables (made anew with `vitest run -u`)', async () => {
    expect(clients.length).toBeGreaterThan(8);
    await expect(generated()).toMatchFileSnapshot('./sdk-clients.txt');
  });

  it('have no error in themselves', () => {
    const checker = checkerOf({ '/runtime.d.ts': text('runtime.txt'), '/sdk-base.d.ts': text('sdk-base.txt'), '/sdk-clients.d.ts': text('sdk-clients.txt') }, { ...COMPILER_OPTIONS, skipLibCheck: false });
    expect(checker.errors('/sdk-clients.d.ts')).toEqual([]);
    expect(checker.errors('/sdk-base.d.ts')).toEqual([]);
    expect(checker.errors('/runtime.d.ts')).toEqual([]);
  });

  it('declare every export of every client, and nothing else of it that is a value', () => {
    const used = clients.flatMap((client, at) => [
      `import { ${client.clientName}, ${client.clientName.replace(/Client$/, '')}ServiceException as E${at} } from '${client.packageName}';`,
      ...client.operations.map((name) => `import { ${name}Command as C${at}_${name} } from '${client.packageName}'; C${at}_${name};`),
      ...client.paginators.map(({ operation }) => `import { paginate${operation} as P${at}_${operation} } from '${client.packageName}'; P${at}_${operation};`),
      ...(client.waiters ?? []).map(({ name }) => `import { waitUntil${name} as W${at}_${name} } from '${client.packageName}'; W${at}_${name};`),
      `new ${client.clientName}({}); E${at};`,
    ]);
    expect(used.length).toBeGreaterThan(150);
    expect(check(used.join('\n'))).toEqual([]);
    expect(check("import { DescribeLimits } from '@aws-sdk/client-dynamodb'; DescribeLimits;")).toEqual([expect.stringContaining("has no exported member 'DescribeLimits'")]);
  });

  it('mark a wrong member, a wrong type and a missing one, and know what comes back', () => {
    expect(check("import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';\nnew DynamoDBClient({}).send(new PutItemCommand({ TableName: 't', Items: {} }));")).toEqual([expect.stringMatching(/^2: .*'Items' does not exist/)]);
    expect(check("import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';\nnew SNSClient({}).send(new PublishCommand({ TopicArn: 'a', Message: 5 }));")).toEqual([expect.stringMatching(/^2: Type 'number' is not assignable to type 'string'/)]);
    expect(check("import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';\nnew CreateScheduleCommand({ Name: 'n', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: { Mode: 'SOMETIMES' }, Target: { Arn: 'a', RoleArn: 'r' } });")).toEqual([expect.stringContaining('"SOMETIMES"')]);
    expect(check("import { SQSClient, ReceiveMessageCommand } from '@aws-sdk/client-sqs';\nconst { Messages } = await new SQSClient({}).send(new ReceiveMessageCommand({ QueueUrl: 'q' }));\nconst n: number = Messages[0].Body;")).toEqual([expect.stringMatching(/^3: Type 'string' is not assignable to type 'number'/)]);
  });

  it('know the document client, paginators, waiters and errors of DynamoDB', () => {
    const code = [
      "import { ConditionalCheckFailedException, DynamoDBClient, waitUntilTableExists, paginateScan } from '@aws-sdk/client-dynamodb';",
      "import { DynamoDBDocumentClient, PutCommand, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';",
      'const client = new DynamoDBClient({});',
      'const table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });',
      'export const handler = async (): Promise<number> => {',
      "  await waitUntilTableExists({ client, maxWaitTime: 5 }, { TableName: 't' });",
      "  try { await table.send(new PutCommand({ TableName: 't', Item: { id: 1, tags: new Set(['a']) }, ConditionExpression: 'attribute_not_exists(id)' })); }",
      '  catch (error) { if (!(error instanceof ConditionalCheckFailedException)) throw error; }',
      "  const { Item } = await table.send(new GetCommand({ TableName: 't', Key: { id: 1 } }));",
      "  for await (const page of paginateQuery({ client: table }, { TableName: 't' })) page.Items.length;",
      "  for await (const page of paginateScan({ client }, { TableName: 't' })) page.Items[0].id.S;",
      '  return Item.id;',
      '};',
    ];
    expect(check(code.join('\n'))).toEqual([]);
    expect(check(code.join('\n').replace('page.Items.length', 'page.Itms'))).toEqual([expect.stringMatching(/^10: .*'Itms' does not exist/)]);
  });

  it('know a body that streams and a payload of bytes', () => {
    expect(
      check(
        "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';\nimport { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda';\nimport { pipeline } from 'node:stream/promises';\nimport { createWriteStream } from 'node:fs';\nconst { Body, ContentLength } = await new S3Client({}).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));\nconst text: string = await Body.transformToString();\nawait pipeline(Body, createWriteStream('/tmp/x'));\nconst { Payload } = await new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'f', Payload: JSON.stringify({}) }));\nconst answer: string = Payload.transformToString();\nconst size: number = ContentLength;",
      ),
    ).toEqual([]);
  });
});
