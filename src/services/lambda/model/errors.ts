/** Lambda's errors as AWS words them. @source aws/lambda.md §2.3, §3.4, §7.2 (recorded 2024–2026) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import { refuseMembers } from '../../../sim/unmodelled.ts';
import { LAMBDA } from './limits.ts';

const user = { Type: 'User' } as const;

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, data: { ...user, Message: message } });
}
export function functionNotFound(arn: string): AwsError {
  return notFound(`Function not found: ${arn}`);
}
export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { status: 400, data: user });
}
export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message, { status: 400 });
}
/** AWS's form for a member out of its range. */
export function constraint(value: unknown, member: string, rule: string): AwsError {
  return invalid(`1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${rule}`);
}
/** Of functions, versions and aliases. */
export function checkDescription(text: string | undefined): void {
  if (text !== undefined && text.length > LAMBDA.descriptionCharsMax) throw constraint(text, 'description', `have length less than or equal to ${LAMBDA.descriptionCharsMax}`);
}
export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409, data: user });
}
export function precondition(): AwsError {
  const message = 'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';
  return new AwsError('PreconditionFailedException', message, { status: 412, data: user });
}

export type ThrottleReason = 'ConcurrentInvocationLimitExceeded' | 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'FunctionInvocationRateLimitExceeded' | 'ReservedFunctionInvocationRateLimitExceeded';
export function tooManyRequests(reason: ThrottleReason): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, data: { Reason: reason, ...user } });
}

/** @throws NotModelled when one of them is set to anything but nothing */
export function refuseUnmodelled(input: object, names: readonly string[]): void {
  refuseMembers('lambda', input, names);
}
