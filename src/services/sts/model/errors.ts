/** STS's errors. @source AWS STS API reference (names) @simplified Texts of refusals are recalled, not recorded. */
import { AwsError } from '../../../sim/errors.ts';
import { principalName } from '../../../sim/iam.ts';
import type { Decision } from '../../../sim/iam.ts';
import { parseArn } from '../../../sim/principal.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** STS does not say why, nor whether the role exists. */
export function accessDenied({ principal, action, resource }: Decision): AwsError {
  return new AwsError('AccessDenied', `User: ${principalName(principal, parseArn(resource).account)} is not authorized to perform: ${action} on resource: ${resource}`, { status: 403 });
}

export function malformedPolicy(): AwsError {
  return new AwsError('MalformedPolicyDocumentException', 'The policy is not in the valid JSON format.', { queryCode: 'MalformedPolicyDocument' });
}

export function expired(): AwsError {
  return new AwsError('ExpiredTokenException', 'The security token included in the request is expired', { status: 403, queryCode: 'ExpiredToken' });
}

/** All members that are not as the API wants them, in AWS's words. */
export function invalidInput(_: string, issues: readonly { readonly path: string; readonly message: string }[]): AwsError {
  const texts = issues.map(({ path, message }) => `Value at '${path.slice(0, 1).toLowerCase()}${path.slice(1)}' failed to satisfy constraint: ${message}`);
  return validation(`${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${texts.join('; ')}`);
}
