import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFERRED } from '../sim/ports/ports.ts';
import type { Outcome, ReplyTo } from '../sim/ports/ports.ts';
import type { Runtime } from '../sim/ports/runtime.ts';
import { AwsError } from '../sim/errors.ts';
import { defineModel, operation } from '../sim/service.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { bytesOf, dateValue } from '../sim/values.ts';
import type { BlobInput } from '../sim/values.ts';
import { createBlobStore } from './blobs.ts';
import { CloudWorld } from './cloud.ts';
import type { CloudOptions } from './cloud.ts';
import { HostFailure } from './work-host.ts';
import type { Performers } from './work-host.ts';

const arn = 'arn:aws:clock:us-east-1:000000000000:tower';
const row = { action: null, resource: () => '*', writes: true, errors: [], source: 'toy' };

/** A toy service: Wait answers later, Mark at once, Poisson draws arrivals, Work asks the host, Echo gives bytes back, Fail fails. */
const clock: AnyServiceModel = defineModel<{ marks: number }, object>({
  id: 'clock',
  initialState: () => ({ marks: 0 }),
  tuning: { aws: {}, ideal: {} },
  operations: {
    Wait: operation({
      ...row,
      input: z.strictObject({ Ms: z.number() }),
      handle: (context, input: { Ms: number }, call) => {
        context.schedule(input.Ms * 1000, 'waited', { replyTo: call.replyTo });
        return DEFERRED;
      },
    }),
    Mark: operation({
      ...row,
      input: z.strictObject({ Name: z.string() }),
      handle: (context: { state: { marks: number }; epochMs: number; emit: (kind: string, arn: string, data: { name: string }) => number }, input: { Name: string }) => {
        context.emit('clock.Marked', arn, { name: input.Name });
        return { Count: ++context.state.marks, At: dateValue(context.epochMs) };
      },
    }),
    Poisson: operation({
      ...row,
      input: z.strictObject({ MeanMs: z.number(), Count: z.int() }),
      handle: (context, input: { MeanMs: number; Count: number }) => {
        context.schedule(0, 'arrival', { meanMs: input.MeanMs, left: input.Count });
        return {};
      },
    }),
    Tick: operation({
      ...row,
      input: z.strictObject({}),
      handle: (context) => {
        context.schedule(1_000_000, 'tick', {}, { background: true });
        return {};
      },
    }),
    Work: operation({
      ...row,
      input: z.strictObject({ Name: z.string(), LeastMs: z.number() }),
      handle: (context, input: { Name: string; LeastMs: number }, call) => {
        context.requestWork({ kind: 'cast', request: { name: input.Name }, leastUs: input.LeastMs * 1000, entry: 'worked', payload: { replyTo: call.replyTo }, resource: arn });
        return DEFERRED;
      },
    }),
    Echo: operation({ ...row, input: z.strictObject({ Body: z.unknown() }), handle: (context, input: { Body: unknown }) => ({ Body: { $blob: context.blobs.put(bytesOf(context.blobs, input.Body as BlobInput)!) } }) }),
    Fail: operation({
      ...row,
      input: z.strictObject({}),
      handle: () => {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429, data: { Reason: 'CallerRateLimitExceeded' } });
      },
    }),
    Never: operation({ ...row, input: z.strictObject({}), handle: () => DEFERRED }),
  },
  notModelled: ['Strike'],
  entries: {
    waited: (context, payload: { replyTo: ReplyTo }) => {
      const seq = context.emit('clock.Waited', arn, {});
      context.reply(payload.replyTo, { kind: 'ok', output: { AtMs: context.now / 1000 }, cause: [seq] });
    },
    arrival: (context, payload: { meanMs: number; left: number }) => {
      const random = context.random('clock.arrivals');
      const durationUs = Math.round(context.random('clock.durations').logNormal(50_000, 0.8));
      context.emit('clock.Arrived', arn, { durationUs });
      context.schedule(durationUs, 'served', {});
      if (payload.left > 1) context.schedule(Math.round(random.exponential(payload.meanMs * 1000)), 'arrival', { meanMs: payload.meanMs, left: payload.left - 1 });
    },
    served: (context) => void context.emit('clock.Served', arn, {}),
    tick: (context) => {
      context.emit('clock.Ticked', arn, {});
      context.schedule(1_000_000, 'tick', {}, { background: true });
    },
    worked: (context, payload: { replyTo: ReplyTo; result: { value: object } }) => {
      const seq = context.emit('clock.Worked', arn, {});
      context.reply(payload.replyTo, { kind: 'ok', output: payload.result.value, cause: [seq] } satisfies Outcome);
    },
  },
  provides: {},
  traceKinds: {},
  resources: () => [],
  summarize: () => undefined,
});

