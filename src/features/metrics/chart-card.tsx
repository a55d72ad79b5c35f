/** A plot with its title, its latest values in words, and the same as a table for those who read rather than see. */
import type { ReactNode } from 'react';
import type { Scale } from './buckets.ts';
import { chartSentence, valueText } from './charts.ts';
import type { Chart } from './charts.ts';
import { Plot } from './plot.tsx';

export interface ChartCardProps {
  readonly chart: Chart;
  readonly scale: Scale;
  readonly shownUs: number;
  readonly asTable: boolean;
}

export function ChartCard({ chart, scale, shownUs, asTable }: ChartCardProps): ReactNode {
  const now = Math.min(scale.count - 1, Math.max(0, Math.floor(shownUs / scale.stepUs)));
  return (
    <section className="metrics-card" aria-label={`${chart.title} of ${chart.of}`}>
      <h4>{chart.title}</h4>
      <p className="ui-num">
        {chart.series.map((series, at) => (
          <span key={series.label} data-look={series.look} data-dash={(chart.shape === 'line' && at > 0) || undefined}>
            <i aria-hidden="true" />
            {series.label} <b>{valueText(chart.shape === 'bars' ? total(series.values.slice(0, now + 1)) : latest(series.values, now), chart.unit)}</b>
          </span>
        ))}
      </p>
      {asTable ? <ChartTable chart={chart} scale={scale} /> : <Plot chart={chart} scale={scale} shownUs={shownUs} label={chartSentence(chart, scale)} />}
    </section>
  );
}

function total(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** The newest value up to a step. */
function latest(values: readonly (number | null)[], now: number): number | null {
  return values.slice(0, now + 1).findLast((value) => value !== null) ?? null;
}

function ChartTable({ chart, scale }: { readonly chart: Chart; readonly scale: Scale }): ReactNode {
  const rows = Array.from({ length: scale.count }, (_, step) => step).filter((step) => chart.series.some((series) => (series.values[step] ?? 0) !== 0));
  return (
    <div className="metrics-table" role="region" aria-label={`Table of ${chart.title} of ${chart.of}`} tabIndex={0}>
      {rows.length === 0 ? (
        <p>Nothing but 0.</p>
      ) : (
        <table className="ui-num">
          <caption className="ui-hidden">{chartSentence(chart, scale)} Steps without a value are left out.</caption>
          <thead>
            <tr>
              <th scope="col">from</th>
              {chart.series.map((series) => (
                <th key={series.label} scope="col">
                  {series.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((step) => (
              <tr key={step}>
                <th scope="row">{valueText((step * scale.stepUs) / 1_000_000, 's')}</th>
                {chart.series.map((series) => (
                  <td key={series.label}>{valueText(series.values[step] ?? null, chart.unit)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
