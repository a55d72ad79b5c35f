/** The menu of the scenario's name, and the same actions for finding: new, open, import, export, rename, seed. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { exportScenario, fileNameOf, importScenario } from '../../scenario/file.ts';
import { documentNow } from '../../scenario/scenario.store.ts';
import { emptyCloud } from '../../scenario/templates/templates.ts';
import type { MenuEntry } from '../../ui/overlay/menu-items.ts';
import { showToast } from '../../ui/overlay/toast-store.ts';
import { SPEEDS } from '../timeline/deck.tsx';
import { redo, undo } from './shortcuts.ts';
import type { AppServices } from './services.ts';

export function useAppMenu(app: AppServices): readonly MenuEntry[] {
  const lastUndo = useStore(app.scenario, (state) => state.past[state.past.length - 1]?.label);
  const lastRedo = useStore(app.scenario, (state) => state.future[state.future.length - 1]?.label);
  const seed = useStore(app.scenario, (state) => state.design.seed);
  const speed = useStore(app.run, (state) => state.status.speed);
  return useMemo(
    () => [
      { id: 'new', label: 'New, empty cloud', icon: 'plus', onSelect: () => app.open(emptyCloud.document, { kind: 'template', id: emptyCloud.id }) },
      { id: 'open', label: 'Open a template or a saved one', icon: 'gallery', onSelect: () => app.view.setDialog('gallery') },
      'separator',
      {
        id: 'undo',
        label: lastUndo === undefined ? 'Undo' : `Undo: ${lastUndo}`,
        icon: 'undo',
        shortcut: 'Ctrl Z',
        disabled: lastUndo === undefined,
        onSelect: () => undo(app),
      },
      {
        id: 'redo',
        label: lastRedo === undefined ? 'Redo' : `Redo: ${lastRedo}`,
        icon: 'redo',
        shortcut: 'Ctrl Shift Z',
        disabled: lastRedo === undefined,
        onSelect: () => redo(app),
      },
      'separator',
      { id: 'rename', label: 'Rename', icon: 'edit', onSelect: () => app.settings.setState({ open: 'name' }) },
      { id: 'seed', label: `Seed ${seed}`, icon: 'seed', onSelect: () => app.settings.setState({ open: 'seed' }) },
      {
        id: 'speed',
        label: 'Speed',
        icon: 'play',
        items: SPEEDS.map((option) => ({
          id: option.value,
          label: option.label,
          checked: option.speed === speed,
          onSelect: () => app.client.setSpeed(option.speed),
        })),
      },
      { id: 'restart', label: 'Run again from the start', icon: 'history', onSelect: app.restart },
      'separator',
      { id: 'import', label: 'Import a file', icon: 'upload', onSelect: () => importFile(app) },
      { id: 'export', label: 'Export as a file', icon: 'download', onSelect: () => exportFile(app) },
      { id: 'share', label: 'Share a link', icon: 'link', onSelect: () => app.view.setDialog('share') },
      'separator',
      { id: 'docs', label: 'What is modelled', icon: 'help', onSelect: () => app.view.setDialog('docs') },
    ],
    [app, lastUndo, lastRedo, seed, speed],
  );
}

/** Hands the scenario, with the run's inputs, out as a file. */
export function exportFile(app: Pick<AppServices, 'scenario'>): void {
  const document = documentNow(app.scenario.getState());
  const url = URL.createObjectURL(new Blob([exportScenario(document)], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = fileNameOf(document);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Asks for a file and opens it. */
export function importFile(app: AppServices): void {
  const input = window.document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void openFile(app, file);
  });
  input.click();
}

/** Opens a scenario file, paused. What is wrong with it is said, and what is open stays. */
export async function openFile(app: AppServices, file: File): Promise<void> {
  const refuse = (sentence: string): void =>
    void showToast({ text: `${file.name} was not opened. ${sentence}`, tone: 'bad', icon: 'cross', durationMs: 12_000 });
  if (file.size > FILE_BYTES_MAX) return refuse('It is larger than a scenario can be.');
  const result = importScenario(await file.text(), app.manifests);
  if (!result.ok) return refuse(result.message);
  app.open(result.document, { kind: 'file' });
  showToast({ text: `${result.document.base.name} is open. Your earlier scenario is in the gallery once you change something.`, icon: 'check' });
}

/** A file above this is not read into memory. */
const FILE_BYTES_MAX = 16_000_000;
