/** The metrics panel: CloudWatch's numbers over virtual time, the age of queues, and the bill. */
import './metrics.css';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { manifestById } from '../../services/manifests.ts';
import { Switch } from '../../ui/controls/switch.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Select } from '../../ui/fields/select-field.tsx';
import { iconNamed, Icon } from '../../ui/icons.tsx';
import { useCalm } from '../../ui/use-calm.ts';
import { spanText } from '../../state/narrate.ts';
import type { RunState, RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { ChartCard } from './chart-card.tsx';
import { chartGroups } from './charts.ts';
import type { ChartGroup } from './charts.ts';
import { CostBook } from './cost-items.ts';
import { CostCard } from './cost-card.tsx';
import { MetricsBook } from './metrics-book.ts';

export interface MetricsPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
}

const ALL = '*';
/** Plots are made anew this often while the run goes on, ms. */
const REFRESH_MS = 300;

export function MetricsPanel({ scenario, run, view }: MetricsPanelProps): ReactNode {
  const books = useMemo(() => ({ metrics: new MetricsBook(manifestById), cost: new CostBook(manifestById) }), [run]);
  const { length, shownUs, computedUs } = useCalm(run, clockOf, restMs);
  const nodes = useStore(scenario, (state) => state.design.nodes);
  const selected = useStore(view, (state) => state.selectedNodes);
  const [chosen, setChosen] = useState(ALL);
  const [asTable, setAsTable] = useState(false);
  const { scale, groups } = useMemo(() => chartGroups(books.metrics.follow(run.getState().index.events), Math.max(computedUs, 1)), [books, run, computedUs, length]);
  const lines = useMemo(() => {
    const { index } = run.getState();
    return books.cost.follow(index.events, index.countUntil(shownUs));
  }, [books, run, shownUs, length]);
  if (groups.length === 0) return <EmptyState icon="metrics" title="Nothing was measured yet">Press play. Numbers come as services work.</EmptyState>;
  // A node that is selected on the canvas comes first; else the order of the canvas's palette.
  const names = new Set(nodes.filter((node) => selected.includes(node.id)).map((node) => `${node.service} ${String(node.config['name'])}`));
  const ordered = [...groups].sort((a, b) => Number(names.has(b.key)) - Number(names.has(a.key)) || rankOf(a) - rankOf(b));
  const shown = ordered.filter((group) => chosen === ALL || group.key === chosen);
  return (
    <div className="metrics">
      <div className="metrics-bar">
        <Select label="Resource" options={[{ value: ALL, label: 'All resources' }, ...ordered.map((group) => ({ value: group.key, label: group.name, note: group.service }))]} value={groups.some((group) => group.key === chosen) ? chosen : ALL} onValueChange={setChosen} width={180} />
        <Switch label="As tables" checked={asTable} onCheckedChange={setAsTable} />
        <span className="metrics-note ui-num">Each step is {spanText(scale.stepUs)}</span>
      </div>
      <div className="metrics-scroll" role="region" aria-label="Plots" tabIndex={0}>
        {shown.map((group) => (
          <section key={group.key} aria-label={`Metrics of ${group.name}`}>
            <h3>
              <span className="ui-tone" data-tone={manifestById.get(group.service)?.family ?? 'plain'}>
                <Icon name={iconNamed(manifestById.get(group.service)?.icon ?? '')} size="s" />
              </span>
              {group.name}
            </h3>
            <div className="metrics-grid">
              {group.charts.map((chart) => (
                <ChartCard key={chart.id} chart={chart} scale={scale} shownUs={shownUs} asTable={asTable} />
              ))}
            </div>
          </section>
        ))}
        <section aria-label="Cost">
          <h3>
            <Icon name="cost" size="s" />
            Bill
          </h3>
          <div className="metrics-grid">
            <CostCard lines={lines} />
          </div>
        </section>
      </div>
    </div>
  );
}

/** Functions first, then queues, then the rest. */
function rankOf(group: ChartGroup): number {
  const family = manifestById.get(group.service)?.family;
  return family === 'invocation' ? 0 : family === 'message' ? 1 : 2;
}

function clockOf({ traceLength, status }: RunState): { readonly length: number; readonly shownUs: number; readonly computedUs: number } {
  return { length: traceLength, shownUs: status.shownUs, computedUs: status.computedUs };
}
/** A few times a second while it plays, and at once when it stands. */
function restMs({ status }: RunState): number {
  return status.playing ? REFRESH_MS : 0;
}
