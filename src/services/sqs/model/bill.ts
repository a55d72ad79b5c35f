/** What a call costs that is about several messages: one request for each 64 KB of all of them together. @source aws/sqs.md §13 (2026-03, 2026-06) */
import { BILLED_CHUNK_BYTES } from './limits.ts';

export interface CallBill {
  bytes: number;
  requests: number;
}
export const newBill = (): CallBill => ({ bytes: 0, requests: 0 });

export const requestsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / BILLED_CHUNK_BYTES));

/** What a message adds to its call, for its trace event: nothing is told where it is what the message would cost alone. */
export function billed(bill: CallBill, bytes = 0): { readonly requests?: number } {
  bill.bytes += bytes;
  const before = bill.requests;
  bill.requests = requestsOf(bill.bytes);
  const more = bill.requests - before;
  return more === requestsOf(bytes) ? {} : { requests: more };
}
