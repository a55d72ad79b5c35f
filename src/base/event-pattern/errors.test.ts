import { describe, expect, it } from 'vitest';
import { InvalidEventPatternException } from './errors.ts';
import { parseEventPattern } from './language/parse-pattern.ts';

function refusal(pattern: object | string): InvalidEventPatternException {
  try {
    parseEventPattern(pattern);
  } catch (error) {
    if (error instanceof InvalidEventPatternException) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(pattern)}`);
}

const on = (...conditions: unknown[]): object => ({ k: conditions });
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe('refusing a pattern', () => {
  it.each<[string, object | string]>([
    ['"k" must be an object or an array', { k: 'x' }],
    ['"k" must be an object or an array', { detail: { k: null } }],
    ['Empty arrays are not allowed', { k: [] }],
    ['Empty objects are not allowed', { k: {} }],
    ['Empty objects are not allowed', {}],
    ['Filter is not an object', []],
    ['Match value must be String, number, true, false, or null', on(['a'])],
    ['Match expression name not found', on({})],
    ['Only one key allowed in match expression', on({ prefix: 'a', suffix: 'b' })],
    ['Unrecognized match type EXISTS', on({ EXISTS: true })],
    ['prefix match pattern must be a string', on({ prefix: 5 })],
    ['prefix match pattern must be a string', on({ prefix: ['a'] })],
    ['Unsupported prefix pattern: suffix', on({ prefix: { suffix: 'a' } })],
    ['Prefix expression name not found', on({ prefix: {} })],
    ['suffix match pattern must be a string', on({ suffix: null })],
    ['Unsupported suffix pattern: prefix', on({ suffix: { prefix: 'a' } })],
    ['equals-ignore-case match pattern must be a string', on({ 'equals-ignore-case': ['a'] })],
    ['exact match pattern must be a string', on({ exactly: 1 })],
    ['wildcard match pattern must be a string', on({ wildcard: 1 })],
    ['Consecutive wildcard characters at pos 2', on({ wildcard: 'a**b' })],
    ['Consecutive wildcard characters at pos 3', on({ wildcard: 'é**' })],
    ['Invalid escape character at pos 2', on({ wildcard: 'a\\b' })],
    ['Invalid escape character at pos 2', on({ wildcard: 'a\\' })],
    ['Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character', on({ wildcard: '*a*a*a*a*a*a*' })],
    ['exists match pattern must be either true or false.', on({ exists: 'true' })],
    ['Value of numeric must be an array.', on({ numeric: 5 })],
    ['Invalid member in numeric match: ]', on({ numeric: [] })],
    ['Invalid member in numeric match: 5', on({ numeric: [5] })],
    ['Unrecognized numeric range operator: <>', on({ numeric: ['<>', 1] })],
    ['Value of equals must be numeric', on({ numeric: ['=', '1'] })],
    ['Value of > must be numeric', on({ numeric: ['>'] })],
    ['Bad value in numeric range: 2', on({ numeric: ['>', 1, 2] })],
    ['Bad numeric range operator: =', on({ numeric: ['>', 1, '=', 2] })],
    ['Value of <= must be numeric', on({ numeric: ['>', 1, '<=', null] })],
    ['Too many terms in numeric range expression', on({ numeric: ['>', 1, '<', 2, 3] })],
    ['Too many elements in numeric expression', on({ numeric: ['<', 1, '>', 0] })],
    ['Too many elements in numeric expression', on({ numeric: ['=', 1], x: 1 })],
    ['Bottom must be less than top', on({ numeric: ['>', 2, '<', 1] })],
    ['Cannot compare number : 1e999', '{"k":[{"numeric":["=",1e999]}]}'],
    ['Cannot compare number : 0.1000000000000000000001', '{"k":[{"anything-but":[0.1000000000000000000001]}]}'],
    ['Value of anything-but must be an array or single string/number value.', on({ 'anything-but': true })],
    ['Value of anything-but must be an array or single string/number value.', on({ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } })],
    ['Anything-But expression name not found', on({ 'anything-but': {} })],
    ['Unsupported anything-but pattern: exists', on({ 'anything-but': { exists: true } })],
    ['Inside anything but list, start|null|boolean is not supported.', on({ 'anything-but': ['a', false] })],
    ['Inside anything but list, either all values are number or string, mixed type is not supported', on({ 'anything-but': ['a', 1] })],
    ['Inside anything but list, either all values are number or string, mixed type is not supported', on({ 'anything-but': [] })],
    ['prefix/suffix match pattern must be a string', on({ 'anything-but': { suffix: ['a', null] } })],
    ['Null prefix/suffix not allowed', on({ 'anything-but': { prefix: ['a', ''] } })],
    ['Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.', on({ 'anything-but': { 'equals-ignore-case': [null] } })],
    ['Too many elements in numeric expression', on({ 'anything-but': 'a', x: 1 })],
    ...['prefix', 'suffix'].map((end): [string, object] => ['Value of anything-but must be an array or single string/number value.', on({ 'anything-but': { [end]: { 'equals-ignore-case': 'a' } } })]),
    ...['numeric', 'cidr', 'exists', 'anything-but', 'exactly'].map((op): [string, object] => [`Unsupported anything-but pattern: ${op}`, on({ 'anything-but': { [op]: 'a' } })]),
    ['Anything-But expression name not found', on({ 'anything-but': {} })],
    ['Consecutive wildcard characters at pos 2', on({ 'anything-but': { wildcard: ['a*', 'b**'] } })],
    ['Too many elements in numeric expression', on({ 'anything-but': { prefix: 'a', suffix: 'b' } })],
    ['Invalid member in numeric match: [', on({ numeric: [['>', 1]] })],
    ['Bottom must be less than top', on({ numeric: ['>=', 5, '<=', 5] })],
    ['< is Ruler reserved fieldName which cannot be used inside $or.', { $or: [{ a: [1] }, { b: { '<': [1] } }] }],
    ["Malformed CIDR, one '/' required", on({ cidr: '' })],
    ["Malformed CIDR, one '/' required", on({ cidr: '10.0.0.0/24/8' })],
    ['Nonstandard IP address: ', on({ cidr: '/24' })],
    ["Malformed CIDR, one '/' required", on({ cidr: '10.0.0.1' })],
    ["Malformed CIDR, one '/' required", on({ cidr: '10.0.0.1/' })],
    ['Malformed CIDR, mask bits must be an integer', on({ cidr: '10.0.0.1/x' })],
    ['Malformed CIDR, mask bits must not be negative', on({ cidr: '10.0.0.1/-1' })],
    ['IPv4 mask bits must be < 32', on({ cidr: '10.0.0.1/32' })],
    ['IPv6 mask bits must be < 128', on({ cidr: '::1/128' })],
    ['Nonstandard IP address: host', on({ cidr: 'host/8' })],
    ['Invalid IP address: 10.0.0.256', on({ cidr: '10.0.0.256/8' })],
    ['prefix match pattern must be a string', on({ cidr: 5 })],
    ['It must be an Array followed with $or.', { $or: { a: [1] } }],
    ['There must have at least 2 Objects in $or relationship.', { $or: [{ a: [1] }] }],
    ['There must have at least 2 Objects in $or relationship.', { $or: [] }],
    ['Only JSON object is allowed in array of $or relationship.', { $or: [{ a: [1] }, 'b'] }],
    ['prefix is Ruler reserved fieldName which cannot be used inside $or.', { $or: [{ a: [1] }, { b: { prefix: ['a'] } }] }],
    ['Empty objects are not allowed', { $or: [{ a: [1] }, {}] }],
  ])('%s', (reason, pattern) => {
    expect(refusal(pattern).message).toBe(`Event pattern is not valid. Reason: ${reason}`);
  });

  it.each<[string, string]>([
    ['Filter is not an object', ''],
    ["Unrecognized token 'nope': was expecting " + VALUES, 'nope'],
    ["Unrecognized token 'trueish': was expecting " + VALUES, '{"a":[trueish]}'],
    ["Unexpected character ('}' (code 125)): was expecting double-quote to start field name", '{"a":[1],}'],
    [`Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, '{"a":[1,]}'],
    ["Unexpected character ('b' (code 98)): was expecting comma to separate Object entries", '{"a":[1] b'],
    ["Unexpected character (',' (code 44)): was expecting a colon to separate field name and value", '{"a", 1}'],
    ['Unexpected end-of-input in field name', '{"a'],
    ['Unexpected end-of-input: was expecting closing quote for a string value', '{"a":["x'],
    ['Unexpected end-of-input within/between Object entries', '{"a"'],
    ['Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"{"a":["x""; line: 1, column: 6])', '{"a":["x"'],
    ["Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)\"{\"a\":[1]]\"; line: 1, column: 1])", '{"a":[1]]'],
    ['Invalid numeric value: Leading zeroes not allowed', '{"a":[01]}'],
    ["Unexpected character ('x' (code 120)) in numeric value: Decimal point not followed by a digit", '{"a":[1.x]}'],
    ["Unrecognized character escape 'q' (code 113)", '{"a":["\\q"]}'],
    ['Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value', '{"a":["\n"]}'],
    ["Unexpected character ('€' (code 8364 / 0x20ac)): expected a valid value " + VALUES, '{"a":[€]}'],
  ])('with the words of the JSON reader: %s', (reason, text) => {
    expect(refusal(text).reason).toBe(reason);
  });

  it('tells the place: behind what was read, with strings read only when they are needed', () => {
    expect(refusal('{\n  "a": 5\n}').location).toEqual({ line: 2, column: 9 });
    expect(refusal('{"a":"x"}').location).toEqual({ line: 1, column: 7 });
    expect(refusal('{"a":[{"foo":"child"}]}').awsMessage).toBe(
      'Event pattern is not valid. Reason: Unrecognized match type foo\n at [Source: (String)"{"a":[{"foo":"child"}]}"; line: 1, column: 15]',
    );
    expect(refusal(on({ cidr: 'x' })).awsMessage).toBe("Event pattern is not valid. Reason: Malformed CIDR, one '/' required");
    expect(refusal(`{"a":["${'x'.repeat(600)}"],"b":1}`).awsMessage).toContain('x"[truncated 116 chars]; line: 1, column: ');
  });

  it('stops at the first problem, of JSON or of the language', () => {
    expect(refusal('{"a":[{"prefix":[1, 2 3]}]}').reason).toBe('prefix match pattern must be a string');
    expect(refusal('{"a":[{"anything-but":[1, 2 3]}]}').reason).toBe("Unexpected character ('3' (code 51)): was expecting comma to separate Array entries");
  });

  it('limits the combinations of $or to 1,000 and the nesting to 1,000', () => {
    const or = (n: number): object[] => Array.from({ length: n }, (_, i) => ({ [`f${i}`]: [1] }));
    expect(parseEventPattern({ a: { $or: or(10) }, b: { $or: or(100) } }).branches).toHaveLength(1000);
    expect(refusal({ a: { $or: or(11) }, b: { $or: or(91) } }).reason).toContain('combinations of $or');
    expect(refusal(`${'{"a":'.repeat(1001)}[1]${'}'.repeat(1001)}`).reason).toContain('nesting depth (1001)');
  });

  it('has the name that the SDK gives it', () => {
    expect(refusal({}).name).toBe('InvalidEventPatternException');
  });
});
