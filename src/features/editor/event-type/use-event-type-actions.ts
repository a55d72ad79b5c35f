/** The part of the file menu that types the handler's event by what is connected to the function. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { MenuAction } from '../../../ui/overlay/menu-items.ts';
import { showToast } from '../../../ui/overlay/toast-store.ts';
import { mapNode } from '../../../scenario/edit.ts';
import type { ScenarioStore } from '../../../scenario/scenario.store.ts';
import { viewById } from '../../../services/views.ts';
import { handlerFile } from '../file-names.ts';
import { eventTypes, loadCatalogue } from '../try/offered-events.ts';
import type { EventCatalogue } from '../try/offered-events.ts';

export interface EventTypeMenuOptions {
  readonly scenario: ScenarioStore;
  readonly nodeId: string;
  /** What was typed counts before its file is changed. */
  readonly onBeforeChange: () => void;
  readonly onOpen: (nodeId: string, file: string) => void;
}

/** One action a type; none until it is known that the editor has the type. */
export function useEventTypeActions(o: EventTypeMenuOptions): readonly MenuAction[] {
  const { scenario, nodeId } = o;
  const nodes = useStore(scenario, (state) => state.design.nodes);
  const edges = useStore(scenario, (state) => state.design.edges);
  const catalogue = useDeclared();
  const types = useMemo(() => (catalogue === null ? [] : eventTypes({ design: { ...scenario.getState().design, nodes, edges }, catalogue }, nodeId)), [catalogue, scenario, nodes, edges, nodeId]);
  return types.map((type) => ({ id: `event-type ${type}`, label: `Type the event as ${type.replace(/<.*/, '')}`, icon: 'code', onSelect: () => void typeEvent(type, o) }));
}

/** The events of all services whose types the editor's declarations have. */
function useDeclared(): EventCatalogue | null {
  const [catalogue, setCatalogue] = useState<EventCatalogue | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const [loaded, { awsLambdaTypes }, { isDeclared }] = await Promise.all([loadCatalogue(viewById), import('../monaco/aws-lambda-types.ts'), import('./known-types.ts')]);
      if (!gone) setCatalogue(new Map([...loaded].map(([service, events]) => [service, events.filter(({ type }) => isDeclared(awsLambdaTypes, type))])));
    };
    // Without them nothing is offered.
    load().catch(() => {});
    return () => {
      gone = true;
    };
  }, []);
  return catalogue;
}

async function typeEvent(type: string, { scenario, nodeId, onBeforeChange, onOpen }: EventTypeMenuOptions): Promise<void> {
  const { annotated } = await import('./annotate.ts');
  onBeforeChange();
  const node = scenario.getState().design.nodes.find((candidate) => candidate.id === nodeId);
  const setting = String(node?.config['Handler'] ?? 'index.handler');
  const file = handlerFile(setting, Object.keys(node?.files ?? {}));
  const text = file === undefined ? undefined : node?.files?.[file];
  if (file === undefined || text === undefined) return;
  const handler = setting.slice(setting.lastIndexOf('.') + 1);
  const short = type.replace(/<.*/, '');
  const answer = annotated(text, { type, handler, language: /\.[mc]?ts$/.test(file) ? 'typescript' : 'javascript' });
  if ('refusal' in answer) {
    const why = answer.refusal === 'no-parameter' ? `${handler} in ${file} takes no event. Give it a parameter first.` : `No function ${handler} is written out in ${file}, so its event gets no type.`;
    showToast({ text: why, tone: 'warn', icon: 'warn', key: 'event-type' });
    return;
  }
  onOpen(nodeId, file);
  if (answer.text === text) {
    showToast({ text: `The event is typed as ${short} already.`, icon: 'code', key: 'event-type' });
    return;
  }
  scenario.endGroup();
  scenario.apply(`Edit ${file}: type the event as ${short}`, (base) => mapNode(base, nodeId, (same) => ({ ...same, files: { ...same.files, [file]: answer.text } })));
  showToast({ text: `The event is typed as ${short}.`, icon: 'code', key: 'event-type', action: { label: 'Undo', onAction: () => scenario.undo() } });
}
