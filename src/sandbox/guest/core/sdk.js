/** The AWS SDK for JavaScript v3 as a facade: clients, commands, errors and paginators made from descriptions of the services. */
import { expect, forget, setTimeout } from './event-loop.js';
import { host, parse, stringify } from './host.js';
import { NotModelled } from './not-modelled.js';
import { MiddlewareStack } from './sdk-middleware.js';
import { fromPlain, prepareInput, toPlain } from './sdk-values.js';
import { addWaiters } from './sdk-waiters.js';
import { randomUUID } from './random.js';
import { withPlaces } from './stacks.js';

/** Attempts of a call, the first included. @source AWS SDKs and Tools reference guide, retry behaviour, 2025: standard mode */
const ATTEMPTS_MAX = 3;
const BACKOFF_MS_MAX = 20_000;
const BACKOFF_MS = 100;
const THROTTLING_BACKOFF_MS = 500;
const THROTTLES = new Set(['BandwidthLimitExceeded', 'EC2ThrottledException', 'LimitExceededException', 'PriorRequestNotComplete', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown', 'ThrottledException', 'Throttling', 'ThrottlingException', 'TooManyRequestsException', 'TransactionInProgressException']);
const TRANSIENT_STATUS = new Set([500, 502, 503, 504]);

const isThrottling = (error) => THROTTLES.has(error.name) || error.$metadata?.httpStatusCode === 429;
const isRetryable = (error) => error.name !== 'NotModelled' && (isThrottling(error) || TRANSIENT_STATUS.has(error.$metadata?.httpStatusCode));

export class ServiceException extends Error {
  constructor(o) {
    super(o.message);
    Object.setPrototypeOf(this, new.target.prototype);
    this.name = o.name;
    this.$fault = o.$fault;
    this.$metadata = o.$metadata;
    Object.assign(this, o.data);
  }
  static [Symbol.hasInstance](value) {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    // As in the SDK: errors of another copy count by their name.
    return typeof value === 'object' && value !== null && '$fault' in value && '$metadata' in value && (this === ServiceException || this.name === value.name);
  }
}

class Command {
  #stack;
  constructor(input) {
    this.input = input ?? {};
  }
  get middlewareStack() {
    return (this.#stack ??= new MiddlewareStack());
  }
  static stackOf(command) {
    return command.#stack;
  }
}

function sendOnce(description, command, prepared, { signal, credentials }) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortedRequest());
      return;
    }
    let input;
    try {
      input = stringify(toPlain(prepared)) ?? '{}';
    } catch (error) {
      reject(error);
      return;
    }
    const { id } = expect((wake) => (wake.ok ? resolve(parse(wake.output)) : reject(wake.error)));
    try {
      host('call', { id, service: description.service, operation: command.constructor.operation, input, credentials });
    } catch {
      forget(id);
      reject(new NotModelled(`a request of ${input.length} characters to ${description.service}`, 'The sandbox takes up to 8 MiB of JSON.'));
    }
    signal?.addEventListener('abort', () => forget(id) && reject(abortedRequest()), { once: true });
  });
}

