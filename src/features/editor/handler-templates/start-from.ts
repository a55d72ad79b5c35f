/** Puts a template's code in the place of a function's entry file: one edit, so that one Undo brings the old text back. */
import { mapNode } from '../../../scenario/edit.ts';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';

export interface Start {
  readonly nodeId: string;
  /** 'Thumbnailer'. */
  readonly title: string;
  readonly code: string;
}

/** Answers the file that holds the code now; undefined when the function is gone. */
export function startFrom(scenario: ScenarioStore, { nodeId, title, code }: Start): string | undefined {
  const node = scenario.getState().design.nodes.find((candidate) => candidate.id === nodeId);
  if (node === undefined) return undefined;
  const { module, exported } = handlerOf(node.config['Handler']);
  const files = node.files ?? {};
  // The templates are ES modules: an entry file of another kind makes way for one.
  const file = `${module}.mjs`;
  const text = exported === 'handler' ? code : code.replace('export const handler =', `export const ${exported} =`);
  const others = Object.entries(files).filter(([name]) => !(CODE.test(name) && name.replace(CODE, '') === module));
  scenario.endGroup();
  scenario.apply(`Edit ${file}: start from ${title}`, (base) => mapNode(base, nodeId, (same) => ({ ...same, files: Object.fromEntries([[file, text], ...others]) })));
  return file;
}

const CODE = /\.(mjs|cjs|js|ts|mts|cts)$/;

/** 'src/app.main' → src/app and main. */
function handlerOf(handler: unknown): { readonly module: string; readonly exported: string } {
  const [, module = 'index', exported = 'handler'] = /^(.+)\.([A-Za-z_$][\w$]*)$/.exec(typeof handler === 'string' ? handler : '') ?? [];
  return { module, exported };
}
