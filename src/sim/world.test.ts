import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AwsError } from './errors.ts';
import type { Outcome } from './ports/ports.ts';
import { DEFERRED } from './ports/ports.ts';
import type { ReplyTo } from './ports/ports.ts';
import type { Runtime } from './ports/runtime.ts';
import { defineModel, operation } from './service.ts';
import type { AnyServiceModel } from './service.ts';
import { traceHash } from './trace-hash.ts';
import { simTime } from './units.ts';
import { World } from './world.ts';

interface BellState {
  rung: number;
  waiting: ReplyTo[];
}

const noRuntime = {} as Runtime;
const noBlobs = { put: () => ({ sha256: '', size: 0 }), get: () => undefined, has: () => false };

/** A toy service: Ring answers after a random delay, Fail fails, Work asks the host. */
function bell(id = 'bell'): AnyServiceModel {
  return defineModel<BellState, { delayUs: number }>({
    id,
    initialState: () => ({ rung: 0, waiting: [] }),
    tuning: { aws: { delayUs: 1_000 }, ideal: { delayUs: 0 } },
    operations: {
      Ring: operation({
        input: z.strictObject({ Times: z.int().min(1) }),
        action: 'bell:Ring',
        resource: () => 'arn:aws:bell:us-east-1:000000000000:tower',
        writes: true,
        errors: [],
        source: 'toy',
        handle: (context, input: { Times: number }, call) => {
          const delay = context.tuning.delayUs + context.random('bell.delay').int(500);
          context.schedule(delay, 'rung', { times: input.Times, replyTo: call.replyTo });
          return DEFERRED;
        },
      }),
      Fail: operation({
        input: z.strictObject({}),
        action: null,
        resource: () => '*',
        writes: false,
        errors: ['CrackedBell'],
        source: 'toy',
        handle: () => {
          throw new AwsError('CrackedBell', 'The bell is cracked.', { status: 409 });
        },
      }),
      Work: operation({
        input: z.strictObject({}),
        action: null,
        resource: () => '*',
        writes: true,
        errors: [],
        source: 'toy',
        handle: (context) => ({ WorkId: context.requestWork({ kind: 'cast', request: { metal: 'bronze' }, leastUs: 5_000, entry: 'cast', payload: {}, resource: 'arn:aws:bell:::tower' }) }),
      }),
    },
    notModelled: ['Melt'],
    entries: {
      rung: (context, payload: { times: number; replyTo: ReplyTo }) => {
        context.state.rung += payload.times;
        const seq = context.emit('bell.Rung', 'arn:aws:bell:us-east-1:000000000000:tower', { times: payload.times });
        context.reply(payload.replyTo, { kind: 'ok', output: { Rung: context.state.rung }, cause: [seq] });
      },
      cast: (context, payload: { result: { cancelled: boolean } }) => {
        context.emit('bell.Cast', 'arn:aws:bell:us-east-1:000000000000:tower', { cancelled: payload.result.cancelled });
      },
      tick: (context) => void context.schedule(1_000, 'tick', {}, { background: true }),
    },
    provides: {},
    traceKinds: { 'bell.Rung': { sentence: 'The bell rings {times} times.', level: 'moment' }, 'bell.Cast': { sentence: 'A bell is cast.', level: 'moment' } },
    resources: () => [],
    summarize: () => undefined,
  });
}

function worldOf(o: { seed?: number; tuning?: 'aws' | 'ideal' | Record<string, object>; models?: AnyServiceModel[]; iam?: 'on' | 'off' } = {}): World {
  return new World({
    models: o.models ?? [bell()],
    seed: o.seed ?? 1,
    startAtEpochMs: 0,
    accountId: '000000000000',
    region: 'us-east-1',
    iam: o.iam ?? 'on',
    tuning: o.tuning ?? 'aws',
    trace: 'keep',
    runtime: noRuntime,
    blobs: noBlobs,
  });
}

const outputs = (world: World): Outcome[] => world.hostReplies.splice(0).map((reply) => reply.outcome);
const ring = (world: World, times = 1): void => world.hostRequest(1, 'bell', 'Ring', { Times: times });

