/** One plot over virtual time, drawn by uPlot in the page's colours; what it shows is also said in a sentence. */
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import uPlot from 'uplot';
import type { Scale } from './buckets.ts';
import { valueText } from './charts.ts';
import type { Chart, Look } from './charts.ts';

const TOKENS: Readonly<Record<Look, string>> = { invoke: '--k-invoke', bad: '--bad', warn: '--warn', message: '--k-message', event: '--k-event', object: '--k-object', ink: '--ink-2' };
const HEIGHT = 118;

export interface PlotProps {
  readonly chart: Chart;
  readonly scale: Scale;
  /** The playhead, µs. */
  readonly shownUs: number;
  readonly label: string;
}

export function Plot({ chart, scale, shownUs, label }: PlotProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const head = useRef(shownUs);
  const kind = `${chart.shape} ${chart.unit} ${chart.series.map((series) => `${series.label} ${series.look}`).join()}`;
  const data = [Array.from({ length: scale.count }, (_, step) => (step * scale.stepUs) / 1_000_000), ...chart.series.map((series) => [...series.values])] as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;

  // The plot is made once for its kind of series; values come by setData.
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsOf(chart, element, head), latest.current, element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: Math.max(80, element.clientWidth), height: HEIGHT }));
    resized.observe(element);
    const recoloured = new MutationObserver(() => made.redraw(false));
    recoloured.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] });
    return () => {
      resized.disconnect();
      recoloured.disconnect();
      made.destroy();
      plot.current = null;
    };
    // `kind` stands for the parts of the chart that the options are made of.
  }, [kind]);

  useEffect(() => plot.current?.setData(latest.current), [chart, scale]);
  useEffect(() => {
    head.current = shownUs;
    plot.current?.redraw(false);
  }, [shownUs]);

  return <div ref={place} className="metrics-plot" role="img" aria-label={label} />;
}

/** The colour of a role as it is now. */
function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function optionsOf(chart: Chart, element: HTMLElement, head: { readonly current: number }): uPlot.Options {
  const axis: uPlot.Axis = { stroke: () => colour('--ink-3'), grid: { stroke: () => colour('--line'), width: 1 }, ticks: { show: false }, font: '10.5px "Inter Variable", sans-serif', gap: 4 };
  return {
    width: Math.max(80, element.clientWidth),
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_, __, most) => [0, niceTop(most)] } },
    axes: [
      { ...axis, size: 22, values: (_, splits) => splits.map((sec) => (sec >= 120 ? `${sec / 60}m` : `${sec}s`)) },
      { ...axis, size: 50, values: (_, splits) => splits.map((value) => valueText(value, chart.unit)) },
    ],
    series: [{}, ...chart.series.map((series, at) => seriesOf(chart, series.look, at))],
    hooks: { draw: [(self) => drawHead(self, head.current)] },
  };
}

/** Room above the highest value, and whole numbers for counts. */
function niceTop(most: number | null): number {
  return most === null || most <= 0 ? 1 : most <= 4 ? Math.ceil(most) || 1 : most * 1.08;
}

function seriesOf(chart: Chart, look: Look, at: number): uPlot.Series {
  const stroke = (): string => colour(TOKENS[look]);
  if (chart.shape === 'bars') return { stroke, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars!({ size: [0.9 - at * 0.22, 14], align: 1 }) };
  if (chart.shape === 'steps') return { stroke, width: 1.5, fill: () => `color-mix(in oklch, ${colour(TOKENS[look])} 14%, transparent)`, points: { show: false }, paths: uPlot.paths.stepped!({ align: 1 }) };
  return { stroke, width: 1.5, spanGaps: true, ...(at === 0 ? {} : { dash: [5, 4] }), points: { show: true, size: 4, width: 1 } };
}

function drawHead(self: uPlot, shownUs: number): void {
  const x = self.valToPos(shownUs / 1_000_000, 'x', true);
  const { left, top, width, height } = self.bbox;
  if (x < left || x > left + width) return;
  self.ctx.save();
  self.ctx.fillStyle = colour('--now');
  self.ctx.fillRect(Math.round(x) - 1, top, 2, height);
  self.ctx.restore();
}
