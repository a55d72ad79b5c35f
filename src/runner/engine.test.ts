import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { noRuntime } from '../services/testing.ts';
import type { ReplyTo } from '../sim/ports/ports.ts';
import { DEFERRED } from '../sim/ports/ports.ts';
import { defineModel, operation } from '../sim/service.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { createBlobStore } from './blobs.ts';
import { RunController } from './engine.ts';
import type { Command, RunStatusView, Slice } from './protocol.ts';
import { Simulation } from './simulation.ts';
import { loaded } from './testing.ts';
import type { Performers } from './work-host.ts';

const JOBS = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs';

/** A toy service whose Fire asks the host for work on some bytes. */
const kiln = defineModel<object, object>({
  id: 'kiln',
  initialState: () => ({}),
  tuning: { aws: {}, ideal: {} },
  operations: {
    Fire: operation({
      input: z.object({ Sha: z.string().default('') }),
      action: null,
      resource: () => '*',
      writes: true,
      errors: [],
      source: 'toy',
      handle: (context, input: { Sha: string }, call) => {
        context.requestWork({ kind: 'fire', request: { inputs: input.Sha === '' ? [] : [{ sha256: input.Sha, size: 3 }] }, leastUs: 1_000_000, entry: 'fired', payload: { replyTo: call.replyTo }, resource: 'arn:aws:kiln:::kiln' });
        return DEFERRED;
      },
    }),
  },
  notModelled: [],
  entries: {
    fired: (context, payload: { replyTo: ReplyTo; result: { cancelled: boolean } }) => {
      const seq = context.emit('kiln.Fired', 'arn:aws:kiln:::kiln', { cancelled: payload.result.cancelled });
      context.reply(payload.replyTo, { kind: 'ok', output: { Cancelled: payload.result.cancelled }, cause: [seq] });
    },
  },
  provides: {},
  traceKinds: {},
  resources: () => [],
  summarize: () => undefined,
});

/** A page: sends commands, keeps what the slices say, and lets wall time pass by hand. */
class Page {
  wall = 0;
  /** Wall time that each look at the clock takes, ms. */
  tick = 0.01;
  timers: { at: number; callback: () => void }[] = [];
  trace: TraceEvent[] = [];
  slices: Slice[] = [];
  status!: RunStatusView;
  summaries: Readonly<Record<string, object>> = {};
  document!: ScenarioDocument;
  readonly blobs = createBlobStore();
  readonly controller: RunController;
  constructor(performers: Performers = {}) {
    this.controller = new RunController({
      models: [...models, kiln],
      manifests,
      runtime: noRuntime,
      blobs: this.blobs,
      performers,
      wallMs: () => (this.wall += this.tick),
      later: (callback, ms) => void this.timers.push({ at: this.wall + ms, callback }),
      post: (slice) => this.take(slice),
    });
  }
  take(slice: Slice): void {
    this.slices.push(structuredClone(slice));
    if (slice.kind === 'inputs') this.document = slice.scenario;
    if (slice.kind !== 'slice') return;
    if (slice.truncateTo !== null) this.trace.length = slice.truncateTo;
    this.trace.push(...slice.events);
    this.status = slice.status;
    this.summaries = Object.fromEntries(Object.entries({ ...(slice.all ? {} : this.summaries), ...slice.summaries }).filter((entry): entry is [string, object] => entry[1] !== null));
  }
  send(command: Command): void {
    this.controller.handle(command);
    this.pass(0);
  }
  /** Lets the wall clock run for so long. */
  pass(ms: number): void {
    const until = this.wall + ms;
    for (let i = 0; i < 10_000; i++) {
      this.timers.sort((a, b) => a.at - b.at);
      const next = this.timers[0];
      if (!next || next.at > until + 0.5) break;
      this.timers.shift();
      this.wall = Math.max(this.wall, next.at);
      next.callback();
    }
    this.wall = Math.max(this.wall, until);
  }
  load(scenario: ScenarioDocument = loaded, prefetchUs = 0, showUs = 0): this {
    this.document = scenario;
    this.send({ kind: 'load', runId: 1, scenario, prefetchUs, showUs });
    return this;
  }
  of<K extends Slice['kind']>(kind: K): Extract<Slice, { kind: K }>[] {
    return this.slices.filter((slice): slice is Extract<Slice, { kind: K }> => slice.kind === kind);
  }
}

