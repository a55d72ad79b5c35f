/** SNS's errors, with the names of the SDK's classes and the codes on the wire. @source aws/other-services.md §4, aws/observed.md L (recorded) */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

/** Classes of the SDK for what never happens here: KMS keys, mobile push, SMS, tag policies. @source AWS SNS API model (2026-08) */
export const OTHER_ERRORS = [
  'ConcurrentAccessException', 'EndpointDisabledException', 'InvalidSecurityException', 'InvalidStateException', 'KMSAccessDeniedException', 'KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException', 'KMSOptInRequired',
  'KMSThrottlingException', 'OptedOutException', 'PlatformApplicationDisabledException', 'ReplayLimitExceededException', 'ResourceNotFoundException', 'StaleTagException', 'TagLimitExceededException', 'TagPolicyException', 'UserErrorException',
  'ValidationException', 'VerificationException',
];

/** `Invalid parameter: Message too long` */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter: ${what}`, { queryCode: 'InvalidParameter' });
}
export function invalidValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { queryCode: 'ParameterValueInvalid' });
}
export function notFound(what: string): AwsError {
  return new AwsError('NotFoundException', `${what} does not exist`, { status: 404, queryCode: 'NotFound' });
}
/** `SubscriptionLimitExceeded`, with AWS's status. */
export function limitExceeded(what: 'Subscription' | 'FilterPolicy' | 'Topic', message: string): AwsError {
  return new AwsError(`${what}LimitExceededException`, message, { status: 403, queryCode: `${what}LimitExceeded` });
}
/** @source AWS SNS API model (status 429); its text is recalled @simplified */
export function throttled(): AwsError {
  return new AwsError('ThrottledException', 'Rate exceeded', { status: 429, queryCode: 'Throttled' });
}
export function batchError(code: 'TooManyEntriesInBatchRequest' | 'BatchEntryIdsNotDistinct' | 'EmptyBatchRequest' | 'InvalidBatchEntryId' | 'BatchRequestTooLong', message: string): AwsError {
  return new AwsError(`${code}Exception`, message, { queryCode: code });
}
export function accessDenied(decision: Decision): AwsError {
  return new AwsError('AuthorizationErrorException', deniedMessage(decision, parseArn(decision.resource).account), { status: 403, queryCode: 'AuthorizationError' });
}
