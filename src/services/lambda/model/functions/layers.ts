/** Operations on layers: versions of files that functions find under /opt. @source aws/lambda.md §2 (Lambda API model 2026-08) @simplified Texts of refusals that the source does not have are recalled, not recorded. */
import { z } from 'zod';
import { utf8ByteLength } from '../../../../base/utf8.ts';
import { operation } from '../../../../sim/service.ts';
import type { OperationTable } from '../../../../sim/service.ts';
import { isoMs } from '../../../../base/time-text.ts';
import { constraint, invalid, notFound } from '../errors.ts';
import { readCode } from './code.ts';
import { page } from './functions.ts';
import { layerOf } from './layer-files.ts';
import type { LambdaContext, LambdaState, LayerVersion } from '../state.ts';
import type { LambdaTuning } from '../tuning.ts';

const SOURCE = 'aws/lambda.md §2 (Lambda API model 2026-08)';

function shown(layer: LayerVersion): object {
  return {
    LayerVersionArn: `${layer.layerArn}:${layer.version}`,
    Version: layer.version,
    Description: layer.description,
    CreatedDate: isoMs(layer.createdMs).replace('Z', '+0000'),
    ...(layer.runtimes.length === 0 ? {} : { CompatibleRuntimes: layer.runtimes }),
    ...(layer.architectures.length === 0 ? {} : { CompatibleArchitectures: layer.architectures }),
  };
}
const withContent = (context: LambdaContext, layer: LayerVersion): object => ({
  ...shown(layer),
  LayerArn: layer.layerArn,
  Content: { Location: `https://awslambda-${context.region}-layers.s3.${context.region}.amazonaws.com/snapshots/${context.account}/${layer.layerArn.split(':').pop()!}`, CodeSha256: layer.sha256, CodeSize: layer.zipBytes },
});

const nameInput = z.object({ LayerName: z.string() });
const versionInput = nameInput.extend({ VersionNumber: z.coerce.number() });
const listInput = { Marker: z.string().optional(), MaxItems: z.coerce.number().optional(), CompatibleRuntime: z.string().optional(), CompatibleArchitecture: z.string().optional() };
const publishInput = nameInput.extend({
  Content: z.object({ ZipFile: z.unknown().optional(), files: z.record(z.string(), z.string()).optional(), S3Bucket: z.string().optional() }),
  Description: z.string().optional(),
  CompatibleRuntimes: z.array(z.string()).optional(),
  CompatibleArchitectures: z.array(z.string()).optional(),
  LicenseInfo: z.string().optional(),
});

const layerName = (text: string): string => (text.startsWith('arn:') ? (text.split(':')[6] ?? '') : text);
const arnOf = (context: LambdaContext, name: string): string => `arn:aws:lambda:${context.region}:${context.account}:layer:${name}`;
const byName = (context: LambdaContext, input: { readonly LayerName: string }): string => arnOf(context, layerName(input.LayerName));
const byVersion = (context: LambdaContext, input: z.infer<typeof versionInput>): string => `${byName(context, input)}:${input.VersionNumber}`;

function publish(context: LambdaContext, input: z.infer<typeof publishInput>): object {
  const name = layerName(input.LayerName);
  if (!/^[a-zA-Z0-9-_]{1,140}$/.test(name)) throw constraint(name, 'layerName', 'satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+');
  if (name === 'ffmpeg') throw invalid('The layer ffmpeg is there already: it brings /opt/bin/ffmpeg and /opt/bin/ffprobe.');
  const { files, sha256, zipBytes } = readCode(context, input.Content);
  const versions = context.state.layers.get(name) ?? [];
  const layer: LayerVersion = {
    layerArn: arnOf(context, name),
    version: versions.length + 1,
    files,
    sha256,
    zipBytes,
    unzippedBytes: Object.values(files).reduce((sum, text) => sum + utf8ByteLength(text), 0),
    description: input.Description ?? '',
    runtimes: input.CompatibleRuntimes ?? [],
    architectures: input.CompatibleArchitectures ?? [],
    createdMs: context.epochMs,
    deleted: false,
  };
  context.state.layers.set(name, [...versions, layer]);
  context.emit('lambda.LayerPublished', layer.layerArn, { version: layer.version, files: Object.keys(files).length });
  return withContent(context, layer);
}

function found(context: LambdaContext, arn: string): LayerVersion {
  const layer = layerOf(context, arn);
  if (layer === undefined || layer.deleted) throw notFound('The resource you requested does not exist.');
  return layer;
}
const kept = (layers: readonly LayerVersion[], input: { readonly CompatibleRuntime?: string | undefined }): LayerVersion[] =>
  layers.filter((layer) => !layer.deleted && (input.CompatibleRuntime === undefined || layer.runtimes.includes(input.CompatibleRuntime))).reverse();

const errors = ['ResourceNotFoundException', 'InvalidParameterValueException'];
const uri = '/2018-10-31/layers/{LayerName}/versions';
const pages = { inputToken: 'Marker', outputToken: 'NextMarker' };

export const layerOperations: OperationTable<LambdaState, LambdaTuning> = {
  PublishLayerVersion: operation({ input: publishInput, action: 'lambda:PublishLayerVersion', resource: byName, writes: true, errors, source: SOURCE, simplified: ['Layers hold text files only. Besides ZipFile, Content takes files ({ path: text }).'], http: { method: 'POST', uri, status: 201 }, handle: publish }),
  GetLayerVersion: operation({ input: versionInput, action: 'lambda:GetLayerVersion', resource: byVersion, writes: false, errors, source: SOURCE, http: { method: 'GET', uri: `${uri}/{VersionNumber}` }, handle: (context: LambdaContext, input) => withContent(context, found(context, byVersion(context, input))) }),
  GetLayerVersionByArn: operation({ input: z.object({ Arn: z.string() }), action: 'lambda:GetLayerVersion', resource: (_: LambdaContext, input) => input.Arn, writes: false, errors, source: SOURCE, http: { method: 'GET', uri: '/2018-10-31/layers?find=LayerVersion' }, handle: (context: LambdaContext, input) => withContent(context, found(context, input.Arn)) }),
  DeleteLayerVersion: operation({
    input: versionInput,
    action: 'lambda:DeleteLayerVersion',
    resource: byVersion,
    writes: true,
    errors,
    source: SOURCE,
    http: { method: 'DELETE', uri: `${uri}/{VersionNumber}`, status: 204 },
    handle: (context: LambdaContext, input) => {
      const layer = layerOf(context, byVersion(context, input));
      if (layer !== undefined) layer.deleted = true;
      return {};
    },
  }),
  ListLayerVersions: operation({ input: nameInput.extend(listInput), action: 'lambda:ListLayerVersions', resource: byName, writes: false, errors, source: SOURCE, pages, http: { method: 'GET', uri }, handle: (context: LambdaContext, input) => page(kept(context.state.layers.get(layerName(input.LayerName)) ?? [], input).map(shown), 'LayerVersions', input) }),
  ListLayers: operation({
    input: z.object(listInput),
    action: 'lambda:ListLayers',
    resource: () => '*',
    writes: false,
    errors,
    source: SOURCE,
    pages,
    http: { method: 'GET', uri: '/2018-10-31/layers' },
    handle: (context: LambdaContext, input) => {
      const all = [...context.state.layers].flatMap(([LayerName, versions]) => kept(versions, input).slice(0, 1).map((layer) => ({ LayerName, LayerArn: layer.layerArn, LatestMatchingVersion: shown(layer) })));
      return page(all, 'Layers', input);
    },
  }),
};
