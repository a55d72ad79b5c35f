import { describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../../runner/blobs.ts';
import { Simulation } from '../../../../runner/simulation.ts';
import { environmentOf, manifestsById } from '../../../../scenario/environment.ts';
import { connectAnswer } from '../../../../scenario/legal-edges.ts';
import type { ScenarioDocument, ScenarioEdgeDocument, ScenarioNodeDocument } from '../../../../scenario/schema.ts';
import { simTime } from '../../../../sim/units.ts';
import { manifests } from '../../../manifests.ts';
import { models } from '../../../models.ts';
import { manifest } from '../manifest.ts';
import { scriptedRuntime } from '../testing/scripted-runtime.ts';
import type { Script } from '../testing/scripted-runtime.ts';

const position = { x: 0, y: 0 };
const fn = (name: string, config: ScenarioNodeDocument['config'] = {}, script = 'ok'): ScenarioNodeDocument => ({ id: name, service: 'lambda', config: { name, ...config }, files: { 'index.mjs': script }, position });
const queue = (name: string, config: ScenarioNodeDocument['config'] = {}): ScenarioNodeDocument => ({ id: name, service: 'sqs', config: { name, ...config }, position });
const edge = (port: string, from: string, to: string, config: ScenarioEdgeDocument['config'] = {}, grant = true): ScenarioEdgeDocument => ({ id: `${port.split('.')[1]}-${from}-${to}`, from, to, port, config, grant });
const document = (nodes: ScenarioNodeDocument[], edges: ScenarioEdgeDocument[] = []): ScenarioDocument => ({ base: { version: 1, name: 'test', startAt: '2026-01-01T00:00:00Z', seed: 1, nodes, edges, stimuli: [], faults: [] }, inputs: [] });

const scripts: Readonly<Record<string, Script>> = { ok: { handle: () => [{ result: 1 }] }, other: { handle: () => [{ result: 2 }] }, boom: { handle: () => [{ fail: ['Error', 'boom'] }] } };
function simulate(nodes: ScenarioNodeDocument[], edges: ScenarioEdgeDocument[] = []): Simulation {
  const simulation = new Simulation({ models, manifests, runtime: scriptedRuntime(scripts), blobs: createBlobStore() }, document(nodes, edges));
  simulation.runTo(simTime(0));
  return simulation;
}
const call = (simulation: Simulation, operation: string, input: Record<string, string>): void => void simulation.act({ kind: 'call', atUs: simulation.world.now, service: 'lambda', operation, input });
const edit = (simulation: Simulation, nodes: ScenarioNodeDocument[], edges: ScenarioEdgeDocument[]): void => void simulation.act({ kind: 'edit', atUs: simulation.world.now, nodes, edges });
const read = (simulation: Simulation, operation: string, input: object): Record<string, unknown> => {
  const outcome = simulation.read('lambda', operation, input);
  if (outcome?.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.output as Record<string, unknown>;
};
const count = (simulation: Simulation, kind: string): number => simulation.world.trace.events.filter((event) => event.kind === kind).length;
const run = (simulation: Simulation, ms: number): void => void simulation.runTo(simTime(simulation.world.now + ms * 1000));

describe('a function on the canvas', () => {
  it('becomes a role and a function with the settings of its node', () => {
    const simulation = simulate([fn('work', { MemorySize: 512, Timeout: 9, Environment: { TABLE: 'x' }, Layers: ['ffmpeg'], ReservedConcurrentExecutions: 3, MaximumRetryAttempts: 1 })]);
    expect(simulation.problems).toEqual([]);
    expect(read(simulation, 'GetFunctionConfiguration', { FunctionName: 'work' })).toMatchObject({ State: 'Active', MemorySize: 512, Timeout: 9, Role: 'arn:aws:iam::000000000000:role/work-role', Environment: { Variables: { TABLE: 'x' } }, Layers: [{ Arn: 'arn:aws:lambda:us-east-1:000000000000:layer:ffmpeg:1' }] });
    expect(read(simulation, 'GetFunctionConcurrency', { FunctionName: 'work' })).toEqual({ ReservedConcurrentExecutions: 3 });
    expect(read(simulation, 'GetFunctionEventInvokeConfig', { FunctionName: 'work' })).toMatchObject({ MaximumRetryAttempts: 1 });
  });

  it('takes changes of settings and code during a run, each as the call for it', () => {
    const simulation = simulate([fn('work')]);
    edit(simulation, [fn('work', { MemorySize: 1024 }, 'other')], []);
    expect(simulation.problems).toEqual([]);
    expect(read(simulation, 'GetFunctionConfiguration', { FunctionName: 'work' })).toMatchObject({ MemorySize: 1024, Timeout: 3 });
    const before = simulation.world.trace.events.length;
    edit(simulation, [fn('work', { MemorySize: 1024, ReservedConcurrentExecutions: 1 }, 'other')], []);
    expect(simulation.world.trace.events.slice(before).filter((event) => event.kind === 'sim.ApiCall').map((event) => event.data['operation'])).toEqual(['PutFunctionConcurrency']);
    edit(simulation, [], []);
    expect(count(simulation, 'lambda.FunctionDeleted')).toBe(1);
  });

  it('is made anew under a new name, with all its connections', () => {
    const nodes = (name: string): ScenarioNodeDocument[] => [{ ...fn(name), id: 'work' }, queue('jobs'), queue('dead'), { id: 'clips', service: 's3', config: { name: 'clips' }, position }];
    const edges = [edge('lambda.event-source-mapping', 'jobs', 'work'), edge('lambda.dead-letter', 'work', 'dead'), edge('lambda.on-success', 'work', 'jobs'), edge('lambda.writes', 'work', 'clips'), edge('s3.notification', 'clips', 'work')];
    const simulation = simulate(nodes('before'), edges);
    expect(simulation.problems).toEqual([]);
    edit(simulation, nodes('after'), edges);
    run(simulation, 5_000);
    expect(simulation.problems).toEqual([]);
    expect((read(simulation, 'ListFunctions', {})['Functions'] as { FunctionName: string }[]).map((one) => one.FunctionName)).toEqual(['after']);
    expect(read(simulation, 'ListEventSourceMappings', {})['EventSourceMappings']).toMatchObject([{ State: 'Enabled', FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:after' }]);
    expect(read(simulation, 'GetFunctionConfiguration', { FunctionName: 'after' })['DeadLetterConfig']).toEqual({ TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' });
    simulation.act({ kind: 'call', atUs: simulation.world.now, service: 's3', operation: 'PutObject', input: { Bucket: 'clips', Key: 'a.txt', Body: 'hello' } });
    run(simulation, 5_000);
    expect(count(simulation, 'lambda.InvocationSucceeded')).toBe(2);
  });

  it('that was added a moment ago waits with its changes until it is Active', () => {
    const simulation = simulate([]);
    edit(simulation, [fn('work')], []);
    edit(simulation, [fn('work', { Timeout: 7 })], []);
    run(simulation, 3_000);
    expect(simulation.problems).toEqual([]);
    expect(read(simulation, 'GetFunctionConfiguration', { FunctionName: 'work' })['Timeout']).toBe(7);
  });

  it('gives its async results and failures to what it is connected to', () => {
    const nodes = [fn('work', { MaximumRetryAttempts: 0 }), queue('good'), queue('bad'), queue('dead')];
    const edges = [edge('lambda.on-success', 'work', 'good'), edge('lambda.on-failure', 'work', 'bad'), edge('lambda.dead-letter', 'work', 'dead')];
    const simulation = simulate(nodes, edges);
    expect(simulation.problems).toEqual([]);
    call(simulation, 'Invoke', { FunctionName: 'work', InvocationType: 'Event' });
    run(simulation, 5_000);
    const sent = (name: string): number => simulation.world.trace.events.filter((event) => event.kind === 'sqs.MessageSent' && event.resource.endsWith(`:${name}`)).length;
    expect([sent('good'), sent('bad'), sent('dead')]).toEqual([1, 0, 0]);
    edit(simulation, [fn('work', { MaximumRetryAttempts: 0 }, 'boom'), ...nodes.slice(1)], edges);
    call(simulation, 'Invoke', { FunctionName: 'work', InvocationType: 'Event' });
    run(simulation, 5_000);
    expect([sent('good'), sent('bad'), sent('dead')]).toEqual([1, 1, 1]);
    edit(simulation, [fn('work', { MaximumRetryAttempts: 0 }, 'boom'), ...nodes.slice(1)], edges.slice(0, 1));
    call(simulation, 'Invoke', { FunctionName: 'work', InvocationType: 'Event' });
    run(simulation, 5_000);
    expect([sent('good'), sent('bad'), sent('dead')]).toEqual([1, 1, 1]);
    expect(count(simulation, 'lambda.AsyncDropped')).toBe(1);
  });

  it('gets its right taken away with the connection’s grant, and then is refused', () => {
    const nodes = [fn('work', { MaximumRetryAttempts: 0 }, 'boom'), queue('dead')];
    const simulation = simulate(nodes, [edge('lambda.dead-letter', 'work', 'dead', {}, false)]);
    call(simulation, 'Invoke', { FunctionName: 'work', InvocationType: 'Event' });
    run(simulation, 5_000);
    expect(count(simulation, 'lambda.DeadLetterFailed')).toBe(1);
  });

  it('is a target of a rule and of a bucket, by its own policy', () => {
    const nodes: ScenarioNodeDocument[] = [fn('work'), { id: 'bus', service: 'events', config: { name: 'shop' }, position }, { id: 'clips', service: 's3', config: { name: 'clips' }, position }];
    const simulation = simulate(nodes, [edge('events.rule', 'bus', 'work', { Name: 'all', EventPattern: '{"source":["shop"]}' }), edge('s3.notification', 'clips', 'work')]);
    expect(simulation.problems).toEqual([]);
    const policy = JSON.parse(String(read(simulation, 'GetPolicy', { FunctionName: 'work' })['Policy'])) as { Statement: { Principal: unknown; Condition: unknown }[] };
    expect(policy.Statement).toMatchObject([{ Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/shop/all' } } }, { Principal: { Service: 's3.amazonaws.com' } }]);
    simulation.act({ kind: 'call', atUs: simulation.world.now, service: 'events', operation: 'PutEvents', input: { Entries: [{ EventBusName: 'shop', Source: 'shop', DetailType: 'x', Detail: '{}' }] } });
    simulation.act({ kind: 'call', atUs: simulation.world.now, service: 's3', operation: 'PutObject', input: { Bucket: 'clips', Key: 'a.txt', Body: 'hello' } });
    run(simulation, 5_000);
    expect(count(simulation, 'lambda.InvocationSucceeded')).toBe(2);
    edit(simulation, nodes, []);
    expect(simulation.problems).toEqual([]);
    expect(simulation.read('lambda', 'GetPolicy', { FunctionName: 'work' })).toMatchObject({ kind: 'error' });
  });

  it('polls its queue by the settings of the connection, and by changed ones', () => {
    const nodes = [fn('work'), queue('jobs')];
    const simulation = simulate(nodes, [edge('lambda.event-source-mapping', 'jobs', 'work', { BatchSize: 2 })]);
    const shown = (): Record<string, unknown> => (read(simulation, 'ListEventSourceMappings', {})['EventSourceMappings'] as Record<string, unknown>[])[0]!;
    expect(shown()).toMatchObject({ State: 'Enabled', BatchSize: 2 });
    edit(simulation, nodes, [edge('lambda.event-source-mapping', 'jobs', 'work', { BatchSize: 50, MaximumBatchingWindowInSeconds: 3, ReportBatchItemFailures: true, MaximumConcurrency: 4 })]);
    expect(shown()).toMatchObject({ State: 'Updating', BatchSize: 50, MaximumBatchingWindowInSeconds: 3, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 4 } });
    edit(simulation, nodes, [edge('lambda.event-source-mapping', 'jobs', 'work', { BatchSize: 5 })]);
    expect(shown()).toMatchObject({ BatchSize: 5, FunctionResponseTypes: [] });
    expect(shown()).not.toHaveProperty('ScalingConfig');
    edit(simulation, nodes, []);
    run(simulation, 5_000);
    expect(read(simulation, 'ListEventSourceMappings', {})['EventSourceMappings']).toEqual([]);
  });
});

describe('connections of a function', () => {
  const byId = manifestsById(manifests);
  const ports = (from: string, to: string, nodes: ScenarioNodeDocument[]): string[] => connectAnswer(from, to, { nodes, edges: [] }, byId).options.map((option) => option.edgeType.id);

  it('are what AWS has between the two', () => {
    const nodes: ScenarioNodeDocument[] = [fn('a'), fn('b'), queue('q'), { id: 'bucket', service: 's3', config: { name: 'bucket' }, position }, { id: 'bus', service: 'events', config: { name: 'default' }, position }];
    expect(ports('q', 'a', nodes)).toEqual(['lambda.event-source-mapping']);
    expect(ports('a', 'q', nodes)).toEqual(['lambda.writes', 'lambda.reads', 'lambda.on-success', 'lambda.on-failure', 'lambda.dead-letter']);
    expect(ports('a', 'bucket', nodes)).toEqual(['lambda.writes', 'lambda.reads']);
    expect(ports('bucket', 'a', nodes)).toEqual(['s3.notification']);
    expect(ports('bus', 'a', nodes)).toEqual(['events.rule']);
    expect(ports('a', 'b', nodes)).toEqual(['lambda.writes', 'lambda.on-success', 'lambda.on-failure']);
    expect(ports('a', 'a', nodes)).toEqual([]);
  });

  it('to a queue that hides messages for too short are refused in AWS’s words', () => {
    const nodes = [fn('a', { Timeout: 60 }), queue('q', { VisibilityTimeout: 30 })];
    expect(connectAnswer('q', 'a', { nodes, edges: [] }, byId)).toMatchObject({ options: [], refusal: { sentence: expect.stringContaining('Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds') as unknown, offer: null } });
  });
});

describe('what a function costs and shows', () => {
  const end = { seq: 5, at: simTime(1), kind: 'lambda.InvocationSucceeded', resource: 'arn:aws:lambda:us-east-1:000000000000:function:work', cause: [4], data: { environment: 'e-1', billedMs: 296, memoryMb: 128, tmpMb: 1024, architecture: 'x86_64', provisioned: false, durationUs: 128_830, concurrency: 0 } };

  it('is a request and its billed milliseconds by memory', () => {
    expect(manifest.cost(end)).toEqual([{ unit: 'request', quantity: 1 }, { unit: 'duration-x86_64', quantity: 296 * 128 }, { unit: 'tmp', quantity: 296 * 512 }]);
    const dollars = manifest.cost(end).reduce((sum, item) => sum + item.quantity * manifest.prices[item.unit]!.usd, 0);
    expect(dollars).toBeCloseTo(0.2e-6 + 0.296 * 0.125 * 0.0000166667 + 0.296 * 0.5 * 0.0000000309, 15);
    expect(manifest.cost({ ...end, kind: 'lambda.Throttled' })).toEqual([]);
    expect(manifest.cost({ ...end, kind: 'lambda.PollEmpty', data: { polls: 5 } })).toEqual([{ unit: 'poll', quantity: 5 }]);
  });

  it('is a lane for each environment', () => {
    const at = (kind: string, data: object = {}): unknown => manifest.timeline!({ ...end, kind, data: { ...end.data, ...data } }).map((change) => ('state' in change ? `${change.kind} ${change.state}` : change.kind));
    expect(at('lambda.EnvironmentStarting')).toEqual(['open starting']);
    expect(at('lambda.InvocationTimedOut')).toEqual(['close timed-out', 'open warm', 'level']);
    expect(at('lambda.EnvironmentEnded')).toEqual(['close']);
  });

  it('says what its memory means', () => {
    const sentences = (config: ScenarioNodeDocument['config']): string[] => {
      const node = fn('work', config);
      const environment = environmentOf({ nodes: [node], edges: [] }, manifestsById(manifests));
      return manifest.lints!(environment.node('work')!, environment).map((lint) => lint.sentence);
    };
    expect(sentences({ MemorySize: 1769 })[0]).toBe('One full vCPU. More memory makes JavaScript no faster, only programs with several threads.');
    expect(sentences({ MemorySize: 884 })[0]).toBe('49 % of a vCPU. At 1,769 MB, one full vCPU, work takes half the time for the same price.');
    expect(sentences({ Handler: 'app.handler' })[1]).toBe('There is no file app.mjs, .js or .ts: every start will fail.');
  });
});
