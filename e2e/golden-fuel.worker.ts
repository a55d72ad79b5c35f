/** A worker of the end-to-end tests, never shipped: runs the golden programs in the browser's engine and answers their fuel. */
import { goldenFuel } from '../src/sandbox/golden-fuel.ts';
import { testRuntime } from '../src/sandbox/testing.ts';

const runtime = testRuntime();
globalThis.postMessage([goldenFuel(runtime), goldenFuel(runtime)]);
