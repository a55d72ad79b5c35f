/** What a target gets of an event, with the facts of its rule put in. @source aws/eventbridge.md §6 */
import { shapeTargetInput } from '../../../../base/input-transformer.ts';
import type { TargetInput, TransformContext } from '../../../../base/input-transformer.ts';
import type { Envelope, Target } from '../state.ts';

/** The part of a target that shapes its input, without members that are there but undefined. */
export function shapingOf({ Input, InputPath, InputTransformer }: Target): TargetInput {
  return {
    ...(Input === undefined ? {} : { Input }),
    ...(InputPath === undefined ? {} : { InputPath }),
    ...(InputTransformer === undefined ? {} : { InputTransformer: { InputTemplate: InputTransformer.InputTemplate, ...(InputTransformer.InputPathsMap === undefined ? {} : { InputPathsMap: InputTransformer.InputPathsMap }) } }),
  };
}

/** The text for a target, or undefined when the template gives nothing that can be delivered. */
export function shapeInput(target: Target, envelope: Envelope, facts: TransformContext): string | undefined {
  const shaped = shapeTargetInput(shapingOf(target), envelope, facts);
  return shaped.delivered ? shaped.body : undefined;
}
