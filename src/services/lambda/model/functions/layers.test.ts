import { describe, expect, it } from 'vitest';
import { createBlobStore } from '../../../../runner/blobs.ts';
import { loadSandbox } from '../../../../runner/sandbox.ts';
import { models } from '../../../models.ts';
import { functionsWorld, ROLE } from '../testing/functions-world.ts';
import type { FunctionsWorld } from '../testing/functions-world.ts';
import type { LambdaContext } from '../state.ts';
import { checkUnzipped } from './layer-files.ts';

const LAYER = 'arn:aws:lambda:us-east-1:000000000000:layer:';
const publish = (cloud: FunctionsWorld, LayerName: string, files: Record<string, string>): unknown => cloud.send('lambda', 'PublishLayerVersion', { LayerName, Content: { files } })['LayerVersionArn'];
const world = (): FunctionsWorld => functionsWorld({ ok: { handle: () => [{ result: 1 }] } });
const creation = (Layers: readonly string[]): object => ({ FunctionName: 'x', Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { files: { 'index.mjs': 'ok' } }, Layers });

describe('Lambda layers', () => {
  it('are under /opt, and of two files with the same path the later layer’s counts', async () => {
    const blobs = createBlobStore();
    const cloud = functionsWorld({}, { runtime: await loadSandbox({ models, blobs }), blobs });
    publish(cloud, 'one', { 'nodejs/node_modules/who/index.js': "module.exports = 'first';", 'nodejs/node_modules/only/index.js': "module.exports = 'only the first';" });
    publish(cloud, 'two', { 'nodejs/node_modules/who/index.js': "module.exports = 'second';" });
    const code = "import who from 'who'; import only from 'only'; export const handler = async () => [who, only];";
    cloud.make(code, { MemorySize: 512, Layers: [`${LAYER}one:1`, `${LAYER}two:1`] });
    expect(cloud.invoke().payload).toEqual(['second', 'only the first']);
    cloud.send('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'fn', Layers: [`${LAYER}two:1`, `${LAYER}one:1`] });
    cloud.advance(1_000);
    expect(cloud.invoke().payload).toEqual(['first', 'only the first']);
  });

  it('have versions whose numbers are not given again; functions keep a deleted one', () => {
    const cloud = world();
    expect([publish(cloud, 'tools', { a: '1' }), publish(cloud, 'tools', { a: '2' })]).toEqual([`${LAYER}tools:1`, `${LAYER}tools:2`]);
    cloud.make('ok', { Layers: [`${LAYER}tools:2`] });
    cloud.send('lambda', 'DeleteLayerVersion', { LayerName: 'tools', VersionNumber: 2 });
    expect(cloud.invoke().payload).toBe(1);
    expect(cloud.runtime.specs[0]!.layerFiles).toEqual({ '/opt/a': '2' });
    expect(cloud.failure('lambda', 'GetLayerVersion', { LayerName: 'tools', VersionNumber: 2 }).status).toBe(404);
    expect(cloud.send('lambda', 'ListLayers')['Layers']).toMatchObject([{ LayerName: 'tools', LatestMatchingVersion: { Version: 1 } }]);
    expect(publish(cloud, 'tools', { a: '3' })).toBe(`${LAYER}tools:3`);
    expect((cloud.send('lambda', 'ListLayerVersions', { LayerName: 'tools' })['LayerVersions'] as { Version: number }[]).map((layer) => layer.Version)).toEqual([3, 1]);
    expect(cloud.send('lambda', 'GetFunctionConfiguration', { FunctionName: 'fn' })['Layers']).toMatchObject([{ Arn: `${LAYER}tools:2`, CodeSize: expect.any(Number) as unknown }]);
  });

  it.each<[string, readonly string[], string]>([
    ['six of them', ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${LAYER}${name}:1`), 'Cannot reference more than 5 layers.'],
    ['two versions of one', [`${LAYER}a:1`, `${LAYER}a:2`], 'Two different versions of the same layer are not allowed to be referenced in the same function. arn:aws:lambda:us-east-1:000000000000:layer:a:1 and arn:aws:lambda:us-east-1:000000000000:layer:a:2 are versions of the same layer.'],
    ['one that is not there', [`${LAYER}none:1`], `Layer version ${LAYER}none:1 does not exist.`],
  ])('are refused: %s', (_, layers, message) => {
    const cloud = world();
    for (const name of ['a', 'a', 'b', 'c', 'd', 'e', 'f']) publish(cloud, name, { x: name });
    expect(cloud.failure('lambda', 'CreateFunction', creation(layers))).toMatchObject({ name: 'InvalidParameterValueException', message });
  });

  it('count with the code: 250 MB together', () => {
    const cloud = world();
    publish(cloud, 'tools', { a: 'x'.repeat(1_000) });
    cloud.make('ok', { Layers: [`${LAYER}tools:1`] });
    const context = cloud.world.context('lambda') as unknown as LambdaContext;
    const { settings } = context.state.functions.get('fn')!.versions.get('$LATEST')!;
    expect(() => checkUnzipped(context, settings, 262_144_000 - 1_001)).not.toThrow();
    expect(() => checkUnzipped(context, settings, 262_144_000 - 1_000)).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });
});