describe('World', () => {
  it('answers a deferred call when its agenda entry comes up, not before', () => {
    const world = worldOf();
    ring(world, 2);
    world.runTo(simTime(999));
    expect(outputs(world)).toEqual([]);
    world.runTo(simTime(2_000));
    expect(outputs(world)).toMatchObject([{ kind: 'ok', output: { Rung: 2 } }]);
    expect(world.now).toBe(2_000);
  });

  it('gives every event a cause that leads back to the call of the host', () => {
    const world = worldOf();
    ring(world);
    world.runTo(simTime(2_000));
    expect(world.trace.events.map((event) => [event.kind, event.cause])).toEqual([
      ['sim.ApiCall', []],
      ['bell.Rung', [0]],
    ]);
  });

  it('refuses input that does not fit the schema, naming the member', () => {
    const world = worldOf();
    world.hostRequest(1, 'bell', 'Ring', { Times: 0 });
    expect(outputs(world)[0]).toMatchObject({ kind: 'error', error: { name: 'ValidationException', message: "1 validation error detected: Value '0' at 'times' failed to satisfy constraint: Member must have value greater than or equal to 1" } });
  });

  it('hands out modelled failures as values and what is not modelled by name', () => {
    const world = worldOf();
    world.hostRequest(1, 'bell', 'Fail', {});
    world.hostRequest(2, 'bell', 'Melt', {});
    world.hostRequest(3, 'gong', 'Strike', {});
    expect(outputs(world).map((outcome) => outcome.kind === 'error' && [outcome.error.name, outcome.error.status])).toEqual([
      ['CrackedBell', 409],
      ['NotModelled', 501],
      ['NotModelled', 501],
    ]);
    expect(world.trace.events.filter((event) => event.kind === 'sim.NotModelled').length).toBe(2);
  });

  it('denies a role without rights and leaves a trace of it', () => {
    const world = worldOf();
    world.hostRequest(1, 'bell', 'Ring', { Times: 1 }, 'arn:aws:iam::000000000000:role/ghost');
    expect(outputs(world)[0]).toMatchObject({ kind: 'error', error: { name: 'AccessDeniedException', status: 403 } });
    expect(world.trace.events.at(-1)).toMatchObject({ kind: 'iam.AccessDenied', cause: [0] });
    const off = worldOf({ iam: 'off' });
    off.hostRequest(1, 'bell', 'Ring', { Times: 1 }, 'arn:aws:iam::000000000000:role/ghost');
    expect(outputs(off)).toEqual([]);
  });

  it('has the same future after a snapshot is restored, also in another world', () => {
    const world = worldOf();
    for (let i = 0; i < 20; i++) ring(world);
    world.runTo(simTime(1_200));
    outputs(world);
    const snapshot = world.snapshot();
    world.runTo(simTime(9_000));
    const hash = traceHash(world.trace.events);
    outputs(world);
    world.restore(snapshot);
    world.runTo(simTime(9_000));
    expect(traceHash(world.trace.events)).toBe(hash);
    const other = worldOf();
    other.restore(snapshot);
    other.runTo(simTime(9_000));
    expect(other.context('bell').state).toEqual(world.context('bell').state);
  });

  it('draws from streams that do not disturb each other', () => {
    const alone = worldOf();
    ring(alone);
    const beside = worldOf({ models: [bell(), bell('gong')] });
    beside.random('gong.delay').int(500);
    ring(beside);
    alone.runTo(simTime(5_000));
    beside.runTo(simTime(5_000));
    expect(beside.trace.events).toEqual(alone.trace.events);
  });

  it('runs to a time in slices with the same outcome', () => {
    const whole = worldOf();
    const sliced = worldOf();
    for (const world of [whole, sliced]) for (let i = 0; i < 10; i++) ring(world);
    whole.runTo(simTime(3_000));
    while (sliced.runTo(simTime(3_000), { maxEntries: 1 }).kind === 'sliced');
    expect(traceHash(sliced.trace.events)).toBe(traceHash(whole.trace.events));
  });

  it('does not wait for background entries when asked for foreground only', () => {
    const world = worldOf();
    world.context('bell').schedule(0, 'tick', {}, { background: true });
    ring(world);
    world.runTo(simTime(1_000_000), { foregroundOnly: true });
    expect(world.now).toBeLessThan(2_000);
  });

  it('stands still at external work until the host supplies the result, however late', () => {
    const world = worldOf();
    world.hostRequest(1, 'bell', 'Work', {});
    const status = world.runTo(simTime(60_000));
    expect(status).toMatchObject({ kind: 'waiting', work: [{ kind: 'cast' }] });
    expect(world.now).toBeLessThanOrEqual(5_000);
    if (status.kind === 'waiting') world.work.results.set(status.work[0]!.key, { bell: 'cast' });
    expect(world.runTo(simTime(60_000)).kind).toBe('reached');
    expect(world.trace.events.at(-1)).toMatchObject({ kind: 'bell.Cast', at: 5_000, data: { cancelled: false } });
  });

  it('gives cancelled work back as cancelled', () => {
    const world = worldOf();
    world.hostRequest(1, 'bell', 'Work', {});
    world.work.cancel('work-1');
    expect(world.runTo(simTime(60_000)).kind).toBe('reached');
    expect(world.trace.events.at(-1)).toMatchObject({ kind: 'bell.Cast', data: { cancelled: true } });
  });

  it('ends visibly at a bound instead of hanging', () => {
    const world = new World({ ...worldOf().options, bounds: { entriesMax: 100, traceEventsMax: 1_000 } });
    world.context('bell').schedule(0, 'tick', {}, { background: true });
    expect(world.runTo(simTime(1_000_000)).kind).toBe('ended');
    expect(world.trace.events.at(-1)?.kind).toBe('sim.BoundReached');
  });

  it('switches modelling latencies off with ideal tuning, or one by one', () => {
    const ideal = worldOf({ tuning: 'ideal' });
    ring(ideal);
    ideal.runTo(simTime(600));
    expect(outputs(ideal).length).toBe(1);
    expect(worldOf({ tuning: { bell: { delayUs: 7 } } }).context('bell').tuning).toEqual({ delayUs: 7 });
  });
});