function abortedRequest() {
  const error = new Error('Request aborted');
  error.name = 'AbortError';
  return error;
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The error classes of one service by name. */
function exceptionOf(exports, description, failure, o) {
  if (failure.name === 'NotModelled') return Object.assign(new NotModelled(`${description.service} ${o.operation}`), { message: failure.message });
  const { data } = failure;
  const Class = exports[failure.name] ?? exports[`${description.serviceName}ServiceException`];
  const extra = data === undefined ? {} : fromPlain(parse(data), o);
  return new Class({ name: failure.name, message: failure.message, $fault: failure.fault, $metadata: { httpStatusCode: failure.httpStatusCode, requestId: failure.requestId, attempts: o.attempts, totalRetryDelay: o.delay }, data: { ...(description.service === 's3' ? { Code: failure.name } : {}), ...extra } });
}

/** A call through the middleware of its client and command; without any, the plain call. */
async function sendThrough(client, exports, o) {
  const { description, command, signal } = o;
  const stack = [clientStacks.get(client), Command.stackOf(command)].filter((one) => one !== undefined && !one.empty).reduce((joined, one) => (joined === undefined ? one : joined.concat(one)), undefined);
  const each = (input) => sendWithRetries(client, exports, { description, operation: command.constructor.operation, command, input, signal });
  if (stack === undefined) return each(command.input);
  const context = { clientName: description.clientName, commandName: command.constructor.name };
  const response = (output) => ({ statusCode: output.$metadata.httpStatusCode, headers: { 'x-amzn-requestid': output.$metadata.requestId } });
  const request = { protocol: 'https:', method: 'POST', hostname: `${description.service}.${globalThis.process.env.AWS_REGION}.amazonaws.com`, path: '/', headers: {}, query: {} };
  const attempt = stack.around(['finalizeRequest', 'deserialize'], async ({ input }) => {
    const output = await each(input);
    return { output, response: response(output) };
  }, context);
  const whole = stack.around(['initialize', 'serialize', 'build'], attempt, context);
  return (await whole({ input: command.input, request })).output;
}
const clientStacks = new WeakMap();

async function sendWithRetries(client, exports, { description, operation, command, input, signal }) {
  if (signal?.aborted) throw abortedRequest();
  const prepared = await prepareInput(input);
  const credentials = client.ownCredentials === undefined ? undefined : await temporary(client.ownCredentials);
  let delay = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      const output = await sendOnce(description, command, prepared, { signal, credentials });
      const result = fromPlain(output, { service: description.service, operation });
      return { $metadata: { httpStatusCode: output.$status ?? 200, requestId: randomUUID(), extendedRequestId: undefined, cfId: undefined, attempts: attempt, totalRetryDelay: delay }, ...result };
    } catch (failure) {
      if (failure instanceof Error) throw failure;
      const error = exceptionOf(exports, description, failure, { operation, attempts: attempt, delay });
      if (!isRetryable(error) || attempt >= client.maxAttempts) throw error;
      const backoff = Math.floor(Math.min(BACKOFF_MS_MAX, Math.random() * 2 ** (attempt - 1) * (isThrottling(error) ? THROTTLING_BACKOFF_MS : BACKOFF_MS)));
      delay += backoff;
      await wait(backoff);
    }
  }
}

/** Temporary credentials of STS, given as they are or by a provider. Others, also those of the function itself, stand for its role. */
async function temporary(given) {
  const { accessKeyId, sessionToken } = (typeof given === 'function' ? await given() : await given) ?? {};
  const own = globalThis.process.env.AWS_ACCESS_KEY_ID;
  return typeof accessKeyId === 'string' && accessKeyId.startsWith('ASIA') && accessKeyId !== own ? { accessKeyId, sessionToken } : undefined;
}

const environmentCredentials = async () => ({ accessKeyId: globalThis.process.env.AWS_ACCESS_KEY_ID, secretAccessKey: globalThis.process.env.AWS_SECRET_ACCESS_KEY, sessionToken: globalThis.process.env.AWS_SESSION_TOKEN });

function settle(promise, callback) {
  if (typeof callback !== 'function') return promise;
  promise.then(
    (value) => callback(null, value),
    (error) => callback(error),
  );
  return undefined;
}

