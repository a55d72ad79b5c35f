/** A scenario as a file: readable JSON out, anything in, with a clear message when it can't be used. */
import type { Manifests } from './environment.ts';
import { SCENARIO_LIMITS } from './schema.ts';
import type { ScenarioDocument } from './schema.ts';
import { validateScenario } from './validate.ts';

export function exportScenario(document: ScenarioDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** `video-pipeline.coldstart.json` */
export function fileNameOf(document: ScenarioDocument): string {
  const words = document.base.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `${words || 'scenario'}.coldstart.json`;
}

export type Imported = { readonly ok: true; readonly document: ScenarioDocument } | { readonly ok: false; readonly message: string };

export function importScenario(text: string, manifests: Manifests): Imported {
  if (text.length > SCENARIO_LIMITS.documentBytesMax) return { ok: false, message: `This file has ${text.length} characters. A scenario has at most ${SCENARIO_LIMITS.documentBytesMax}.` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: `This file is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const check = validateScenario(value, manifests);
  if (check.ok) return { ok: true, document: check.document };
  const [first] = check.issues;
  return { ok: false, message: `${first?.path === 'base.version' ? '' : `${first?.path}: `}${first?.message ?? 'This file cannot be used.'}` };
}
