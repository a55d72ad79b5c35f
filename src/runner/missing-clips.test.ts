import { describe, expect, it } from 'vitest';
import { createBlobStore } from './blobs.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { missingClips } from './missing-clips.ts';
import type { ClipSources } from './missing-clips.ts';

const sha256 = 'a'.repeat(64);
const items = [{ request: { files: [{ path: '/tmp/in.mp4', blob: { sha256, size: 7 } }] } }] as unknown as Parameters<typeof missingClips>[0];
const named = (sources: Partial<ClipSources>): string | undefined => missingClips(items, createBlobStore(), { inputs: [], events: [], ...sources })[0]?.name;
const written = { kind: 's3.ObjectCreated', data: { key: 'in/march/holiday.mp4', sha256 } } as unknown as TraceEvent;

describe('a clip that is missing', () => {
  it('is called by the name of the file that was dropped in', () => {
    const inputs: ClipSources['inputs'] = [{ kind: 'upload', atUs: 0, node: 'uploads', key: 'in/holiday.mp4', clip: { name: 'My holiday.mp4', sha256, size: 7 } }];
    expect(named({ inputs, events: [written] })).toBe('My holiday.mp4');
  });

  it('is called by the last part of its key where no file was dropped in', () => {
    expect(named({ events: [written] })).toBe('holiday.mp4');
  });

  it('has no name where nobody knows one, never a hash', () => {
    expect(named({})).toBe('');
  });

  it('is not missing when its bytes are here', () => {
    const blobs = createBlobStore();
    const held = blobs.put(Uint8Array.of(1));
    expect(missingClips([{ request: held }] as unknown as Parameters<typeof missingClips>[0], blobs, { inputs: [], events: [] })).toEqual([]);
  });
});