function makeClient(exports, description) {
  const { clientName } = description;
  const Client = {
    [clientName]: class {
      constructor(configuration = {}) {
        const region = configuration.region ?? globalThis.process.env.AWS_REGION;
        this.maxAttempts = Number(configuration.maxAttempts ?? ATTEMPTS_MAX);
        Object.defineProperty(this, 'maxAttempts', { enumerable: false });
        const given = configuration.credentials;
        Object.defineProperty(this, 'ownCredentials', { value: given, enumerable: false });
        const credentials = given === undefined ? environmentCredentials : typeof given === 'function' ? given : async () => given;
        this.config = { ...configuration, serviceId: description.serviceName, region: async () => (typeof region === 'function' ? region() : region), maxAttempts: async () => this.maxAttempts, credentials };
      }
      send(command, optionsOrCallback, maybeCallback) {
        const callback = typeof optionsOrCallback === 'function' ? optionsOrCallback : maybeCallback;
        const options = typeof optionsOrCallback === 'object' && optionsOrCallback !== null ? optionsOrCallback : {};
        if (!(command instanceof Command) || typeof command.constructor.operation !== 'string') throw new TypeError(`command.resolveMiddleware is not a function`);
        if (command.constructor.service !== description.service) throw new NotModelled(`a command of ${command.constructor.service} sent with ${clientName}`);
        return settle(withPlaces(sendThrough(this, exports, { description, command, signal: options.abortSignal })), callback);
      }
      destroy() {}
      get middlewareStack() {
        if (!clientStacks.has(this)) clientStacks.set(this, new MiddlewareStack());
        return clientStacks.get(this);
      }
    },
  }[clientName];
  return Client;
}

const makeCommand = (description, operation) => {
  const name = `${operation}Command`;
  const Class = { [name]: class extends Command {} }[name];
  Class.operation = operation;
  Class.service = description.service;
  return Class;
};

const lower = (name) => name[0].toLowerCase() + name.slice(1);

function addPaginators(exports, description, Client) {
  for (const { operation, inputToken, outputToken, pageSize } of description.paginators) {
    const Command = exports[`${operation}Command`];
    exports[`paginate${operation}`] = async function* paginate(configuration, input, options) {
      if (!(configuration.client instanceof Client)) throw new Error(`Invalid client, expected ${description.serviceName} | ${description.clientName}`);
      let token = configuration.startingToken;
      let more = true;
      while (more) {
        const size = configuration.pageSize === undefined || pageSize === undefined ? {} : { [pageSize]: configuration.pageSize };
        const page = await configuration.client.send(new Command({ ...input, ...size, ...(token === undefined ? {} : { [inputToken]: token }) }), options);
        yield page;
        const previous = token;
        token = page[outputToken];
        more = Boolean(token) && (!configuration.stopOnSameToken || token !== previous);
      }
    };
  }
}

/** A package's exports: everything a handler can import from it. */
export function makeSdkPackage(given) {
  const description = { ...given, serviceName: given.clientName.replace(/Client$/, '') };
  const exports = {};
  const base = `${description.serviceName}ServiceException`;
  exports[base] = { [base]: class extends ServiceException {} }[base];
  for (const name of description.errors) {
    if (!/^[A-Za-z_$][\w$]*$/.test(name) || exports[name] !== undefined) continue;
    exports[name] = {
      [name]: class extends exports[base] {
        constructor(o) {
          super({ $fault: 'client', ...o, name });
        }
      },
    }[name];
  }
  const Client = makeClient(exports, description);
  exports[description.clientName] = Client;
  for (const operation of description.operations) exports[`${operation}Command`] = makeCommand(description, operation);
  const Aggregated = { [description.serviceName]: class extends Client {} }[description.serviceName];
  for (const operation of description.operations) {
    const method = lower(operation);
    const Command = exports[`${operation}Command`];
    Object.defineProperty(Aggregated.prototype, method, {
      value: function call(input, ...rest) {
        return typeof input === 'function' ? this.send(new Command({}), input) : this.send(new Command(input), ...rest);
      },
      writable: true,
      configurable: true,
    });
  }
  exports[description.serviceName] = Aggregated;
  addPaginators(exports, description, Client);
  addWaiters(exports, description);
  exports.$Command = Command;
  return exports;
}

/** A command class for an operation that the description does not name: calling it fails as not modelled. */
export function unknownCommand(description, name) {
  return makeCommand(description, name.replace(/Command$/, ''));
}
