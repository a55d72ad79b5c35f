/** The body of a function's card: its environments as cells, invocations, errors, throttled; near, all of them with age and memory. */
import './view.css';
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { EnvironmentSummary, FunctionSummary } from '../model/summary.ts';
import { Cells } from './cells.tsx';
import { cellOf, isStream, mappingText } from './facts.ts';

const MID_CELLS = 4;
const NEAR_CELLS = 12;
const NEAR_ROWS = 4;

export function FunctionCard({ summary, nowUs, form }: NodeViewProps): ReactNode {
  const lambda = summary as FunctionSummary | undefined;
  // Before the first moment of a run is there: the shape of a function without environments, so that nothing moves when it comes.
  const { invocations, errors, throttles } = lambda?.counters ?? { invocations: 0, errors: 0, throttles: 0 };
  const near = form === 'near';
  return (
    <>
      <Cells environments={lambda?.environments ?? []} nowUs={nowUs} max={near ? NEAR_CELLS : MID_CELLS} />
      <CountRow
        counts={[
          { value: invocations, unit: invocations === 1 ? 'invocation' : 'invocations' },
          { value: errors, unit: errors === 1 ? 'error' : 'errors', tone: errors > 0 ? 'bad' : undefined },
          { value: throttles, unit: 'throttled', tone: throttles > 0 ? 'warn' : undefined },
        ]}
      />
      {near && lambda && <NearRows lambda={lambda} nowUs={nowUs} />}
    </>
  );
}

/** Age, last use and memory peak of each environment, then how it is fed. */
function NearRows({ lambda, nowUs }: { readonly lambda: FunctionSummary; readonly nowUs: number }): ReactNode {
  return (
    <div className="lambda-lines">
      {lambda.environments.slice(0, NEAR_ROWS).map((environment) => (
        <CountRow key={environment.id} line counts={[{ value: environment.id, unit: '' }, { unit: ageText(environment, nowUs) }, { unit: cellOf(environment, nowUs).word }, { unit: peakText(environment) }]} />
      ))}
      {lambda.mappings.map((mapping) => (
        <CountRow key={mapping.uuid} line counts={[{ unit: mappingText(mapping) }, { unit: isStream(mapping) ? `${mapping.polling} of ${countText(mapping.pollers, 'lane')} free` : `${mapping.polling} of ${countText(mapping.pollers, 'poller')} wait` }]} />
      ))}
      <CountRow line counts={[{ unit: `${lambda.memoryMb}\u00a0MB, ends after ${timeText(lambda.timeoutSec * 1_000)}` }, { unit: lambda.reservedConcurrency === null ? 'no reserve' : `at most ${lambda.reservedConcurrency} at once` }]} />
    </div>
  );
}

function ageText(environment: EnvironmentSummary, nowUs: number): string {
  return `${timeText(Math.max(0, nowUs - environment.bornUs) / 1_000)} old`;
}

/** Memory that guest code held at most; what Lambda itself takes comes on top in the REPORT line. */
function peakText({ heapPeakBytes }: EnvironmentSummary): string {
  return heapPeakBytes === 0 ? '' : `${(heapPeakBytes / 1_048_576).toFixed(1)}\u00a0MB peak`;
}
