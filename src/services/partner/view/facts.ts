/** What a partner's card and tabs say, worked out from its summary. Pure. */
import { countText } from '../../../ui/quantity-text.ts';
import type { PartnerSummary } from '../model/summary.ts';

export function describePartner(name: string, partner: PartnerSummary | undefined): string {
  if (partner === undefined) return `${name}, partner API`;
  const { requests, failed, unmatched } = partner.totals;
  return `${name}, partner API. ${partner.down ? 'Down. ' : ''}${countText(requests, 'request')}${failed === 0 ? '' : `, ${failed} failed`}${unmatched === 0 ? '' : `, ${unmatched} without an answer`}`;
}

/** 'GET /orders/*' of a scripted answer. */
export function scriptText({ method, path }: { readonly method: string; readonly path: string }): string {
  return method === 'ANY' ? path : `${method} ${path}`;
}

/** 'waits' while a request is open. */
export function resultText(result: string): string {
  return result === '' ? 'waits' : result;
}

export function isBad(result: string): boolean {
  return result !== '' && !/^[23]\d\d$/.test(result);
}
