/** Checks a document: its shape, then each configuration against its service's schema, with a message per field. */
import type { Manifests } from './environment.ts';
import { edgeTypeOf } from './environment.ts';
import { migrate } from './migrations.ts';
import { SCENARIO_LIMITS, scenarioSchema } from './schema.ts';
import type { ScenarioDocument } from './schema.ts';

export interface ScenarioIssue {
  readonly nodeId?: string;
  readonly edgeId?: string;
  /** Dotted path within the document, or within the node's or edge's configuration. */
  readonly path: string;
  readonly message: string;
  /** `shape`: the document cannot be used. `config`: it can, and AWS (or we) will refuse this part. */
  readonly kind: 'shape' | 'config';
}

export type ScenarioCheck =
  | { readonly ok: true; readonly document: ScenarioDocument; readonly issues: readonly ScenarioIssue[] }
  | { readonly ok: false; readonly issues: readonly ScenarioIssue[] };

/** Takes anything. Never throws. A document is usable (`ok`) when its shape is right; `issues` then names configurations out of range. */
export function validateScenario(value: unknown, manifests: Manifests): ScenarioCheck {
  const migrated = migrate(value);
  if (!migrated.ok) return { ok: false, issues: [{ path: 'base.version', message: migrated.message, kind: 'shape' }] };
  const parsed = scenarioSchema.safeParse(migrated.value);
  if (!parsed.success) {
    return { ok: false, issues: parsed.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message, kind: 'shape' as const })) };
  }
  const document = parsed.data;
  const shape = [...referenceIssues(document), ...boundIssues(document)];
  if (shape.length > 0) return { ok: false, issues: shape };
  return { ok: true, document, issues: configIssues(document, manifests) };
}

/** Messages about one node's configuration, by field: what the inspector shows. */
export function nodeIssues(node: { readonly service: string; readonly config: unknown }, manifests: Manifests): readonly { readonly path: string; readonly message: string }[] {
  const manifest = manifests.get(node.service);
  if (!manifest) return [{ path: 'service', message: `There is no service '${node.service}' here.` }];
  const parsed = manifest.config.safeParse(node.config);
  return parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}

function referenceIssues({ base }: ScenarioDocument): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  const seen = new Set<string>();
  for (const { id } of [...base.nodes, ...base.edges]) {
    if (seen.has(id)) issues.push({ path: `base.${id}`, message: `The id '${id}' is used twice.`, kind: 'shape' });
    seen.add(id);
  }
  const nodes = new Set(base.nodes.map((node) => node.id));
  for (const edge of base.edges) {
    for (const end of [edge.from, edge.to]) {
      if (!nodes.has(end)) issues.push({ edgeId: edge.id, path: 'ends', message: `The connection '${edge.id}' ends at '${end}', which is not there.`, kind: 'shape' });
    }
  }
  return issues;
}

function boundIssues({ base }: ScenarioDocument): ScenarioIssue[] {
  return base.nodes.flatMap((node) =>
    Object.keys(node.files ?? {}).length > SCENARIO_LIMITS.filesPerNodeMax ? [{ nodeId: node.id, path: 'files', message: `A node holds at most ${SCENARIO_LIMITS.filesPerNodeMax} files.`, kind: 'shape' as const }] : [],
  );
}

function configIssues({ base }: ScenarioDocument, manifests: Manifests): ScenarioIssue[] {
  const issues: ScenarioIssue[] = [];
  const names = new Map<string, string>();
  for (const node of base.nodes) {
    for (const issue of nodeIssues(node, manifests)) issues.push({ nodeId: node.id, ...issue, kind: 'config' });
    const name = `${node.service}/${String(node.config['name'])}`;
    const other = names.get(name);
    if (other !== undefined) issues.push({ nodeId: node.id, path: 'name', message: `The name ${String(node.config['name'])} is taken by another ${manifests.get(node.service)?.title ?? node.service}.`, kind: 'config' });
    names.set(name, node.id);
  }
  for (const edge of base.edges) {
    const type = edgeTypeOf(manifests, edge.port);
    if (!type) {
      issues.push({ edgeId: edge.id, path: 'port', message: `There is no connection of kind '${edge.port}' here.`, kind: 'config' });
      continue;
    }
    const parsed = type.config.safeParse(edge.config);
    if (!parsed.success) issues.push(...parsed.error.issues.map((issue) => ({ edgeId: edge.id, path: issue.path.map(String).join('.'), message: issue.message, kind: 'config' as const })));
  }
  return issues;
}
