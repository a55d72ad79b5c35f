/** What keys, palette and menus do on the canvas: add beside what is selected, connect by a list of names. */
import type { AppServices } from './services.ts';
import type { ConnectOption } from '../../scenario/legal-edges.ts';
import type { MenuAction, MenuEntry } from '../../ui/overlay/menu-items.ts';
import { viewById } from '../../services/views.ts';
import { freePlace } from './free-place.ts';
import type { Box } from './free-place.ts';
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

/** A card's place and size on the canvas: as it is drawn, else as its service says. */
function boxOf(node: { readonly id: string; readonly service: string; readonly position: { readonly x: number; readonly y: number } }): Box {
  const drawn = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`);
  return { ...node.position, width: drawn?.offsetWidth || widthOf(node.service), height: drawn?.offsetHeight || NEW_HEIGHT };
}
function widthOf(service: string): number {
  return viewById.get(service)?.width ?? 232;
}
/** About as high as a card is that has nothing to tell yet, px. */
const NEW_HEIGHT = 144;

/** Adds a node right of the selected one, else below everything, selects it and moves the focus there. */
export function addService(app: AppServices, service: string): void {
  const { nodes } = app.scenario.getState().design;
  const selected = nodes.find((node) => node.id === app.view.getState().selectedNodes[0]);
  const position = freePlace(nodes.map((node) => boxOf(node)), { width: widthOf(service), height: NEW_HEIGHT }, selected && boxOf(selected));
  const id = app.scenario.addNode({ service, position });
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

/** Every other node by name: those that a node can be connected to, with the ways where there are several, then the rest with the reason. The route without a mouse. */
export function connectEntries(app: AppServices, from: string): readonly MenuEntry[] {
  const others = app.scenario.getState().design.nodes.filter((node) => node.id !== from);
  if (others.length === 0) return [{ id: 'none', label: 'Nothing else is here yet', note: 'Add a service first: from the palette, or by its letter.', refused: true, onSelect: () => {} }];
  const possible: MenuEntry[] = [];
  const refused = new Map<string, MenuAction>();
  for (const node of others) {
    const { options, note, refusal } = app.scenario.connectAnswer(from, node.id);
    const label = String(node.config['name'] ?? node.id);
    const ways = options.map((option) => ({ id: option.edgeType.id, label: optionWords(option), onSelect: () => makeConnection(app, option, note) }));
    const [only] = ways;
    if (only !== undefined) possible.push(ways.length === 1 ? { ...only, id: node.id, label } : { id: node.id, label, items: ways });
    else if (refusal?.offer) {
      const { offer, sentence } = refusal;
      possible.push({ id: node.id, label: `${label}: ${optionWords(offer).toLowerCase()}`, note: sentence, onSelect: () => makeConnection(app, offer, null) });
    } else if (refusal) {
      const same = refused.get(refusal.sentence);
      refused.set(refusal.sentence, { id: node.id, label: same ? `${same.label}, ${label}` : label, note: refusal.sentence, refused: true, onSelect: () => {} });
    }
  }
  if (refused.size === 0) return possible;
  return [...possible, ...(possible.length > 0 ? [{ heading: 'Not from here' }] : []), ...refused.values()];
}

export function removeSelection(app: AppServices): void {
  const { selectedNodes, selectedEdges } = app.view.getState();
  if (selectedNodes.length + selectedEdges.length === 0) return;
  const only = app.scenario.getState().design.nodes.find((node) => node.id === selectedNodes[0]);
  app.scenario.remove(selectedNodes, selectedEdges);
  app.view.select([]);
  showToast({
    text: selectedNodes.length > 1 ? `${selectedNodes.length} nodes deleted.` : only ? `${String(only.config['name'] ?? only.id)} deleted.` : 'Connection deleted.',
    key: 'deleted',
    action: { label: 'Undo', onAction: () => void app.scenario.undo() },
  });
}
