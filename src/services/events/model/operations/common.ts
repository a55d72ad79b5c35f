/** What EventBridge's operations share: the shape of a row, names, pages, refusals. @source aws/eventbridge.md §3–4 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { AwsError } from '../../../../sim/errors.ts';
import { rowsOf } from '../../../../sim/service.ts';
import { busName, ruleArn } from '../state.ts';
import type { EventsContext, EventsState, EventsTuning } from '../state.ts';

const SOURCE = 'aws/eventbridge.md §3–4, §8 (API model 2026-08, recorded answers 2024–2025)';
const ERRORS = [
  'ConcurrentModificationException', 'IllegalStatusException', 'InternalException', 'InvalidEventPatternException', 'InvalidStateException', 'LimitExceededException', 'ManagedRuleException',
  'PolicyLengthExceededException', 'ResourceAlreadyExistsException', 'ResourceNotFoundException', 'ValidationException',
];

/** One row of the operation table. */
export const row = rowsOf<EventsState, EventsTuning>('events', { errors: ERRORS, source: SOURCE });

export const NAME = /^[.\-_A-Za-z0-9]{1,64}$/;
const NAME_PATTERN = '[\\.\\-_A-Za-z0-9]+';

/** `1 validation error detected: Value 'x' at 'name' failed to satisfy constraint: …` */
export function constraint(value: string, at: string, what: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${what}`);
}

/** @throws ValidationException when a name is too long, empty or has other characters than letters, digits, `.`, `-` and `_` */
export function checkName(value: string, at: string, charsMax = 64): void {
  if (value.length === 0) throw constraint(value, at, 'Member must have length greater than or equal to 1');
  if (value.length > charsMax) throw constraint(value, at, `Member must have length less than or equal to ${charsMax}`);
  if (!/^[.\-_A-Za-z0-9]+$/.test(value)) throw constraint(value, at, `Member must satisfy regular expression pattern: ${NAME_PATTERN}`);
}

/** `Parameter EventEndTime is not valid. Reason: …` */
export function notValid(parameter: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
}
export function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
export function alreadyExists(what: string): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `${what} already exists.`);
}
export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `${what} does not exist.`);
}

export const paging = { NextToken: z.string().optional(), Limit: z.int().min(1).max(100).optional() };
export const PAGES = { inputToken: 'NextToken', outputToken: 'NextToken' } as const;

/** At most `Limit` (100) of the items from the token on, and the token of what follows. */
export function page<T>(items: readonly T[], input: { readonly NextToken?: string | undefined; readonly Limit?: number | undefined }): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const from = input.NextToken === undefined ? 0 : Number(/^after-(\d{1,9})$/.exec(input.NextToken)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
  const to = from + (input.Limit ?? 100);
  return { items: items.slice(from, to), next: to < items.length ? { NextToken: `after-${to}` } : {} };
}

/** Members that are set. */
export function present(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export const onBus = { EventBusName: z.string().optional() };
export const ruleInput = z.object({ Name: z.string(), ...onBus });
export const byRule = (context: EventsContext, input: { readonly Name: string; readonly EventBusName?: string | undefined }): string => ruleArn(context, busName(input.EventBusName), input.Name);
