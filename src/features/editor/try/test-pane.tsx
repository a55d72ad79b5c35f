/** Beside the code: an event to try the function with, kept under a name or new, and what came of it. */
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/controls/button.tsx';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Select } from '../../../ui/fields/select-field.tsx';
import { DropdownMenu } from '../../../ui/overlay/dropdown-menu.tsx';
import type { MenuEntry } from '../../../ui/overlay/dropdown-menu.tsx';
import { showToast } from '../../../ui/overlay/toast-store.ts';
import { freeTestEventName, renamedTestEvent, testEventsOf, withTestEvent, withoutTestEvent } from '../../../scenario/test-events.ts';
import type { ScenarioNodeDocument, TestEvent } from '../../../scenario/schema.ts';
import { manifestById } from '../../../services/manifests.ts';
import { viewById } from '../../../services/views.ts';
import type { CodePlace } from '../../../state/log-lines.ts';
import { NameField } from '../name-field.tsx';
import { benchOf, setDraft } from './bench.ts';
import type { Bench, Draft } from './bench.ts';
import { JsonField } from './json-field.tsx';
import { jsonProblem } from './json-problem.ts';
import { loadCatalogue, offeredEvents } from './offered-events.ts';
import type { OfferedEvent } from './offered-events.ts';
import { TrialView } from './trial-view.tsx';
import { useTry } from './use-try.ts';
import type { TryServices } from './use-try.ts';

export interface TestPaneProps extends TryServices {
  readonly node: ScenarioNodeDocument;
  readonly theme: 'dark' | 'light';
  readonly onPlace: (place: CodePlace) => void;
  /** What was typed in the code counts first. */
  readonly onBeforeRun: () => void;
}

const NEW = '\u0000new';

export function TestPane(props: TestPaneProps): ReactNode {
  const { scenario, node, theme, onPlace, onBeforeRun } = props;
  const bench = benchOf(scenario);
  const [naming, setNaming] = useState(false);
  const saved = useSaved(props);
  const offered = useOffered(props);
  const draft = useDraft(bench, node.id, saved, offered);
  const { trial, start, stop } = useTry(props, bench, node);
  const kept = draft?.saved === null || draft === null ? undefined : saved.find((event) => event.name === draft.saved);
  const problem = useMemo(() => (draft === null ? null : jsonProblem(draft.text)), [draft]);
  if (draft === null) return null;
  const changed = kept?.text !== draft.text;
  const put = (next: Draft): void => setDraft(bench, node.id, next);
  const save = (): void => {
    const name = draft.saved ?? freeTestEventName(scenario.getState().design, node.id, draft.label.slice(0, 70));
    scenario.apply(`Save the test event ${name}`, (base) => withTestEvent(base, { node: node.id, name, text: draft.text }));
    put({ ...draft, saved: name });
  };
  const rename = (to: string): void => {
    setNaming(false);
    if (kept === undefined || to === kept.name) return;
    scenario.apply(`Rename the test event ${kept.name}`, (base) => renamedTestEvent(base, node.id, { from: kept.name, to }));
    put({ ...draft, saved: to });
  };
  const remove = (event: TestEvent): void => {
    scenario.apply(`Delete the test event ${event.name}`, (base) => withoutTestEvent(base, node.id, event.name));
    put({ saved: null, label: event.name, text: draft.text });
    showToast({ text: `${event.name} is deleted.`, icon: 'trash', action: { label: 'Undo', onAction: () => scenario.undo() } });
  };
  const go = (): void => {
    onBeforeRun();
    if (problem === null && trial?.state !== 'running') start({ label: draft.saved ?? draft.label, text: draft.text });
  };
  const fresh = (event: OfferedEvent): void => put({ saved: null, label: event.label, text: event.text });
  return (
    <div className="editor-try">
      <div className="editor-try-bar">
        {naming && kept !== undefined ? (
          <NameField name={kept.name} refusalOf={(name) => nameRefusal(name, { own: kept.name, saved })} onDone={rename} onCancel={() => setNaming(false)} />
        ) : (
          <Select
            label="Test event"
            options={[...(draft.saved === null ? [{ value: NEW, label: draft.label, note: 'not saved' }] : []), ...saved.map((event) => ({ value: event.name, label: event.name }))]}
            value={draft.saved ?? NEW}
            onValueChange={(name) => {
              const event = saved.find((candidate) => candidate.name === name);
              if (event !== undefined) put({ saved: event.name, label: event.name, text: event.text });
            }}
            width="100%"
          />
        )}
        <DropdownMenu trigger={<IconButton icon="plus" label="New test event" size="s" />} items={newItems(offered, fresh)} align="end" />
        <DropdownMenu
          trigger={<IconButton icon="more" label="More for this test event" size="s" />}
          align="end"
          items={[
            { id: 'save', label: 'Save', icon: 'check', disabled: !changed, onSelect: save },
            { id: 'copy', label: 'Save as another', icon: 'copy', onSelect: () => put({ saved: null, label: draft.saved ?? draft.label, text: draft.text }) },
            { id: 'rename', label: 'Rename', icon: 'edit', disabled: kept === undefined, onSelect: () => setNaming(true) },
            { id: 'delete', label: 'Delete', icon: 'trash', danger: true, disabled: kept === undefined, onSelect: () => kept !== undefined && remove(kept) },
          ]}
        />
        {changed && (
          <Button size="s" onClick={save}>
            Save
          </Button>
        )}
        {trial?.state === 'running' ? (
          <Button size="s" icon="close" iconSize="s" onClick={stop}>
            Stop
          </Button>
        ) : (
          <Button size="s" icon="play" iconSize="s" kind="primary" disabled={problem !== null} title="Runs the function alone: nothing else reacts, and the run does not change" onClick={go}>
            Run once
          </Button>
        )}
      </div>
      <JsonField label={`Test event ${draft.saved ?? draft.label}`} id={`${node.id}/${draft.saved ?? NEW}`} text={draft.text} theme={theme} problem={problem} onChange={(text) => put({ ...draft, text })} onRun={go} />
      {problem !== null && (
        <div className="editor-try-problem">
          <Note tone="bad">{`Line ${problem.line}: ${problem.message}.`}</Note>
        </div>
      )}
      {trial !== undefined && (
        <div className="editor-output editor-try-result" role="region" aria-label="What came of it" aria-live="polite" tabIndex={0}>
          <TrialView trial={trial} files={node.files ?? {}} onPlace={onPlace} />
        </div>
      )}
      {trial === undefined && <p className="editor-output-of editor-try-note">Runs the function alone, at the shown moment: uploads and messages until then are there, nothing else reacts, and the run does not change.</p>}
    </div>
  );
}

