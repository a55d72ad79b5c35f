/** @aws-sdk/client-cloudwatch-logs, unmodified, against the model: groups, streams, events, pages, errors. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  InvalidParameterException,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
  StartQueryCommand,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  paginateFilterLogEvents,
  paginateGetLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const START = Date.parse('2026-01-01T00:00:00Z');

async function withStream() {
  const cloud = createCloud();
  const logs = new CloudWatchLogsClient(through(cloud));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/app' }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 'a' }));
  const put = (logStreamName: string, ...messages: string[]) =>
    logs.send(new PutLogEventsCommand({ logGroupName: '/app', logStreamName, logEvents: messages.map((message, i) => ({ timestamp: START + i, message })) }));
  return { cloud, logs, put };
}

describe('@aws-sdk/client-cloudwatch-logs', () => {
  it('makes groups and streams, says what they hold, and takes them away', async () => {
    const { logs, put } = await withStream();
    await put('a', 'one', 'two');
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/app', retentionInDays: 7 }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/a' }));
    expect(logGroups).toMatchObject([{ logGroupName: '/app', creationTime: START, retentionInDays: 7, storedBytes: 'onetwo'.length + 2 * 26, arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app:*' }]);
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/app' }));
    expect(logStreams).toMatchObject([{ logStreamName: 'a', firstEventTimestamp: START, lastEventTimestamp: START + 1 }]);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: '/app' }));
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  it('reads a stream from its head and from its end, window by window', async () => {
    const { logs, put } = await withStream();
    await put('a', 'one', 'two', 'three');
    const read = (o: object) => logs.send(new GetLogEventsCommand({ logGroupName: '/app', logStreamName: 'a', limit: 2, ...o }));
    const head = await read({ startFromHead: true });
    expect(head.events?.map((event) => event.message)).toEqual(['one', 'two']);
    expect((await read({ nextToken: head.nextForwardToken, startFromHead: true })).events?.map((event) => event.message)).toEqual(['three']);
    const end = await read({});
    expect(end.events?.map((event) => event.message)).toEqual(['two', 'three']);
    expect((await read({ nextToken: end.nextBackwardToken })).events?.map((event) => event.message)).toEqual(['one']);
    expect((await read({ startTime: START + 1, endTime: START + 2 })).events?.map((event) => event.message)).toEqual(['two']);
  });

  it('reads on to the end of a stream, where the same token says that there is no more', async () => {
    const { logs, put } = await withStream();
    await put('a', 'one', 'two', 'three');
    const pages = await pagesOf(paginateGetLogEvents({ client: logs, pageSize: 2, stopOnSameToken: true }, { logGroupName: '/app', logStreamName: 'a', startFromHead: true }));
    expect(pages.map((page) => page.events?.map((event) => event.message))).toEqual([['one', 'two'], ['three'], []]);
    expect(pages[2]!.nextForwardToken).toBe(pages[1]!.nextForwardToken);
    await put('a', 'four');
    const more = await logs.send(new GetLogEventsCommand({ logGroupName: '/app', logStreamName: 'a', nextToken: pages[2]!.nextForwardToken, startFromHead: true }));
    expect(more.events?.map((event) => event.message)).toEqual(['four']);
  });

  it('takes a group by its ARN too, and finds groups by a part of their name', async () => {
    const { logs, put } = await withStream();
    await put('a', 'one');
    const logGroupIdentifier = 'arn:aws:logs:us-east-1:000000000000:log-group:/app:*';
    expect((await logs.send(new GetLogEventsCommand({ logGroupIdentifier, logStreamName: 'a' }))).events).toHaveLength(1);
    expect((await logs.send(new FilterLogEventsCommand({ logGroupIdentifier: '/app' }))).events).toHaveLength(1);
    expect((await logs.send(new DescribeLogStreamsCommand({ logGroupIdentifier }))).logStreams).toHaveLength(1);
    expect(await failureOf(logs.send(new FilterLogEventsCommand({ logGroupName: '/app', logGroupIdentifier })))).toBeInstanceOf(InvalidParameterException);
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/app' }));
    const names = async (o: object): Promise<unknown> => (await logs.send(new DescribeLogGroupsCommand(o))).logGroups?.map((group) => group.logGroupName);
    expect([await names({ logGroupNamePattern: 'app' }), await names({ logGroupNamePattern: 'App' }), await names({ logGroupNamePrefix: '/aws' })]).toEqual([['/app', '/aws/lambda/app'], [], ['/aws/lambda/app']]);
  });

  it('keeps events for days that AWS has, or for ever again', async () => {
    const { logs } = await withStream();
    const days = async (): Promise<unknown> => (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays;
    expect(await failureOf(logs.send(new PutRetentionPolicyCommand({ logGroupName: '/app', retentionInDays: 8 })))).toBeInstanceOf(InvalidParameterException);
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/app', retentionInDays: 14 }));
    expect(await days()).toBe(14);
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName: '/app' }));
    expect(await days()).toBeUndefined();
  });

  it('filters by terms and by time over all streams, page by page', async () => {
    const { logs, put } = await withStream();
    await logs.send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 'b' }));
    await put('a', 'ERROR one', 'fine', 'ERROR two');
    await put('b', 'ERROR three');
    const pages = await pagesOf(paginateFilterLogEvents({ client: logs, pageSize: 2 }, { logGroupName: '/app', filterPattern: 'ERROR' }));
    expect(pages.map((page) => page.events?.map((event) => `${event.logStreamName}: ${event.message}`))).toEqual([['a: ERROR one', 'b: ERROR three'], ['a: ERROR two']]);
    const only = await logs.send(new FilterLogEventsCommand({ logGroupName: '/app', logStreamNames: ['b'] }));
    expect(only.events?.map((event) => event.message)).toEqual(['ERROR three']);
  });

  it.each([
    ['ERROR', ['ERROR disk', 'ERROR net']],
    ['ERROR -disk', ['ERROR net']],
    ['?disk ?fine', ['ERROR disk', 'all fine']],
    ['"all fine"', ['all fine']],
    ['error', []],
  ])('takes the pattern %s', async (filterPattern, messages) => {
    const { logs, put } = await withStream();
    await put('a', 'ERROR disk', 'ERROR net', 'all fine');
    expect((await logs.send(new FilterLogEventsCommand({ logGroupName: '/app', filterPattern }))).events?.map((event) => event.message)).toEqual(messages);
    expect(await failureOf(logs.send(new FilterLogEventsCommand({ logGroupName: '/app', filterPattern: '{ $.level = "error" }' })))).toMatchObject({ name: 'NotModelled' });
  });

  it('orders streams by name or by their last event, page by page', async () => {
    const { logs, put } = await withStream();
    await logs.send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 'b' }));
    await logs.send(new CreateLogStreamCommand({ logGroupName: '/app', logStreamName: 'c' }));
    await put('b', 'one');
    await put('a', 'one', 'two');
    const names = async (o: object) => (await pagesOf(paginateDescribeLogStreams({ client: logs, pageSize: 2 }, { logGroupName: '/app', ...o }))).map((page) => page.logStreams?.map((stream) => stream.logStreamName));
    expect(await names({})).toEqual([['a', 'b'], ['c']]);
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual([['a', 'b'], ['c']]);
    await logs.send(new DeleteLogStreamCommand({ logGroupName: '/app', logStreamName: 'a' }));
    expect(await names({ descending: true })).toEqual([['c', 'b']]);
  });

  it('lists more groups than a page holds', async () => {
    const { logs } = await withStream();
    for (let i = 0; i < 4; i++) await logs.send(new CreateLogGroupCommand({ logGroupName: `/more/${i}` }));
    const pages = await pagesOf(paginateDescribeLogGroups({ client: logs, pageSize: 2 }, {}));
    expect(pages.map((page) => page.logGroups?.length)).toEqual([2, 2, 1]);
  });

  it('fails with its own error classes, and by name for what is not modelled', async () => {
    const { logs } = await withStream();
    expect(await failureOf(logs.send(new CreateLogGroupCommand({ logGroupName: '/app' })))).toBeInstanceOf(ResourceAlreadyExistsException);
    const missing = await failureOf(logs.send(new GetLogEventsCommand({ logGroupName: '/app', logStreamName: 'none' })));
    expect(missing).toBeInstanceOf(ResourceNotFoundException);
    expect(missing).toMatchObject({ message: 'The specified log stream does not exist.', $metadata: { httpStatusCode: 400 } });
    expect(await failureOf(logs.send(new StartQueryCommand({ logGroupName: '/app', startTime: 0, endTime: 1, queryString: 'fields @message' })))).toMatchObject({ name: 'NotModelled', $metadata: { httpStatusCode: 501 } });
  });
});
