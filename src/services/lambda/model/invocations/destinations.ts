/** What async results become: destination records and dead letters. @source aws/lambda.md §8.3, §8.4 (recorded test_assess_lambda_destination_invocation, test_dead_letter_queue) */
import { isoMs } from '../../../../base/time-text.ts';
import { utf8ByteLength, utf8Decode, utf8Encode } from '../../../../base/utf8.ts';
import type { Deferred, Outcome, PortCall } from '../../../../sim/ports/ports.ts';
import { parseArn } from '../../../../sim/principal.ts';
import type { Seq, TokenShape } from '../../../../sim/trace.ts';
import { byQualifier } from '../functions/qualifiers.ts';
import { rolePrincipal } from '../environments/log-lines.ts';
import { LAMBDA } from '../limits.ts';
import { latest } from '../state.ts';
import type { AsyncEvent, Invocation, LambdaContext, LambdaFunction, Result } from '../state.ts';

export interface DestinationRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: { readonly requestId: string; readonly functionArn: string; readonly condition?: string; readonly approximateInvokeCount: number };
  readonly requestPayload: unknown;
  readonly responseContext?: { readonly statusCode: number; readonly executedVersion: string; readonly functionError?: string };
  readonly responsePayload?: unknown;
}

const qualifiedArn = (fn: LambdaFunction, event: AsyncEvent): string => `${fn.arn}:${event.qualifier === '' ? '$LATEST' : event.qualifier}`;

function record(context: LambdaContext, fn: LambdaFunction, event: AsyncEvent, o: { readonly condition: string | undefined; readonly invocation?: Invocation; readonly result?: Result }): DestinationRecord {
  const { invocation, result } = o;
  return {
    version: '1.0',
    timestamp: isoMs(context.epochMs),
    requestContext: { requestId: event.requestId, functionArn: qualifiedArn(fn, event), ...(o.condition === undefined ? {} : { condition: o.condition }), approximateInvokeCount: event.tries },
    requestPayload: JSON.parse(event.payload),
    ...(invocation && result
      ? {
          responseContext: { statusCode: 200, executedVersion: invocation.version, ...(result.status === 'success' ? {} : { functionError: 'Unhandled' }) },
          responsePayload: JSON.parse(result.payload),
        }
      : {}),
  };
}

export function successRecord(context: LambdaContext, fn: LambdaFunction, event: AsyncEvent, o: { readonly invocation: Invocation; readonly result: Result }): DestinationRecord {
  return record(context, fn, event, { condition: 'Success', ...o });
}
export function giveUpRecord(context: LambdaContext, fn: LambdaFunction, event: AsyncEvent, o: { readonly condition: string | undefined; readonly invocation?: Invocation; readonly result?: Result }): DestinationRecord {
  return record(context, fn, event, o);
}

function shapeOf(service: string): TokenShape {
  return service === 'lambda' ? 'invocation' : service === 'events' ? 'event' : service === 's3' ? 'object' : 'message';
}

/** Puts a record into a destination with the execution role's rights. FIFO queues and topics do not take it. */
export function sendDestination(context: LambdaContext, fn: LambdaFunction, o: { readonly to: string; readonly body: DestinationRecord; readonly qualifier: string; readonly traceHeader: string; readonly cause: Seq }): void {
  const { to: arn, body, traceHeader, cause } = o;
  const { service } = parseArn(arn);
  const { condition, requestId } = body.requestContext;
  const call: PortCall = { principal: rolePrincipal(fn.name, latest(fn).settings), cause: [cause], replyTo: { kind: 'none' }, ...(traceHeader === '' ? {} : { traceHeader }) };
  const outcome = arn.endsWith('.fifo') ? undefined : handOver(context, arn, body, call, service);
  const failed = outcome === undefined || outcome.kind === 'error';
  const error = outcome?.kind === 'error' ? outcome.error.name : outcome === undefined ? 'InvalidDestination' : '';
  context.emit(
    failed ? 'lambda.DestinationFailed' : 'lambda.DestinationSent',
    fn.arn,
    { requestId, condition: condition ?? 'recursion', destination: arn, error, ...byQualifier(o.qualifier) },
    { cause: [cause], subjects: [requestId], ...(failed ? {} : { travel: { from: fn.arn, to: arn, shape: shapeOf(service), durationUs: 0, attempt: 1 } }) },
  );
}

function handOver(context: LambdaContext, arn: string, body: DestinationRecord, call: PortCall, service: string): Outcome | Deferred | undefined {
  const text = JSON.stringify(body);
  const { requestId, condition, functionArn } = body.requestContext;
  const subjects = [requestId];
  const traced = call.traceHeader === undefined ? {} : { traceHeader: call.traceHeader };
  if (service === 'lambda') return context.invocable(arn)?.invoke(arn, { type: 'async', payload: text, subjects, attempt: 1, ...traced }, call);
  if (service === 's3') {
    const bucket = parseArn(arn).resource;
    const day = body.timestamp.slice(0, 10).split('-').join('/');
    return context.api('s3', 'PutObject', { Bucket: bucket, Key: `aws/lambda/async/${functionArn.split(':').slice(6).join('/')}/${day}/${body.timestamp.replaceAll(':', '.')}-${requestId}`, Body: text }, call);
  }
  const event = { source: 'lambda', detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`, detail: text, resources: [arn, functionArn], time: body.timestamp };
  return context.target(arn)?.accept(arn, { body: text, attempt: 1, subjects, ...traced, ...(service === 'events' ? { event } : {}) }, call);
}

/** No more than 1,024 bytes of UTF-8, no character cut in two. */
function firstKilobyte(text: string): string {
  if (utf8ByteLength(text) <= LAMBDA.deadLetterMessageBytesMax) return text;
  const bytes = utf8Encode(text);
  let end: number = LAMBDA.deadLetterMessageBytesMax;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return utf8Decode(bytes.subarray(0, end));
}

/** The dead letter is the event itself with three attributes. @source aws/lambda.md §8.4 @simplified the error code of an event that never ran, 429, is recalled */
export function sendDeadLetter(context: LambdaContext, fn: LambdaFunction, arn: string, event: AsyncEvent, result: Result | undefined, cause: Seq): void {
  const message = result === undefined ? '' : String((JSON.parse(result.payload) as { errorMessage?: string }).errorMessage ?? '');
  const outcome = context.target(arn)?.accept(
    arn,
    {
      body: event.payload,
      attempt: 1,
      subjects: event.subjects,
      messageAttributes: {
        RequestID: { DataType: 'String', StringValue: event.requestId },
        ErrorCode: { DataType: 'Number', StringValue: result === undefined ? '429' : '200' },
        ...(message === '' ? {} : { ErrorMessage: { DataType: 'String', StringValue: firstKilobyte(message) } }),
      },
    },
    { principal: rolePrincipal(fn.name, latest(fn).settings), cause: [cause], replyTo: { kind: 'none' } },
  );
  const failed = outcome === undefined || outcome.kind === 'error';
  if (!failed) fn.counters.deadLetters++;
  context.emit(
    failed ? 'lambda.DeadLetterFailed' : 'lambda.DeadLetterSent',
    fn.arn,
    { requestId: event.requestId, queue: arn, error: outcome?.kind === 'error' ? outcome.error.name : '', ...byQualifier(event.qualifier) },
    { cause: [cause], subjects: event.subjects, ...(failed ? {} : { travel: { from: fn.arn, to: arn, shape: 'message', durationUs: 0, attempt: 1 } }) },
  );
}
