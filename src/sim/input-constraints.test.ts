import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { constraintText } from './input-constraints.ts';

const schema = z.object({
  Name: z.string().min(1).max(4),
  State: z.enum(['ON', 'OFF']).optional(),
  Id: z.string().regex(/^[a-z]{1,3}$/).optional(),
  Retry: z.object({ Attempts: z.int().min(0).max(185) }).optional(),
  Targets: z.array(z.object({ Input: z.string().max(3) })).max(2).optional(),
});
const refusals = (input: object): readonly string[] => (schema.safeParse(input).error?.issues ?? []).map((issue) => constraintText(issue, input));

describe('an input that the schema of its operation refuses', () => {
  it.each([
    ['a missing member', {}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ['a long text', { Name: 'abcde' }, "Value 'abcde' at 'name' failed to satisfy constraint: Member must have length less than or equal to 4"],
    ['an empty text', { Name: '' }, "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ['a word that is not in the set', { Name: 'a', State: 'on' }, "Value 'on' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]"],
    ['a text of another form', { Name: 'a', Id: 'A' }, "Value 'A' at 'id' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]{1,3}"],
    ['a large number', { Name: 'a', Retry: { Attempts: 186 } }, "Value '186' at 'retry.attempts' failed to satisfy constraint: Member must have value less than or equal to 185"],
    ['a small number', { Name: 'a', Retry: { Attempts: -1 } }, "Value '-1' at 'retry.attempts' failed to satisfy constraint: Member must have value greater than or equal to 0"],
    ['a member of a list, counted from 1', { Name: 'a', Targets: [{ Input: 'x' }, { Input: 'long' }] }, "Value 'long' at 'targets.2.member.input' failed to satisfy constraint: Member must have length less than or equal to 3"],
    ['a long list', { Name: 'a', Targets: [{ Input: '1' }, { Input: '2' }, { Input: '3' }] }, `Value '[{"Input":"1"},{"Input":"2"},{"Input":"3"}]' at 'targets' failed to satisfy constraint: Member must have length less than or equal to 2`],
  ])('is told in AWS words: %s', (_, input, text) => {
    expect(refusals(input)).toEqual([text]);
  });
});
