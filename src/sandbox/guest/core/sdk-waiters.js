/** Waiters of the SDK: ask again and again, on virtual time, until a resource is as wished. @source AWS SDK for JavaScript 3, waiters, 2026 */
import { setTimeout } from './event-loop.js';

const DELAY_SEC_MAX = 120;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const valueAt = (output, path) => path.split('.').reduce((value, member) => value?.[member], output);

function stateOf(acceptors, { output, error }) {
  for (const { state, error: name, path, equals } of acceptors) {
    if (name !== undefined ? error?.name === name : path === undefined ? error === undefined : error === undefined && valueAt(output, path) === equals) return state;
  }
  return error === undefined ? 'retry' : 'failure';
}

function failed(name, result) {
  const error = new Error(JSON.stringify(result));
  error.name = name;
  return error;
}

async function poll(configuration, input, { Command, acceptors, delaySec }) {
  const minDelay = configuration.minDelay ?? delaySec;
  const maxDelay = configuration.maxDelay ?? DELAY_SEC_MAX;
  const endMs = Date.now() + configuration.maxWaitTime * 1000;
  for (let attempt = 1; ; attempt++) {
    if (configuration.abortSignal?.aborted) throw failed('AbortError', { state: 'ABORTED', reason: 'Request aborted' });
    let answer;
    try {
      answer = { output: await configuration.client.send(new Command(input)) };
    } catch (error) {
      if (error.$metadata === undefined) throw error;
      answer = { error };
    }
    const state = stateOf(acceptors, answer);
    const reason = answer.error ?? answer.output;
    if (state === 'success') return { state: 'SUCCESS', reason };
    if (state === 'failure') throw failed('Error', { state: 'FAILURE', reason });
    const delay = Math.min(maxDelay, minDelay * 2 ** Math.min(attempt - 1, 20));
    const ms = Math.floor((minDelay + Math.random() * (delay - minDelay)) * 1000);
    if (Date.now() + ms > endMs) throw failed('TimeoutError', { state: 'TIMEOUT', reason: 'Waiter has timed out' });
    await wait(ms);
  }
}

/** `waitUntilTableExists(configuration, input)` and the like. */
export function addWaiters(exports, description) {
  for (const { name, operation, delaySec, acceptors } of description.waiters ?? []) {
    exports[`waitUntil${name}`] = async (configuration, input) => {
      if (!(configuration.maxWaitTime > 0)) throw new Error(`WaiterConfiguration.maxWaitTime must be greater than 0`);
      return poll(configuration, input, { Command: exports[`${operation}Command`], acceptors, delaySec });
    };
  }
}
