/** The bill of the run up to the shown moment, item by item. */
import type { ReactNode } from 'react';
import { groupDigits } from '../../ui/number-text.ts';
import { usdText } from './cost-items.ts';
import type { CostLine } from './cost-items.ts';

export function CostCard({ lines }: { readonly lines: readonly CostLine[] }): ReactNode {
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  return (
    <section className="metrics-card metrics-cost" aria-label="Cost by item">
      <h4>Cost so far, {usdText(usd)}</h4>
      {lines.length === 0 ? (
        <p>Nothing that costs has happened yet.</p>
      ) : (
        <div className="metrics-table" role="region" aria-label="Table of costs" tabIndex={0}>
          <table className="ui-num">
            <thead>
              <tr>
                <th scope="col">item</th>
                <th scope="col">quantity</th>
                <th scope="col">cost</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key} title={line.source}>
                  <th scope="row">{line.label}</th>
                  <td>{groupDigits(Math.round(line.quantity))}</td>
                  <td>{usdText(line.usd)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
