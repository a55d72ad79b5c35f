/** DynamoDB's errors with AWS's names and texts. @source aws/other-services.md §6 (names); texts: Amazon DynamoDB API reference and developer guide, "error handling" @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
/** `One or more parameter values were invalid: Missing the key id in the item` */
export function invalidParameters(message: string): AwsError {
  return validation(`One or more parameter values were invalid: ${message}`);
}
/** `item` is the item as it was, when the caller asked for it. */
export function conditionFailed(item?: object): AwsError {
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', item === undefined ? {} : { data: { Item: item } });
}
export function tableNotFound(name?: string): AwsError {
  return new AwsError('ResourceNotFoundException', name === undefined ? 'Requested resource not found' : `Requested resource not found: Table: ${name} not found`);
}
export function tableInUse(message: string): AwsError {
  return new AwsError('ResourceInUseException', message);
}

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: object;
}
export function transactionCancelled(reasons: readonly CancellationReason[]): AwsError {
  return new AwsError('TransactionCanceledException', `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`, { data: { CancellationReasons: reasons } });
}

/** DynamoDB answers denials with 400. */
export function accessDenied(decision: Decision): AwsError {
  return new AwsError('AccessDeniedException', deniedMessage(decision, parseArn(decision.resource).account), { status: 400 });
}

/** The first member that is not as the API wants it, in AWS's words. */
export function invalidInput(_: string, issues: readonly { readonly path: string; readonly message: string }[]): AwsError {
  const [issue] = issues;
  const member = (issue?.path ?? '').split('.').map((part) => `${(part[0] ?? '').toLowerCase()}${part.slice(1)}`).join('.');
  const constraint = issue?.message ?? '';
  return validation(`1 validation error detected: Value ${constraint === 'Member must not be null' ? 'null ' : ''}at '${member}' failed to satisfy constraint: ${constraint}`);
}
