/** What a partner host's card and inspector show now. */
import { isDown } from './scripted.ts';
import { nameOf } from './state.ts';
import type { PartnerContext, PartnerRequest } from './state.ts';

export interface PartnerSummary {
  readonly down: boolean;
  readonly totals: { readonly requests: number; readonly answered: number; readonly failed: number; readonly unmatched: number };
  readonly answers: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  readonly newest: readonly PartnerRequest[];
}

export function summarizeHost(context: PartnerContext, arn: string): PartnerSummary | undefined {
  const host = context.state.hosts.get(nameOf(arn));
  if (host === undefined || host.arn !== arn) return undefined;
  return {
    down: isDown(host.settings, context.now),
    totals: { ...host.totals },
    answers: host.settings.Answers.map(({ Method, Path, Status }) => ({ method: Method, path: Path, status: Status })),
    newest: host.newest.map((one) => ({ ...one })),
  };
}
