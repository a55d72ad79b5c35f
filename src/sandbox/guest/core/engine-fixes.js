/** Where QuickJS differs from V8 in what plain JavaScript answers: put right once, before user code. */
import { apply, promiseThen } from './host.js';

const { asUintN } = BigInt;
const method = (object, name, holder) => Object.defineProperty(object, name, { value: holder[name], writable: true, enumerable: false, configurable: true });

/** The engine gives a negative number when the highest of 64 bits is set. */
method(BigInt, 'asUintN', {
  asUintN(bits, value) {
    const cut = asUintN(bits, value);
    return cut < 0n ? cut + (1n << BigInt(bits)) : cut;
  },
});

const { any } = Promise;
const AggregateErrorCtor = AggregateError;
const ALL_REJECTED = 'All promises were rejected';
/** The engine's error has no message. */
method(Promise, 'any', {
  any(promises) {
    return promiseThen(apply(any, this, [promises]), undefined, (error) => {
      if (error instanceof AggregateErrorCtor && !Object.hasOwn(error, 'message')) {
        for (const [name, value] of [['message', ALL_REJECTED], ['stack', `AggregateError: ${ALL_REJECTED}`]]) Object.defineProperty(error, name, { value, writable: true, enumerable: false, configurable: true });
      }
      throw error;
    });
  },
});
