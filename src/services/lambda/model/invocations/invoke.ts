/** Invoke, as an API operation and as ports: checks, then straight to an environment (sync) or into the async queue. @source aws/lambda.md §2.1, §8 @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { unmodelled } from '../../../../sim/unmodelled.ts';
import { base64Decode } from '../../../../base/base64.ts';
import { utf8ByteLength, utf8Decode } from '../../../../base/utf8.ts';
import { AwsError, errorToData } from '../../../../sim/errors.ts';
import { DEFERRED } from '../../../../sim/ports/ports.ts';
import type { Deferred, InvocablePort, InvokeResult, Outcome, PortCall, TargetPort } from '../../../../sim/ports/ports.ts';
import { operation } from '../../../../sim/service.ts';
import type { Call, OperationTable } from '../../../../sim/service.ts';
import { textOf } from '../../../../sim/values.ts';
import type { BlobInput } from '../../../../sim/values.ts';
import { admit } from './admission.ts';
import { acceptAsync } from './async-queue.ts';
import { constraint, functionNotFound, refuseUnmodelled, tooManyRequests } from '../errors.ts';
import { byRef } from '../functions/functions.ts';
import { LAMBDA } from '../limits.ts';
import { checkReady } from '../functions/inactivity.ts';
import { byQualifier } from '../functions/qualifiers.ts';
import { functionArn, functionOf, parseRef, qualified, versionOf } from '../functions/naming.ts';
import type { LambdaContext, LambdaFunction, LambdaState, Sink, Version } from '../state.ts';
import { countedIn, newTraceHeader, timesInChain } from './trace-header.ts';
import type { LambdaTuning } from '../tuning.ts';
import { sampled } from './xray.ts';

/** The version that serves a request: aliases choose by weight, at random. @source aws/lambda.md §12 */
export function routed(context: LambdaContext, fn: LambdaFunction, qualifier: string): Version {
  let name = qualifier === '' ? '$LATEST' : qualifier;
  const alias = fn.aliases.get(name);
  if (alias !== undefined) {
    name = alias.version;
    const [weighted] = Object.entries(alias.weights);
    if (weighted !== undefined && context.random(`lambda.alias.${fn.name}:${alias.name}`).float() < weighted[1]) name = weighted[0];
  }
  const version = fn.versions.get(name);
  if (version === undefined) throw functionNotFound(qualified(functionArn(context, fn.name), qualifier));
  return version;
}

/** @source aws/lambda.md §2.1 (recorded test_lambda_invoke_payload_encoding_error) */
function checkPayload(payload: string, type: 'RequestResponse' | 'Event'): void {
  const limit = type === 'Event' ? LAMBDA.asyncRequestBytesMax : LAMBDA.syncRequestBytesMax;
  if (payload.length * 3 > limit) {
    const bytes = utf8ByteLength(payload);
    if (bytes > limit) throw new AwsError('RequestTooLargeException', `${bytes} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`, { status: 413, data: { Type: 'User' } });
  }
  try {
    JSON.parse(payload);
  } catch {
    const at = payload.trim()[0] ?? ' ';
    const message = `Could not parse request body into json: Could not parse payload into json: Unexpected character ('${at}' (code ${at.charCodeAt(0)})): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (byte[])"${payload.slice(0, 100)}"; line: 1, column: 2]`;
    throw new AwsError('InvalidRequestContentException', message, { status: 400, data: { Type: 'User' } });
  }
}

/** The 17th turn of a chain is stopped. @source aws/lambda.md §8.5 */
export function recurses(fn: LambdaFunction, header: string): boolean {
  return fn.recursion === 'Terminate' && timesInChain(header, fn.arn) >= LAMBDA.recursionMax;
}

/** A sync caller is told; an event is taken, and dropped by the queue. @throws RecursiveInvocationException */
function checkRecursion(context: LambdaContext, fn: LambdaFunction, o: { readonly header: string; readonly qualifier: string; readonly subjects: readonly string[] }): void {
  if (!recurses(fn, o.header)) return;
  context.emit('lambda.RecursionStopped', fn.arn, { times: LAMBDA.recursionMax, ...byQualifier(o.qualifier) }, { subjects: o.subjects });
  throw new AwsError('RecursiveInvocationException', 'Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function\'s invocation.', { status: 400, data: { Type: 'User' } });
}

/** The header that a request goes on with: given, or new. @source aws/lambda.md §13 */
export function headerFor(context: LambdaContext, fn: LambdaFunction, version: Version, given: string): string {
  if (version.code.synthetic !== undefined) return '';
  const base = given === '' ? newTraceHeader(context, sampled(context, fn, version.settings)) : given;
  return countedIn(base, fn.arn);
}

