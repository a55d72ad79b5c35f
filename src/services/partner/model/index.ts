/** The model of partner hosts: a table of contents. */
import { defineModel } from '../../../sim/service.ts';
import { onAnswer, takeRequest } from './answering.ts';
import { partnerOperations } from './operations.ts';
import type { PartnerState, PartnerTuning } from './state.ts';
import { summarizeHost } from './summary.ts';
import { partnerTraceKinds } from './trace-kinds.ts';

export const model = defineModel<PartnerState, PartnerTuning>({
  id: 'partner',
  initialState: () => ({ hosts: new Map() }),
  tuning: { aws: { latencies: true }, ideal: { latencies: false } },
  operations: partnerOperations,
  notModelled: [],
  entries: { answer: onAnswer },
  provides: { http: { resolve: (context, hostname) => context.state.hosts.get(hostname)?.arn, request: takeRequest } },
  traceKinds: partnerTraceKinds,
  resources: (context) => [...context.state.hosts.values()].map((host) => host.arn),
  summarize: summarizeHost,
});
