/** SQS's errors with AWS's names, query codes and texts. @source aws/sqs.md §10, aws/observed.md A–C (recorded) */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', { queryCode: 'AWS.SimpleQueueService.NonExistentQueue' });
}
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.` */
export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}
export function missingParameter(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`);
}
export function batchError(code: string, message: string): AwsError {
  return new AwsError(`AWS.SimpleQueueService.${code}`, message, { queryCode: `AWS.SimpleQueueService.${code}` });
}
export function receiptHandleInvalid(handle: string): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}
/** SQS writes the action in lower case. @source aws/sqs.md §10 */
export function accessDenied(decision: Decision): AwsError {
  const text = deniedMessage(decision, parseArn(decision.resource).account).replaceAll(decision.action, decision.action.toLowerCase());
  return new AwsError('AccessDeniedException', text, { status: 403, queryCode: 'AccessDenied' });
}
