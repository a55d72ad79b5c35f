/** Applies a lesson's patches to a scenario: solutions' variants, ghosts, the break step. Pure; a patch that does not fit is an error. */
import type { ScenarioDocument } from '../scenario/schema.ts';
import { edgeSchema, nodeSchema } from '../scenario/schema.ts';
import type { Patch } from './schema.ts';

export class PatchError extends Error {
  constructor(patch: Patch, message: string) {
    super(`patch ${patch.do}: ${message}`);
    this.name = 'PatchError';
  }
}

/** `handlers`: file name under the lesson's handlers/ → text, for `set-file`. */
export function applyPatches(document: ScenarioDocument, patches: readonly Patch[], handlers: Readonly<Record<string, string>>): ScenarioDocument {
  return patches.reduce((current, patch) => applyPatch(current, patch, handlers), document);
}

function applyPatch(document: ScenarioDocument, patch: Patch, handlers: Readonly<Record<string, string>>): ScenarioDocument {
  const { nodes, edges } = document.base;
  const withBase = (base: Partial<ScenarioDocument['base']>): ScenarioDocument => ({ ...document, base: { ...document.base, ...base } });
  const must = (exists: boolean, what: string): void => {
    if (!exists) throw new PatchError(patch, `there is no ${what}`);
  };
  switch (patch.do) {
    case 'add-node':
      return withBase({ nodes: [...nodes, nodeSchema.parse(patch.node)] });
    case 'remove-node':
      must(nodes.some((node) => node.id === patch.node), `node ${patch.node}`);
      return withBase({
        nodes: nodes.filter((node) => node.id !== patch.node),
        edges: edges.filter((edge) => edge.from !== patch.node && edge.to !== patch.node),
      });
    case 'set-config':
      must(nodes.some((node) => node.id === patch.node), `node ${patch.node}`);
      return withBase({ nodes: nodes.map((node) => (node.id === patch.node ? { ...node, config: { ...node.config, ...patch.config } } : node)) });
    case 'set-file': {
      must(nodes.some((node) => node.id === patch.node), `node ${patch.node}`);
      const text = handlers[patch.handler];
      if (text === undefined) throw new PatchError(patch, `there is no handlers/${patch.handler}`);
      return withBase({ nodes: nodes.map((node) => (node.id === patch.node ? { ...node, files: { ...node.files, [patch.file]: text } } : node)) });
    }
    case 'add-edge':
      return withBase({ edges: [...edges, edgeSchema.parse(patch.edge)] });
    case 'remove-edge':
      must(edges.some((edge) => edge.id === patch.edge), `edge ${patch.edge}`);
      return withBase({ edges: edges.filter((edge) => edge.id !== patch.edge) });
    case 'set-edge':
      must(edges.some((edge) => edge.id === patch.edge), `edge ${patch.edge}`);
      return withBase({
        edges: edges.map((edge) => (edge.id === patch.edge ? { ...edge, config: { ...edge.config, ...patch.config }, grant: patch.grant ?? edge.grant } : edge)),
      });
  }
}
