/** The STS client that AWS's SDK carries for its credential providers, unmodified, and other clients that use what it gets. */
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/nested-clients/sts';
import { expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, through } from './wire/testing.ts';

const ROLE = 'arn:aws:iam::000000000000:role/reader';
const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

async function withRole() {
  const cloud = createCloud();
  const admin = new S3Client(through(cloud));
  await cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  await admin.send(new PutObjectCommand({ Bucket: 'uploads', Key: 'a', Body: 'hello' }));
  await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
  await cloud.send('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: document({ Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }) });
  await cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: document({ Action: 's3:GetObject', Resource: '*' }) });
  const assume = async (o: object = {}) => (await new STSClient(through(cloud)).send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'sdk', ...o }))).Credentials!;
  const credentialsOf = (given: Awaited<ReturnType<typeof assume>>) => ({ accessKeyId: given.AccessKeyId!, secretAccessKey: given.SecretAccessKey!, sessionToken: given.SessionToken! });
  return { cloud, assume, credentialsOf };
}

it('clients with assumed credentials may do what the role may, over every protocol', async () => {
  const { cloud, assume, credentialsOf } = await withRole();
  const given = await assume();
  expect(given.Expiration).toEqual(new Date('2026-01-01T01:00:00Z'));
  const credentials = credentialsOf(given);
  const s3 = new S3Client({ ...through(cloud), credentials });
  expect(await (await s3.send(new GetObjectCommand({ Bucket: 'uploads', Key: 'a' }))).Body!.transformToString()).toBe('hello');
  expect(await failureOf(s3.send(new ListBucketsCommand({})))).toMatchObject({ name: 'AccessDenied', message: expect.stringContaining('assumed-role/reader/sdk is not authorized to perform: s3:ListAllMyBuckets') as string });
  const sqs = new SQSClient({ ...through(cloud), credentials });
  expect(await failureOf(sqs.send(new SendMessageCommand({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'x' })))).toMatchObject({ message: expect.stringContaining('assumed-role/reader/sdk is not authorized to perform: sqs:sendmessage') as string });
});

it('refusals have the names that the clients know', async () => {
  const { cloud, assume, credentialsOf } = await withRole();
  expect(await failureOf(assume({ RoleArn: `${ROLE}-2` }))).toMatchObject({ name: 'AccessDenied', message: `User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: ${ROLE}-2`, $metadata: { httpStatusCode: 403 } });
  expect(await failureOf(assume({ DurationSeconds: 60 }))).toMatchObject({ name: 'ValidationError' });
  expect(await failureOf(assume({ Policy: 'no json' }))).toMatchObject({ name: 'MalformedPolicyDocumentException' });
  const credentials = credentialsOf(await assume({ DurationSeconds: 900 }));
  await cloud.advance(900_000);
  expect(await failureOf(new S3Client({ ...through(cloud), credentials }).send(new GetObjectCommand({ Bucket: 'uploads', Key: 'a' })))).toMatchObject({ name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
  // A session may be another role in its turn, signed with its own credentials.
  expect(await failureOf(new STSClient({ ...through(cloud), credentials }).send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'again' })))).toMatchObject({ name: 'ExpiredToken' });
});
