/** SNS's errors, with the names of the SDK's classes and the codes on the wire. @source aws/other-services.md §4, aws/observed.md L (recorded) */
import { AwsError } from '../../../sim/errors.ts';
import { deniedMessage } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

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
export function batchError(code: 'TooManyEntriesInBatchRequest' | 'BatchEntryIdsNotDistinct' | 'EmptyBatchRequest' | 'InvalidBatchEntryId' | 'BatchRequestTooLong', message: string): AwsError {
  return new AwsError(`${code}Exception`, message, { queryCode: code });
}
export function accessDenied(decision: Decision): AwsError {
  return new AwsError('AuthorizationErrorException', deniedMessage(decision, parseArn(decision.resource).account), { status: 403, queryCode: 'AuthorizationError' });
}
