/** A bus as a target: of rules of other buses, of services with events of their own, of destinations. @source aws/eventbridge.md §4, §11 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { AwsError, errorToData, NotModelled } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import type { TargetPort } from '../../../sim/ports/ports.ts';
import { receiveEvent } from './delivery/receive.ts';
import { busOf, envelopeOf, ownBusName } from './state.ts';
import type { EventsContext } from './state.ts';

/** EventBridge answers a denial with status 400. @source aws/eventbridge.md §3 */
export function accessDenied(decision: Decision, account: string): AwsError {
  return new AwsError('AccessDeniedException', deniedMessage(decision, account), { status: 400 });
}

export const busTarget: TargetPort<EventsContext> = {
  action: 'events:PutEvents',
  accept: (context, arn, delivery, call) => {
    try {
      const bus = busOf(context, ownBusName(context, arn));
      const { event } = delivery;
      // Services of the account put their own events on the default bus without any grant; what a bus forwards needs one.
      const own = call.principal.kind === 'service' && event?.forwarded !== true && event?.source.startsWith('aws.');
      const decision = own ? undefined : context.authorize(call.principal, 'events:PutEvents', bus.arn);
      if (decision?.allowed === false) throw context.deny(decision, 'events');
      const from = event ?? { source: 'lambda', detailType: 'Event', detail: delivery.body, resources: [], time: '' };
      const envelope = envelopeOf(context, { ...from, detail: JSON.parse(from.detail) });
      receiveEvent(context, bus, envelope, { subjects: delivery.subjects, traceHeader: delivery.traceHeader, forwarded: event?.forwarded === true });
      return { kind: 'ok', output: { eventId: envelope.id }, cause: call.cause };
    } catch (error) {
      if (error instanceof AwsError || error instanceof NotModelled) return { kind: 'error', error: errorToData(error), cause: call.cause };
      throw error;
    }
  },
};
