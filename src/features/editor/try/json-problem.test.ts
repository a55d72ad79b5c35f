/** Where JSON goes wrong. */
import { describe, expect, it } from 'vitest';
import { jsonProblem } from './json-problem.ts';

describe('why a text is no JSON', () => {
  it.each([
    ['{"a": }', 1, 7, 'A value is expected, not "}"'],
    ['{\n  "a": 1,\n}', 3, 1, 'A name in double quotes is expected, not "}"'],
    ["{\n  'a': 1\n}", 2, 3, `A name in double quotes is expected, not "'"`],
    ['{"a": 1', 1, 8, 'The text ends where , or } is expected'],
    ['[1\n 2]', 2, 2, ', or ] is expected, not "2"'],
    ['', 1, 1, 'The text ends where a value is expected'],
    ['{"a" 1}', 1, 6, 'A colon is expected, not "1"'],
    ['{} x', 1, 4, 'The end is expected, not "x"'],
    ['[01]', 1, 3, ', or ] is expected, not "1"'],
    ['"a\nb"', 1, 1, 'A value is expected, not "\\""'],
  ])('tells of %j', (text, line, column, message) => expect(jsonProblem(text)).toEqual({ line, column, message }));
  it.each(['{}', '[]', ' [ {"a" : [ ] , "b":{}}, -1.5e+3, true, null, "\\u00e9" ] ', '"x"', '0', `${'['.repeat(5_000)}${']'.repeat(5_000)}`])('has nothing against sound JSON (%#)', (text) => expect(jsonProblem(text)).toBeNull());
});
