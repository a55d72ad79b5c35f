/** The trace events of partner hosts: what narration says of each. */
import type { TraceKind } from '../../../sim/trace.ts';

export const partnerTraceKinds = {
  'partner.HostCreated': { sentence: 'The host {resource} is there, with {answers} answers.', level: 'detail' },
  'partner.HostChanged': { sentence: 'The host {resource} answers in another way.', level: 'moment' },
  'partner.HostDeleted': { sentence: 'The host {resource} is gone after {requests} requests.', level: 'moment' },
  /** data: method, path (with the query), bytes of the body */
  'partner.Requested': { sentence: '{resource} is asked {method} {path}.', level: 'step' },
  /** data: method, path, status */
  'partner.Answered': { sentence: '{resource} answers {method} {path} with {status}.', level: 'step' },
  'partner.NothingScripted': { sentence: '{resource} has no answer for {method} {path}: {status}.', level: 'moment', severity: 'warning' },
  /** data: method, path, how, why (it is down, by chance) */
  'partner.Failed': { sentence: '{resource} fails {method} {path}: {how}, {why}.', level: 'moment', severity: 'failure' },
} satisfies Readonly<Record<string, TraceKind>>;
