/** Inputs that do not fit an operation's schema, and how SQS refuses them. @source aws/sqs.md §10 (MissingParameter) @simplified The texts about values of another type are recalled. */
import type { z } from 'zod';
import { AwsError } from '../../../sim/errors.ts';
import { invalidParameter, missingParameter } from './errors.ts';

export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** The error for the first issue: a member that is missing, of another type, or out of its range. */
export function invalidInput(_: string, [issue]: readonly InputIssue[]): AwsError {
  const { path = '', message = '' } = issue ?? {};
  const member = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path;
  if (message === 'Member must not be null') return missingParameter(member);
  const [, expected, given] = /expected (\w+), received (\w+)/.exec(message) ?? [];
  if (expected === undefined) return invalidParameter(`Value for parameter ${member} is invalid. Reason: ${message}.`);
  return new AwsError('SerializationException', given === 'object' || given === 'array' ? 'Start of structure or map found where not expected.' : `The value of ${member} can not be converted to a ${expected === 'int' ? 'whole number' : expected}.`);
}

/** An input of an operation that checks itself, read by its schema. @throws what `invalidInput` makes of it */
export function checkedInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidInput('', result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message: / received undefined$/.test(message) ? 'Member must not be null' : message })));
}

export const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
export const isWhole = (value: unknown): boolean => value === undefined || Number.isSafeInteger(value);
