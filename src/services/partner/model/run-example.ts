/** What the contract suite does with partner hosts in its run: one that answers at once, asked twice. */
import type { ApiCall } from '../../../sim/manifest.ts';

const Name = 'api.partner.example';
export const runExample: readonly ApiCall[] = [
  { service: 'partner', operation: 'CreateHost', input: { Name, LatencyMs: 0, Answers: [{ Method: 'GET', Path: '/orders/*', Status: 200, Body: '{"id":"o-17"}' }] } },
  { service: 'partner', operation: 'SendRequest', input: { Name, Path: '/orders/o-17' } },
  { service: 'partner', operation: 'SendRequest', input: { Name, Path: '/other' } },
];
