/** The page: what lies where, in the three layouts, and what is fetched only when it is wanted. */
import './app.css';
import './top-bar.css';
import './dialogs.css';
import { lazy, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { completeNode } from '../../scenario/environment.ts';
import { LiveRegion } from '../../ui/feedback/live-region.tsx';
import { MenuAt } from '../../ui/overlay/menu-at.tsx';
import { ToastRegion } from '../../ui/overlay/toast-region.tsx';
import { TooltipLayer } from '../../ui/overlay/tooltip.tsx';
import { PaletteRail } from '../palette/palette-rail.tsx';
import { Deck } from '../timeline/deck.tsx';
import { TimeProvider, useTimeline } from '../timeline/timeline-context.tsx';
import { useAppMenu } from './app-menu.ts';
import { AppProvider, useApp } from './app-context.ts';
import { Banners } from './banners.tsx';
import { BottomPanel } from './bottom-panel.tsx';
import { addService, openConnectMenu } from './late-commands.ts';
import type { OpenMenu } from './canvas-commands.ts';
import { LazyPanel } from './lazy-panel.tsx';
import { startNarration } from './narration.ts';
import { startRestNotice } from './rest-notice.ts';
import { Popovers } from './popovers.tsx';
import { PhoneTabs } from './phone-tabs.tsx';
import type { AppServices } from './services.ts';
import { useShortcuts } from './shortcuts.ts';
import { SidePanel } from './side-panel.tsx';
import { LessonDock } from './lesson-dock.tsx';
import { useThumbnails } from './thumbnails.ts';
import { timeActions } from './time-actions.ts';
import { TopBar } from './top-bar.tsx';
import { useLayout } from './use-layout.ts';

/** Under way while the shell is painted. */
const canvas = import('./canvas-host.tsx');
const CanvasHost = lazy(async () => ({ default: (await canvas).CanvasHost }));
const Dialogs = lazy(async () => ({ default: (await import('./all-dialogs.tsx')).AllDialogs }));

export function App({ services }: { readonly services: AppServices }): ReactNode {
  return (
    <AppProvider value={services}>
      <Page app={services} />
    </AppProvider>
  );
}

function Page({ app }: { readonly app: AppServices }): ReactNode {
  const { run, view, scenario, manifests, manifestList } = app;
  const layout = useLayout();
  const design = useStore(scenario, (state) => state.design);
  const bottomOpen = useStore(view, (state) => state.bottomOpen);
  const phoneTab = useStore(view, (state) => state.phoneTab);
  const timeline = useTimeline(manifests);
  const thumbnail = useThumbnails(app);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const actions = useMemo(() => timeActions(app), [app]);
  const nodes = useMemo(() => design.nodes.map((node) => completeNode(node, manifests)), [design.nodes, manifests]);
  const time = useMemo(() => ({ run, view, manifests, nodes, actions, timeline }), [run, view, manifests, nodes, actions, timeline]);
  const keys = useMemo(
    () => ({ time: actions, addService: (id: string) => void addService(app, id), connectMenu: () => void openConnectMenu(app, setMenu) }),
    [app, actions],
  );
  const appMenu = useAppMenu(app);
  useShortcuts(app, keys);
  useEffect(() => startNarration(app), [app]);
  useEffect(() => startRestNotice(app), [app]);
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${design.name} · Coldstart`;
  }, [design.name]);
  const bottom = layout === 'phone' ? phoneTab === 'timeline' : bottomOpen;
  return (
    <TimeProvider value={time}>
      <div className="app" data-layout={layout}>
        <a className="skip-link" href="#canvas" onClick={focusCanvas}>
          To the canvas
        </a>
        <TopBar menu={appMenu} layout={layout} />
        <LessonDock layout={layout} time={actions} />
        {layout !== 'phone' && (
          <PaletteRail manifests={manifestList} offered={null} onAdd={(id) => void addService(app, id)} onHelp={() => view.setDialog('shortcuts')} />
        )}
        <main className="canvas-place" id="canvas" aria-label="Canvas" hidden={layout === 'phone' && phoneTab === 'timeline'}>
          <LazyPanel name="The canvas">
            <CanvasHost layout={layout} thumbnail={thumbnail} openMenu={setMenu}>
              <Banners />
              <Popovers seek={actions.seek} />
            </CanvasHost>
          </LazyPanel>
        </main>
        {bottom && <BottomPanel layout={layout} thumbnail={thumbnail} />}
        <SidePanel layout={layout} thumbnail={thumbnail} />
        <Deck runName="Run" seed={design.seed} />
        {layout === 'phone' && <PhoneTabs />}
        <div className="toast-place">
          <ToastRegion />
        </div>
      </div>
      <MenuAt label={menu?.label ?? ''} at={menu?.at ?? null} items={menu?.items ?? []} onClose={() => setMenu((open) => (open === menu ? null : open))} />
      <DialogPlace />
      <LiveRegion />
      <TooltipLayer />
    </TimeProvider>
  );
}

function DialogPlace(): ReactNode {
  const { view, settings } = useApp();
  const dialog = useStore(view, (state) => state.dialog !== 'none');
  const setting = useStore(settings, (state) => state.open !== null);
  if (!dialog && !setting) return null;
  return (
    <LazyPanel name="This dialog">
      <Dialogs />
    </LazyPanel>
  );
}

function focusCanvas(event: { preventDefault(): void }): void {
  event.preventDefault();
  (document.querySelector<HTMLElement>('#canvas .react-flow__node') ?? document.querySelector<HTMLElement>('#canvas button'))?.focus();
}
