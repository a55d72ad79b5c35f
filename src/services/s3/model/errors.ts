/** S3's own shape of a denial. @source Amazon S3 API reference, error responses (AccessDenied, 403); aws/other-services.md §9 for the text */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

/** S3's ARNs carry no account: the one of the caller is named. */
export function accessDenied(decision: Decision): AwsError {
  const { principal } = decision;
  const account = principal.kind === 'role' ? parseArn(principal.arn).account : principal.kind === 'service' ? (principal.sourceAccount ?? '') : '';
  return new AwsError('AccessDenied', deniedMessage(decision, account), { status: 403 });
}