/** Base64 of JSON, as JSON text. @source aws/lambda.md §2.1: 3,583 bytes */
function readClientContext(text: string): string {
  try {
    const json = utf8Decode(base64Decode(text));
    JSON.parse(json);
    if (text.length <= LAMBDA.clientContextBytesMax) return json;
  } catch {
    // told below
  }
  throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.', { status: 400, data: { Type: 'User' } });
}

interface Ask {
  readonly requestId: string;
  readonly qualifier: string;
  readonly payload: string;
  readonly sink: Sink;
  readonly subjects: readonly string[];
  readonly traceHeader: string;
  readonly clientContext: string | undefined;
  readonly attempt: number;
  readonly cause: number;
}

/** A sync request. @throws TooManyRequestsException when it is throttled */
export function invokeSync(context: LambdaContext, fn: LambdaFunction, ask: Ask): void {
  const version = routed(context, fn, ask.qualifier);
  const reason = admit(context, fn, version, {
    requestId: ask.requestId,
    invokedArn: qualified(fn.arn, ask.qualifier),
    payload: ask.payload,
    sink: ask.sink,
    attempt: ask.attempt,
    subjects: ask.subjects,
    traceHeader: headerFor(context, fn, version, ask.traceHeader),
    clientContext: ask.clientContext,
    cause: ask.cause,
  });
  if (reason !== undefined) throw tooManyRequests(reason);
}

/** Of durable functions and of functions with tenants. */
const INVOKE_NOT_MODELLED = ['DurableExecutionName', 'TenantId'] as const;

const invokeInput = z.object({
  FunctionName: z.string(),
  InvocationType: z.string().optional(),
  LogType: z.string().optional(),
  ClientContext: z.string().optional(),
  Payload: z.unknown().optional(),
  Qualifier: z.string().optional(),
  TraceHeader: z.string().optional(),
  ...unmodelled(INVOKE_NOT_MODELLED),
});
type InvokeInput = z.infer<typeof invokeInput>;

/** Members that are one of a few words. @source Lambda API model 2026-08 */
const WORDS = [
  ['InvocationType', ['Event', 'RequestResponse', 'DryRun']],
  ['LogType', ['None', 'Tail']],
] as const;

function checkWords(input: InvokeInput): void {
  for (const [member, words] of WORDS) {
    const word = input[member];
    if (word !== undefined && !(words as readonly string[]).includes(word)) throw constraint(word, `${member[0]!.toLowerCase()}${member.slice(1)}`, `satisfy enum value set: [${words.join(', ')}]`);
  }
}

/** In AWS's order: state, payload, version. @source aws/lambda.md §7.4 */
function invokeOperation(context: LambdaContext, input: InvokeInput, call: Call): unknown {
  checkWords(input);
  if (input.TenantId !== undefined || input.DurableExecutionName !== undefined) refuseUnmodelled(input, INVOKE_NOT_MODELLED);
  const plain = input.Qualifier === undefined && context.state.functions.has(input.FunctionName);
  const ref = plain ? { name: input.FunctionName, qualifier: '' } : parseRef(context, input.FunctionName, input.Qualifier);
  const fn = functionOf(context, ref);
  checkReady(context, fn);
  const type = input.InvocationType ?? 'RequestResponse';
  const text = input.Payload === undefined ? '' : (textOf(context.blobs, input.Payload as BlobInput) ?? '');
  const payload = text === '' ? '{}' : text;
  if (input.Payload !== undefined && type !== 'DryRun') checkPayload(payload, type === 'Event' ? 'Event' : 'RequestResponse');
  const version = versionOf(context, fn, ref.qualifier);
  if (type === 'DryRun') return { StatusCode: 204 };
  const traceHeader = input.TraceHeader ?? '';
  const { requestId } = call;
  if (type !== 'Event') checkRecursion(context, fn, { header: traceHeader, qualifier: ref.qualifier, subjects: [requestId] });
  const seq = version.code.synthetic !== undefined && context.cause.length > 0 ? context.cause[0]! : context.emit('lambda.InvokeRequested', fn.arn, { requestId, type, qualifier: ref.qualifier }, { subjects: [requestId] });
  if (type === 'Event') {
    acceptAsync(context, fn, { requestId, qualifier: ref.qualifier, payload, subjects: [requestId], traceHeader, cause: seq });
    return { StatusCode: 202 };
  }
  const ask: Ask = { requestId, qualifier: ref.qualifier, payload, sink: { kind: 'api', replyTo: call.replyTo, tail: input.LogType === 'Tail' }, subjects: [requestId], traceHeader, attempt: 1, cause: seq, clientContext: input.ClientContext === undefined ? undefined : readClientContext(input.ClientContext) };
  invokeSync(context, fn, ask);
  return DEFERRED;
}

