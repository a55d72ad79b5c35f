/** What SNS's operations share: the shape of a row and pages. @source aws/other-services.md §4 (API model 2026-08) */
import { rowsOf } from '../../../sim/service.ts';
import { invalidParameter } from './errors.ts';
import type { SnsContext, SnsState, SnsTuning } from './state.ts';

const SOURCE = 'aws/other-services.md §4 (API model 2026-08, recorded answers 2022–2025)';
const ERRORS = [
  'AuthorizationErrorException', 'BatchEntryIdsNotDistinctException', 'BatchRequestTooLongException', 'EmptyBatchRequestException', 'FilterPolicyLimitExceededException', 'InternalErrorException', 'InvalidBatchEntryIdException',
  'InvalidParameterException', 'InvalidParameterValueException', 'NotFoundException', 'SubscriptionLimitExceededException', 'ThrottledException', 'TooManyEntriesInBatchRequestException', 'TopicLimitExceededException',
];

/** One row of the operation table. */
export const row = rowsOf<SnsState, SnsTuning>('sns', { errors: ERRORS, source: SOURCE });

export const PAGES = { inputToken: 'NextToken', outputToken: 'NextToken' } as const;
const PAGE = 100;

/** 100 items from the token on, and the token of what follows. */
export function page<T>(items: readonly T[], token: string | undefined): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const from = token === undefined ? 0 : Number(/^after-(\d{1,9})$/.exec(token)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw invalidParameter('NextToken');
  const to = from + PAGE;
  return { items: items.slice(from, to), next: to < items.length ? { NextToken: `after-${to}` } : {} };
}
export const byTopic = (_: SnsContext, input: { readonly TopicArn: string }): string => input.TopicArn;
