/** What a target gets of an event: all of it, a constant, a part, or a template. @source aws/eventbridge.md §6 */
import type { Envelope, Target } from './state.ts';

export interface RuleFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

/** The text for a target, or undefined when the template gives nothing that can be delivered. */
export function shapeInput(target: Target, envelope: Envelope, _facts: RuleFacts): string | undefined {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(envelope, target.InputPath) ?? null);
  return JSON.stringify(envelope);
}

/** `$.detail.items[0].id` in an event. */
export function valueAt(event: unknown, path: string): unknown {
  let value = event;
  for (const part of path.replace(/^\$\.?/, '').match(/[^.[\]]+/g) ?? []) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part.replace(/^['"]|['"]$/g, '')];
  }
  return value;
}
