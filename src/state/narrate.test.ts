/** Narration: sentences, names, times, lives and reasons. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent, TraceKind } from '../sim/trace.ts';
import type { SimTime } from '../sim/units.ts';
import { lifeLines, momentText, nameOfArn, narrate, spanText, whyLines } from './narrate.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const kinds = new Map<string, TraceKind>([
  ['sqs.MessageReceived', { sentence: '{resource} hands out a message for the {receiveCount:th} time.', level: 'step' }],
  ['lambda.InvocationFailed', { sentence: '{resource} fails after {durationUs}: {message}.', level: 'moment', severity: 'failure' }],
  ['s3.ObjectRead', { sentence: '{key} is read.', level: 'detail' }],
  ['s3.NotificationSent', { sentence: '{resource} tells {to} of {key}.', level: 'step' }],
]);
let next = 0;
function event(kind: string, atMs: number, o: Partial<TraceEvent> = {}): TraceEvent {
  return { seq: next++, at: (atMs * 1_000) as SimTime, kind, resource: QUEUE, cause: [], data: {}, ...o };
}

describe('narration › sentence', () => {
  it('fills members and names the resource', () => {
    expect(narrate(event('sqs.MessageReceived', 0, { data: { receiveCount: 2 } }), kinds).sentence).toBe('jobs hands out a message for the 2nd time.');
    expect([1, 3, 11, 12, 13, 21, 1_002].map((receiveCount) => narrate(event('sqs.MessageReceived', 0, { data: { receiveCount } }), kinds).sentence.split(' ').at(-2))).toEqual(['1st', '3rd', '11th', '12th', '13th', '21st', '1,002nd']);
  });
  it('shows durations with a unit, and does not end with two full stops', () => {
    const failed = event('lambda.InvocationFailed', 0, { resource: 'arn:aws:lambda:us-east-1:000000000000:function:transcode', data: { durationUs: 486_170, message: 'ffmpeg exited with 1.' } });
    expect(narrate(failed, kinds)).toMatchObject({ sentence: 'transcode fails after 486\u00a0ms: ffmpeg exited with 1.', severity: 'failure', level: 'moment' });
  });
  it('ends a sentence that ends with a value', () => {
    expect(narrate(event('s3.NotificationFailed', 0, { data: { message: 'no queue' } }), new Map([['s3.NotificationFailed', { sentence: 'It fails: {message}', level: 'moment' }]])).sentence).toBe('It fails: no queue.');
  });
  it('writes ARNs in members as names', () => {
    const sent = event('s3.NotificationSent', 0, { resource: 'arn:aws:s3:::uploads', data: { to: 'arn:aws:events:us-east-1:000000000000:event-bus/default', key: 'in/dog.mp4' } });
    expect(narrate(sent, kinds).sentence).toBe('uploads tells default of in/dog.mp4.');
  });
  it('leaves a field that the event lacks, so that the gap is seen', () => {
    expect(narrate(event('sqs.MessageReceived', 0), kinds).sentence).toContain('{receiveCount:th}');
  });
  it('tells a kind that nobody documents by its name', () => {
    expect(narrate(event('sqs.SomethingNew', 0), kinds).sentence).toBe('jobs: something new.');
  });
});

describe('narration › names and times', () => {
  it.each([
    ['arn:aws:s3:::uploads', 'uploads'],
    ['arn:aws:lambda:us-east-1:000000000000:function:transcode:e-1', 'transcode'],
    ['arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/transcode', '/aws/lambda/transcode'],
    ['arn:aws:events:us-east-1:000000000000:rule/default/new-clip', 'new-clip'],
    ['arn:aws:iam::000000000000:role/transcode-role', 'transcode-role'],
    ['arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000', 'the stream of orders'],
    ['in/dog.mp4', 'in/dog.mp4'],
  ])('names %s', (arn, name) => expect(nameOfArn(arn)).toBe(name));
  it.each([
    [6_200_000, '6.2\u00a0s'],
    [42_840_000, '42.8\u00a0s'],
    [63_400_000, '1\u00a0min 3.4\u00a0s'],
    [7_260_000_000, '2\u00a0h 1\u00a0min'],
  ])('writes the moment %i', (us, text) => expect(momentText(us)).toBe(text));
  it.each([
    [640, '640\u00a0µs'],
    [1_500, '1.5\u00a0ms'],
    [38_400, '38\u00a0ms'],
    [2_900_000, '2.9\u00a0s'],
  ])('writes the span %i', (us, text) => expect(spanText(us)).toBe(text));
});

describe('narration › life', () => {
  it('gives the time between lines, leaves details out, and keeps attempts', () => {
    next = 0;
    const events = [event('sqs.MessageReceived', 100, { data: { receiveCount: 1 } }), event('s3.ObjectRead', 150, { data: { key: 'a' } }), event('sqs.MessageReceived', 12_100, { data: { receiveCount: 2 } })];
    const lines = lifeLines(events, kinds);
    expect(lines.map((line) => [line.afterUs, line.attempt])).toEqual([[0, 1], [12_000_000, 2]]);
    expect(lifeLines(events, kinds, true)).toHaveLength(3);
  });
});

describe('narration › why', () => {
  it('walks back along the latest cause to the root, passing over details', () => {
    next = 0;
    const events = [
      event('sqs.MessageReceived', 0, { data: { receiveCount: 1 } }),
      event('s3.ObjectRead', 1, { cause: [0], data: { key: 'a' } }),
      event('sqs.MessageReceived', 2, { cause: [1, 0], data: { receiveCount: 2 } }),
      event('lambda.InvocationFailed', 3, { cause: [0, 2], data: { durationUs: 1_000, message: 'no' } }),
    ];
    expect(whyLines(events, 3, kinds).map((line) => line.event.seq)).toEqual([3, 2, 0]);
  });
  it('answers nothing for an event that was cut away', () => {
    expect(whyLines([], 7, kinds)).toEqual([]);
  });
});