function straight(document: ScenarioDocument, ms: number): Simulation {
  const simulation = new Simulation({ models: [...models, kiln], manifests, runtime: noRuntime, blobs: createBlobStore() }, document);
  simulation.runTo(simTime(ms * 1000));
  return simulation;
}
const hashAt = (document: ScenarioDocument, us: number): string => {
  const simulation = straight(document, 0);
  simulation.runTo(simTime(us));
  return traceHash(simulation.world.trace.events);
};
const summaryAt = (document: ScenarioDocument, us: number): unknown => {
  const simulation = straight(document, 0);
  simulation.runTo(simTime(us));
  return simulation.world.models.get('sqs')!.summarize(simulation.world.context('sqs') as never, JOBS);
};

describe('RunController', () => {
  it('computes ahead on load and stands paused at the moment to show', () => {
    const page = new Page().load(loaded, 2_000_000, 1_000_000);
    expect(page.status).toMatchObject({ playing: false, shownUs: 1_000_000, computedUs: 2_000_000 });
    expect(page.trace.at(-1)!.at).toBeGreaterThan(1_000_000);
    expect(page.summaries[JOBS]).toEqual(summaryAt(loaded, 1_000_000));
    expect(page.of('deploy-problems').at(-1)!.problems).toEqual([]);
  });

  it('says while it loads that what is shown is not yet the moment to show', () => {
    const page = new Page();
    page.tick = 20;
    page.load(loaded, 2_000_000, 1_000_000).pass(2_000);
    const statuses = page.of('slice').map(({ status }) => status);
    expect(statuses.filter(({ shownUs }) => shownUs < 1_000_000).every(({ arriving }) => arriving)).toBe(true);
    expect(statuses[0]).toMatchObject({ shownUs: 0, arriving: true });
    expect(page.status.arriving).toBe(false);
  });

  it('takes an edit made while it is still loading to the moment to show, with the new design', () => {
    const page = new Page();
    page.controller.handle({ kind: 'load', runId: 1, scenario: loaded, prefetchUs: 2_000_000, showUs: 1_000_000 });
    const [first, ...rest] = loaded.base.nodes;
    page.send({ kind: 'edit', nodes: [{ ...first!, config: { ...first!.config, VisibilityTimeout: 7 } }, ...rest], edges: loaded.base.edges });
    expect(page.status).toMatchObject({ shownUs: 1_000_000, computedUs: 2_000_000 });
    expect(page.document.base.nodes[0]!.config).toMatchObject({ VisibilityTimeout: 7 });
    expect(page.summaries[JOBS]).toMatchObject({ visibilityTimeoutSec: 7 });
  });

  it('plays at the speed asked for, in at most 60 slices a second, and pauses', () => {
    const page = new Page().load();
    page.send({ kind: 'play', speed: 2 });
    const before = page.of('slice').length;
    page.pass(1_000);
    expect(page.status.shownUs).toBeGreaterThan(1_900_000);
    expect(page.status.shownUs).toBeLessThan(2_100_000);
    expect(page.of('slice').length - before).toBeLessThanOrEqual(65);
    page.send({ kind: 'pause' });
    const { shownUs } = page.status;
    page.pass(1_000);
    expect(page.status).toMatchObject({ shownUs, playing: false });
    expect(traceHash(page.trace)).toBe(hashAt(loaded, page.status.computedUs));
  });

  it('runs through everything at max, rests when only housekeeping is left, and goes through that when asked again', () => {
    const page = new Page().load();
    page.send({ kind: 'play', speed: 'max' });
    page.pass(2_000);
    expect(page.status).toMatchObject({ playing: false, nextUs: null });
    const rested = page.status.computedUs;
    expect(rested).toBeGreaterThan(30_000_000);
    expect(traceHash(page.trace)).toBe(hashAt(loaded, rested));
    page.send({ kind: 'play', speed: 'max' });
    page.pass(500);
    expect(page.status.playing).toBe(true);
    expect(page.status.computedUs).toBeGreaterThan(rested);
    expect(traceHash(page.trace)).toBe(hashAt(loaded, page.status.computedUs));
  });

  it('steps by one traced event, or to the next of some resources; skips to the next thing due', () => {
    const page = new Page().load();
    const before = page.trace.length;
    page.send({ kind: 'step' });
    expect(page.trace.length).toBeGreaterThan(before);
    page.send({ kind: 'step', resources: ['arn:aws:stimuli:::polls'] });
    expect(page.status.shownUs).toBe(500_000);
    const next = page.status.nextUs!;
    page.send({ kind: 'skip-wait' });
    expect(page.status.shownUs).toBe(next);
  });

  it('shows the past as it was, plays through it again, and steps in it', () => {
    const page = new Page().load(loaded, 20_000_000, 20_000_000);
    for (const at of [12_345_678, 3_000_000, 0, 17_000_000]) {
      page.send({ kind: 'seek', atUs: at });
      expect(page.status).toMatchObject({ shownUs: at, computedUs: 20_000_000 });
      expect(page.summaries[JOBS]).toEqual(summaryAt(loaded, at));
    }
    page.send({ kind: 'seek', atUs: 1_000_000 });
    page.send({ kind: 'step', resources: ['arn:aws:stimuli:::polls'] });
    expect(page.status.shownUs).toBe(2_000_000);
    page.send({ kind: 'play', speed: 1 });
    page.pass(500);
    expect(page.status.computedUs).toBe(20_000_000);
    expect(page.status.shownUs).toBeGreaterThan(2_400_000);
    expect(traceHash(page.trace)).toBe(hashAt(loaded, 20_000_000));
  });

  it('seeks forward by computing on', () => {
    const page = new Page().load();
    page.send({ kind: 'seek', atUs: 15_000_000 });
    expect(page.status).toMatchObject({ shownUs: 15_000_000, computedUs: 15_000_000, playing: false });
  });

  it('gives up the future when it continues from a past moment, and finds the same future again', () => {
    const page = new Page().load(loaded, 20_000_000, 20_000_000);
    const hash = traceHash(page.trace);
    page.send({ kind: 'seek', atUs: 5_000_000 });
    page.send({ kind: 'continue-from-here' });
    expect(page.status).toMatchObject({ shownUs: 5_000_000, computedUs: 5_000_000 });
    expect(page.trace.every((event) => event.at <= 5_000_000)).toBe(true);
    page.send({ kind: 'seek', atUs: 20_000_000 });
    expect(traceHash(page.trace)).toBe(hash);
  });

  it('records calls and edits of a run as inputs, which replay to the same run', () => {
    const page = new Page().load(loaded, 6_000_000, 6_000_000);
    page.send({ kind: 'call', callId: 1, service: 'sqs', operation: 'SendMessage', input: { QueueUrl: URL, MessageBody: 'by hand' } });
    expect(page.of('call-result').at(-1)).toMatchObject({ callId: 1, ok: true });
    const nodes = loaded.base.nodes.map((node) => (node.id === 'jobs' ? { ...node, config: { ...node.config, VisibilityTimeout: 9 } } : node));
    page.send({ kind: 'edit', nodes, edges: loaded.base.edges });
    page.send({ kind: 'seek', atUs: 15_000_000 });
    expect(page.document.inputs.map((input) => [input.kind, input.atUs])).toEqual([['call', 6_000_000], ['edit', 6_000_000]]);
    expect(page.document.base).toEqual(loaded.base);
    const friend = new Page().load(page.document, 15_000_000, 15_000_000);
    expect(traceHash(friend.trace)).toBe(traceHash(page.trace));
  });

  it('acts in the past by giving up the future first', () => {
    const page = new Page().load(loaded, 20_000_000, 20_000_000);
    page.send({ kind: 'seek', atUs: 4_000_000 });
    page.send({ kind: 'call', callId: 2, service: 'sqs', operation: 'PurgeQueue', input: { QueueUrl: URL } });
    expect(page.status).toMatchObject({ shownUs: 4_000_000, computedUs: 4_000_000 });
    expect(page.document.inputs).toHaveLength(1);
  });

  it('does not record what only looks, and answers it for the moment that is shown', () => {
    const page = new Page().load(loaded, 20_000_000, 0);
    const ask = (callId: number): unknown => {
      page.send({ kind: 'call', callId, service: 'sqs', operation: 'GetQueueAttributes', input: { QueueUrl: URL, AttributeNames: ['ApproximateNumberOfMessages'] } });
      return page.of('call-result').at(-1);
    };
    const early = ask(1);
    page.send({ kind: 'seek', atUs: 20_000_000 });
    expect(ask(2)).not.toEqual({ ...(early as object), callId: 2 });
    expect(page.document.inputs).toEqual([]);
    expect(traceHash(page.trace)).toBe(hashAt(loaded, 20_000_000));
  });

  it('reloads when the design changes at t = 0', () => {
    const page = new Page().load();
    page.send({ kind: 'edit', nodes: [], edges: [] });
    expect(page.document).toMatchObject({ base: { nodes: [], edges: [] }, inputs: [] });
  });
});

