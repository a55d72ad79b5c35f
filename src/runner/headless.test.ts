import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient, ListFunctionsCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { GetBucketAclCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, GetQueueUrlCommand, QueueDoesNotExist, ReceiveMessageCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { compileEventPatterns, createCloud, decodeLink, encodeLink, matchEventPattern, nextFireTimes, runScenario, transformInput } from './headless.ts';
import type { Cloud } from './headless.ts';
import { templateById } from '../scenario/templates/templates.ts';
import { loaded } from './testing.ts';

const START = Date.UTC(2026, 0, 1);
const failureOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'it did not fail', (error: unknown) => error);

describe('createCloud', () => {
  it('stands at 2026-01-01 in us-east-1, account 000000000000, seed 1, unless told', async () => {
    const cloud = createCloud();
    expect(cloud.now()).toBe(START);
    expect(await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' })).toEqual({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs' });
    const told = createCloud({ startAt: '2027-05-06T07:08:09Z', accountId: '123456789012', region: 'eu-central-1' });
    expect(told.now()).toBe(Date.UTC(2027, 4, 6, 7, 8, 9));
    expect(await told.send('sqs', 'CreateQueue', { QueueName: 'jobs' })).toEqual({ QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/jobs' });
  });

  it('refuses options that make no sense, and options that it does not have', () => {
    expect(() => createCloud({ seed: 1.5 })).toThrow(TypeError);
    expect(() => createCloud({ startAt: 'soon' })).toThrow(TypeError);
    expect(() => createCloud({ accountId: '42' })).toThrow(TypeError);
    expect(() => createCloud({ iam: 'maybe' as 'on' })).toThrow(TypeError);
    expect(() => createCloud({ sed: 1 } as object)).toThrow("no option 'sed'");
  });

  it('gives equal runs for equal seeds and other message ids for another', async () => {
    const ids = async (seed?: number): Promise<readonly [unknown, string]> => {
      const cloud = createCloud(seed === undefined ? {} : { seed });
      const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
      const { MessageId } = await cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'hello' });
      return [MessageId, cloud.hash()];
    };
    expect(await ids()).toEqual(await ids(1));
    expect(await ids(2)).not.toEqual(await ids(1));
  });

  it('rejects as the SDK does', async () => {
    const error = await failureOf(createCloud().send('sqs', 'GetQueueUrl', { QueueName: 'none' }));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'QueueDoesNotExist', message: 'The specified queue does not exist.', $fault: 'client', $metadata: { httpStatusCode: 400 } });
    expect(await failureOf(createCloud().send('glue', 'StartJobRun'))).toMatchObject({ name: 'NotModelled' });
  });

  it('waits on a long poll in virtual time and moves the clock by itself', async () => {
    const cloud = createCloud();
    const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    const received = await cloud.send('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 });
    expect(received['Messages'] ?? []).toEqual([]);
    expect(cloud.now() - START).toBeGreaterThanOrEqual(20_000);
    expect(cloud.now() - START).toBeLessThan(20_200);
  });

  it("applies a role's permissions to calls made `as` it, and none of them with iam: 'off'", async () => {
    for (const iam of ['on', 'off'] as const) {
      const cloud = createCloud({ iam });
      const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
      const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
      await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: JSON.stringify(trust) });
      const as = 'arn:aws:iam::000000000000:role/worker';
      const refused = await failureOf(cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }, { as }));
      if (iam === 'off') expect(refused).toBe('it did not fail');
      else expect(refused).toMatchObject({ message: expect.stringMatching(/is not authorized to perform: sqs:sendmessage/i), $metadata: { httpStatusCode: 403 } });
      const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }] };
      await cloud.send('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'send', PolicyDocument: JSON.stringify(allow) });
      expect(await cloud.send('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }, { as })).toHaveProperty('MessageId');
    }
  });

  it("keeps only counts with trace: 'counts'", async () => {
    const cloud = createCloud({ trace: 'counts' });
    await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    expect(cloud.trace).toEqual([]);
    expect(() => cloud.hash()).toThrow('counts');
  });
});

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

