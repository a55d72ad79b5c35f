/** The ports between services: how one reaches another without knowing it. A model says which it provides; callers find them by ARN. */
import type { AwsErrorData } from '../errors.ts';
import type { Seq } from '../trace.ts';
import type { Principal } from '../principal.ts';

/** Where the answer of a call that takes virtual time goes: an agenda entry of the caller, with `{...payload, outcome}`; or the host. */
export type ReplyTo =
  | { readonly kind: 'entry'; readonly service: string; readonly entry: string; readonly payload: object }
  | { readonly kind: 'host'; readonly id: number }
  | { readonly kind: 'none' };

export type Outcome<T = unknown> =
  | { readonly kind: 'ok'; readonly output: T; readonly cause: readonly Seq[] }
  | { readonly kind: 'error'; readonly error: AwsErrorData; readonly cause: readonly Seq[] };

/** The answer comes later, to `replyTo`. */
export interface Deferred {
  readonly kind: 'deferred';
}
export const DEFERRED: Deferred = { kind: 'deferred' };

export interface PortCall {
  readonly principal: Principal;
  readonly cause: readonly Seq[];
  readonly replyTo: ReplyTo;
  /** X-Ray trace header of an API call made in a traced chain, as the SDK sends it. */
  readonly traceHeader?: string | undefined;
}

/** What can be kept of a call in state. */
export function portCallOf({ principal, cause, replyTo, traceHeader }: PortCall): PortCall {
  return { principal, cause, replyTo, traceHeader };
}

/** Something handed to a target: an event, a record, a notification. */
export interface Delivery {
  /** The payload as text; JSON for everything but plain message bodies. */
  readonly body: string;
  /** What a topic shows as the message's subject; others have none. */
  readonly subject?: string;
  /** What a queue shows beside the body. */
  readonly messageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: unknown }>>;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly delaySec?: number;
  /** Detail of an EventBridge entry when the target is a bus; `forwarded` when another bus hands it on. */
  readonly event?: { readonly source: string; readonly detailType: string; readonly detail: string; readonly resources: readonly string[]; readonly time: string; readonly forwarded?: boolean };
  /** X-Ray trace header, also used by the recursion guard. */
  readonly traceHeader?: string;
  /** Attempt number at the sender, from 1. */
  readonly attempt: number;
  readonly subjects: readonly string[];
}

/** Accepts an event. The reply output is `{ messageId?: string, requestId?: string, statusCode?: number }`. */
export interface TargetPort<Context> {
  /** IAM action that the sender needs on the ARN: `sqs:SendMessage`. */
  readonly action: string;
  accept(context: Context, arn: string, delivery: Delivery, call: PortCall): Outcome | Deferred;
}

export interface InvokeResult {
  readonly statusCode: number;
  readonly payload: string;
  readonly functionError?: string;
  readonly executedVersion: string;
  readonly requestId: string;
  readonly logTail: string;
}

/** Runs a function. `sync` answers with an InvokeResult when it has ended; `async` answers at once that it was accepted. */
export interface InvocablePort<Context> {
  readonly action: string;
  invoke(
    context: Context,
    arn: string,
    o: { readonly type: 'sync' | 'async'; readonly payload: string; readonly traceHeader?: string; readonly subjects: readonly string[]; readonly attempt: number },
    call: PortCall,
  ): Outcome<InvokeResult> | Deferred;
}

export interface PolledMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
  /** Trace event of this receive. */
  readonly cause: Seq;
}

/** A queue that a poller empties. Permissions are those of `call.principal`. */
export interface PollablePort<Context> {
  readonly actions: { readonly receive: string; readonly delete: string; readonly attributes: string };
  /** Answers `{ messages: PolledMessage[] }`, after at most `waitSec`. */
  receive(context: Context, arn: string, o: { readonly max: number; readonly waitSec: number; readonly visibilityTimeoutSec?: number }, call: PortCall): Outcome | Deferred;
  /** Ends the waiting of those whose call it is; they get no answer. */
  leave(context: Context, arn: string, isTheirs: (call: Pick<PortCall, 'replyTo'>) => boolean): void;
  delete(context: Context, arn: string, receiptHandles: readonly string[], call: PortCall): Outcome;
  changeVisibility(context: Context, arn: string, o: { readonly receiptHandle: string; readonly timeoutSec: number }, call: PortCall): Outcome;
  /** `{ visibilityTimeoutSec, fifo, exists, redrive? }`. */
  describe(context: Context, arn: string): { readonly exists: boolean; readonly visibilityTimeoutSec: number; readonly fifo: boolean };
}

/** A stream of ordered records in shards. */
export interface StreamPort<Context> {
  readonly actions: { readonly read: string; readonly describe: string };
  /** `retentionSec`: how long it keeps a record; 24 h unless told. */
  describe(context: Context, arn: string): { readonly exists: boolean; readonly retentionSec?: number; readonly shards: readonly { readonly id: string; readonly parentId?: string; readonly closed: boolean }[] };
  iterator(context: Context, arn: string, o: { readonly shardId: string; readonly from: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP'; readonly atEpochMs?: number }): string;
  /** Records after the iterator (of Kinesis `record` is the event's `kinesis` member, of DynamoDB the event record without its eventSourceARN), the next iterator (null when the shard is closed and read to its end), and how far behind it is. `cause` is the trace event that made the record, `subject` what it is about, for following it on. */
  read(
    context: Context,
    o: { readonly iterator: string; readonly max: number },
    call: PortCall,
  ): Outcome<{ readonly records: readonly { readonly sequenceNumber: string; readonly partitionKey: string; readonly arrivedEpochMs: number; readonly record: object; readonly cause?: Seq; readonly subject?: string }[]; readonly next: string | null; readonly behindMs: number }>;
}

/** Log lines go in here. Lines of one call share the time unless told. */
export interface LogSinkPort<Context> {
  put(context: Context, o: { readonly group: string; readonly stream: string; readonly lines: readonly { readonly at: number; readonly message: string }[]; readonly requestId?: string }, call: PortCall): void;
}

/** A request to a host outside of AWS, as it leaves. */
export interface HttpRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly hostname: string;
  readonly port: number;
  /** Begins with `/`; without the query. */
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
  /** Lower case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly subjects: readonly string[];
}
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Hosts outside of AWS. A request that gets no answer fails as `RequestFailed`, whose data are those of the error that Node's fetch has as its cause: `{ code, syscall?, errno?, … }`. */
export interface HttpPort<Context> {
  /** ARN of who answers for a host name; undefined when nobody here does. */
  resolve(context: Context, hostname: string): string | undefined;
  request(context: Context, arn: string, request: HttpRequest, call: PortCall): Outcome<HttpResponse> | Deferred;
}

/** Everything a model may provide, by port name. */
export interface ProvidedPorts<Context> {
  readonly target?: TargetPort<Context>;
  readonly invocable?: InvocablePort<Context>;
  readonly pollable?: PollablePort<Context>;
  readonly stream?: StreamPort<Context>;
  readonly logSink?: LogSinkPort<Context>;
  readonly http?: HttpPort<Context>;
}
export type PortName = 'target' | 'invocable' | 'pollable' | 'stream' | 'store' | 'api' | 'logSink' | 'schedule' | 'http';
