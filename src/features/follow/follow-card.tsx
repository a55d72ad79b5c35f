/** The life of what is followed, as a list with times that jump. */
import './follow.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { traceKinds } from '../../services/trace-kinds.ts';
import { Badge } from '../../ui/feedback/badge.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chain, JumpLink } from '../../ui/layout/chain.tsx';
import type { ChainLink } from '../../ui/layout/chain.tsx';
import { PopCard } from '../../ui/overlay/pop-card.tsx';
import { lifeLines, momentText, spanText } from '../../state/narrate.ts';
import type { LifeLine } from '../../state/narrate.ts';
import { lifeOf } from '../../state/trace-index.ts';
import type { FollowProps } from './follow-props.ts';
import { firstOf, subjectName } from './follow-text.ts';

/** A long life is shown from its end; its beginning can be asked for. */
const LINES_MAX = 60;
/** Shorter pauses need no words. */
const PAUSE_US = 900_000;

export function FollowCard({ run, view, seek }: FollowProps): ReactNode {
  const followed = useStore(view, (state) => state.followed);
  // A reason that is asked for has the room.
  const folded = useStore(view, (state) => state.asked !== null);
  const length = useStore(run, (state) => state.traceLength);
  const shownUs = useStore(run, (state) => state.status.shownUs);
  const [details, setDetails] = useState(false);
  const [whole, setWhole] = useState(false);
  const { index } = run.getState();
  const own = followed === null ? 0 : (index.bySubject.get(followed)?.length ?? 0);
  const lines = useMemo(
    () => (followed === null ? [] : lifeLines(lifeOf(index, followed), traceKinds, details)),
    // A life changes only when events of its own are added, or the past was rewritten.
    [index, index.events, followed, own, details],
  );
  const current = lines.findLastIndex((line) => line.event.at <= shownUs);
  const scroller = useRef<HTMLDivElement>(null);
  // The list goes along with time.
  useEffect(() => {
    scroller.current?.querySelector('[data-state="here"]')?.scrollIntoView({ block: 'nearest' });
  }, [followed, current, folded, details]);
  if (followed === null || length === 0) return null;
  const name = subjectName(followed, firstOf(index, followed));
  const from = whole ? 0 : Math.max(0, lines.length - LINES_MAX);
  const links = lines.slice(from).map((line, at): ChainLink => {
    const { seq } = line.event;
    return {
      key: seq,
      at: momentText(line.event.at),
      onJump: () => seek(line.event.at),
      text: <LineText line={line} before={lines[from + at - 1]} onWhy={() => view.ask(seq)} />,
      state: from + at === current ? 'here' : from + at > current ? 'next' : 'past',
    };
  });
  if (folded) return <PopCard label={`The life of ${name}`} className="follow-card" closeLabel="Stop following" onClose={() => view.follow(null)} />;
  return (
    <PopCard label={`The life of ${name}`} className="follow-card" closeLabel="Stop following" onClose={() => view.follow(null)}>
      {lines.length === 0 ? (
        <p className="follow-note">Nothing of it has happened yet.</p>
      ) : (
        <div ref={scroller} className="follow-scroll" tabIndex={0} role="region" aria-label={`Steps of ${name}`}>
          {from > 0 && (
            <p className="follow-note">
              <JumpLink onClick={() => setWhole(true)}>Show the first {from} steps</JumpLink>
            </p>
          )}
          <Chain label={`The life of ${name}`} links={links} />
        </div>
      )}
      <p className="follow-foot">
        <span className="ui-num">{lifeSpan(lines)}</span>
        <JumpLink aria-pressed={details} onClick={() => setDetails(!details)}>
          {details ? 'Only the steps that matter' : 'Every detail'}
        </JumpLink>
      </p>
    </PopCard>
  );
}

function lifeSpan(lines: readonly LifeLine[]): string {
  const first = lines[0];
  const last = lines[lines.length - 1];
  if (first === undefined || last === undefined) return '';
  const attempts = Math.max(0, ...lines.map((line) => line.attempt ?? 0));
  return `${lines.length} steps in ${spanText(last.event.at - first.event.at)}${attempts > 1 ? `, ${attempts} attempts` : ''}`;
}

function LineText({ line, before, onWhy }: { readonly line: LifeLine; readonly before: LifeLine | undefined; readonly onWhy: () => void }): ReactNode {
  const again = line.attempt !== null && line.attempt > 1 && line.attempt !== before?.attempt;
  return (
    <>
      {line.severity !== undefined && (
        <span className="ui-tone" data-tone={line.severity === 'failure' ? 'bad' : 'warn'}>
          <Icon name={line.severity === 'failure' ? 'cross' : 'warn'} size="s" title={line.severity} />{' '}
        </span>
      )}
      {line.sentence}
      {again && (
        <>
          {' '}
          <Badge tone="warn">attempt {line.attempt}</Badge>
        </>
      )}
      {before !== undefined && line.afterUs >= PAUSE_US && <small className="follow-pause"> {spanText(line.afterUs)} later</small>}
      {line.severity !== undefined && (
        <>
          {' '}
          <JumpLink onClick={onWhy}>Why?</JumpLink>
        </>
      )}
    </>
  );
}
