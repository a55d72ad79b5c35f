/** CloudWatch's metrics of a queue, read off its trace events. @source aws/sqs.md §12 */
import type { MetricDatum } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';

const COUNTED: Readonly<Record<string, string>> = { 'sqs.MessageSent': 'NumberOfMessagesSent', 'sqs.MessageReceived': 'NumberOfMessagesReceived', 'sqs.MessageDeleted': 'NumberOfMessagesDeleted' };
/** Member of an event → gauge after it. */
const GAUGES: Readonly<Record<string, readonly [metric: string, unit: MetricDatum['unit']]>> = {
  visible: ['ApproximateNumberOfMessagesVisible', 'Count'],
  inFlight: ['ApproximateNumberOfMessagesNotVisible', 'Count'],
  delayed: ['ApproximateNumberOfMessagesDelayed', 'Count'],
  /** FIFO queues. */
  groupsInFlight: ['ApproximateNumberOfGroupsWithInflightMessages', 'Count'],
  /** Fair queues. @source aws/sqs.md §5 (names recalled) */
  noisyGroups: ['ApproximateNumberOfNoisyGroups', 'Count'],
  quietVisible: ['ApproximateNumberOfMessagesVisibleInQuietGroups', 'Count'],
  quietInFlight: ['ApproximateNumberOfMessagesNotVisibleInQuietGroups', 'Count'],
  quietDelayed: ['ApproximateNumberOfMessagesDelayedInQuietGroups', 'Count'],
};

export function metricsOf(event: TraceEvent): readonly MetricDatum[] {
  const dimensions = { QueueName: event.resource.split(':').pop() ?? '' };
  const datum = (metric: string, value: number, unit: MetricDatum['unit']): MetricDatum => ({ namespace: 'AWS/SQS', metric, dimensions, value, unit });
  const data: MetricDatum[] = [];
  const counted = COUNTED[event.kind];
  if (counted !== undefined) data.push(datum(counted, 1, 'Count'));
  if (event.kind === 'sqs.ReceivedNothing') data.push(datum('NumberOfEmptyReceives', 1, 'Count'));
  if (event.kind === 'sqs.MessageSent') data.push(datum('SentMessageSize', Number(event.data['bytes']), 'Bytes'));
  for (const [member, [metric, unit]] of Object.entries(GAUGES)) {
    const value = event.data[member];
    if (typeof value === 'number') data.push(datum(metric, value, unit));
  }
  const { oldestMs } = event.data;
  if (typeof oldestMs === 'number') data.push(datum('ApproximateAgeOfOldestMessage', Math.floor(oldestMs / 1_000), 'Seconds'));
  return data;
}
