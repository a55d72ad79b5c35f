/** Words of follow and why. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/units.ts';
import { GrowingTraceIndex } from '../../state/trace-index.ts';
import { firstOf, objectIn, placeOfFailure, subjectName } from './follow-text.ts';

const event = (seq: number, kind: string, o: Partial<TraceEvent> = {}): TraceEvent => ({ seq, at: seq as SimTime, kind, resource: '', cause: [], data: {}, ...o });

describe('what is followed', () => {
  it('is called by its key, or by what it is and the head of its id', () => {
    expect(subjectName('s3://uploads/in/dog.mp4', undefined)).toBe('dog.mp4');
    expect(subjectName('5c1f20d4-7b6e-5d0a-9f3e-0be1a77d2c41', event(0, 'sqs.MessageSent'))).toBe('message 5c1f20d4');
    expect(subjectName('5c1f20d4-7b6e-5d0a-9f3e-0be1a77d2c41', event(0, 'lambda.InvokeRequested'))).toBe('invocation 5c1f20d4');
    expect(subjectName('m-7', undefined)).toBe('m-7');
  });
});

describe('where it failed', () => {
  const index = new GrowingTraceIndex();
  index.append([
    event(0, 'lambda.InvocationStarted', { subjects: ['r1', 's3://uploads/dog.mp4'] }),
    event(1, 'logs.Line', { subjects: ['r1'], data: { message: 'reading /var/task/data.json:1' } }),
    event(2, 'logs.Line', { subjects: ['r1'], data: { message: 'ERROR\tInvoke Error \t{"stack":["Error: no","    at f (file:///var/task/ffmpeg.mjs:11:2)"]}' } }),
    event(3, 'logs.Line', { subjects: ['r1'], data: { message: 'END RequestId: r1' } }),
  ]);
  it('is the top of the stack that the request logged', () => {
    expect(placeOfFailure(index, event(4, 'lambda.InvocationFailed', { data: { requestId: 'r1' } }))).toEqual({ file: 'ffmpeg.mjs', line: 11 });
  });
  it('is nowhere for an event without a request, or a request without a stack', () => {
    expect(placeOfFailure(index, event(4, 'sqs.MessageSent'))).toBeNull();
    expect(placeOfFailure(index, event(4, 'lambda.InvocationFailed', { data: { requestId: 'r2' } }))).toBeNull();
  });
  it('begins at the first event of the subject', () => {
    expect(firstOf(index, 'r1')?.seq).toBe(0);
    expect(objectIn(index.events)).toBe('s3://uploads/dog.mp4');
  });
});
