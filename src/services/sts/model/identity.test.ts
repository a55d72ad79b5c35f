/** GetCallerIdentity: by API, over the query protocol, and from a handler. */
import { expect, test, vi } from 'vitest';
import { createCloud } from '../../../runner/headless/create-cloud.ts';

/** Whole clouds on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });
const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

test('the administrator is the root of the account', async () => {
  expect(await createCloud({ accountId: '123456789012' }).send('sts', 'GetCallerIdentity')).toMatchObject({ UserId: '123456789012', Account: '123456789012', Arn: 'arn:aws:iam::123456789012:root' });
});

test('a handler is a session of its role, by the name of its function, and needs no right to ask', async () => {
  const cloud = createCloud();
  await cloud.send('iam', 'CreateRole', { RoleName: 'bare-role', AssumeRolePolicyDocument: TRUST });
  const code = "import { GetCallerIdentityCommand, STSClient, STS, GetSessionTokenCommand } from '@aws-sdk/client-sts'; const client = new STSClient({}); export const handler = async () => { const { $metadata, ...identity } = await client.send(new GetCallerIdentityCommand({})); const refused = await client.send(new GetSessionTokenCommand({})).catch((error) => error.name); return [identity, (await new STS({}).getCallerIdentity({})).Arn === identity.Arn, refused]; };";
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'who', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/bare-role', Code: { files: { 'index.mjs': code } } });
  await cloud.advance(5_000);
  const { Payload } = await cloud.send<{ Payload: Uint8Array }>('lambda', 'Invoke', { FunctionName: 'who', Payload: '{}' });
  expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual([{ UserId: 'AROABAREROLE000000000:who', Account: '000000000000', Arn: 'arn:aws:sts::000000000000:assumed-role/bare-role/who' }, true, 'NotModelled']);
});

test('the query protocol carries it', async () => {
  const { statusCode, body } = await createCloud().handle({ method: 'POST', path: '/', hostname: 'sts.us-east-1.amazonaws.com', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' });
  expect(statusCode).toBe(200);
  expect(new TextDecoder().decode(body)).toMatch(/<GetCallerIdentityResult>.*<Arn>arn:aws:iam::000000000000:root<\/Arn>.*<\/GetCallerIdentityResult>/s);
});
