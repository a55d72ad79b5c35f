/** Hints in three steps: a nudge, a ghost that can be added, a recipe. The next opens when the one before was read. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonFiles } from '../../lesson/grade.ts';
import type { Patch, StepOf } from '../../lesson/schema.ts';
import { edgeTypeOf } from '../../scenario/environment.ts';
import { manifestById } from '../../services/manifests.ts';
import { Button } from '../../ui/controls/button.tsx';
import { announce } from '../../ui/feedback/live-region.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { applyToDesign } from './lesson-actions.ts';
import { useLessons } from './lesson-context.ts';
import { useDrawing } from './use-drawing.ts';
import type { Drawing } from '../../state/view.store.ts';

type Hint = StepOf<'do'>['data']['hints'][number];

const LOOKS: Readonly<Record<Hint['kind'], { readonly word: string; readonly icon: IconName }>> = {
  nudge: { word: 'Nudge', icon: 'info' },
  ghost: { word: 'Ghost', icon: 'follow' },
  recipe: { word: 'Recipe', icon: 'timeline' },
};

export function Hints({ hints, files }: { readonly hints: readonly Hint[]; readonly files: LessonFiles }): ReactNode {
  const { lessons, view } = useLessons();
  const used = useStore(lessons, (state) => (state.progress[files.lesson.front.id]?.hints ?? 0));
  const [open, setOpen] = useState<number | null>(null);
  const hint = open === null ? undefined : hints[open];
  const show = (i: number): void => {
    setOpen(open === i ? null : i);
    if (open === i) return;
    lessons.showHint((i + 1) as 1 | 2 | 3);
    const at = hints[i]?.pointAt;
    if (at?.file !== undefined) view.openFileOf(at.node, at.file, at.line);
    else if (at) view.select([at.node]);
  };
  return (
    <div className="lesson-part">
      <div className="lesson-ladder" role="group" aria-label="Hints">
        {hints.map((entry, i) => (
          <button key={entry.kind} type="button" aria-pressed={open === i} disabled={i > used} onClick={() => show(i)}>
            <Icon name={i < used ? 'check' : LOOKS[entry.kind].icon} size="s" />
            {LOOKS[entry.kind].word}
          </button>
        ))}
      </div>
      <div role="status">
        {hint && hint.kind !== 'ghost' && <p className="lesson-read lesson-note">{hint.say}</p>}
        {hint?.kind === 'ghost' && <Ghost hint={hint} files={files} />}
      </div>
    </div>
  );
}

function Ghost({ hint, files }: { readonly hint: Hint; readonly files: LessonFiles }): ReactNode {
  const services = useLessons();
  const [problem, setProblem] = useState<string | null>(null);
  const [added, setAdded] = useState(false);
  const patches = hint.ghost ?? [];
  const nameOf = (id: string): string => {
    const added = patches.flatMap((patch) => (patch.do === 'add-node' && patch.node['id'] === id ? [patch.node] : []))[0];
    const config = (added ?? services.scenario.getState().design.nodes.find((node) => node.id === id))?.config as { readonly name?: string } | undefined;
    return config?.name ?? id;
  };
  useDrawing(
    added
      ? null
      : {
          ghostNodes: patches.flatMap((patch) => (patch.do === 'add-node' ? [ghostNode(patch.node)] : [])),
          ghostEdges: patches.flatMap((patch) => (patch.do === 'add-edge' ? [{ from: String(patch.edge['from']), to: String(patch.edge['to']), words: edgeWords(String(patch.edge['port'])) }] : [])),
        },
  );
  const add = (): void => {
    const message = applyToDesign(services, 'Add the ghost', patches, files.handlers);
    setProblem(message);
    setAdded(message === null);
    if (message === null) announce('Added. Undo takes it back. Run from the start to see what it does.');
  };
  return (
    <div className="lesson-ghost">
      <p>{hint.say}</p>
      <ul>
        {patches.map((patch, i) => (
          <li key={i}>{patchWords(patch, nameOf)}</li>
        ))}
      </ul>
      <Button size="s" icon={added ? 'check' : 'plus'} iconSize="s" disabled={added} onClick={add}>{added ? 'Added' : 'Add it'}</Button>
      {problem !== null && <Note tone="bad">{problem}</Note>}
    </div>
  );
}

function ghostNode(node: Readonly<Record<string, unknown>>): Drawing['ghostNodes'][number] {
  const { name } = (node['config'] ?? {}) as { readonly name?: string };
  const { x, y } = node['position'] as { readonly x: number; readonly y: number };
  return { id: String(node['id']), service: String(node['service']), name: name ?? String(node['id']), x, y };
}

/** What an edge of this kind is called, without its settings. */
function edgeWords(port: string): string {
  const label = edgeTypeOf(manifestById, port)?.label ?? port;
  return label.includes('{') ? port.split('.')[1]! : label;
}

/** A change in words. */
function patchWords(patch: Patch, nameOf: (node: string) => string): string {
  switch (patch.do) {
    case 'add-node': {
      const config = patch.node['config'] as { readonly name?: string } | undefined;
      return `${manifestById.get(String(patch.node['service']))?.title ?? String(patch.node['service'])} ${config?.name ?? ''}`;
    }
    case 'add-edge': {
      return `Connection from ${nameOf(String(patch.edge['from']))} to ${nameOf(String(patch.edge['to']))}, '${edgeWords(String(patch.edge['port']))}'`;
    }
    case 'set-config':
      return `${nameOf(patch.node)}: ${Object.entries(patch.config).map(([member, value]) => `${member} ${JSON.stringify(value)}`).join(', ')}`;
    case 'set-file':
      return `${nameOf(patch.node)}: another ${patch.file}`;
    case 'remove-node':
      return `Without ${nameOf(patch.node)}`;
    case 'remove-edge':
      return `Without the connection ${patch.edge}`;
    case 'set-edge':
      return `Another setting of the connection ${patch.edge}`;
  }
}
