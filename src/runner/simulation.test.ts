import { describe, expect, it } from 'vitest';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import { noRuntime } from '../services/testing.ts';
import { traceHash } from '../sim/trace-hash.ts';
import { simTime } from '../sim/units.ts';
import type { ScenarioDocument } from '../scenario/schema.ts';
import { createBlobStore } from './blobs.ts';
import { Simulation } from './simulation.ts';
import type { SimulationOptions } from './simulation.ts';
import { loaded } from './testing.ts';

const host = () => ({ models, manifests, runtime: noRuntime, blobs: createBlobStore() });
const simulate = (document: ScenarioDocument = loaded, o: SimulationOptions = {}): Simulation => new Simulation(host(), document, o);
const hash = (simulation: Simulation): string => traceHash(simulation.world.trace.events);
const counted = (simulation: Simulation, kind: string): number => simulation.world.trace.events.filter((event) => event.kind === kind).length;
const at = (ms: number) => simTime(Math.round(ms * 1000));

describe('Simulation', () => {
  it('deploys before t = 0 and stands there', () => {
    const simulation = simulate();
    expect(simulation.problems).toEqual([]);
    expect(simulation.world.now).toBe(-1);
    expect(simulation.arns()).toEqual({ jobs: 'arn:aws:sqs:us-east-1:000000000000:jobs', dead: 'arn:aws:sqs:us-east-1:000000000000:jobs-dlq' });
    expect(simulation.world.trace.events.every((event) => event.at <= -100_000_000)).toBe(true);
  });

  it('makes the calls of its stimuli at their times: list, burst, constant and Poisson', () => {
    const simulation = simulate();
    simulation.runTo(at(30_000));
    const fired = (id: string): number[] => simulation.world.trace.events.filter((event) => event.kind === 'stimuli.Fired' && event.resource.endsWith(`:${id}`)).map((event) => event.at);
    expect(fired('list')).toEqual([0, 0, 7_000_000]);
    expect(fired('burst')).toEqual(new Array<number>(20).fill(4_000_000));
    expect(fired('polls').slice(0, 3)).toEqual([500_000, 2_000_000, 3_500_000]);
    expect(fired('arrivals').length).toBeGreaterThan(60);
    expect(fired('arrivals').length).toBeLessThan(150);
    expect(counted(simulation, 'stimuli.Refused')).toBe(0);
  });

  it('has the same hash however it is sliced, and another with another seed', () => {
    const whole = simulate();
    whole.runTo(at(30_000));
    const sliced = simulate();
    for (let ms = 0; ms <= 30_000; ms += 333.3) while (sliced.runTo(at(ms), { maxEntries: 3 }).kind === 'sliced');
    sliced.runTo(at(30_000));
    expect(hash(sliced)).toBe(hash(whole));
    const other = simulate(loaded, { seed: 8 });
    other.runTo(at(30_000));
    expect(hash(other)).not.toBe(hash(whole));
  });

  it('replays recorded inputs to the same hash: calls, edits and all', () => {
    const live = simulate();
    live.runTo(at(5_000.5));
    live.act({ kind: 'call', atUs: live.world.now, service: 'sqs', operation: 'SendMessage', input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', MessageBody: 'by hand' } });
    live.act({ kind: 'edit', atUs: live.world.now, nodes: live.design.nodes.map((node) => (node.id === 'jobs' ? { ...node, config: { ...node.config, VisibilityTimeout: 9 } } : node)), edges: [...live.design.edges] });
    live.runTo(at(30_000));
    expect(counted(live, 'stimuli.Fired')).toBeGreaterThan(100);
    const replay = simulate({ ...loaded, inputs: [...live.inputs] });
    replay.runTo(at(30_000));
    expect(hash(replay)).toBe(hash(live));
    expect(hash(replay)).not.toBe(((untouched) => (untouched.runTo(at(30_000)), hash(untouched)))(simulate()));
    expect(replay.design.nodes[0]!.config['VisibilityTimeout']).toBe(9);
  });

  it('makes all changes of an edit at once, and after an update that a client has begun', () => {
    const node = (config: object, code: string) => ({ id: 'work', service: 'lambda', position: { x: 0, y: 0 }, config: { name: 'work', ...config }, files: { 'index.mjs': code } });
    const queue = { id: 'dead', service: 'sqs', position: { x: 0, y: 0 }, config: { name: 'work-dlq' } };
    const deadLetters = { id: 'e1', port: 'lambda.dead-letter', from: 'work', to: 'dead', config: {}, grant: true };
    const simulation = simulate({ ...loaded, base: { ...loaded.base, nodes: [node({}, 'one'), queue], edges: [], stimuli: [] } });
    const shown = () => (simulation.read('lambda', 'GetFunctionConfiguration', { FunctionName: 'work' }) as { readonly output: Record<string, unknown> }).output;
    const edit = (timeout: number, code: string, edges: readonly (typeof deadLetters)[]) => simulation.act({ kind: 'edit', atUs: simulation.world.now, nodes: [node({ Timeout: timeout }, code), queue], edges: [...edges] });
    simulation.runTo(at(5_000));
    edit(7, 'two', [deadLetters]);
    expect(simulation.problems).toEqual([]);
    expect(shown()).toMatchObject({ Timeout: 7, LastUpdateStatus: 'Successful', DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:work-dlq' } });
    simulation.act({ kind: 'call', atUs: simulation.world.now, service: 'lambda', operation: 'UpdateFunctionConfiguration', input: { FunctionName: 'work', MemorySize: 512 } });
    edit(9, 'three', []);
    expect(shown()).toMatchObject({ Timeout: 7, MemorySize: 512, LastUpdateStatus: 'InProgress' });
    const snapshot = simulation.snapshot();
    for (const turn of ['lived', 'from a snapshot']) {
      simulation.runTo(at(6_000));
      expect(simulation.problems, turn).toEqual([]);
      expect(shown(), turn).toMatchObject({ Timeout: 9, MemorySize: 512, LastUpdateStatus: 'Successful' });
      expect(shown()['DeadLetterConfig'], turn).toBeUndefined();
      expect(simulation.read('lambda', 'GetFunctionFiles', { FunctionName: 'work' }), turn).toMatchObject({ output: { Files: { 'index.mjs': 'three' } } });
      simulation.restore(snapshot);
    }
  });

  it('goes on from a snapshot as it went on without, also in a second world that keeps no trace', () => {
    const one = simulate();
    one.runTo(at(6_000));
    const snapshot = one.snapshot();
    one.runTo(at(30_000));
    const before = hash(one);
    const second = new Simulation(host(), loaded, { keepTrace: false, sharing: one }, snapshot);
    second.runTo(at(30_000));
    expect(second.world.trace.length).toBe(one.world.trace.length);
    const arn = one.arns()['jobs']!;
    const summary = (simulation: Simulation): unknown => simulation.world.models.get('sqs')!.summarize(simulation.world.context('sqs') as never, arn);
    expect(summary(second)).toEqual(summary(one));
    one.restore(snapshot);
    one.runTo(at(30_000));
    expect(hash(one)).toBe(before);
  });

  it('collects what AWS refuses, with its message, and lets the rest stand', () => {
    const broken = structuredClone(loaded);
    broken.base.nodes[0]!.config = { name: 'jobs', VisibilityTimeout: 99_999 };
    const simulation = simulate(broken);
    expect(simulation.problems.map((problem) => [problem.nodeId ?? problem.edgeId, problem.operation])).toContainEqual(['jobs', 'sqs.CreateQueue']);
    expect(simulation.problems[0]!.error.message.length).toBeGreaterThan(10);
    expect(simulation.read('sqs', 'GetQueueUrl', { QueueName: 'jobs-dlq' })).toMatchObject({ kind: 'ok' });
  });

  it('leaves no trace of what is only looked at', () => {
    const looked = simulate();
    const plain = simulate();
    for (let ms = 0; ms <= 10_000; ms += 500) {
      looked.runTo(at(ms));
      expect(looked.read('sqs', 'GetQueueAttributes', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/jobs', AttributeNames: ['All'] })).toMatchObject({ kind: 'ok' });
    }
    plain.runTo(at(10_000));
    expect(hash(looked)).toBe(hash(plain));
  });
});
