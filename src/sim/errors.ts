/** The three kinds of failure: a programmer's error (assert), a failure AWS would answer with (AwsError), and what we do not model (NotModelled). */

export type Fault = 'client' | 'server';

export interface AwsErrorOptions {
  /** HTTP status; 400 unless told. */
  readonly status?: number;
  readonly fault?: Fault;
  readonly retryable?: boolean;
  /** Legacy query-protocol code (`AWS.SimpleQueueService.NonExistentQueue`) where it differs from the name. */
  readonly queryCode?: string;
  /** Further members of the error shape (`{ Type: 'User' }`). */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A modelled AWS failure, with AWS's own name, message and status. */
export class AwsError extends Error {
  readonly status: number;
  readonly fault: Fault;
  readonly retryable: boolean;
  readonly queryCode: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(name: string, message: string, o: AwsErrorOptions = {}) {
    super(message);
    this.name = name;
    this.status = o.status ?? 400;
    this.fault = o.fault ?? (this.status >= 500 ? 'server' : 'client');
    this.retryable = o.retryable ?? (this.status >= 500 || this.status === 429);
    this.queryCode = o.queryCode;
    this.data = o.data ?? {};
  }
}

/** AWS has it, Coldstart has not. Always visible, never a silent success. */
export class NotModelled extends Error {
  readonly service: string;
  readonly what: string;
  constructor(service: string, what: string, hint = '') {
    super(`Not modelled: ${service} ${what}.${hint ? ` ${hint}` : ''}`);
    this.name = 'NotModelled';
    this.service = service;
    this.what = what;
  }
}

/** Stops on a programmer's error. `facts` are printed (time, seed, ids). */
export function assert(condition: unknown, message: string, facts?: Readonly<Record<string, unknown>>): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}${facts ? ` ${JSON.stringify(facts)}` : ''}`);
}

/** An AwsError as plain data, for the agenda, the trace and the sandbox. */
export interface AwsErrorData {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly fault: Fault;
  readonly retryable: boolean;
  readonly queryCode?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function errorToData(error: AwsError | NotModelled): AwsErrorData {
  if (error instanceof NotModelled) {
    return { name: 'NotModelled', message: error.message, status: 501, fault: 'server', retryable: false };
  }
  return {
    name: error.name,
    message: error.message,
    status: error.status,
    fault: error.fault,
    retryable: error.retryable,
    ...(error.queryCode === undefined ? {} : { queryCode: error.queryCode }),
    ...(Object.keys(error.data).length === 0 ? {} : { data: error.data }),
  };
}
