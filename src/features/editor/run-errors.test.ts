/** Errors of a run, with their lines. */
import { describe, expect, it } from 'vitest';
import { logRow } from '../../state/log-lines.ts';
import type { LogRow } from '../../state/log-lines.ts';
import type { TraceEvent } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/units.ts';
import { runErrors } from './run-errors.ts';

const FN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
function event(seq: number, kind: string, data: TraceEvent['data']): TraceEvent {
  return { seq, at: (seq * 1_000) as SimTime, kind, resource: FN, cause: [], data };
}
function line(seq: number, message: string, requestId = 'r-1'): LogRow {
  return logRow({ ...event(seq, 'logs.Line', { stream: 's', timestampMs: 0, message }), resource: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f', subjects: [requestId] });
}
const invokeError = (seq: number, at: string, requestId = 'r-1', message = 'ffmpeg exited with 1'): LogRow =>
  line(seq, `2026-01-01T00:00:00.000Z\t${requestId}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"${message}","stack":["Error: ${message}","    at transcode (file:///var/task/${at}:3)"]}\n`, requestId);

describe('errors of a run', () => {
  it('names file, line, type and message of what the handler threw', () => {
    expect(runErrors([invokeError(1, 'handler.mjs:13')], [], 10_000)).toEqual([{ seq: 1, atUs: 1_000, file: 'handler.mjs', line: 13, type: 'Error', message: 'ffmpeg exited with 1', requestId: 'r-1' }]);
  });
  it('does not take a line that the handler printed itself for an error of the run', () => {
    expect(runErrors([line(1, '2026-01-01T00:00:00.000Z\tr-1\tERROR\tmoov atom not found\n')], [], 10_000)).toEqual([]);
  });
  it('keeps the newest of each place, newest place first', () => {
    const found = runErrors([invokeError(1, 'handler.mjs:13'), invokeError(2, 'ffmpeg.mjs:4', 'r-2'), invokeError(3, 'handler.mjs:13', 'r-3')], [], 10_000);
    expect(found.map((error) => [error.file, error.requestId])).toEqual([['handler.mjs', 'r-3'], ['ffmpeg.mjs', 'r-2']]);
  });
  it('forgets errors of code that has changed since', () => {
    expect(runErrors([invokeError(1, 'handler.mjs:13')], [event(2, 'lambda.FunctionUpdated', { what: 'code' })], 10_000)).toEqual([]);
    expect(runErrors([invokeError(1, 'handler.mjs:13')], [event(2, 'lambda.FunctionUpdated', { what: 'configuration' })], 10_000)).toHaveLength(1);
  });
  it('shows nothing from after the shown moment', () => {
    expect(runErrors([invokeError(5, 'handler.mjs:13')], [], 4_000)).toEqual([]);
  });
  it('tells of timeouts and of code that could not be loaded, without a line', () => {
    const found = runErrors([], [event(1, 'lambda.InitFailed', { error: 'Runtime.UserCodeSyntaxError' }), event(2, 'lambda.InvocationTimedOut', { error: 'Sandbox.Timedout', message: 'Task timed out after 5.00 seconds', requestId: 'r-9' })], 10_000);
    expect(found.map((error) => [error.type, error.line])).toEqual([['Sandbox.Timedout', null], ['Runtime.UserCodeSyntaxError', null]]);
  });
  it('leaves a failed init out when the invocation after it tells where', () => {
    const found = runErrors([], [event(1, 'lambda.InitFailed', { error: 'Runtime.UserCodeSyntaxError' }), event(2, 'lambda.InvocationFailed', { error: 'Runtime.UserCodeSyntaxError', message: 'SyntaxError: Unexpected token (/var/task/handler.mjs:3)', requestId: 'r-1' })], 10_000);
    expect(found.map((error) => [error.file, error.line])).toEqual([['handler.mjs', 3]]);
  });
  it('does not tell one failure twice, by its line and by its event, also when it came again', () => {
    const failed = (seq: number, requestId: string): TraceEvent => event(seq, 'lambda.InvocationFailed', { error: 'Error', message: 'ffmpeg exited with 1', requestId });
    expect(runErrors([invokeError(1, 'handler.mjs:13'), invokeError(3, 'handler.mjs:13', 'r-2')], [failed(2, 'r-1'), failed(4, 'r-2')], 10_000)).toHaveLength(1);
  });
});
