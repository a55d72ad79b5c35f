/** SQS's errors with AWS's names, query codes and texts; the codes travel beside the names in `x-amzn-query-error`. @source aws/sqs.md §10, aws/observed.md A–C (recorded) */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

/** Classes of the SDK for what never happens here: requests that are not signed, KMS keys. @source AWS SQS API model (2026-08) */
export const OTHER_ERRORS = ['InvalidAddress', 'InvalidIdFormat', 'InvalidSecurity', 'KmsAccessDenied', 'KmsDisabled', 'KmsInvalidKeyUsage', 'KmsInvalidState', 'KmsNotFound', 'KmsOptInRequired', 'KmsThrottled', 'MessageNotInflight', 'UnsupportedOperation'];

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.', { queryCode: 'AWS.SimpleQueueService.NonExistentQueue' });
}
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message, { queryCode: 'InvalidParameterValue' });
}
/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.` */
export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}
export function missingParameter(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}.`, { queryCode: 'MissingParameter' });
}
export function invalidAttribute(name: 'InvalidAttributeName' | 'InvalidAttributeValue', message: string): AwsError {
  return new AwsError(name, message, { queryCode: name });
}
/** Of move tasks: 404, unlike the rest of SQS. @source aws/observed.md SQS-056 */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, queryCode: 'ResourceNotFoundException' });
}
/** FIFO: a receipt handle whose visibility timeout is over. */
export function receiptHandleExpired(handle: string): AwsError {
  return invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
}
/** @source AWS SQS API model (status 403); aws/sqs.md §6 */
export function requestThrottled(): AwsError {
  return new AwsError('RequestThrottled', 'The request was denied due to request throttling.', { status: 403, queryCode: 'RequestThrottled', retryable: true });
}
/** @source AWS SQS API model (status 403) */
export function overLimit(message: string): AwsError {
  return new AwsError('OverLimit', message, { status: 403, queryCode: 'OverLimit' });
}
/** A parameter of the other kind of queue. */
export function notForThisQueueType(value: unknown, parameter: string): AwsError {
  return invalidValue(value, parameter, 'The request include parameter that is not valid for this queue type.');
}
/** Errors whose query code has the long prefix: those of batches, purges and deleted names. */
export function batchError(code: string, message: string, status = 400): AwsError {
  return new AwsError(code, message, { status, queryCode: `AWS.SimpleQueueService.${code}` });
}
export function receiptHandleInvalid(handle: string): AwsError {
  return new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, { status: 404, queryCode: 'ReceiptHandleIsInvalid' });
}
/** SQS writes the action in lower case. @source aws/sqs.md §10 */
export function accessDenied(decision: Decision): AwsError {
  const text = deniedMessage(decision, parseArn(decision.resource).account).replaceAll(decision.action, decision.action.toLowerCase());
  return new AwsError('AccessDeniedException', text, { status: 403, queryCode: 'AccessDenied' });
}
