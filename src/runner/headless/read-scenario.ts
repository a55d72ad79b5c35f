/** Takes a scenario as people hand it in (a document, or its base alone), checked. */
import { manifests } from '../../services/manifests.ts';
import { manifestsById } from '../../scenario/environment.ts';
import type { ScenarioDocument } from '../../scenario/schema.ts';
import { validateScenario } from '../../scenario/validate.ts';
import type { ScenarioIssue } from '../../scenario/validate.ts';

/** What was handed in is no scenario. `issues` name every field that is wrong. */
export class InvalidScenario extends Error {
  readonly issues: readonly ScenarioIssue[];
  constructor(issues: readonly ScenarioIssue[]) {
    super(`This is no scenario that can be run: ${issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ').slice(0, 1_000)}`);
    this.name = 'InvalidScenario';
    this.issues = issues;
  }
}

export interface ReadScenario {
  readonly document: ScenarioDocument;
  /** Configurations out of range: the run goes on, and AWS refuses these parts. */
  readonly issues: readonly ScenarioIssue[];
}

/** @throws InvalidScenario */
export function readScenario(value: unknown): ReadScenario {
  const isBase = typeof value === 'object' && value !== null && !('base' in value) && 'nodes' in value;
  const check = validateScenario(isBase ? { base: value, inputs: [] } : value, manifestsById(manifests));
  if (!check.ok) throw new InvalidScenario(check.issues);
  return { document: check.document, issues: check.issues };
}
