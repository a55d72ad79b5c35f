/** CloudWatch Logs: groups and streams, putting and reading events, and what becomes of lines whose role may not write. */
import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../../testing.ts';
import type { TestWorld } from '../../testing.ts';

const T0 = 1_767_225_600_000;
const GROUP = '/app/web';

function world(): TestWorld {
  const cloud = createTestWorld();
  cloud.send('logs', 'CreateLogGroup', { logGroupName: GROUP });
  for (const logStreamName of ['one', 'two']) cloud.send('logs', 'CreateLogStream', { logGroupName: GROUP, logStreamName });
  return cloud;
}
function put(cloud: TestWorld, logStreamName: string, ...lines: readonly (readonly [number, string])[]): void {
  cloud.send('logs', 'PutLogEvents', { logGroupName: GROUP, logStreamName, logEvents: lines.map(([ms, message]) => ({ timestamp: T0 + ms, message })) });
}
const messages = (output: Record<string, unknown>): string[] => (output['events'] as { message: string }[]).map(({ message }) => message);

/** A role, and the port through which functions write, as that role. */
function write(cloud: TestWorld, role: string, ...lines: string[]): void {
  cloud.world.context('lambda').logSink()!.put({ group: '/aws/lambda/fn', stream: 'one', lines: lines.map((message) => ({ at: T0, message })), requestId: 'r-1' }, { principal: { kind: 'role', arn: role, sessionName: 'fn' }, cause: [0], replyTo: { kind: 'none' } });
}