export const invokeOperations: OperationTable<LambdaState, LambdaTuning> = {
  Invoke: operation({
    input: invokeInput,
    checksItself: true,
    action: 'lambda:InvokeFunction',
    resource: byRef,
    writes: true,
    errors: ['ResourceNotFoundException', 'ResourceConflictException', 'InvalidRequestContentException', 'RequestTooLargeException', 'TooManyRequestsException', 'RecursiveInvocationException', 'ResourceNotReadyException', 'InvalidParameterValueException'],
    source: 'aws/lambda.md §2.1, §8 (Lambda API model 2026-08, recorded answers 2024–2026)',
    simplified: ['The answer of a sync call comes without network latency.'],
    http: {
      method: 'POST',
      uri: '/2015-03-31/functions/{FunctionName}/invocations',
      headers: { 'x-amz-invocation-type': 'InvocationType', 'x-amz-log-type': 'LogType', 'x-amz-client-context': 'ClientContext', 'x-amz-durable-execution-name': 'DurableExecutionName', 'x-amz-tenant-id': 'TenantId', 'x-amzn-trace-id': 'TraceHeader' },
      query: { Qualifier: 'Qualifier' },
      payload: 'Payload',
      output: { headers: { 'x-amz-function-error': 'FunctionError', 'x-amz-log-result': 'LogResult', 'x-amz-executed-version': 'ExecutedVersion' }, payload: 'Payload', status: 'StatusCode' },
    },
    handle: invokeOperation,
  }),
};

function guarded(context: LambdaContext, arn: string, call: PortCall, body: (fn: LambdaFunction, qualifier: string) => Outcome<InvokeResult> | Deferred): Outcome<InvokeResult> | Deferred {
  try {
    const ref = parseRef(context, arn);
    const fn = functionOf(context, ref);
    const decision = context.authorize(call.principal, 'lambda:InvokeFunction', arn);
    if (!decision.allowed) throw context.deny(decision, 'lambda');
    checkReady(context, fn);
    return body(fn, ref.qualifier);
  } catch (error) {
    // Services try again what passes by itself: a function that is Pending. Clients do not.
    if (error instanceof AwsError) return { kind: 'error', error: { ...errorToData(error), retryable: error.retryable || error.name === 'ResourceConflictException' }, cause: call.cause };
    throw error;
  }
}

export const invocablePort: InvocablePort<LambdaContext> = {
  action: 'lambda:InvokeFunction',
  invoke: (context, arn, o, call) =>
    guarded(context, arn, call, (fn, qualifier) => {
      const requestId = context.uuid('lambda.request-id');
      const traceHeader = o.traceHeader ?? '';
      const subjects = [requestId, ...o.subjects];
      checkPayload(o.payload, o.type === 'async' ? 'Event' : 'RequestResponse');
      versionOf(context, fn, qualifier);
      if (o.type === 'sync') checkRecursion(context, fn, { header: traceHeader, qualifier, subjects });
      const seq = context.emit('lambda.InvokeRequested', fn.arn, { requestId, type: o.type === 'async' ? 'Event' : 'RequestResponse', qualifier }, { subjects });
      if (o.type === 'async') {
        acceptAsync(context, fn, { requestId, qualifier, payload: o.payload, subjects, traceHeader, cause: seq });
        return { kind: 'ok', output: { statusCode: 202, payload: '', executedVersion: '$LATEST', requestId, logTail: '' }, cause: [seq] };
      }
      invokeSync(context, fn, { requestId, qualifier, payload: o.payload, sink: { kind: 'port', replyTo: call.replyTo }, subjects, traceHeader, attempt: o.attempt, cause: seq, clientContext: undefined });
      return DEFERRED;
    }),
};

/** A function as a target of notifications and deliveries: an async invocation. */
export const targetPort: TargetPort<LambdaContext> = {
  action: 'lambda:InvokeFunction',
  accept: (context, arn, delivery, call) => {
    const outcome = invocablePort.invoke(context, arn, { type: 'async', payload: delivery.body, subjects: delivery.subjects, attempt: delivery.attempt, ...(delivery.traceHeader === undefined ? {} : { traceHeader: delivery.traceHeader }) }, call);
    if (outcome.kind !== 'ok') return outcome;
    return { kind: 'ok', output: { requestId: outcome.output.requestId, statusCode: 202 }, cause: outcome.cause };
  },
};