/** A cloud with one function `work`, active. */
async function cloudWithFunction(source: string, o: Parameters<typeof createCloud>[0] = {}): Promise<Cloud> {
  const cloud = createCloud(o);
  await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST });
  await cloud.send('lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Code: { files: { 'index.mjs': source } } });
  await cloud.advance(10_000);
  return cloud;
}

describe('handlers in a headless cloud', () => {
  it('runs a handler in the sandbox, cold and then warm', async () => {
    const cloud = await cloudWithFunction('let n = 0; export const handler = async (event) => ({ n: ++n, hello: event.name, at: Date.now() });');
    const invoke = async (): Promise<Record<string, unknown>> => {
      const { Payload, StatusCode } = await cloud.send('lambda', 'Invoke', { FunctionName: 'work', Payload: JSON.stringify({ name: 'é' }) });
      expect(StatusCode).toBe(200);
      expect(Payload).toBeInstanceOf(Uint8Array);
      return JSON.parse(Buffer.from(Payload as Uint8Array).toString('utf8')) as Record<string, unknown>;
    };
    const before = cloud.now();
    expect(await invoke()).toMatchObject({ n: 1, hello: 'é' });
    const cold = cloud.now() - before;
    const second = await invoke();
    expect(second).toMatchObject({ n: 2 });
    expect(cold).toBeGreaterThan(50);
    expect(cloud.now() - before - cold).toBeLessThan(cold / 2);
    expect(second['at']).toBeLessThanOrEqual(cloud.now());
  });

  it('takes a zip as AWS does, and bytes that are no zip are refused', async () => {
    const { zipText } = await import('../base/zip.ts');
    const cloud = await cloudWithFunction('export const handler = async () => 1;');
    await cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'work', ZipFile: zipText({ 'index.mjs': 'export const handler = async () => 2;' }) });
    await cloud.advance(10_000);
    const { Payload } = await cloud.send('lambda', 'Invoke', { FunctionName: 'work' });
    expect(Buffer.from(Payload as Uint8Array).toString()).toBe('2');
    expect(await failureOf(cloud.send('lambda', 'UpdateFunctionCode', { FunctionName: 'work', ZipFile: Uint8Array.of(1, 2) }))).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it("lets a synthetic function run without the sandbox, with tuning: 'ideal' in no more than its duration", async () => {
    const cloud = createCloud({ tuning: 'ideal' });
    await cloud.send('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST });
    await cloud.send('lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Timeout: 900, Code: { synthetic: { durationMs: { kind: 'const', ms: 250 } } } });
    await cloud.send('lambda', 'Invoke', { FunctionName: 'work' });
    expect(cloud.now()).toBe(START + 250);
  });
});

describe('runScenario', () => {
  it('runs to its end, with equal hashes for equal seeds, metrics and cost', async () => {
    const one = await runScenario(loaded, { untilMs: 40_000 });
    const two = await runScenario(loaded, { untilMs: 40_000 });
    const other = await runScenario(loaded, { untilMs: 40_000, seed: 8 });
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(two.hash).toBe(one.hash);
    expect(other.hash).not.toBe(one.hash);
    expect(one.endedAtMs).toBe(40_000);
    const sent = one.metrics.find((series) => series.metric === 'NumberOfMessagesSent' && series.dimensions['QueueName'] === 'jobs');
    expect(sent?.namespace).toBe('AWS/SQS');
    expect(sent?.Sum).toBe(one.trace.filter((event) => event.kind === 'sqs.MessageSent' && event.resource.endsWith(':jobs')).length);
    expect(sent?.Sum).toBeGreaterThan(80);
    expect(one.cost.usd).toBeGreaterThan(0);
    expect(one.cost.usd).toBeCloseTo(one.cost.lines.reduce((sum, line) => sum + line.usd, 0), 12);
  });

  it('ends by itself when only housekeeping is left', async () => {
    const run = await runScenario(loaded);
    expect(run.bound).toBeNull();
    expect(run.endedAtMs).toBeGreaterThan(29_000);
    expect(run.endedAtMs).toBeLessThan(120_000);
  });

  it('takes a base alone, names what is wrong with a document, and refuses options that make no sense', async () => {
    expect((await runScenario(loaded.base, { untilMs: 1_000 })).hash).toBe((await runScenario(loaded, { untilMs: 1_000 })).hash);
    expect(await failureOf(runScenario({ base: { ...loaded.base, seed: -1 }, inputs: [] }))).toMatchObject({ name: 'InvalidScenario', issues: [{ path: 'base.seed' }] });
    expect(await failureOf(runScenario({}))).toMatchObject({ name: 'InvalidScenario' });
    expect(await failureOf(runScenario(loaded, { untilMs: -1 }))).toBeInstanceOf(TypeError);
    expect(await failureOf(runScenario(loaded, { seed: 0.5 }))).toBeInstanceOf(TypeError);
  });

  it('tells which parts of a design AWS refused', async () => {
    const nodes = loaded.base.nodes.map((node) => (node.id === 'jobs' ? { ...node, config: { name: 'jobs', VisibilityTimeout: 99_999 } } : node));
    const run = await runScenario({ ...loaded, base: { ...loaded.base, nodes } }, { untilMs: 100 });
    expect(run.issues).toMatchObject([{ nodeId: 'jobs', path: 'VisibilityTimeout' }]);
    expect(run.problems.map((problem) => problem.operation)).toContain('sqs.CreateQueue');
  });
});

describe('links, patterns, transformers and schedules', () => {
  it('carries a scenario through a link', async () => {
    const document = templateById.get('queue-and-worker')!.document;
    const link = await encodeLink(document);
    expect(link).toMatch(/^#s=1\.[A-Za-z0-9_-]+$/);
    expect(link.length).toBeLessThanOrEqual(1_901);
    expect(await decodeLink(link)).toEqual(document);
    expect(await failureOf(decodeLink('#s=1.AAAA'))).toMatchObject({ name: 'LinkError', reason: 'cut-short' });
    expect(await failureOf(encodeLink({ nodes: 3 }))).toMatchObject({ name: 'InvalidScenario' });
  });

  it('exports the pure parts as the contract names them', () => {
    const event = { source: 'aws.s3', detail: { object: { key: 'a.mp4' } } };
    expect(matchEventPattern({ source: ['aws.s3'] }, event)).toBe(true);
    expect(matchEventPattern('{"source":["aws.ec2"]}', JSON.stringify(event))).toBe(false);
    expect(() => matchEventPattern({ source: 'aws.s3' }, event)).toThrow(expect.objectContaining({ name: 'InvalidEventPatternException' }));
    expect(compileEventPatterns({ b: { source: ['aws.s3'] }, a: { source: [{ prefix: 'aws.' }] }, c: { source: ['x'] } })(event)).toEqual(['b', 'a']);
    expect(transformInput({ InputPathsMap: { key: '$.detail.object.key' }, InputTemplate: '{"file": <key>}' }, event)).toEqual({ file: 'a.mp4' });
    expect(nextFireTimes('rate(5 minutes)', '2026-01-01T00:00:00Z', 2)).toEqual(['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z']);
  });
});

/** An SDK's requestHandler that ends in the cloud instead of the network. */
function through(cloud: Cloud) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: Parameters<Cloud['handle']>[0]) => ({ response: await cloud.handle(request) }),
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  };
}

