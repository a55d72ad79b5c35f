/** The templates as a part of the file menu; says afterwards what is still to do around the function. */
import type { MenuBranch } from '../../../ui/overlay/menu-items.ts';
import { showToast } from '../../../ui/overlay/toast-store.ts';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import { unmet } from './needs.ts';
import { startFrom } from './start-from.ts';
import { handlerTemplates } from './templates.ts';
import type { HandlerTemplate } from './templates.ts';

export interface TemplateMenuOptions {
  readonly scenario: ScenarioStore;
  readonly nodeId: string;
  /** What was typed counts before its file is replaced. */
  readonly onBeforeChange: () => void;
  readonly onOpen: (nodeId: string, file: string) => void;
}

export function templateBranch(o: TemplateMenuOptions): MenuBranch {
  return {
    id: 'start',
    label: 'Start from a template',
    icon: 'code',
    items: handlerTemplates.map((template) => ({ id: template.id, label: template.title, note: `Needs ${listed(template.needs.map(({ words }) => words))}.`, onSelect: () => void choose(template, o) })),
  };
}

async function choose(template: HandlerTemplate, { scenario, nodeId, onBeforeChange, onOpen }: TemplateMenuOptions): Promise<void> {
  let code: string;
  try {
    code = await template.code();
  } catch {
    showToast({ text: `The code of ${template.title} could not be fetched. Try again.`, tone: 'warn', icon: 'warn' });
    return;
  }
  onBeforeChange();
  const file = startFrom(scenario, { nodeId, title: template.title, code });
  if (file === undefined) return;
  onOpen(nodeId, file);
  const { design } = scenario.getState();
  const node = design.nodes.find((candidate) => candidate.id === nodeId);
  const missing = node === undefined ? [] : unmet(template.needs, node, design);
  showToast({
    text: `${file} starts from ${template.title}.${missing.length === 0 ? '' : ` Still to give: ${listed(missing)}.`}`,
    icon: 'code',
    action: { label: 'Undo', onAction: () => scenario.undo() },
  });
}

/** 'a, b and c'. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]!}`;
}
