/** The query protocol: how a form becomes a call, and how an answer and a failure look, by the example of IAM. */
import { describe, expect, it } from 'vitest';
import { models } from '../../../services/models.ts';
import { createCloud } from '../create-cloud.ts';
import { queryAnswer, queryCall } from './query.ts';

const iam = models.find((model) => model.id === 'iam')!;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a form of the query protocol', () => {
  it.each([
    ['scalars', 'Topic=a&Note=x%3D1+2', { Topic: 'a', Note: 'x=1 2' }],
    ['a list', 'Names.member.2=b&Names.member.1=a&Names.member.10=c', { Names: ['a', 'b', 'c'] }],
    ['a flattened list', 'Names.1=a&Names.2=b', { Names: ['a', 'b'] }],
    ['a map', 'Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%7D', { Attributes: { Policy: '{}' } }],
    ['a map of structures with names of its own', 'Attributes.entry.1.Name=kind&Attributes.entry.1.Value.DataType=String&Attributes.entry.1.Value.StringValue=order', { Attributes: { kind: { DataType: 'String', StringValue: 'order' } } }],
    ['a list of structures', 'Entries.member.1.Id=1&Entries.member.1.Message=m', { Entries: [{ Id: '1', Message: 'm' }] }],
    ['a hostile name', '__proto__.x=1', {}],
  ])('holds %s', (_, form, input) => {
    const call = queryCall(iam, `Action=Publish&Version=2010-05-08&${form}`);
    expect(call.operation).toBe('Publish');
    expect({ ...call.input }).toEqual(input);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('is answered with lists as member, maps as entry, and the request id', () => {
    expect(queryAnswer(iam, 'GetThing', { output: { Attributes: { 'a&b': '<1>' }, Things: [{ Name: 'x' }], Since: new Date(0) }, requestId: 'r-1' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<GetThingResponse xmlns="http://iam.amazonaws.com/doc/2010-05-08/"><GetThingResult><Attributes><entry><key>a&amp;b</key><value>&lt;1&gt;</value></entry></Attributes><Things><member><Name>x</Name></member></Things><Since>1970-01-01T00:00:00.000Z</Since></GetThingResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetThingResponse>',
    );
  });
});

describe('IAM over the query protocol', () => {
  const trust = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
  const post = (cloud: ReturnType<typeof createCloud>, form: Record<string, string>) =>
    cloud.handle({ method: 'POST', hostname: 'iam.amazonaws.com', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(new URLSearchParams({ Version: '2010-05-08', ...form })) });

  it('makes a role and gives it back', async () => {
    const cloud = createCloud();
    const made = await post(cloud, { Action: 'CreateRole', RoleName: 'worker', AssumeRolePolicyDocument: trust });
    expect([made.statusCode, text(made.body)]).toEqual([200, expect.stringContaining('<Arn>arn:aws:iam::000000000000:role/worker</Arn>')]);
    expect(text((await post(cloud, { Action: 'GetRole', RoleName: 'worker' })).body)).toContain('<GetRoleResult><Role>');
  });

  it('fails with code and message, and by name for what is not modelled', async () => {
    const cloud = createCloud();
    const missing = await post(cloud, { Action: 'GetRole', RoleName: 'none' });
    expect([missing.statusCode, text(missing.body)]).toEqual([404, expect.stringMatching(/<ErrorResponse xmlns="http:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/"><Error><Type>Sender<\/Type><Code>NoSuchEntity(Exception)?<\/Code><Message>.*none.*<\/Message>/)]);
    const unknown = await post(cloud, { Action: 'CreateUser', UserName: 'x' });
    expect([unknown.statusCode, text(unknown.body)]).toEqual([501, expect.stringContaining('Not modelled: iam CreateUser')]);
    expect((await post(cloud, { Name: 'no action' })).statusCode).toBe(400);
  });

  it('says of a service that speaks JSON only that it reads no forms', async () => {
    const answer = await createCloud().handle({ method: 'POST', hostname: 'logs.us-east-1.amazonaws.com', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: 'Action=DescribeLogGroups&Version=2014-03-28' });
    expect([answer.statusCode, text(answer.body)]).toEqual([501, expect.stringContaining('older query protocol')]);
  });
});
