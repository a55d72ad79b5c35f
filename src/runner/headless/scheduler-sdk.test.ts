/** @aws-sdk/client-scheduler, unmodified, against the model: schedules, groups, pages, errors. */
import {
  ConflictException,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
  ValidationException,
  paginateListScheduleGroups,
  paginateListSchedules,
} from '@aws-sdk/client-scheduler';
import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { createCloud } from './create-cloud.ts';
import { failureOf, pagesOf, through } from './wire/testing.ts';

const ROLE = 'arn:aws:iam::000000000000:role/r';
const request = (Name: string, o: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
  Name,
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:jobs', RoleArn: ROLE, Input: 'hi' },
  ...o,
});

function start() {
  const cloud = createCloud({ iam: 'off' });
  return { cloud, scheduler: new SchedulerClient(through(cloud)) };
}

describe('@aws-sdk/client-scheduler', () => {
  it('makes a schedule, shows it with its dates, changes it and takes it away', async () => {
    const { cloud, scheduler } = start();
    await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    const EndDate = new Date('2026-02-01T00:00:00Z');
    const { ScheduleArn } = await scheduler.send(new CreateScheduleCommand(request('s', { EndDate, ScheduleExpressionTimezone: 'Europe/Berlin' })));
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/s');
    expect(await scheduler.send(new GetScheduleCommand({ Name: 's', GroupName: 'default' }))).toMatchObject({ EndDate, CreationDate: new Date('2026-01-01T00:00:00Z'), ScheduleExpressionTimezone: 'Europe/Berlin', Target: { Input: 'hi' } });
    await scheduler.send(new UpdateScheduleCommand(request('s', { State: 'DISABLED' })));
    expect((await scheduler.send(new GetScheduleCommand({ Name: 's' }))).EndDate).toBeUndefined();
    await scheduler.send(new DeleteScheduleCommand({ Name: 's', GroupName: 'default' }));
    expect(await failureOf(scheduler.send(new GetScheduleCommand({ Name: 's' })))).toBeInstanceOf(ResourceNotFoundException);
  });

  it('calls the target when time passes', async () => {
    const { cloud, scheduler } = start();
    const { QueueUrl } = await cloud.send('sqs', 'CreateQueue', { QueueName: 'jobs' });
    await scheduler.send(new CreateScheduleCommand(request('s')));
    await cloud.advance(2 * 3_600_000 + 60_000);
    const { Messages } = await cloud.send('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    expect((Messages as { Body: string }[]).map(({ Body }) => Body)).toEqual(['hi', 'hi', 'hi']);
  });

  it('gets its own error classes', async () => {
    const { scheduler } = start();
    await scheduler.send(new CreateScheduleCommand(request('s')));
    expect(await failureOf(scheduler.send(new CreateScheduleCommand(request('s'))))).toBeInstanceOf(ConflictException);
    const invalid = await failureOf(scheduler.send(new CreateScheduleCommand(request('t', { ScheduleExpression: 'daily' }))));
    expect(invalid).toBeInstanceOf(ValidationException);
    expect(invalid).toMatchObject({ message: 'Invalid Schedule Expression daily.', $metadata: { httpStatusCode: 400 } });
  });

  it('turns pages of schedules of a group and of groups', async () => {
    const { scheduler } = start();
    await scheduler.send(new CreateScheduleGroupCommand({ Name: 'g' }));
    for (const name of ['a', 'b', 'c']) await scheduler.send(new CreateScheduleCommand(request(name, { GroupName: 'g' })));
    await scheduler.send(new CreateScheduleCommand(request('other')));
    const pages = await pagesOf(paginateListSchedules({ client: scheduler, pageSize: 2 }, { GroupName: 'g' }));
    expect(pages.map(({ Schedules }) => Schedules?.map(({ Name }) => Name))).toEqual([['a', 'b'], ['c']]);
    const groups = await pagesOf(paginateListScheduleGroups({ client: scheduler }, {}));
    expect(groups.flatMap(({ ScheduleGroups }) => ScheduleGroups ?? []).map(({ Name }) => Name)).toEqual(['default', 'g']);
  });

  it('tags a group', async () => {
    const { scheduler } = start();
    const { ScheduleGroupArn } = await scheduler.send(new CreateScheduleGroupCommand({ Name: 'g' }));
    const tags = async () => (await scheduler.send(new ListTagsForResourceCommand({ ResourceArn: ScheduleGroupArn }))).Tags;
    await scheduler.send(new TagResourceCommand({ ResourceArn: ScheduleGroupArn, Tags: [{ Key: 'team', Value: 'a' }] }));
    expect(await tags()).toEqual([{ Key: 'team', Value: 'a' }]);
    await scheduler.send(new UntagResourceCommand({ ResourceArn: ScheduleGroupArn, TagKeys: ['team'] }));
    expect(await tags()).toEqual([]);
  });
});