describe('handle, with the real SDK clients', () => {
  it('sends, receives and deletes through @aws-sdk/client-sqs, checksums and all', async () => {
    const sqs = new SQSClient(through(createCloud()));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes: { VisibilityTimeout: '5' } }));
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).QueueUrl).toBe(QueueUrl);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '9' } }));
    expect((await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }))).Attributes).toEqual({ VisibilityTimeout: '9' });
    const bytes = Uint8Array.of(0, 200, 7);
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'héllo', MessageAttributes: { blob: { DataType: 'Binary', BinaryValue: bytes } } }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['ApproximateReceiveCount'] }));
    expect(Messages).toMatchObject([{ MessageId: sent.MessageId, Body: 'héllo', Attributes: { ApproximateReceiveCount: '1' } }]);
    expect(Messages[0]?.MessageAttributes?.['blob']?.BinaryValue).toEqual(bytes);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]!.ReceiptHandle! }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }))).Messages ?? []).toEqual([]);
  });

  it('fails with the typed errors of @aws-sdk/client-sqs', async () => {
    const sqs = new SQSClient(through(createCloud()));
    const error = await failureOf(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' })));
    expect(error).toBeInstanceOf(QueueDoesNotExist);
    expect(error).toMatchObject({ message: 'The specified queue does not exist.', $metadata: { httpStatusCode: 400 }, Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' } });
  });

  it('routes an event from @aws-sdk/client-eventbridge into a queue', async () => {
    const cloud = createCloud();
    const sqs = new SQSClient(through(cloud));
    const events = new EventBridgeClient(through(cloud));
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }] };
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { Policy: JSON.stringify(policy) } }));
    await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: JSON.stringify({ source: ['shop'] }) }));
    await events.send(new PutTargetsCommand({ Rule: 'orders', Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:orders' }] }));
    expect((await events.send(new ListRulesCommand({}))).Rules?.map((rule) => rule.Name)).toEqual(['orders']);
    const put = await events.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{"id":1}', Time: new Date(START + 5_000) }] }));
    expect(put.FailedEntryCount).toBe(0);
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    expect(JSON.parse(Messages[0]?.Body ?? '{}')).toMatchObject({ source: 'shop', 'detail-type': 'Order', detail: { id: 1 }, time: '2026-01-01T00:00:05Z' });
    expect(await failureOf(events.send(new PutRuleCommand({ Name: 'bad', EventPattern: '{"source":1}' })))).toMatchObject({ name: 'InvalidEventPatternException' });
  });

  it('invokes a function through @aws-sdk/client-lambda, with its log tail and its failure', async () => {
    const cloud = await cloudWithFunction("export const handler = async (event) => { console.log('here'); if (event.fail) throw new RangeError('no'); return { ok: event.value }; };");
    const lambda = new LambdaClient(through(cloud));
    const done = await lambda.send(new InvokeCommand({ FunctionName: 'work', Payload: JSON.stringify({ value: 3 }), LogType: 'Tail' }));
    expect([done.StatusCode, done.ExecutedVersion, done.FunctionError]).toEqual([200, '$LATEST', undefined]);
    expect(JSON.parse(done.Payload!.transformToString())).toEqual({ ok: 3 });
    expect(Buffer.from(done.LogResult!, 'base64').toString()).toMatch(/START RequestId: [\s\S]*here[\s\S]*REPORT RequestId: /);
    const failed = await lambda.send(new InvokeCommand({ FunctionName: 'work', Payload: JSON.stringify({ fail: true }) }));
    expect(failed.FunctionError).toBe('Unhandled');
    expect(JSON.parse(failed.Payload!.transformToString())).toMatchObject({ errorType: 'RangeError', errorMessage: 'no' });
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'work', InvocationType: 'Event' }))).StatusCode).toBe(202);
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'work' }))).Timeout).toBe(3);
    expect((await lambda.send(new ListFunctionsCommand({ MaxItems: 5 }))).Functions?.map((fn) => fn.FunctionName)).toEqual(['work']);
    expect(await failureOf(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'none' })))).toBeInstanceOf(ResourceNotFoundException);
  });

  it('speaks JSON 1.1 with @aws-sdk/client-cloudwatch-logs', async () => {
    const logs = new CloudWatchLogsClient(through(createCloud()));
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/x' }));
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toMatchObject([{ logGroupName: '/aws/lambda/x', creationTime: START }]);
    expect(await failureOf(logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/x' })))).toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });

  it('answers 501 by name for what it does not speak, and 400 for a body that is no JSON', async () => {
    const cloud = createCloud();
    expect(await failureOf(new S3Client(through(cloud)).send(new GetBucketAclCommand({ Bucket: 'uploads' })))).toMatchObject({ name: 'NotModelled', $metadata: { httpStatusCode: 501 } });
    expect(await cloud.handle({ method: 'POST', path: '/', headers: { 'X-Amz-Target': 'AmazonSQS.SendMessage' }, body: '{' })).toMatchObject({ statusCode: 400, headers: { 'x-amzn-errortype': 'SerializationException' } });
    expect(await cloud.handle({ method: 'POST', path: '/', headers: { 'X-Amz-Target': 'AWSGlue.StartJobRun' }, body: '{}' })).toMatchObject({ statusCode: 501 });
    expect(await cloud.handle({ method: 'GET', path: '/2099-01-01/nothing', headers: {} })).toMatchObject({ statusCode: 501 });
  });
});
