/** What IAM's operations share: the shape of a row, and pages. @simplified Texts of refusals are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { rowsOf } from '../../../sim/service.ts';
import { PAGE, ROLE_NAME_CHARS_MAX } from './limits.ts';
import { findRole } from './state.ts';
import type { IamContext, IamModelState } from './state.ts';

const SOURCE = 'aws/other-services.md §9 (AWS IAM API reference, 2026)';
const ERRORS = ['DeleteConflictException', 'EntityAlreadyExistsException', 'InvalidInputException', 'LimitExceededException', 'MalformedPolicyDocumentException', 'NoSuchEntityException'];

/** For the operations that read documents. */
export const RECALLED = 'Texts of refusals are recalled, not recorded; their names and codes are AWS’s.';

export const row = rowsOf<IamModelState, object>('iam', { errors: ERRORS, source: SOURCE });

export const roleName = z.string().regex(/^[\w+=,.@-]+$/).max(ROLE_NAME_CHARS_MAX);
export const byRole = (context: IamContext, input: { readonly RoleName: string }): string => findRole(context, input.RoleName)?.arn ?? `arn:aws:iam::${context.account}:role/${input.RoleName}`;

export const paging = { Marker: z.string().optional(), MaxItems: z.int().min(1).max(PAGE.max).optional() };
export const PAGES = { inputToken: 'Marker', outputToken: 'Marker' } as const;

/** At most `MaxItems` of the items from the marker on, with IAM's two members that say whether more follow. */
export function page<T>(items: readonly T[], input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }): { readonly items: readonly T[]; readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string } } {
  const from = input.Marker === undefined ? 0 : Number(/^after-(\d{1,9})$/.exec(input.Marker)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw new AwsError('ValidationError', 'Invalid Marker.');
  const to = from + (input.MaxItems ?? PAGE.default);
  return { items: items.slice(from, to), rest: to < items.length ? { IsTruncated: true, Marker: `after-${to}` } : { IsTruncated: false } };
}