describe('CloudWatch Logs', () => {
  it('makes several events of a line over 1 MB, none longer than that, and loses and divides no character', () => {
    const cloud = world();
    const line = `a${'🎬'.repeat(600_000)}`;
    cloud.send('iam', 'CreateRole', { RoleName: 'fn', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) });
    cloud.send('iam', 'AttachRolePolicy', { RoleName: 'fn', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
    write(cloud, 'arn:aws:iam::000000000000:role/fn', line, 'short');
    const told = messages(cloud.send('logs', 'GetLogEvents', { logGroupName: '/aws/lambda/fn', logStreamName: 'one', startFromHead: true }));
    expect(told.map((message) => new TextEncoder().encode(message).length)).toEqual([1_048_549, 1_048_548, 302_904, 5]);
    expect(told.slice(0, 3).join('') === line).toBe(true);
  });

  it('refuses a put with an event over 1 MB, and puts none of it', () => {
    const cloud = world();
    const event = (length: number) => ({ timestamp: T0, message: 'x'.repeat(length) });
    const input = { logGroupName: GROUP, logStreamName: 'one' };
    expect(cloud.failure('logs', 'PutLogEvents', { ...input, logEvents: [event(1), event(1_048_551)] })).toMatchObject({ name: 'InvalidParameterException', message: 'Log event too large: 1048577 bytes exceeds limit of 1048576' });
    expect(cloud.send('logs', 'GetLogEvents', input)['events']).toEqual([]);
    cloud.send('logs', 'PutLogEvents', { ...input, logEvents: [event(1_048_550)] });
    expect(cloud.send('logs', 'GetLogEvents', input)['events']).toHaveLength(1);
  });

  it('keeps events of a stream in order, with the time they came in', () => {
    const cloud = world();
    put(cloud, 'one', [0, 'a'], [5, 'b']);
    cloud.advance(20);
    put(cloud, 'one', [20, 'c']);
    const output = cloud.send('logs', 'GetLogEvents', { logGroupName: GROUP, logStreamName: 'one', startFromHead: true });
    expect(output['events']).toEqual([
      { timestamp: T0, message: 'a', ingestionTime: T0 },
      { timestamp: T0 + 5, message: 'b', ingestionTime: T0 },
      { timestamp: T0 + 20, message: 'c', ingestionTime: T0 + 20 },
    ]);
  });

  it('reads a span of time: from its start, without its end', () => {
    const cloud = world();
    put(cloud, 'one', [0, 'a'], [5, 'b'], [10, 'c']);
    expect(messages(cloud.send('logs', 'GetLogEvents', { logGroupName: GROUP, logStreamName: 'one', startTime: T0 + 5, endTime: T0 + 10 }))).toEqual(['b']);
  });

  it('gives the newest events of a limit, unless it is read from the head', () => {
    const cloud = world();
    put(cloud, 'one', [0, 'a'], [5, 'b'], [10, 'c']);
    const read = (startFromHead?: boolean): string[] => messages(cloud.send('logs', 'GetLogEvents', { logGroupName: GROUP, logStreamName: 'one', limit: 2, ...(startFromHead === undefined ? {} : { startFromHead }) }));
    expect([read(true), read()]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });

  it('reads on with its tokens, and gives the same token at the end', () => {
    const cloud = world();
    put(cloud, 'one', [0, 'a'], [1, 'b'], [2, 'c']);
    const read = (nextToken?: unknown): Record<string, unknown> => cloud.send('logs', 'GetLogEvents', { logGroupName: GROUP, logStreamName: 'one', startFromHead: true, limit: 2, ...(nextToken === undefined ? {} : { nextToken }) });
    const first = read();
    const second = read(first['nextForwardToken']);
    const end = read(second['nextForwardToken']);
    expect([messages(first), messages(second), messages(end)]).toEqual([['a', 'b'], ['c'], []]);
    expect(end['nextForwardToken']).toBe(second['nextForwardToken']);
    expect(messages(read(second['nextBackwardToken']))).toEqual(['a', 'b']);
    const filtered = cloud.send('logs', 'FilterLogEvents', { logGroupName: GROUP, limit: 2 });
    expect(messages(cloud.send('logs', 'FilterLogEvents', { logGroupName: GROUP, limit: 2, nextToken: filtered['nextToken'] }))).toEqual(['c']);
    expect(cloud.failure('logs', 'GetLogEvents', { logGroupName: GROUP, logStreamName: 'one', nextToken: 'odd' }).name).toBe('InvalidParameterException');
  });

  it('finds lines in all streams by terms that must all occur, in order of time', () => {
    const cloud = world();
    put(cloud, 'one', [10, 'ERROR disk full'], [30, 'ok']);
    put(cloud, 'two', [20, 'ERROR no route'], [40, 'ERROR disk gone']);
    const find = (o: object): string[] => messages(cloud.send('logs', 'FilterLogEvents', { logGroupName: GROUP, ...o }));
    expect(find({ filterPattern: 'ERROR' })).toEqual(['ERROR disk full', 'ERROR no route', 'ERROR disk gone']);
    expect(find({ filterPattern: 'ERROR disk' })).toEqual(['ERROR disk full', 'ERROR disk gone']);
    expect(find({ filterPattern: '"no route"' })).toEqual(['ERROR no route']);
    expect(find({ logStreamNames: ['two'], filterPattern: 'disk' })).toEqual(['ERROR disk gone']);
  });

  it('counts what it stores: each event costs 26 bytes more than its text', () => {
    const cloud = world();
    put(cloud, 'one', [0, 'é']);
    expect(cloud.send('logs', 'DescribeLogGroups', {})['logGroups']).toMatchObject([{ logGroupName: GROUP, storedBytes: 28, arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app/web:*' }]);
  });

  it('takes the lines of a function whose role may write, as trace events of its request', () => {
    const cloud = world();
    cloud.send('iam', 'CreateRole', { RoleName: 'fn', AssumeRolePolicyDocument: '{"Statement":[]}' });
    cloud.send('iam', 'AttachRolePolicy', { RoleName: 'fn', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' });
    write(cloud, 'arn:aws:iam::000000000000:role/fn', 'START', 'END');
    expect(cloud.events('logs.Line').map(({ data, subjects }) => [data['message'], subjects])).toEqual([
      ['START', ['r-1']],
      ['END', ['r-1']],
    ]);
    expect(messages(cloud.send('logs', 'GetLogEvents', { logGroupName: '/aws/lambda/fn', logStreamName: 'one', startFromHead: true }))).toEqual(['START', 'END']);
  });

  it('loses the lines of a function whose role may not write, and only the trace says so', () => {
    const cloud = world();
    cloud.send('iam', 'CreateRole', { RoleName: 'fn', AssumeRolePolicyDocument: '{"Statement":[]}' });
    write(cloud, 'arn:aws:iam::000000000000:role/fn', 'START', 'END');
    expect(cloud.events('logs.LinesLost').map(({ data }) => [data['lines'], data['action']])).toEqual([[2, 'logs:PutLogEvents']]);
    expect(cloud.failure('logs', 'GetLogEvents', { logGroupName: '/aws/lambda/fn', logStreamName: 'one' }).name).toBe('ResourceNotFoundException');
  });

  it.each([
    ['GetLogEvents', { logGroupName: 'none', logStreamName: 'one' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    ['GetLogEvents', { logGroupName: GROUP, logStreamName: 'none' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
    ['CreateLogGroup', { logGroupName: GROUP }, 'ResourceAlreadyExistsException', 'The specified log group already exists'],
    ['CreateLogStream', { logGroupName: GROUP, logStreamName: 'one' }, 'ResourceAlreadyExistsException', 'The specified log stream already exists'],
  ])('%s %j is refused as on AWS', (operation, input, name, message) => expect(world().failure('logs', operation, input)).toMatchObject({ name, message, status: 400 }));
});
