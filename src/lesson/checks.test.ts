import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import { judge, judgeCheck } from './checks.ts';
import { CheckedTrace } from './matcher.ts';
import { checkSchema, propertySchema } from './schema.ts';

const event = (seq: number, atMs: number, kind: string, o: { cause?: number[]; subjects?: string[]; data?: TraceEvent['data']; resource?: string } = {}): TraceEvent => ({
  seq,
  at: simTime(atMs * 1_000),
  kind,
  resource: o.resource ?? 'arn:aws:sqs:us-east-1:000000000000:jobs',
  cause: o.cause ?? [],
  subjects: o.subjects ?? [],
  data: o.data ?? {},
});
/** An upload that fails twice and is then sent to a queue; another that succeeds. */
const events = [
  event(0, 0, 'clips.Uploaded', { subjects: ['s3://uploads/broken.mp4'] }),
  event(1, 100, 'lambda.Failed', { cause: [0], subjects: ['r-1'], data: { attempt: 1, ms: 10 } }),
  event(2, 200, 'clips.Uploaded', { subjects: ['s3://uploads/dog.mp4'] }),
  event(3, 300, 'lambda.Succeeded', { cause: [2], subjects: ['r-2'], data: { ms: 30 } }),
  event(4, 60_100, 'lambda.Failed', { cause: [1], subjects: ['r-1'], data: { attempt: 2, ms: 20 } }),
  event(5, 60_200, 'sqs.MessageSent', { cause: [4], subjects: ['m-1'] }),
];
const trace = (o: { until?: number; ended?: boolean; costUsd?: number } = {}): CheckedTrace =>
  new CheckedTrace(events.slice(0, o.until ?? events.length), { ended: o.ended ?? true, costUsd: o.costUsd ?? 0 });
const verdict = (property: object, o: Parameters<typeof trace>[0] = {}): string => judge(trace(o), propertySchema.parse(property)).state;

describe('Lesson checks', () => {
  it('eventually: open while nothing fits, passed by the first event that fits, failed at the end', () => {
    const sent = { is: 'eventually', event: { kind: 'sqs.MessageSent' } };
    expect(verdict(sent, { until: 3, ended: false })).toBe('open');
    expect(verdict(sent, { until: 3 })).toBe('failed');
    expect(verdict(sent, { ended: false })).toBe('passed');
  });

  it('always: each failed upload reaches a queue by causes, within its time', () => {
    const rule = { is: 'always', when: { kind: 'clips.Uploaded', subject: '*broken.mp4' }, then: { kind: 'sqs.MessageSent' }, link: 'descends' };
    expect(verdict(rule)).toBe('passed');
    expect(verdict({ ...rule, withinMs: 1_000 })).toBe('failed');
    expect(verdict({ ...rule, when: { kind: 'clips.Uploaded' } })).toBe('failed');
    expect(verdict(rule, { until: 5, ended: false })).toBe('open');
  });

  it('always: fails when what it speaks of never happened', () => {
    expect(verdict({ is: 'always', when: { kind: 'clips.Burnt' }, then: { kind: 'sqs.MessageSent' }, link: 'descends' })).toBe('failed');
  });

  it('never and never-after: fail at the event that breaks them, and pass only at the end', () => {
    expect(verdict({ is: 'never', event: { kind: 'lambda.Failed', data: { attempt: 3 } } })).toBe('passed');
    expect(verdict({ is: 'never', event: { kind: 'lambda.Failed', data: { attempt: { gte: 2 } } } })).toBe('failed');
    expect(verdict({ is: 'never', event: { kind: 'x.*' } }, { ended: false })).toBe('open');
    const healthy = { is: 'never-after', when: { kind: 'clips.Uploaded', subject: '*dog.mp4' }, then: { kind: 'sqs.MessageSent' }, link: 'descends' };
    expect(verdict(healthy)).toBe('passed');
    expect(verdict({ ...healthy, when: { kind: 'clips.Uploaded' } })).toBe('failed');
  });

  it('count: whole or for each subject by itself', () => {
    expect(verdict({ is: 'count', event: { kind: 'lambda.Failed' }, min: 2, max: 2 })).toBe('passed');
    expect(verdict({ is: 'count', event: { kind: 'lambda.Failed' }, max: 1 })).toBe('failed');
    expect(verdict({ is: 'count', event: { kind: 'lambda.*' }, max: 1, per: 'subject' })).toBe('failed');
    expect(verdict({ is: 'count', event: { kind: 'clips.*' }, min: 1, max: 1, per: 'subject' })).toBe('passed');
  });

  it('order, percentile and cost', () => {
    expect(verdict({ is: 'order', events: [{ kind: 'clips.*' }, { kind: 'lambda.Failed' }, { kind: 'sqs.*' }] })).toBe('passed');
    expect(verdict({ is: 'order', events: [{ kind: 'sqs.*' }, { kind: 'lambda.Failed' }] })).toBe('failed');
    expect(verdict({ is: 'percentile', event: { kind: 'lambda.*' }, member: 'ms', p: 50, max: 20 })).toBe('passed');
    expect(verdict({ is: 'percentile', event: { kind: 'lambda.*' }, member: 'ms', p: 100, max: 20 })).toBe('failed');
    expect(verdict({ is: 'cost', maxUsd: 1 }, { costUsd: 2 })).toBe('failed');
  });

  it('finds events by where they came from', () => {
    expect(verdict({ is: 'eventually', event: { kind: 'sqs.MessageSent', from: { kind: 'lambda.Failed', data: { attempt: 1 } } } })).toBe('passed');
    expect(verdict({ is: 'eventually', event: { kind: 'sqs.MessageSent', from: { kind: 'lambda.Succeeded' } } })).toBe('failed');
  });

  it('says why, with the facts of the event that decided, by the first diagnosis that holds', () => {
    const check = checkSchema.parse({
      id: 'once',
      goal: 'Nothing fails twice',
      property: { is: 'count', event: { kind: 'lambda.Failed' }, max: 1 },
      fails: 'It failed again at {at}, attempt {attempt}.',
      diagnoses: [{ id: 'swallowed', when: { is: 'eventually', event: { kind: 'lambda.Swallowed' } }, say: 'swallowed' }],
    });
    expect(judgeCheck(trace(), check)).toMatchObject({ state: 'failed', message: 'It failed again at 60.1\u00a0s, attempt 2.' });
    const diagnosed = { ...check, diagnoses: [{ ...check.diagnoses[0]!, when: propertySchema.parse({ is: 'eventually', event: { kind: 'lambda.Succeeded' } }) }] };
    expect(judgeCheck(trace(), diagnosed)).toMatchObject({ message: 'swallowed', diagnosis: 'swallowed', event: { seq: 3 } });
  });
});