describe('RunController with outside work', () => {
  const fire = (page: Page, callId: number, Sha = ''): void => page.send({ kind: 'call', callId, service: 'kiln', operation: 'Fire', input: { Sha } });
  const settle = async (page: Page): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      page.pass(20);
    }
  };

  it('stands still for it, goes on with the result, and needs it only once in a replay', async () => {
    let release = (): void => {};
    let asked = 0;
    const page = new Page({ fire: () => (asked++, new Promise((resolve) => (release = () => resolve({ done: true })))) }).load();
    fire(page, 1);
    page.send({ kind: 'play', speed: 10 });
    page.pass(1_000);
    expect(page.status.waitingFor).toMatchObject([{ workId: 'work-1', kind: 'fire' }]);
    expect(page.status.computedUs).toBeLessThanOrEqual(1_000_000);
    release();
    await settle(page);
    expect(page.status.waitingFor).toEqual([]);
    expect(page.of('call-result').at(-1)).toMatchObject({ callId: 1, ok: true, output: { Cancelled: false } });
    page.send({ kind: 'seek', atUs: 500_000 });
    page.send({ kind: 'continue-from-here' });
    page.send({ kind: 'seek', atUs: 3_000_000 });
    expect(page.trace.some((event) => event.kind === 'kiln.Fired')).toBe(true);
    expect(asked).toBe(1);
  });

  it('does not begin while a run is only looked at, and begins with play', () => {
    let asked = 0;
    const page = new Page({ fire: () => (asked++, new Promise(() => {})) }).load();
    fire(page, 1);
    page.send({ kind: 'seek', atUs: 400_000 });
    page.pass(1_000);
    expect(page.status).toMatchObject({ computedUs: 400_000, working: [{ workId: 'work-1' }], waitingFor: [] });
    expect(asked).toBe(0);
    page.send({ kind: 'play', speed: 1 });
    page.pass(50);
    expect(asked).toBe(1);
  });

  it('is cancelled as a recorded input, also in a replay that never heard of the work', async () => {
    const page = new Page({ fire: (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))) }).load();
    fire(page, 1);
    page.send({ kind: 'play', speed: 10 });
    page.pass(500);
    page.send({ kind: 'cancel-work', workId: 'work-1' });
    await settle(page);
    expect(page.trace.at(-1)!.at).toBeGreaterThan(1_000_000);
    expect(page.trace.find((event) => event.kind === 'kiln.Fired')).toMatchObject({ data: { cancelled: true } });
    page.send({ kind: 'pause' });
    const friend = new Page().load(page.document, page.status.computedUs, page.status.computedUs);
    expect(traceHash(friend.trace)).toBe(traceHash(page.trace));
    page.send({ kind: 'seek', atUs: 10_000 });
    page.send({ kind: 'seek', atUs: 1_100_000 });
    expect(page.status.waitingFor).toEqual([]);
  });

  it('names the bytes that it does not hold, and goes on when they are dropped in', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const { sha256 } = createBlobStore().put(bytes);
    const page = new Page({ fire: () => Promise.resolve({ done: true }) }).load();
    fire(page, 1, sha256);
    page.send({ kind: 'play', speed: 10 });
    page.pass(500);
    await settle(page);
    expect(page.status.missingClips).toMatchObject([{ sha256, size: 3 }]);
    page.send({ kind: 'clip', clip: { name: 'mine.mp4', sha256, size: 3 }, bytes: bytes.buffer });
    await settle(page);
    expect(page.status.missingClips).toEqual([]);
    expect(page.trace.some((event) => event.kind === 'kiln.Fired')).toBe(true);
  });

  it('pauses with a message when the host fails, loses nothing, and tries again on play', async () => {
    let broken = true;
    const page = new Page({ fire: () => (broken ? Promise.reject(new Error('ffmpeg did not load')) : Promise.resolve({ done: true })) }).load();
    fire(page, 1);
    page.send({ kind: 'play', speed: 10 });
    page.pass(300);
    await settle(page);
    expect(page.of('host-problem')).toMatchObject([{ message: 'ffmpeg did not load' }]);
    expect(page.status.playing).toBe(false);
    broken = false;
    page.send({ kind: 'play', speed: 10 });
    page.pass(100);
    await settle(page);
    expect(page.trace.some((event) => event.kind === 'kiln.Fired')).toBe(true);
  });
});
