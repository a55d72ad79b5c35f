/** The EventBridge model: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { parseArn } from '../../../sim/principal.ts';
import { accessDenied, busTarget } from './accept.ts';
import { onArchiveWrite } from './archives/archive.ts';
import { onReplay } from './archives/replay.ts';
import { onDeliver, onRetry } from './delivery/deliver.ts';
import { eventsOperations } from './operations/index.ts';
import { onFire } from './schedules.ts';
import { busName } from './state.ts';
import type { EventsState, EventsTuning } from './state.ts';
import { summarizeBus } from './summary.ts';
import { eventsTraceKinds } from './trace-kinds.ts';

const retries = { retryMsFirst: 1_000, retryMsMax: 600_000 };

export const model = defineModel<EventsState, EventsTuning>({
  id: 'events',
  initialState: () => ({ buses: new Map(), rules: new Map(), archives: new Map(), replays: new Map(), partnerSources: new Map(), tags: new Map() }),
  tuning: {
    aws: { ruleChangeMs: 0, deliveryMsMedian: 60, deliverySigma: 0.61, ...retries, archiveMsMin: 300_000, archiveMsMax: 480_000, replayStepMs: 1_000 },
    ideal: { ruleChangeMs: 0, deliveryMsMedian: 0, deliverySigma: 0, ...retries, archiveMsMin: 0, archiveMsMax: 0, replayStepMs: 0 },
  },
  operations: eventsOperations,
  notModelled: [
    'ActivateEventSource', 'CreateApiDestination', 'CreateConnection', 'CreateEndpoint', 'DeactivateEventSource', 'DeauthorizeConnection', 'DeleteApiDestination', 'DeleteConnection', 'DeleteEndpoint', 'DescribeApiDestination',
    'DescribeConnection', 'DescribeEndpoint', 'DescribePartnerEventSource', 'ListApiDestinations', 'ListConnections', 'ListEndpoints', 'ListPartnerEventSourceAccounts', 'ListPartnerEventSources', 'UpdateApiDestination', 'UpdateConnection', 'UpdateEndpoint',
  ],
  entries: { deliver: onDeliver, retry: onRetry, fire: onFire, 'archive-write': onArchiveWrite, replay: onReplay },
  provides: { target: busTarget },
  traceKinds: eventsTraceKinds,
  resourcePolicy: (context, arn) => context.state.buses.get(busName(arn))?.policy,
  accessDenied: (decision) => accessDenied(decision, parseArn(decision.resource).account),
  resources: (context) => [...context.state.buses.values()].map((bus) => bus.arn),
  summarize: summarizeBus,
  sdk: { packageName: '@aws-sdk/client-eventbridge', clientName: 'EventBridgeClient', protocol: 'json-1.1', targetPrefix: 'AWSEvents' },
});
