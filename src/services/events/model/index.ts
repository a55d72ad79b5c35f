/** The EventBridge model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { errorToData, AwsError } from '../../../sim/errors.ts';
import { onDeliver, onRetry, receiveEvent } from './delivery.ts';
import { envelopeOf, eventsOperations } from './operations.ts';
import { onFire } from './schedules.ts';
import { busName, busOf } from './state.ts';
import type { EventsState, EventsTuning } from './state.ts';
import { summarizeBus } from './summary.ts';
import { eventsTraceKinds } from './trace-kinds.ts';

export const model = defineModel<EventsState, EventsTuning>({
  id: 'events',
  initialState: () => ({ buses: new Map(), rules: new Map() }),
  tuning: { aws: { deliveryMsMedian: 60, deliverySigma: 0.61, retryMsFirst: 1_000, retryMsMax: 600_000 }, ideal: { deliveryMsMedian: 0, deliverySigma: 0, retryMsFirst: 1_000, retryMsMax: 600_000 } },
  operations: eventsOperations,
  notModelled: ['CreateArchive', 'StartReplay', 'CreateApiDestination', 'CreateConnection', 'CreateEndpoint', 'PutPartnerEvents', 'CreatePartnerEventSource', 'TagResource', 'UntagResource', 'ListTagsForResource', 'ListRuleNamesByTarget', 'UpdateEventBus'],
  entries: { deliver: onDeliver, retry: onRetry, fire: onFire },
  provides: {
    target: {
      action: 'events:PutEvents',
      accept: (context, arn, delivery, call) => {
        try {
          const bus = busOf(context, busName(arn));
          // Services of the account put their own events on the default bus without any grant.
          const own = call.principal.kind === 'service' && delivery.event?.source.startsWith('aws.');
          const decision = own ? undefined : context.authorize(call.principal, 'events:PutEvents', bus.arn);
          if (decision?.allowed === false) throw context.deny(decision, 'events');
          const event = delivery.event ?? { source: 'lambda', detailType: 'Event', detail: delivery.body, resources: [], time: '' };
          const envelope = envelopeOf(context, { ...event, detail: JSON.parse(event.detail) });
          receiveEvent(context, bus, envelope, delivery.subjects);
          return { kind: 'ok', output: { eventId: envelope.id }, cause: call.cause };
        } catch (error) {
          if (error instanceof AwsError) return { kind: 'error', error: errorToData(error), cause: call.cause };
          throw error;
        }
      },
    },
  },
  traceKinds: eventsTraceKinds,
  resourcePolicy: (context, arn) => context.state.buses.get(busName(arn))?.policy,
  resources: (context) => [...context.state.buses.values()].map((bus) => bus.arn),
  summarize: summarizeBus,
  sdk: { packageName: '@aws-sdk/client-eventbridge', clientName: 'EventBridgeClient', protocol: 'json-1.1', targetPrefix: 'AWSEvents' },
});
