/** Services with what is modelled, simplified and not modelled: read off the same tables that the simulation runs on. */
import './docs.css';
import type { ReactNode } from 'react';
import { docsOf } from '../../runner/headless/docs.ts';
import type { DocumentedService } from '../../runner/headless/docs.ts';
import { limitFiles } from '../../services/limits.ts';
import { manifests } from '../../services/manifests.ts';
import { models } from '../../services/models.ts';
import { Fold } from '../../ui/layout/fold.tsx';
import { countText } from '../../ui/quantity-text.ts';

const docs = docsOf({ models, manifests, limits: limitFiles });

export function DocsList(): ReactNode {
  return (
    <div className="docs-list">
      {docs.services
        .filter(({ sdk }) => sdk !== undefined)
        .map((service) => (
          <Fold key={service.id} line={service.title} tail={countText(service.operations.length, 'operation')}>
            <Service service={service} />
          </Fold>
        ))}
    </div>
  );
}

function Service({ service }: { readonly service: DocumentedService }): ReactNode {
  return (
    <div className="docs-service">
      <h3>Modelled</h3>
      <p className="docs-names">{service.operations.map(({ name }) => name).join(', ')}</p>
      {service.simplified.length > 0 && (
        <>
          <h3>Simplified</h3>
          <ul>
            {service.simplified.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {service.notModelled.length > 0 && (
        <>
          <h3>Not modelled</h3>
          <p className="docs-names">{service.notModelled.join(', ')}</p>
        </>
      )}
      {service.limits.length + service.prices.length > 0 && <Numbers service={service} />}
    </div>
  );
}

/** Prices of single things are tiny: told for a million of them. */
function millionText(usd: number): string {
  return `$${String(Number((usd * 1e6).toPrecision(6)))} a million`;
}

function Numbers({ service }: { readonly service: DocumentedService }): ReactNode {
  const rows = [...service.limits.map(({ name, value, source }) => ({ name, value: String(value), source })), ...service.prices.map(({ label, usd, source }) => ({ name: label, value: millionText(usd), source }))];
  return (
    <table>
      <caption>Numbers of {service.title}</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Value</th>
          <th scope="col">Source</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, value, source }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="ui-num">{value}</td>
            <td>{source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
