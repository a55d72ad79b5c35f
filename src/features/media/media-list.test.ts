/** Clips and their renditions, from the trace. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/units.ts';
import { MediaList, renditionName, sizeText } from './media-list.ts';

/** A trace in the making: each event gets the next seq, a millisecond apart. */
function trace(): { readonly events: TraceEvent[]; readonly created: (bucket: string, key: string, cause?: number) => number; readonly read: (bucket: string, key: string, cause: number) => number; readonly call: (requestId: string) => number; readonly deleted: (bucket: string, key: string) => number } {
  const events: TraceEvent[] = [];
  const add = (kind: string, resource: string, data: TraceEvent['data'], cause: readonly number[]): number => {
    events.push({ seq: events.length, at: (events.length * 1_000) as SimTime, kind, resource, cause, data });
    return events.length - 1;
  };
  const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
  const causes = (cause?: number): readonly number[] => (cause === undefined ? [] : [cause]);
  return {
    events,
    created: (bucket, key, cause) => add('s3.ObjectCreated', bucketArn(bucket), { key, size: 10, sha256: `sha of ${key}`, contentType: /\.mp4$/.test(key) ? 'video/mp4' : 'application/octet-stream', objects: 1 }, causes(cause)),
    read: (bucket, key, cause) => add('s3.ObjectRead', bucketArn(bucket), { key, size: 10 }, causes(cause)),
    call: (requestId) => add('lambda.CallSent', 'arn:aws:lambda:us-east-1:000000000000:function:f', { requestId, service: 's3' }, []),
    deleted: (bucket, key) => add('s3.ObjectDeleted', bucketArn(bucket), { key, objects: 0 }, []),
  };
}
const shown = (events: readonly TraceEvent[], untilUs = Infinity): readonly (readonly string[])[] => new MediaList().follow(events, untilUs).map((clip) => [clip.key, ...clip.renditions.map((file) => file.key)]);

describe('media list', () => {
  it('gives each rendition to the clip that its invocation had read, also when two run at once', () => {
    const run = trace();
    run.created('uploads', 'a.mp4');
    run.created('uploads', 'b.mp4');
    run.read('uploads', 'a.mp4', run.call('r1'));
    run.read('uploads', 'b.mp4', run.call('r2'));
    run.created('renditions', 'b-480p.mp4', run.call('r2'));
    run.created('renditions', 'a-720p.mp4', run.call('r1'));
    run.created('renditions', 'a-480p.mp4', run.call('r1'));
    expect(shown(run.events)).toEqual([['b.mp4', 'b-480p.mp4'], ['a.mp4', 'a-720p.mp4', 'a-480p.mp4']]);
  });
  it('shows the buckets of a moment', () => {
    const run = trace();
    run.created('uploads', 'a.mp4');
    const later = run.created('uploads', 'b.mp4');
    run.deleted('uploads', 'a.mp4');
    expect(shown(run.events, (later - 1) * 1_000)).toEqual([['a.mp4']]);
    expect(shown(run.events)).toEqual([['b.mp4']]);
  });
  it('keeps files that are no film among the clips, but not among what code writes', () => {
    const run = trace();
    run.created('uploads', 'notes.txt');
    run.read('uploads', 'notes.txt', run.call('r1'));
    run.created('renditions', 'report.json', run.call('r1'));
    expect(shown(run.events)).toEqual([['notes.txt']]);
  });
  it('puts what is made of a rendition with its clip', () => {
    const run = trace();
    run.created('uploads', 'a.mp4');
    run.read('uploads', 'a.mp4', run.call('r1'));
    run.created('renditions', 'a-720p.mp4', run.call('r1'));
    run.read('renditions', 'a-720p.mp4', run.call('r2'));
    run.created('previews', 'a.gif', run.call('r2'));
    expect(shown(run.events)).toEqual([['a.mp4', 'a-720p.mp4', 'a.gif']]);
  });
  it('answers the same list while nothing has changed, and reads anew when the past was rewritten', () => {
    const run = trace();
    run.created('uploads', 'a.mp4');
    const list = new MediaList();
    const first = list.follow(run.events, 5_000);
    expect(list.follow(run.events, 6_000)).toBe(first);
    expect(list.follow([], 6_000)).toEqual([]);
  });
});

describe('media words', () => {
  const file = { subject: '', bucket: '', sha256: '', size: 0, contentType: '', atUs: 0 };
  it('names a rendition by its key, else by its height', () => {
    expect(renditionName({ ...file, key: 'in/dog-720p.mp4' }, 480)).toBe('720p');
    expect(renditionName({ ...file, key: 'small.mp4' }, 480)).toBe('480p');
    expect(renditionName({ ...file, key: 'out/small.mp4' }, undefined)).toBe('small.mp4');
  });
  it('writes sizes', () => expect([11, 4_200, 184_320, 2_539_811, 2_100_000_000].map(sizeText)).toEqual(['11\u00a0B', '4.2\u00a0kB', '184\u00a0kB', '2.5\u00a0MB', '2.1\u00a0GB']));
});
