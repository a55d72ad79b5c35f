/** What keys, palette and menus do on the canvas: add beside what is selected, connect by a list of names. */
import type { AppServices } from './services.ts';
import type { ConnectOption } from '../../scenario/legal-edges.ts';
import type { MenuEntry } from '../../ui/overlay/menu-items.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { announce } from '../../ui/feedback/live-region.tsx';

export interface OpenMenu {
  readonly label: string;
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuEntry[];
}

/** Connects two nodes: at once when there is one way, by a menu when there are several, with the reason when there is none. */
export function connectNodes(
  app: AppServices,
  from: string,
  to: string,
  at: { readonly x: number; readonly y: number },
  openMenu: (menu: OpenMenu) => void,
): void {
  const answer = app.scenario.connectAnswer(from, to);
  const make = (option: ConnectOption): void => makeConnection(app, option, answer.note);
  const [only] = answer.options;
  if (answer.options.length === 1 && only) return make(only);
  if (answer.options.length > 1) {
    return openMenu({
      label: 'Connect as',
      at,
      items: [
        { heading: 'Connect as' },
        ...answer.options.map((option) => ({ id: option.edgeType.id, label: optionWords(option), onSelect: () => make(option) })),
      ],
    });
  }
  const offer = answer.refusal?.offer;
  showToast({
    text: answer.refusal?.sentence ?? 'These two have no connection.',
    tone: 'bad',
    icon: 'cross',
    durationMs: 9_000,
    ...(offer ? { action: { label: optionWords(offer), onAction: () => make(offer) } } : {}),
  });
}

function makeConnection(app: AppServices, option: ConnectOption, note: string | null): void {
  const made = app.scenario.connect(option.from, option.to, option.edgeType.id);
  if (!made.ok) return void showToast({ text: made.reason, tone: 'bad', icon: 'cross' });
  app.view.select([], [made.id]);
  if (note !== null) showToast({ text: note, icon: 'info' });
}

function optionWords(option: ConnectOption): string {
  const words = option.edgeType.id.split('.')[1]!.replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Free canvas that a new card needs around it, px. */
const APART = { x: 280, y: 176 };

/** Adds a node right of the selected one, else below everything, selects it and moves the focus there. */
export function addService(app: AppServices, service: string): void {
  const { nodes } = app.scenario.getState().design;
  const selected = nodes.find((node) => node.id === app.view.getState().selectedNodes[0]);
  const taken = (x: number, y: number): boolean =>
    nodes.some((node) => Math.abs(node.position.x - x) < APART.x - 24 && Math.abs(node.position.y - y) < APART.y - 24);
  let at = selected ? { x: selected.position.x + APART.x, y: selected.position.y } : { x: 160, y: 160 };
  if (!selected && nodes.length > 0) at = { x: Math.min(...nodes.map((node) => node.position.x)), y: Math.min(...nodes.map((node) => node.position.y)) };
  for (let tries = 0; taken(at.x, at.y) && tries < 200; tries++)
    at = tries % 5 === 4 ? { x: at.x - 4 * APART.x, y: at.y + APART.y } : { x: at.x + APART.x, y: at.y };
  const id = app.scenario.addNode({ service, position: at });
  app.view.select([id]);
  announce(`${app.manifests.get(service)?.title ?? service} added. C connects it, Enter inspects it.`);
  focusNode(id);
}

/** Moves the keyboard's focus to a card, as soon as it is there. */
export function focusNode(id: string): void {
  const find = (): HTMLElement | null => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  let frames = 0;
  const tryAgain = (): void => {
    const card = find();
    if (card && getComputedStyle(card).visibility !== 'hidden') return card.focus({ preventScroll: true });
    if (++frames < 30) requestAnimationFrame(tryAgain);
  };
  // A dialog that closes gives the focus back first, within the next frame.
  requestAnimationFrame(() => requestAnimationFrame(tryAgain));
}

/** C: a menu of everything the selected node can be connected to, beside its card. */
export function openConnectMenu(app: AppServices, open: (menu: OpenMenu) => void): void {
  const [id, more] = app.view.getState().selectedNodes;
  const node = app.scenario.getState().design.nodes.find((candidate) => candidate.id === id);
  if (node === undefined || more !== undefined) return void showToast({ text: 'Select one node, then press C to connect it.', icon: 'info', key: 'connect' });
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`)?.getBoundingClientRect();
  const at = box ? { x: Math.min(box.right + 8, window.innerWidth - 24), y: box.top + 24 } : { x: window.innerWidth / 2, y: window.innerHeight / 3 };
  const name = String(node.config['name'] ?? node.id);
  open({ label: `Connect ${name} to`, at, items: [{ heading: `Connect ${name} to` }, ...connectEntries(app, node.id)] });
}

/** Every node that a node can be connected to, by name, with the ways where there are several: the route without a mouse. */
export function connectEntries(app: AppServices, from: string): readonly MenuEntry[] {
  const entries = app.scenario.getState().design.nodes.flatMap((node): MenuEntry[] => {
    if (node.id === from) return [];
    const { options, note } = app.scenario.connectAnswer(from, node.id);
    const label = String(node.config['name'] ?? node.id);
    const ways = options.map((option) => ({ id: option.edgeType.id, label: optionWords(option), onSelect: () => makeConnection(app, option, note) }));
    const [only] = ways;
    if (only === undefined) return [];
    return [ways.length === 1 ? { ...only, id: node.id, label } : { id: node.id, label, items: ways }];
  });
  return entries.length > 0 ? entries : [{ id: 'none', label: 'Nothing here it could be connected to', disabled: true, onSelect: () => {} }];
}

export function removeSelection(app: AppServices): void {
  const { selectedNodes, selectedEdges } = app.view.getState();
  if (selectedNodes.length + selectedEdges.length === 0) return;
  app.scenario.remove(selectedNodes, selectedEdges);
  app.view.select([]);
  showToast({
    text: selectedNodes.length > 1 ? `${selectedNodes.length} nodes deleted.` : selectedNodes.length === 1 ? 'Node deleted.' : 'Connection deleted.',
    action: { label: 'Undo', onAction: () => void app.scenario.undo() },
  });
}
