/** What each rule of a bus said to one event: taken and by whom, or not and which condition decided. */
import type { ReactNode } from 'react';
import { Note } from '../../../ui/feedback/note.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import type { RecentEvent } from '../model/state.ts';
import type { BusSummary } from '../model/summary.ts';
import { expectedText, targetName } from './facts.ts';
import './view.css';

export function Verdicts({ bus, event }: { readonly bus: BusSummary; readonly event: RecentEvent }): ReactNode {
  return (
    <ul className="events-verdicts" aria-label={`What the rules said to ${event.detailType}`}>
      {event.matched.map((name) => (
        <li key={name}>
          <Note tone="ok">{takenText(bus, name)}</Note>
        </li>
      ))}
      {event.missed.map((why) => (
        <li key={why.rule}>
          <Note tone="now">{`${why.rule} does not match.`}</Note>
          <WhyNot why={why} />
        </li>
      ))}
      {event.matched.length + event.missed.length === 0 && (
        <li>
          <Note tone="warn">The bus had no enabled rule with a pattern: nothing looked at the event.</Note>
        </li>
      )}
    </ul>
  );
}

/** The field that decided, what the pattern wants there and what the event has. */
export function WhyNot({ why }: { readonly why: RecentEvent['missed'][number] }): ReactNode {
  return (
    <KeyValues
      code
      pairs={[
        { name: 'Field', value: why.field },
        { name: 'Must', value: expectedText(why.expected) },
        { name: 'Is', value: why.actual },
      ]}
    />
  );
}

function takenText(bus: BusSummary, name: string): string {
  const rule = bus.rules.find((each) => each.name === name);
  if (rule === undefined) return `${name} takes it.`;
  return rule.targets.length === 0 ? `${name} takes it, and has no target.` : `${name} takes it, for ${rule.targets.map(({ Arn }) => targetName(Arn)).join(', ')}.`;
}
