/** Brings documents of older versions up to the present one, a numbered step at a time. */
import { SCENARIO_VERSION } from './schema.ts';

/** `from` → a function that makes version `from + 1` out of it. Version 1 is the first: there are none yet. */
const STEPS: Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>> = {};

export type Migrated = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: 'not-a-scenario' | 'newer'; readonly message: string };

/** Anything in; a document of the present version out (its shape is checked elsewhere), or why not. */
export function migrate(value: unknown): Migrated {
  const version = versionOf(value);
  if (version === null) return { ok: false, reason: 'not-a-scenario', message: 'This is no Coldstart scenario: it has no version.' };
  if (version > SCENARIO_VERSION) return { ok: false, reason: 'newer', message: 'This scenario was made by a newer Coldstart. Reload to update, then open it again.' };
  let document = value as Record<string, unknown>;
  for (let at = version; at < SCENARIO_VERSION; at++) {
    const step = STEPS[at];
    if (!step) return { ok: false, reason: 'not-a-scenario', message: `There has never been a scenario of version ${at}.` };
    document = step(document);
  }
  return { ok: true, value: document };
}

function versionOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('base' in value)) return null;
  const { base } = value;
  if (typeof base !== 'object' || base === null || !('version' in base)) return null;
  return typeof base.version === 'number' && Number.isInteger(base.version) && base.version >= 1 ? base.version : null;
}
