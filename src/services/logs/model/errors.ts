/** How CloudWatch Logs denies. @source Amazon CloudWatch Logs API reference, common errors (AccessDeniedException, 400; recalled); aws/other-services.md §9 for the text */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

export function accessDenied(decision: Decision): AwsError {
  const { principal } = decision;
  return new AwsError('AccessDeniedException', deniedMessage(decision, parseArn(principal.kind === 'role' ? principal.arn : decision.resource).account), { status: 400 });
}
