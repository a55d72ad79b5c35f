/** The keyboard: every action of the page by a key, off while typing; single letters can be switched off as a whole. */
import { useEffect } from 'react';
import { isTyping } from '../../ui/typing.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { BOTTOM_TABS } from '../../state/view.store.ts';
import { removeSelection } from './late-commands.ts';
import type { AppServices } from './services.ts';
import type { TimeActions } from '../timeline/timeline-context.tsx';
import { SPEEDS } from '../timeline/deck.tsx';

export interface ShortcutActions {
  readonly time: TimeActions;
  addService(id: string): void;
  connectMenu(): void;
}

export function useShortcuts(app: AppServices, actions: ShortcutActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const typing = isTyping(event.target);
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (!typing && ON_FOCUSED.has(key) && (key.length > 1 || !command)) selectFocused(app);
      const done = command
        ? onCommand(app, key, event.shiftKey, typing)
        : !typing && (onNamed(app, actions, event) || (app.view.getState().singleKeys && !event.altKey && onLetter(app, actions, key, event.shiftKey)));
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [app, actions]);
}

/** Keys that act on a card: the one that has the focus, also when another is selected. */
const ON_FOCUSED: ReadonlySet<string> = new Set(['c', 'f', 'y', 'F2', 'Delete', 'Backspace', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

function selectFocused({ view }: AppServices): void {
  const id = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
  if (id !== undefined && !view.getState().selectedNodes.includes(id)) view.select([id]);
}

/** Undoes the last step and names it. */
export function undo({ scenario }: Pick<AppServices, 'scenario'>): void {
  const label = scenario.undo();
  showToast({ text: label === null ? 'There is nothing to undo.' : `Undone: ${label}`, icon: 'undo', key: 'undo' });
}

export function redo({ scenario }: Pick<AppServices, 'scenario'>): void {
  const label = scenario.redo();
  showToast({ text: label === null ? 'There is nothing to redo.' : `Again: ${label}`, icon: 'redo', key: 'undo' });
}

function onCommand(app: AppServices, key: string, shift: boolean, typing: boolean): boolean {
  const { scenario, view } = app;
  if (key === 'k') {
    view.setDialog('find');
    return true;
  }
  if (key === 's') {
    showToast({ text: 'Your work is saved in this browser after every change.', icon: 'check' });
    return true;
  }
  if (typing) return false;
  const selected = view.getState().selectedNodes;
  if (key === 'z' || key === 'y') {
    if (key === 'y' || shift) redo(app);
    else undo(app);
    return true;
  }
  if (key === 'd' && selected.length > 0) {
    view.select(scenario.duplicate(selected));
    return true;
  }
  if (key === 'c' && selected.length > 0) void navigator.clipboard.writeText(scenario.copy(selected)).catch(() => {});
  else if (key === 'x' && selected.length > 0) {
    void navigator.clipboard.writeText(scenario.copy(selected)).catch(() => {});
    void removeSelection(app);
  } else if (key === 'v')
    void navigator.clipboard
      .readText()
      .then((text) => view.select(scenario.paste(text)))
      .catch(() => {});
  else if (key === 'a') view.select(scenario.getState().design.nodes.map((node) => node.id));
  else return false;
  return true;
}

function onNamed(app: AppServices, { time }: ShortcutActions, event: KeyboardEvent): boolean {
  const { scenario, view, run } = app;
  const selected = view.getState().selectedNodes;
  const status = run.getState().status;
  const onSlider = event.target instanceof HTMLElement && ['slider', 'radio', 'tab', 'menuitem'].includes(event.target.getAttribute('role') ?? '');
  switch (event.key) {
    case ' ': {
      if (event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement) return false;
      if (status.playing) time.pause();
      else time.play();
      return true;
    }
    case 'Delete':
    case 'Backspace':
      void removeSelection(app);
      return true;
    case 'Escape': {
      const state = view.getState();
      if (state.followed !== null || state.asked !== null) view.setState({ followed: null, asked: null });
      else view.select([]);
      return true;
    }
    case 'F2':
      if (selected.length === 1) view.setState({ renaming: selected[0]! });
      return selected.length === 1;
    case 'Home':
      time.toStart();
      return true;
    case 'End':
      time.seek(status.computedUs);
      return true;
    case 'Enter': {
      const on = (kind: 'node' | 'edge'): string | undefined => (event.target as HTMLElement | null)?.closest<HTMLElement>(`.react-flow__${kind}`)?.dataset['id'];
      const [node, edge] = [on('node'), on('edge')];
      if (node !== undefined) view.select([node]);
      else if (edge !== undefined) view.select([], [edge]);
      else return false;
      view.setState({ phoneTab: 'inspect' });
      focusInspector();
      return true;
    }
    default:
      break;
  }
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!step || onSlider) return false;
  if (event.altKey && selected.length > 0) {
    const by = event.shiftKey ? 1 : 8;
    scenario.moveNodes(
      scenario
        .getState()
        .design.nodes.flatMap((node) =>
          selected.includes(node.id) ? [{ id: node.id, x: node.position.x + step[0]! * by, y: node.position.y + step[1]! * by }] : [],
        ),
    );
    return true;
  }
  return selectNeighbour(app, step[0]!, step[1]!);
}

/** Moves the focus into the inspector, once it is there. */
function focusInspector(): void {
  let frames = 0;
  const look = (): void => {
    const first = document.querySelector<HTMLElement>('.side [role="tab"][aria-selected="true"]') ?? (frames > 3 ? document.querySelector<HTMLElement>('.side button') : null);
    if (first) first.focus();
    else if (++frames < 60) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The nearest node in a direction becomes the selected and focused one. */
function selectNeighbour({ scenario, view }: AppServices, dx: number, dy: number): boolean {
  const { nodes } = scenario.getState().design;
  const from = nodes.find((node) => node.id === view.getState().selectedNodes[0]);
  if (!from) return false;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const x = node.position.x - from.position.x;
    const y = node.position.y - from.position.y;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (node === from || along <= 0 || across > along * 2) continue;
    if (along + across < bestDistance) {
      best = node.id;
      bestDistance = along + across;
    }
  }
  if (best === null) return false;
  view.select([best]);
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(best)}"]`)?.focus();
  return true;
}

function onLetter(app: AppServices, actions: ShortcutActions, key: string, shift: boolean): boolean {
  const { view, run, manifestList } = app;
  const { time } = actions;
  const subject = (): string | undefined => subjectOf(app);
  const speed = run.getState().status.speed;
  const at = SPEEDS.findIndex((option) => option.speed === speed);
  const manifest = shift ? undefined : manifestList.find((candidate) => candidate.shortcut?.toLowerCase() === key);
  if (manifest) actions.addService(manifest.id);
  else if (key === '.' || key === '>') (shift ? time.stepSelected : time.step)();
  else if (key === ',' || key === '<') (shift ? time.stepBackSelected : time.stepBack)();
  else if (key === 'w') time.skipWait();
  else if (key === '[') time.setSpeed(SPEEDS[Math.max(0, at - 1)]!.speed);
  else if (key === ']') time.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, at + 1)]!.speed);
  else if (key === 'c') actions.connectMenu();
  else if (key === 'f') view.follow(view.getState().followed === null ? (subject() ?? null) : null);
  else if (key === 'y') view.ask(view.getState().asked === null ? (lastEventOf(app) ?? null) : null);
  else if (key === '?') view.setDialog('shortcuts');
  else if (/^[1-5]$/.test(key)) view.openBottom(BOTTOM_TABS[Number(key) - 1]!);
  else return false;
  return true;
}

/** Seq of the newest event at or before the shown moment that touches the selected node; of any, when none is selected. */
function lastEventOf({ run, view }: AppServices): number | undefined {
  const { index, arns, status } = run.getState();
  const arn = arns[view.getState().selectedNodes[0] ?? ''];
  for (let i = index.countUntil(status.shownUs) - 1; i >= 0; i--) {
    const event = index.events[i]!;
    if (arn === undefined || event.resource === arn || event.resource.startsWith(`${arn}:`) || event.travel?.to === arn) return event.seq;
  }
  return undefined;
}

/** What the newest event of the selected node is about. */
function subjectOf(app: AppServices): string | undefined {
  const { index, arns, status } = app.run.getState();
  const arn = arns[app.view.getState().selectedNodes[0] ?? ''];
  for (let i = index.countUntil(status.shownUs) - 1; i >= 0; i--) {
    const event = index.events[i]!;
    const touches = arn === undefined || event.resource === arn || event.resource.startsWith(`${arn}:`) || event.travel?.to === arn;
    if (touches && event.subjects?.[0] !== undefined) return event.subjects[0];
  }
  return undefined;
}
