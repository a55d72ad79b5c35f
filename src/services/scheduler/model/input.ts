/** What a schedule's target gets: its input with the context put in, or AWS's notification where it has none. @source aws/eventbridge.md §10 */
import { isoSec } from '../../../base/time-text.ts';
import type { Job } from './invoking.ts';
import type { SchedulerContext } from './state.ts';

export function inputText(context: SchedulerContext, job: Job): string {
  const { Input } = job.target;
  const time = isoSec(job.scheduledMs);
  if (Input === undefined || Input === '') {
    return JSON.stringify({ version: '0', id: job.executionId, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account: context.account, time, region: context.region, resources: [job.arn], detail: '{}' });
  }
  return Input.replaceAll('<aws.scheduler.schedule-arn>', job.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', job.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(job.attempt));
}
