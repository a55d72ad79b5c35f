/** What a schedule gives to a function, as an example for the editor: its input, or AWS's notification. @source aws/eventbridge.md §10 */
import type { HandlerEvent, HandlerEventContext } from '../../view-contract.ts';

function call({ arn, account, region, epochMs, edge }: HandlerEventContext): unknown {
  const time = `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
  const id = '3f0a9c4e-5a3b-4b6e-9d52-0c6c2c9a7e11';
  const input = String(edge['Input'] ?? '')
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
  if (input === '') return { version: '0', id, 'detail-type': 'Scheduled Event', source: 'aws.scheduler', account, time, region, resources: [arn], detail: '{}' };
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return input;
  }
}

export const handlerEvents: readonly HandlerEvent[] = [{ id: 'scheduler.call', port: 'scheduler.target', type: 'ScheduledEvent<any>', label: 'Call of a schedule', example: call }];