const START = Date.UTC(2026, 0, 1);
type Answer = Record<string, unknown>;
function cloudOf(o: CloudOptions & { performers?: Performers } = {}): CloudWorld {
  return new CloudWorld({ models: [clock], runtime: {} as Runtime, blobs: createBlobStore(), performers: o.performers ?? {} }, o);
}
const send = (cloud: CloudWorld, operationName: string, input: object = {}): Promise<Answer> => cloud.send('clock', operationName, input) as Promise<Answer>;

describe('send', () => {
  it('settles an answer that needs no virtual time without moving time, within microtasks', async () => {
    const cloud = cloudOf();
    let count: unknown;
    void send(cloud, 'Mark', { Name: 'a' }).then((answer) => (count = answer['Count']));
    await Promise.resolve();
    await Promise.resolve();
    expect(count).toBe(1);
    expect(cloud.now()).toBe(START);
  });

  it('takes effect at the call, in call order, at one time', async () => {
    const cloud = cloudOf();
    const answers = Promise.all(['a', 'b', 'c'].map((Name) => send(cloud, 'Mark', { Name })));
    expect(cloud.trace.filter((event) => event.kind === 'clock.Marked').map((event) => [event.at, event.data['name']])).toEqual([[0, 'a'], [0, 'b'], [0, 'c']]);
    expect((await answers).map((answer) => answer['Count'])).toEqual([1, 2, 3]);
  });

  it('moves time to the answer of a call that waits, when nobody else moves it', async () => {
    const cloud = cloudOf();
    expect(await send(cloud, 'Wait', { Ms: 2_500 })).toEqual({ AtMs: 2_500 });
    expect(cloud.now()).toBe(START + 2_500);
  });

  it('keeps calls that follow upon answers at the time of those answers', async () => {
    const cloud = cloudOf();
    const long = send(cloud, 'Wait', { Ms: 10_000 });
    await send(cloud, 'Mark', { Name: 'a' });
    await send(cloud, 'Mark', { Name: 'b' });
    expect(cloud.now()).toBe(START);
    await send(cloud, 'Wait', { Ms: 1_000 });
    await send(cloud, 'Mark', { Name: 'c' });
    expect(cloud.trace.filter((event) => event.kind === 'clock.Marked').map((event) => event.at)).toEqual([0, 0, 1_000_000]);
    await long;
    expect(cloud.now()).toBe(START + 10_000);
  });

  it('leaves the driving to a pending advance, and stays where that ends', async () => {
    const cloud = cloudOf();
    let done = false;
    const call = send(cloud, 'Wait', { Ms: 5_000 }).then(() => (done = true));
    await cloud.advance(2_000);
    expect([cloud.now(), done]).toEqual([START + 2_000, false]);
    await send(cloud, 'Mark', { Name: 'between' });
    await cloud.advance(3_000);
    expect([cloud.now(), done]).toEqual([START + 5_000, true]);
    await call;
    expect(cloud.trace.find((event) => event.kind === 'clock.Marked')?.at).toBe(2_000_000);
  });

  it('lets the caller act at the very time of an answer while an advance runs on', async () => {
    const cloud = cloudOf();
    const advance = cloud.advance(10_000);
    await send(cloud, 'Wait', { Ms: 3_000 });
    await send(cloud, 'Mark', { Name: 'at 3 s' });
    expect(cloud.now()).toBe(START + 3_000);
    await advance;
    expect(cloud.now()).toBe(START + 10_000);
    expect(cloud.trace.find((event) => event.kind === 'clock.Marked')?.at).toBe(3_000_000);
  });

  it('rejects as the SDK does, and by name for what is not modelled', async () => {
    const cloud = cloudOf();
    const error = await send(cloud, 'Fail').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'TooManyRequestsException', message: 'Rate Exceeded.', $fault: 'client', Reason: 'CallerRateLimitExceeded', $metadata: { httpStatusCode: 429, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    await expect(send(cloud, 'Strike')).rejects.toMatchObject({ name: 'NotModelled', message: expect.stringContaining('Strike') });
    await expect(cloud.send('gong', 'Strike')).rejects.toMatchObject({ name: 'NotModelled' });
  });

  it('fails a call that nothing can answer, instead of hanging', async () => {
    await expect(send(cloudOf(), 'Never')).rejects.toThrow('Nothing has answered');
  });

  it('takes strings and bytes for blobs and gives back bytes of its own; dates come as Date', async () => {
    const cloud = cloudOf();
    const bytes = Uint8Array.of(0, 255, 7);
    const first = (await send(cloud, 'Echo', { Body: bytes }))['Body'] as Uint8Array;
    expect(first).toEqual(bytes);
    first[0] = 9;
    expect((await send(cloud, 'Echo', { Body: bytes }))['Body']).toEqual(bytes);
    expect((await send(cloud, 'Echo', { Body: 'é' }))['Body']).toEqual(Uint8Array.of(0xc3, 0xa9));
    const large = new Uint8Array(2_000_000).fill(3);
    expect(Buffer.compare((await send(cloud, 'Echo', { Body: large }))['Body'] as Uint8Array, large)).toBe(0);
    expect((await send(cloud, 'Mark', { Name: 'x' }))['At']).toEqual(new Date(START));
  });
});

describe('advance', () => {
  it('runs everything due up to and including now + ms', async () => {
    const cloud = cloudOf();
    void send(cloud, 'Wait', { Ms: 1_000 });
    await cloud.advance(999.999);
    expect(cloud.trace.some((event) => event.kind === 'clock.Waited')).toBe(false);
    await cloud.advance(0.001);
    expect(cloud.trace.some((event) => event.kind === 'clock.Waited')).toBe(true);
    await cloud.advance(500);
    expect(cloud.now()).toBe(START + 1_500);
  });

  it('does external work on the way, concurrently, and stands still for late results', async () => {
    const started: string[] = [];
    const release: (() => void)[] = [];
    const cast: Performers[string] = (item) => {
      started.push((item.request as { name: string }).name);
      return new Promise((resolve) => release.push(() => resolve({ Made: (item.request as { name: string }).name })));
    };
    const cloud = cloudOf({ performers: { cast } });
    const one = send(cloud, 'Work', { Name: 'one', LeastMs: 100 });
    const two = send(cloud, 'Work', { Name: 'two', LeastMs: 200 });
    const advance = cloud.advance(1_000);
    while (started.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(cloud.now()).toBeLessThanOrEqual(START + 100);
    release[1]!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(cloud.now()).toBeLessThanOrEqual(START + 100);
    release[0]!();
    await advance;
    expect([await one, await two]).toEqual([{ Made: 'one' }, { Made: 'two' }]);
    expect(cloud.trace.filter((event) => event.kind === 'clock.Worked').map((event) => event.at)).toEqual([100_000, 200_000]);
  });

  it("tells a host's failure to who drives, without making it a result: the next drive tries again", async () => {
    let broken = true;
    const cloud = cloudOf({ performers: { cast: () => (broken ? Promise.reject(new HostFailure('out of memory')) : Promise.resolve({ Made: 'late' })) } });
    const call = send(cloud, 'Work', { Name: 'one', LeastMs: 100 });
    await expect(cloud.advance(1_000)).rejects.toThrow('out of memory');
    broken = false;
    await cloud.advance(1_000);
    expect(await call).toEqual({ Made: 'late' });
  });

  it('refuses what is no duration', async () => {
    await expect(cloudOf().advance(-1)).rejects.toThrow(TypeError);
    await expect(cloudOf().advance(Number.NaN)).rejects.toThrow(TypeError);
  });
});

describe('runUntilIdle', () => {
  it('ends when only background entries are left, at the time of the last foreground one', async () => {
    const cloud = cloudOf();
    await send(cloud, 'Tick');
    void send(cloud, 'Wait', { Ms: 2_500 });
    await cloud.runUntilIdle();
    expect(cloud.now()).toBe(START + 2_500);
    expect(cloud.trace.filter((event) => event.kind === 'clock.Ticked').length).toBe(2);
  });

  it('goes no further than told, and 24 h of virtual time untold', async () => {
    const cloud = cloudOf();
    let done = false;
    void send(cloud, 'Wait', { Ms: 90_000_000 }).then(() => (done = true));
    await cloud.runUntilIdle(1_000);
    await cloud.runUntilIdle();
    expect([done, cloud.now() <= START + 86_401_000]).toEqual([false, true]);
    await cloud.advance(90_000_000);
    expect(done).toBe(true);
  });
});

describe('hash', () => {
  const load = async (cloud: CloudWorld): Promise<void> => {
    await send(cloud, 'Poisson', { MeanMs: 40, Count: 300 });
    await send(cloud, 'Tick');
  };

  it('is the same however the run is sliced, and differs with the seed', async () => {
    const whole = cloudOf({ seed: 7 });
    await load(whole);
    await whole.advance(20_000);
    const sliced = cloudOf({ seed: 7 });
    await load(sliced);
    for (let left = 20_000; left > 0; left -= 137) await sliced.advance(Math.min(137, left));
    const other = cloudOf({ seed: 8 });
    await load(other);
    await other.advance(20_000);
    expect(whole.trace.length).toBeGreaterThan(600);
    expect(sliced.hash()).toBe(whole.hash());
    expect(other.hash()).not.toBe(whole.hash());
  });

  it('is 64 hex digits, and refused where no trace was kept', async () => {
    expect(cloudOf().hash()).toMatch(/^[0-9a-f]{64}$/);
    const counting = cloudOf({ trace: 'counts' });
    await load(counting);
    expect(() => counting.hash()).toThrow('counts');
  });
});

describe('createCloud options', () => {
  it('starts at the given calendar time and refuses what is none', () => {
    expect(cloudOf({ startAt: '2026-03-29T00:30:00+01:00' }).now()).toBe(Date.UTC(2026, 2, 28, 23, 30));
    expect(() => cloudOf({ startAt: 'soon' })).toThrow(TypeError);
  });
});
