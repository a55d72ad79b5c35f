/** What a function says on its card. */
import { describe, expect, it } from 'vitest';
import type { EnvironmentSummary, FunctionSummary } from '../model/summary.ts';
import { base64Text, cellOf, describeFunction, factText, payloadText, runtimeText } from './facts.ts';

const environment = (changes: Partial<EnvironmentSummary>): EnvironmentSummary => ({ id: 'e-1', version: '$LATEST', phase: 'idle', sinceUs: 0, untilUs: 0, bornUs: 0, provisioned: false, outdated: false, served: 0, requestId: '', subjects: [], heapPeakBytes: 0, child: '', lastSeq: 0, ...changes });
const lambda = (environments: readonly EnvironmentSummary[], errors = 0): FunctionSummary => ({
  state: 'Active',
  version: '$LATEST',
  memoryMb: 1769,
  timeoutSec: 5,
  environments,
  running: 0,
  reservedConcurrency: null,
  provisionedConcurrency: 0,
  provisioned: [],
  counters: { invocations: 0, errors, timeouts: 0, throttles: 0, coldStarts: 0, asyncReceived: 0, asyncDropped: 0, deadLetters: 0 },
  asyncQueue: 0,
  mappings: [],
  recent: [],
  lastError: null,
  aliases: [],
  versions: [],
});

describe('a function card', () => {
  it('fills the border of a busy environment over its timeout, and names the program it waits for', () => {
    expect(cellOf(environment({ phase: 'busy', sinceUs: 1_000_000, untilUs: 6_000_000 }), 2_000_000)).toMatchObject({ state: 'busy', progress: 0.2, word: 'busy' });
    expect(cellOf(environment({ phase: 'busy', child: 'ffmpeg' }), 2_000_000).word).toBe('ffmpeg');
  });

  it('lets a cold start rise without ever being full when its end is not known', () => {
    const start = environment({ phase: 'init', sinceUs: 0 });
    expect(cellOf(start, 0).progress).toBe(0);
    expect(cellOf(start, 250_000).progress).toBe(0.5);
    expect(cellOf(start, 60_000_000).progress).toBeLessThan(1);
  });

  it('counts the seconds of a warm one, and tells failed, ending and provisioned ones apart', () => {
    expect(cellOf(environment({ sinceUs: 300_000 }), 5_000_000)).toMatchObject({ state: 'warm', word: 'warm 4.7\u00a0s', pinned: false });
    // No longer than its cell is wide, however long it stays.
    expect([94, 3_000, 3_590, 9_000].map((sec) => cellOf(environment({ sinceUs: 0 }), sec * 1_000_000).word)).toEqual(['warm 2\u00a0min', 'warm 50\u00a0min', 'warm 1\u00a0h', 'warm 3\u00a0h']);
    expect(cellOf(environment({ outdated: true }), 1).state).toBe('ending');
    expect(cellOf(environment({ phase: 'failed' }), 1).state).toBe('failed');
    expect(cellOf(environment({ provisioned: true }), 1).pinned).toBe(true);
  });

  it('is one sentence in the far form, and one for a reader', () => {
    const working = lambda([environment({ phase: 'busy' }), environment({ phase: 'busy' }), environment({ phase: 'init' }), environment({})], 3);
    expect([factText(working), factText(lambda([environment({})])), factText(lambda([]))]).toEqual(['2 busy, 1 cold', 'all warm', 'no environment']);
    expect(describeFunction('transcode', working)).toBe('transcode, Lambda. 2 busy, 1 cold, 3 errors');
    expect([runtimeText('nodejs22.x'), runtimeText(undefined)]).toEqual(['Lambda, Node 22', 'Lambda']);
  });

  it('reads payloads as bytes, wrapped bytes and text, and the log as base64', () => {
    expect([payloadText('{"a":1}'), payloadText(new TextEncoder().encode('é')), payloadText({ $bytes: 'w6k=' }), payloadText(undefined)]).toEqual(['{"a":1}', 'é', 'é', '']);
    expect(base64Text('U1RBUlQ=')).toBe('START');
  });
});
