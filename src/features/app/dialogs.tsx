/** The app's dialogs: shortcuts, and finding anything. */
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { Switch } from '../../ui/controls/switch.tsx';
import { Kbd } from '../../ui/controls/kbd.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useApp } from './app-context.ts';
import { focusNode } from './canvas-commands.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'play, pause'],
  ['. ,', 'next, previous event'],
  ['W', 'skip the wait'],
  ['[ ]', 'slower, faster'],
  ['Home End', 'start, end of the run'],
  ['B E Q L', 'add a bucket, bus, queue, function'],
  ['C', 'connect the selected node'],
  ['Arrows', 'to the neighbour'],
  ['Alt arrows', 'move by 8 px, with Shift by 1 px'],
  ['Enter F2', 'inspect, rename'],
  ['Del', 'delete the selection'],
  ['Ctrl Z, Ctrl Shift Z', 'undo, redo'],
  ['Ctrl C X V D', 'copy, cut, paste, duplicate'],
  ['Ctrl K', 'find anything'],
  ['1 to 5', 'timeline, code, logs, metrics, media'],
  ['Esc', 'leave or close'],
];

export function ShortcutsDialog(): ReactNode {
  const { view } = useApp();
  const open = useStore(view, (state) => state.dialog === 'shortcuts');
  const single = useStore(view, (state) => state.singleKeys);
  return (
    <Dialog open={open} onOpenChange={(wanted) => view.setDialog(wanted ? 'shortcuts' : 'none')} title="Keyboard">
      <dl className="shortcut-list">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(', ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single letters"
        checked={single}
        onCheckedChange={(on) => {
          view.setState({ singleKeys: on });
          localStorage.setItem('coldstart.single-keys', on ? 'on' : 'off');
        }}
      />
    </Dialog>
  );
}

interface Found {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly note: string;
  readonly run: () => void;
}

export function FindDialog({ actions }: { readonly actions: readonly Found[] }): ReactNode {
  const { view, scenario, manifests } = useApp();
  const open = useStore(view, (state) => state.dialog === 'find');
  const nodes = useStore(scenario, (state) => state.design.nodes);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const rows = useMemo(() => {
    const all: Found[] = [
      ...nodes.map((node) => ({
        id: node.id,
        icon: (manifests.get(node.service)?.icon ?? 'help') as IconName,
        label: String(node.config['name'] ?? node.id),
        note: manifests.get(node.service)?.title ?? node.service,
        run: () => {
          view.select([node.id]);
          focusNode(node.id);
        },
      })),
      ...actions,
    ];
    const words = text.toLowerCase().split(/\s+/);
    return all.filter((row) => words.every((word) => `${row.label} ${row.note}`.toLowerCase().includes(word))).slice(0, 12);
  }, [nodes, manifests, view, actions, text]);
  const close = (): void => {
    view.setDialog('none');
    setText('');
    setAt(0);
  };
  const choose = (row: Found | undefined): void => {
    if (!row) return;
    close();
    row.run();
  };
  return (
    <Dialog open={open} onOpenChange={(wanted) => (wanted ? view.setDialog('find') : close())} title="Find anything, run any action">
      <input
        className="find-input"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="find-rows"
        aria-activedescendant={rows[at] ? `find-${rows[at].id}` : undefined}
        aria-label="Find"
        placeholder="A node, a template, an action"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((now) => Math.min(rows.length - 1, now + 1));
          else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
          else if (event.key === 'Enter') choose(rows[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul id="find-rows" role="listbox" className="find-rows" aria-label="Found">
        {rows.map((row, i) => (
          <li key={row.id} id={`find-${row.id}`} role="option" aria-selected={i === at} onClick={() => choose(row)} onPointerEnter={() => setAt(i)}>
            <Icon name={row.icon} size="s" />
            {row.label}
            <small>{row.note}</small>
          </li>
        ))}
        {rows.length === 0 && <li className="find-none">Nothing is called that.</li>}
      </ul>
    </Dialog>
  );
}

export type FoundAction = Found;