function nameRefusal(name: string, { own, saved }: { readonly own: string; readonly saved: readonly TestEvent[] }): string | null {
  if (name.trim() === '') return 'An event needs a name.';
  if (name.length > 80) return 'A name has at most 80 characters.';
  return name !== own && saved.some((event) => event.name === name) ? `${name} exists already.` : null;
}

function newItems(offered: readonly OfferedEvent[], onChoose: (event: OfferedEvent) => void): readonly MenuEntry[] {
  const item = (event: OfferedEvent): MenuEntry => ({ id: event.id, label: event.label, onSelect: () => onChoose(event) });
  const connected = offered.filter((event) => event.connected);
  const others = offered.filter((event) => !event.connected);
  return [...(connected.length > 0 ? [{ heading: 'From its connections' }, ...connected.map(item), 'separator' as const] : []), { heading: connected.length > 0 ? 'Others' : 'Examples' }, ...others.map(item)];
}

function useSaved({ scenario, node }: TestPaneProps): readonly TestEvent[] {
  const all = useStore(scenario, (state) => state.design.testEvents);
  return useMemo(() => testEventsOf({ ...scenario.getState().design, ...(all === undefined ? {} : { testEvents: all }) }, node.id), [scenario, all, node.id]);
}

/** Examples as the world is when they are looked for: made anew when the design changes. */
function useOffered({ scenario, run, node }: TestPaneProps): readonly OfferedEvent[] {
  const design = useStore(scenario, (state) => state.design);
  const moment = useStore(run, (state) => Math.floor(state.status.shownUs / 1_000_000));
  const [catalogue, setCatalogue] = useState<Awaited<ReturnType<typeof loadCatalogue>> | null>(null);
  useEffect(() => {
    let gone = false;
    loadCatalogue(viewById).then((loaded) => !gone && setCatalogue(loaded), () => {});
    return () => {
      gone = true;
    };
  }, []);
  return useMemo(() => (catalogue === null ? [] : offeredEvents({ design, manifests: manifestById, catalogue, summaries: run.getState().summaries, shownUs: moment * 1_000_000 }, node.id)), [design, catalogue, run, moment, node.id]);
}

/** What lies on the bench; at first the first saved event, else the first example. A saved event that is gone stays as a text without a name. */
function useDraft(bench: Bench, nodeId: string, saved: readonly TestEvent[], offered: readonly OfferedEvent[]): Draft | null {
  const held = useStore(bench, (state) => state.drafts[nodeId]);
  if (held !== undefined) return held.saved === null || saved.some((event) => event.name === held.saved) ? held : { ...held, saved: null };
  const [first] = saved;
  if (first !== undefined) return { saved: first.name, label: first.name, text: first.text };
  const [example] = offered;
  return example === undefined ? null : { saved: null, label: example.label, text: example.text };
}
