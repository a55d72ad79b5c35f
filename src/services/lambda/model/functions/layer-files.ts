/** What functions have of their layers: checks, files under /opt, sizes. @source aws/lambda.md §2 (texts: localstack provider.py) @simplified that of a layer that is not there is recalled */
import { invalid } from '../errors.ts';
import { isFfmpegLayer, LAMBDA } from '../limits.ts';
import type { LambdaContext, LayerVersion, Settings } from '../state.ts';

/** A layer version by its ARN, also a deleted one: functions that use it go on. */
export function layerOf(context: LambdaContext, arn: string): LayerVersion | undefined {
  const [, , , region, , , name, version] = arn.split(':');
  return region === context.region ? context.state.layers.get(name ?? '')?.[Number(version) - 1] : undefined;
}

/** At most five, no two versions of one, all of them there, and not too large together with the code. @throws InvalidParameterValueException */
export function checkLayers(context: LambdaContext, layers: readonly string[]): readonly string[] {
  if (layers.length > LAMBDA.layersMax) throw invalid('Cannot reference more than 5 layers.');
  const nameOf = (arn: string): string => arn.split(':').slice(0, -1).join(':');
  for (const [at, arn] of layers.entries()) {
    const earlier = layers.slice(0, at).find((other) => nameOf(other) === nameOf(arn));
    if (earlier !== undefined) throw invalid(`Two different versions of the same layer are not allowed to be referenced in the same function. ${earlier} and ${arn} are versions of the same layer.`);
  }
  for (const arn of layers) {
    const layer = layerOf(context, arn);
    if (!isFfmpegLayer(arn) && (layer === undefined || layer.deleted)) throw invalid(`Layer version ${arn} does not exist.`);
  }
  return layers;
}

/** @throws InvalidParameterValueException when code and layers are larger than 250 MB together */
export function checkUnzipped(context: LambdaContext, settings: Settings, codeBytes: number): void {
  const layers = settings.layers.reduce((sum, arn) => sum + (layerOf(context, arn)?.unzippedBytes ?? 0), 0);
  if (codeBytes + layers >= LAMBDA.unzippedBytesMax) throw invalid(`Unzipped size must be smaller than ${LAMBDA.unzippedBytesMax} bytes`);
}

/** What is under /opt: of two files with the same path, that of the later layer. */
export function layerFiles(context: LambdaContext, layers: readonly string[]): Record<string, string> {
  return Object.assign({}, ...layers.map((arn) => Object.fromEntries(Object.entries(layerOf(context, arn)?.files ?? {}).map(([path, text]) => [`/opt/${path}`, text])))) as Record<string, string>;
}

export const layerBytes = (context: LambdaContext, arn: string): number => layerOf(context, arn)?.zipBytes ?? 0;
