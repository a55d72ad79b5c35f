/** The panel under the canvas: timeline, code, logs, metrics, media, each fetched when it is first shown. */
import { lazy, Suspense, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { PaneEdge } from '../../ui/layout/pane-edge.tsx';
import { usePaneSize } from '../../ui/layout/pane-size.ts';
import { TabPanel, Tabs } from '../../ui/layout/tabs.tsx';
import { useTheme } from '../../ui/theme.ts';
import { BOTTOM_TABS } from '../../state/view.store.ts';
import type { BottomTab } from '../../state/view.store.ts';
import { useApp } from './app-context.ts';
import { LazyPanel } from './lazy-panel.tsx';
import { mediaServices } from './media.ts';
import type { Layout } from './use-layout.ts';

const TimelinePanel = lazy(async () => ({ default: (await import('../timeline/timeline-panel.tsx')).TimelinePanel }));
const TimelineLegend = lazy(async () => ({ default: (await import('../timeline/timeline-panel.tsx')).TimelineLegend }));
const EditorPanel = lazy(async () => ({ default: (await import('../editor/editor-panel.tsx')).EditorPanel }));
const LogsPanel = lazy(async () => ({ default: (await import('../logs/logs-panel.tsx')).LogsPanel }));
const MetricsPanel = lazy(async () => ({ default: (await import('../metrics/metrics-panel.tsx')).MetricsPanel }));
const MediaPanel = lazy(async () => ({ default: (await import('../media/media-panel.tsx')).MediaPanel }));

const WORDS: Readonly<Record<BottomTab, { readonly label: string; readonly name: string }>> = {
  timeline: { label: 'Timeline', name: 'The timeline' },
  code: { label: 'Code', name: 'The editor' },
  logs: { label: 'Logs', name: 'The logs' },
  metrics: { label: 'Metrics', name: 'The metrics' },
  media: { label: 'Media', name: 'The clips' },
};

/** Least and most height of the panel, px. */
const HEIGHT = { min: 138, max: 414 };
const NARROW_MAX = 320;
/** Height that a double click brings back, px: code and clips need more than a timeline. Each panel remembers its own. */
const INITIAL: Readonly<Record<BottomTab, number>> = { timeline: 280, code: 414, logs: 320, metrics: 320, media: 344 };

export function BottomPanel({ layout, thumbnail }: { readonly layout: Layout; readonly thumbnail: (sha256: string) => string | undefined }): ReactNode {
  const { view } = useApp();
  const tab = useStore(view, (state) => state.bottomTab);
  const pane = usePaneSize(`bottom.${tab}`, { ...HEIGHT, initial: INITIAL[tab], ...(layout === 'narrow' ? { max: NARROW_MAX } : {}) });
  return (
    <section className="bottom nokey-space" aria-label="Panel" style={layout === 'phone' ? undefined : { height: pane.px }}>
      {layout !== 'phone' && <PaneEdge label="Height of the panel" side="top" pane={pane} />}
      <Tabs
        label="Panel"
        className="bottom-tabs"
        items={BOTTOM_TABS.map((id) => ({ id, label: WORDS[id].label }))}
        value={tab}
        onValueChange={(next) => view.setState({ bottomTab: next as BottomTab })}
        end={
          layout === 'phone' ? undefined : (
            <>
              {tab === 'timeline' && layout === 'wide' && (
                <Suspense fallback={null}>
                  <TimelineLegend />
                </Suspense>
              )}
              <IconButton icon="close" label="Close the panel" iconSize="s" onClick={() => view.closeBottom()} />
            </>
          )
        }
      >
        <TabPanel id={tab} className="bottom-body">
          <LazyPanel key={tab} name={WORDS[tab].name}>
            <Shown tab={tab} thumbnail={thumbnail} />
          </LazyPanel>
        </TabPanel>
      </Tabs>
    </section>
  );
}

function Shown({ tab, thumbnail }: { readonly tab: BottomTab; readonly thumbnail: (sha256: string) => string | undefined }): ReactNode {
  const app = useApp();
  const { scenario, run, view, client } = app;
  const { theme } = useTheme();
  useStore(app.notice, (state) => state.facts);
  const media = useMemo(() => mediaServices(app, thumbnail), [app, thumbnail]);
  if (tab === 'timeline') return <TimelinePanel />;
  if (tab === 'code') return <EditorPanel scenario={scenario} run={run} view={view} client={client} theme={theme} />;
  if (tab === 'logs') return <LogsPanel scenario={scenario} run={run} view={view} client={client} />;
  if (tab === 'metrics') return <MetricsPanel scenario={scenario} run={run} view={view} />;
  return <MediaPanel scenario={scenario} run={run} view={view} media={media} />;
}
