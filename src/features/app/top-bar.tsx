/** The top bar: wordmark, what is open and whether it is saved, cost, find, lessons, theme, share. */
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Kbd } from '../../ui/controls/kbd.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Mark } from '../../ui/mark.tsx';
import { DropdownMenu } from '../../ui/overlay/dropdown-menu.tsx';
import type { MenuEntry } from '../../ui/overlay/menu-items.ts';
import { useTheme } from '../../ui/theme.ts';
import { useApp } from './app-context.ts';
import { CostMeter, usdText } from './cost.ts';
import { redo, undo } from './shortcuts.ts';
import type { Layout } from './use-layout.ts';

const SAVED_WORDS = {
  untouched: 'Template. Your first change makes a copy',
  saving: 'Saving',
  saved: 'Saved in this browser',
  failed: 'Not saved: this browser keeps nothing. Export a file to be safe',
  'other-tab': 'Two tabs have this open. The other one saved last',
} as const;

export function TopBar({ menu, layout }: { readonly menu: readonly MenuEntry[]; readonly layout: Layout }): ReactNode {
  const app = useApp();
  const { scenario, view } = app;
  const canUndo = useStore(scenario, (state) => state.past.length > 0);
  const canRedo = useStore(scenario, (state) => state.future.length > 0);
  const name = useStore(scenario, (state) => state.design.name);
  const saved = useStore(scenario, (state) => state.saved);
  const origin = useStore(scenario, (state) => state.origin.kind);
  const lessonOpen = useStore(view, (state) => state.lessonOpen);
  const { theme, setChoice } = useTheme();
  const words =
    origin === 'lesson' ? 'Lesson scenario' : origin === 'link' && saved === 'untouched' ? 'From a link. Your first change makes a copy' : SAVED_WORDS[saved];
  return (
    <header className="top-bar">
      <h1 className="ui-hidden">Coldstart, {name}</h1>
      <div className="top-bar-brand">
        <Mark />
        <b>coldstart</b>
      </div>
      <i className="top-bar-line" />
      <DropdownMenu
        trigger={
          <button type="button" className="top-bar-name">
            <span>{name}</span>
            <Icon name="chevron-down" size="s" />
          </button>
        }
        items={menu}
      />
      <span className="top-bar-saved" data-problem={saved === 'failed' || saved === 'other-tab' || undefined}>
        {words}
      </span>
      <span className="top-bar-grow" />
      {layout !== 'phone' && (
        <span className="top-bar-undo">
          <IconButton icon="undo" label="Undo" shortcut="Ctrl Z" kind="quiet" iconSize="s" disabled={!canUndo} onClick={() => undo(app)} />
          <IconButton icon="redo" label="Redo" shortcut="Ctrl Shift Z" kind="quiet" iconSize="s" disabled={!canRedo} onClick={() => redo(app)} />
        </span>
      )}
      <Cost />
      <Button kind="quiet" icon="search" className="top-bar-find" onClick={() => view.setDialog('find')} trailing={<Kbd>Ctrl K</Kbd>}>
        <span>Find</span>
      </Button>
      <Button kind="quiet" icon="lessons" className="top-bar-lessons" pressed={lessonOpen} onClick={() => view.toggleLesson()}>
        <span>Lessons</span>
      </Button>
      <IconButton
        icon={theme === 'dark' ? 'moon' : 'sun'}
        label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        kind="quiet"
        className="top-bar-theme"
        onClick={() => setChoice(theme === 'dark' ? 'light' : 'dark')}
      />
      <Button kind="primary" icon="share" onClick={() => view.setDialog('share')}>
        Share
      </Button>
    </header>
  );
}

function Cost(): ReactNode {
  const { run, manifestList } = useApp();
  const meter = useMemo(() => new CostMeter(manifestList), [manifestList]);
  const shownUs = useStore(run, (state) => state.status.shownUs);
  useStore(run, (state) => state.traceLength);
  const { index } = run.getState();
  const usd = meter.follow(index.events, index.countUntil(shownUs));
  return (
    <div className="top-bar-cost" title="By AWS's list prices for us-east-1, without the free tier">
      <b className="ui-num">{usdText(usd)}</b>
      <small>this run</small>
    </div>
  );
}
