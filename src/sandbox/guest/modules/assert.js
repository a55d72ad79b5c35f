/** node:assert. @source Node.js 22 docs, assert */
import { inspect } from '../core/inspect.js';
import { isError } from '../core/stacks.js';
import { deepEqual } from './util.js';

export class AssertionError extends Error {
  constructor(o) {
    super(o.message);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.generatedMessage = o.generated ?? false;
    this.actual = o.actual;
    this.expected = o.expected;
    this.operator = o.operator;
    if (o.stackStartFn) Error.captureStackTrace(this, o.stackStartFn);
  }
}

function fail(message, o) {
  if (isError(message)) throw message;
  const { generated } = o;
  throw new AssertionError({ ...o, message: message ?? generated, generated: message === undefined });
}

function assert(value, message) {
  if (!value) fail(message, { actual: value, expected: true, operator: '==', generated: arguments.length === 0 ? 'No value argument passed to `assert.ok()`' : `The expression evaluated to a falsy value:\n\n  assert(${inspect(value)})\n` });
}
const compare = (test, operator, text) => (actual, expected, message) => {
  if (!test(actual, expected)) fail(message, { actual, expected, operator, generated: `${text}\n\n${inspect(actual)} ${operator.startsWith('not') ? '===' : '!=='} ${inspect(expected)}\n` });
};

function matches(error, expected, message) {
  if (expected === undefined) return;
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (Error.isPrototypeOf(expected)) throw error;
    if (expected.call({}, error) === true) return;
  } else if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
  } else if (Object.keys(expected).concat(isError(expected) ? ['name', 'message'] : []).every((key) => (expected[key] instanceof RegExp && typeof error[key] === 'string' ? expected[key].test(error[key]) : deepEqual(error[key], expected[key], true, [])))) return;
  fail(message, { actual: error, expected, operator: 'throws', generated: `The error is expected to match ${inspect(expected)}. Received:\n\n${inspect(error)}` });
}

Object.assign(assert, {
  ok: assert,
  AssertionError,
  equal: compare((a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b)), '==', 'Expected values to be loosely equal:'),
  notEqual: compare((a, b) => a != b, '!=', 'Expected "actual" to be loosely unequal to:'),
  strictEqual: compare((a, b) => Object.is(a, b), 'strictEqual', 'Expected values to be strictly equal:'),
  notStrictEqual: compare((a, b) => !Object.is(a, b), 'notStrictEqual', 'Expected "actual" to be strictly unequal to:'),
  deepEqual: compare((a, b) => deepEqual(a, b, false, []), 'deepEqual', 'Expected values to be loosely deep-equal:'),
  deepStrictEqual: compare((a, b) => deepEqual(a, b, true, []), 'deepStrictEqual', 'Expected values to be strictly deep-equal:'),
  notDeepEqual: compare((a, b) => !deepEqual(a, b, false, []), 'notDeepEqual', 'Expected "actual" not to be loosely deep-equal to:'),
  notDeepStrictEqual: compare((a, b) => !deepEqual(a, b, true, []), 'notDeepStrictEqual', 'Expected "actual" not to be strictly deep-equal to:'),
  match: (text, pattern, message) => {
    if (!pattern.test(text)) fail(message, { actual: text, expected: pattern, operator: 'match', generated: `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n` });
  },
  doesNotMatch: (text, pattern, message) => {
    if (pattern.test(text)) fail(message, { actual: text, expected: pattern, operator: 'doesNotMatch', generated: `The input was expected to not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n` });
  },
  fail: (message = 'Failed') => fail(message, { operator: 'fail', generated: 'Failed' }),
  ifError: (value) => {
    if (value !== null && value !== undefined) throw isError(value) ? value : new AssertionError({ message: `ifError got unwanted exception: ${inspect(value)}`, actual: value, expected: null, operator: 'ifError' });
  },
  throws: (fn, expected, message) => {
    let error;
    let threw = false;
    try {
      fn();
    } catch (thrown) {
      threw = true;
      error = thrown;
    }
    if (!threw) fail(typeof expected === 'string' ? expected : message, { operator: 'throws', generated: 'Missing expected exception.' });
    if (typeof expected !== 'string') matches(error, expected, message);
  },
  doesNotThrow: (fn) => {
    fn();
  },
  rejects: async (promise, expected, message) => {
    let error;
    let threw = false;
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (thrown) {
      threw = true;
      error = thrown;
    }
    if (!threw) fail(typeof expected === 'string' ? expected : message, { operator: 'rejects', generated: 'Missing expected rejection.' });
    if (typeof expected !== 'string') matches(error, expected, message);
  },
  doesNotReject: async (promise) => {
    await (typeof promise === 'function' ? promise() : promise);
  },
});
assert.strict = Object.assign((...args) => assert(...args), assert, { equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual });
assert.strict.strict = assert.strict;
export default assert;
