/** A table with a stream on the canvas, and a function that reads it. */
import { expect, it } from 'vitest';
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

const position = { x: 0, y: 0 };
const table = (Stream: string): ScenarioNodeDocument => ({ id: 'orders', service: 'dynamodb', config: { name: 'orders', Stream }, position });
const worker = { id: 'work', service: 'lambda', config: { name: 'work' }, files: { 'index.mjs': 'ok' }, position };
const reads = (config: ScenarioEdgeDocument['config'] = {}): ScenarioEdgeDocument => ({ id: 'reads', from: 'orders', to: 'work', port: 'lambda.stream', config, grant: true });

function simulate(nodes: ScenarioNodeDocument[], edges: ScenarioEdgeDocument[]): Simulation {
  const document: ScenarioDocument = { base: { version: 1, name: 'test', startAt: '2026-01-01T00:00:00Z', seed: 1, nodes, edges, stimuli: [], faults: [] }, inputs: [] };
  const simulation = new Simulation({ models, manifests, runtime: scriptedRuntime({ ok: { handle: () => [{ result: 1 }] } }), blobs: createBlobStore() }, document);
  simulation.runTo(simTime(0));
  return simulation;
}
const put = (simulation: Simulation, id: string): void => void simulation.act({ kind: 'call', atUs: simulation.world.now, service: 'dynamodb', operation: 'PutItem', input: { TableName: 'orders', Item: { id: { S: id } } } });
const run = (simulation: Simulation, ms: number): void => void simulation.runTo(simTime(simulation.world.now + ms * 1000));
const batches = (simulation: Simulation): unknown[] => simulation.world.trace.events.filter(({ kind }) => kind === 'lambda.StreamBatchReceived').map(({ data }) => data['records']);
const mappings = (simulation: Simulation): Record<string, unknown>[] => {
  const outcome = simulation.read('lambda', 'ListEventSourceMappings', {});
  return (outcome?.kind === 'ok' ? (outcome.output as { EventSourceMappings: Record<string, unknown>[] }).EventSourceMappings : []);
};

it('is deployed with the stream\'s own ARN and the rights to read it, and gives the function its changes', () => {
  const simulation = simulate([table('NEW_IMAGE'), worker], [reads({ BatchSize: 2 })]);
  expect(simulation.problems).toEqual([]);
  expect(mappings(simulation)).toMatchObject([{ State: 'Enabled', BatchSize: 2, StartingPosition: 'TRIM_HORIZON', EventSourceArn: expect.stringMatching(/:table\/orders\/stream\/2025-12-31T23:58:00\.\d{3}$/) as string }]);
  for (const id of ['a', 'b', 'c']) put(simulation, id);
  run(simulation, 3_000);
  expect(batches(simulation)).toEqual([2, 1]);
});

it('takes new settings as an update, and another position as another mapping', () => {
  const simulation = simulate([table('NEW_IMAGE'), worker], [reads()]);
  const [{ UUID }] = mappings(simulation) as [{ UUID: string }];
  const edit = (config: ScenarioEdgeDocument['config']): void => void simulation.act({ kind: 'edit', atUs: simulation.world.now, nodes: [table('NEW_IMAGE'), worker], edges: [reads(config)] });
  edit({ BatchSize: 5, MaximumRetryAttempts: 2 });
  run(simulation, 5_000);
  expect(mappings(simulation)).toMatchObject([{ UUID, BatchSize: 5, MaximumRetryAttempts: 2 }]);
  edit({ StartingPosition: 'LATEST' });
  run(simulation, 10_000);
  expect(simulation.problems).toEqual([]);
  expect(mappings(simulation)).toMatchObject([{ StartingPosition: 'LATEST', BatchSize: 100 }]);
  expect(mappings(simulation)[0]!['UUID']).not.toBe(UUID);
});

it('stays with the old stream when the table gets another view, as on AWS', () => {
  const simulation = simulate([table('NEW_IMAGE'), worker], [reads()]);
  simulation.act({ kind: 'edit', atUs: simulation.world.now, nodes: [table('KEYS_ONLY'), worker], edges: [reads()] });
  put(simulation, 'unread');
  run(simulation, 5_000);
  expect([simulation.problems, batches(simulation)]).toEqual([[], []]);
  expect(simulation.world.trace.events.filter(({ kind }) => kind === 'dynamodb.ChangeRecorded')).toHaveLength(1);
});

it('is why a change reaches the function: the item is followed from its write to the invocation', () => {
  const simulation = simulate([table('NEW_IMAGE'), worker], [reads()]);
  put(simulation, 'a');
  put(simulation, 'a');
  put(simulation, 'b');
  run(simulation, 2_000);
  const { events } = simulation.world.trace;
  const changes = events.filter(({ kind }) => kind === 'dynamodb.ChangeRecorded').map(({ seq }) => seq);
  const batch = events.find(({ kind }) => kind === 'lambda.StreamBatchReceived');
  // The second write of `a` has the same attributes and leaves no record.
  expect(batch).toMatchObject({ cause: changes, subjects: ['dynamodb://orders/a', 'dynamodb://orders/b'] });
  expect(events.find(({ kind }) => kind === 'lambda.InvocationSucceeded')?.subjects).toContain('dynamodb://orders/a');
});

it('is refused while the stream is off, and exported to SAM while it is on', () => {
  const answer = (Stream: string) => connectAnswer('orders', 'work', { nodes: [table(Stream), worker], edges: [] }, manifestsById(manifests));
  expect(answer('Off')).toMatchObject({ options: [], refusal: { sentence: expect.stringContaining('The stream of the table is off.') as string, offer: { edgeType: { id: 'lambda.reads' } } } });
  expect(answer('NEW_IMAGE').options.map(({ edgeType }) => edgeType.id)).toEqual(['lambda.stream']);
  const design = { nodes: [table('NEW_IMAGE'), worker], edges: [reads()] };
  const environment = environmentOf(design, manifestsById(manifests));
  expect(manifest.sam!(worker, environment)).toMatchObject({ work: { Properties: { Events: { reads: { Type: 'DynamoDB', Properties: { Stream: { 'Fn::GetAtt': ['orders', 'StreamArn'] }, StartingPosition: 'TRIM_HORIZON' } } } } } });
});
