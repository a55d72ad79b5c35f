/** EventBridge's CloudWatch metrics, read off the trace. @source aws/eventbridge.md §13 */
import type { MetricDatum } from '../../../sim/manifest.ts';
import type { TraceEvent } from '../../../sim/trace.ts';

const BUS = ':event-bus/';

/** RuleName on the default bus, EventBusName and RuleName on others. */
function dimensionsOf({ resource, data }: TraceEvent): Readonly<Record<string, string>> {
  const bus = resource.split(BUS)[1] ?? 'default';
  const rule = data['rule'] === undefined ? {} : { RuleName: String(data['rule']) };
  return bus === 'default' ? rule : { EventBusName: bus, ...rule };
}

/** What a kind of event counts, by one each. */
const COUNTS: Readonly<Record<string, readonly string[]>> = {
  'events.RuleMatched': ['MatchedEvents', 'TriggeredRules'],
  'events.DeliveryStarted': ['InvocationAttempts'],
  'events.Delivered': ['Invocations', 'SuccessfulInvocationAttempts'],
  'events.EventDropped': ['Invocations', 'FailedInvocations'],
  'events.DeadLettered': ['Invocations', 'FailedInvocations', 'InvocationsSentToDlq'],
  'events.DeadLetterFailed': ['Invocations', 'FailedInvocations', 'InvocationsFailedToBeSentToDlq'],
};

export function metricsOf(event: TraceEvent): readonly MetricDatum[] {
  const { kind, data } = event;
  const datum = (metric: string, value = 1, unit: MetricDatum['unit'] = 'Count', dimensions = dimensionsOf(event)): MetricDatum => ({ namespace: 'AWS/Events', metric, dimensions, value, unit });
  if (kind === 'events.EntriesPut') {
    const failed = Number(data['failed']);
    const own = (metric: string, value: number, unit: MetricDatum['unit'] = 'Count'): MetricDatum => datum(metric, value, unit, {});
    return [
      own('PutEventsApproximateCallCount', 1),
      own('PutEventsApproximateSuccessCount', 1),
      own('PutEventsEntriesCount', Number(data['entries'])),
      ...(failed > 0 ? [own('PutEventsFailedEntriesCount', failed)] : []),
      own('PutEventsRequestSize', Number(data['bytes']), 'Bytes'),
    ];
  }
  const counted = (COUNTS[kind] ?? []).map((metric) => datum(metric));
  if (kind === 'events.RuleMatched' && Number(data['targets']) > 0) return [...counted, datum('InvocationsCreated', Number(data['targets']))];
  if (kind === 'events.DeliveryStarted' && Number(data['attempt']) > 1) return [...counted, datum('RetryInvocationAttempts')];
  if (kind !== 'events.Delivered') return counted;
  const ms = Number(data['sinceUs']) / 1_000;
  return [...counted, ...(Number(data['attempt']) === 1 ? [datum('IngestionToInvocationStartLatency', ms, 'Milliseconds')] : []), datum('IngestionToInvocationCompleteLatency', ms, 'Milliseconds')];
}
