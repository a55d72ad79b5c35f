/** A handler that is another role for a while: its clients with the credentials of AssumeRole, as they are or from a provider. */
import { expect, test, vi } from 'vitest';
import { createCloud } from '../../../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });
const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

const code = `
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const told = (promise) => promise.then(() => 'read', (error) => error.name + ' as ' + /assumed-role.([^ ]*)/.exec(error.message)?.[1]);
const read = (client) => told(client.send(new GetObjectCommand({ Bucket: 'uploads', Key: 'a' })).then(({ Body }) => Body.transformToString()));
let kept;
export const handler = async (event) => {
  if (event.again) return [await read(kept)];
  const own = new S3Client({});
  const { Credentials } = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'for-a-while', DurationSeconds: 900 }));
  const credentials = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken };
  kept = new S3Client({ credentials });
  const provided = new S3Client({ credentials: async () => credentials });
  const itself = new S3Client({ credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'x', sessionToken: process.env.AWS_SESSION_TOKEN } });
  const forged = new S3Client({ credentials: { ...credentials, sessionToken: 'forged' } });
  const { Arn } = await new STSClient({ credentials }).send(new GetCallerIdentityCommand({}));
  return [await read(own), await read(kept), await read(provided), await read(itself), (await read(forged)).split(' ')[0], Arn, Credentials.Expiration instanceof Date, (await kept.config.credentials()).accessKeyId === credentials.accessKeyId];
};`;

test('clients act as the role that was assumed, others as the function, until the session is over', async () => {
  const cloud = createCloud();
  await cloud.send('s3', 'CreateBucket', { Bucket: 'uploads' });
  await cloud.send('s3', 'PutObject', { Bucket: 'uploads', Key: 'a', Body: 'x' });
  await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: document({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
  await cloud.send('iam', 'CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: document({ Principal: { AWS: 'arn:aws:iam::000000000000:role/worker' }, Action: 'sts:AssumeRole' }) });
  await cloud.send('iam', 'PutRolePolicy', { RoleName: 'reader', PolicyName: 'read', PolicyDocument: document({ Action: 's3:GetObject', Resource: '*' }) });
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'who', Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 30, Role: 'arn:aws:iam::000000000000:role/worker', Code: { files: { 'index.mjs': code } } });
  await cloud.advance(5_000);
  const invoke = async (event: object): Promise<unknown> => JSON.parse(new TextDecoder().decode((await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'who', Payload: JSON.stringify(event) })).Payload));
  expect(await invoke({})).toEqual(['AccessDenied as worker/who', 'read', 'read', 'AccessDenied as worker/who', 'InvalidClientTokenId', 'arn:aws:sts::000000000000:assumed-role/reader/for-a-while', true, true]);
  await cloud.advance(350_000);
  expect(await invoke({ again: true })).toEqual(['read']);
  await cloud.advance(560_000);
  expect(await invoke({ again: true })).toEqual(['ExpiredTokenException as undefined']);
});
