/** Every command of @aws-sdk/client-scheduler is answered; its pages and its error classes. */
import * as sdk from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { models } from '../../services/models.ts';
import { createCloud } from './create-cloud.ts';
import { commandOf, failureOf, operationsOf, pagesOf, through } from './wire/testing.ts';

const model = models.find(({ id }) => id === 'scheduler')!;

const GROUP = 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/g';
const schedule = (Name: string, o: object = {}): object => ({
  Name,
  GroupName: 'g',
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:jobs', RoleArn: 'arn:aws:iam::000000000000:role/r', Input: 'hi' },
  ...o,
});

function start() {
  const client = new sdk.SchedulerClient(through(createCloud({ iam: 'off' })));
  return { client, send: (operation: string, input: object) => client.send(commandOf<sdk.ListSchedulesCommand>(sdk, operation, input)) };
}

/** One call of each operation, in an order that works. */
const CALLS: readonly (readonly [operation: string, input: object])[] = [
  ['CreateScheduleGroup', { Name: 'g', Tags: [{ Key: 'a', Value: '1' }] }],
  ['GetScheduleGroup', { Name: 'g' }],
  ['ListScheduleGroups', { NamePrefix: 'g' }],
  ['CreateSchedule', schedule('s', { StartDate: new Date('2026-02-01T00:00:00Z') })],
  ['GetSchedule', { Name: 's', GroupName: 'g' }],
  ['UpdateSchedule', schedule('s', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } })],
  ['ListSchedules', { GroupName: 'g', State: 'ENABLED' }],
  ['TagResource', { ResourceArn: GROUP, Tags: [{ Key: 'b', Value: '2' }] }],
  ['ListTagsForResource', { ResourceArn: GROUP }],
  ['UntagResource', { ResourceArn: GROUP, TagKeys: ['a', 'b'] }],
  ['DeleteSchedule', { Name: 's', GroupName: 'g' }],
  ['DeleteScheduleGroup', { Name: 'g' }],
];

describe('every command of @aws-sdk/client-scheduler', () => {
  it('is answered', async () => {
    expect(Object.keys(model.operations).toSorted()).toEqual(operationsOf(sdk));
    expect(CALLS.map(([operation]) => operation).toSorted()).toEqual(operationsOf(sdk));
    const { send } = start();
    for (const [operation, input] of CALLS) expect((await send(operation, input)).$metadata, operation).toMatchObject({ httpStatusCode: 200 });
  });
});

describe('pages of @aws-sdk/client-scheduler', () => {
  it('are as long as is asked, over groups and by prefix', async () => {
    const { client, send } = start();
    for (const Name of ['g', 'h']) await send('CreateScheduleGroup', { Name });
    for (const [Name, GroupName] of [['a', 'g'], ['b', 'g'], ['c', 'h'], ['other', 'h']]) await send('CreateSchedule', schedule(Name!, { GroupName }));
    const names = async (input: object): Promise<unknown> => (await pagesOf(sdk.paginateListSchedules({ client, pageSize: 1 }, input))).map(({ Schedules }) => Schedules?.map(({ Name }) => Name));
    expect([await names({}), await names({ NamePrefix: 'o' }), await names({ GroupName: 'g' })]).toEqual([[['a'], ['b'], ['c'], ['other']], [['other']], [['a'], ['b']]]);
    const groups = await pagesOf(sdk.paginateListScheduleGroups({ client, pageSize: 2 }, {}));
    expect(groups.map(({ ScheduleGroups }) => ScheduleGroups?.map(({ Name }) => Name))).toEqual([['default', 'g'], ['h']]);
  });
});

describe('errors of @aws-sdk/client-scheduler', () => {
  it.each<[string, number, string, object]>([
    ['ResourceNotFoundException', 404, 'GetSchedule', { Name: 'none' }],
    ['ResourceNotFoundException', 404, 'CreateSchedule', schedule('s', { GroupName: 'none' })],
    ['ConflictException', 409, 'CreateScheduleGroup', { Name: 'g' }],
    ['ValidationException', 400, 'CreateSchedule', schedule('s', { ScheduleExpression: 'rate(0 minutes)' })],
    ['ValidationException', 400, 'CreateSchedule', schedule('a b')],
    ['ValidationException', 400, 'ListSchedules', { MaxResults: 101 }],
    ['ValidationException', 400, 'ListSchedules', { NextToken: 'x' }],
  ])('arrive as %s with status %d from %s', async (name, httpStatusCode, operation, input) => {
    const { send } = start();
    await send('CreateScheduleGroup', { Name: 'g' });
    const error = await failureOf(send(operation, input));
    expect(error).toBeInstanceOf((sdk as unknown as Record<string, new () => Error>)[name]);
    expect(error).toMatchObject({ name, $fault: 'client', $metadata: { httpStatusCode } });
  });
});
