/** Why an event happened: the chain of its causes, newest first, and where to look next. */
import './follow.css';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { traceKinds } from '../../services/trace-kinds.ts';
import { Chain, JumpLink } from '../../ui/layout/chain.tsx';
import { PopCard } from '../../ui/overlay/pop-card.tsx';
import { momentText, whyLines } from '../../state/narrate.ts';
import type { Narrated } from '../../state/narrate.ts';
import type { TraceIndex } from '../../state/trace-index.ts';
import type { CodePlace } from '../../state/log-lines.ts';
import type { FollowProps } from './follow-props.ts';
import { objectIn, placeOfFailure } from './follow-text.ts';

/** A chain through many attempts repeats itself: these many lines from either end are shown. */
const HEAD_LINES = 12;
const TAIL_LINES = 6;

export function WhyCard({ scenario, run, view, seek }: FollowProps): ReactNode {
  const asked = useStore(view, (state) => state.asked);
  const length = useStore(run, (state) => state.traceLength);
  const arns = useStore(run, (state) => state.arns);
  const { index } = run.getState();
  const lines = useMemo(() => (asked === null || asked >= length ? [] : whyLines(index.events, asked, traceKinds)), [index, index.events, asked, length]);
  const [effect, ...causes] = lines;
  if (asked === null || effect === undefined) return null;
  const hidden = Math.max(0, causes.length - HEAD_LINES - TAIL_LINES);
  const shown = hidden === 0 ? causes : [...causes.slice(0, HEAD_LINES), ...causes.slice(-TAIL_LINES)];
  const failure = failureIn(lines, index);
  const nodeId = failure === null ? undefined : Object.keys(arns).find((id) => arns[id] === failure.arn);
  const node = scenario.getState().design.nodes.find((candidate) => candidate.id === nodeId);
  const object = objectIn(lines.map((line) => line.event));
  return (
    <PopCard label="Why?" className="follow-card" onClose={() => view.ask(null)}>
      <p className="follow-effect">
        <JumpLink onClick={() => seek(effect.event.at)}>{momentText(effect.event.at)}</JumpLink> {effect.sentence}
      </p>
      {causes.length === 0 ? (
        <p className="follow-note">{effect.event.cause.length === 0 ? 'It has no cause inside the cloud: it came from outside, or from the deployment.' : 'Its cause is not in this run any more.'}</p>
      ) : (
        <div className="follow-scroll" tabIndex={0} role="region" aria-label="Causes, newest first">
          <p className="follow-note">Because, newest first:</p>
          <Chain
            label="Causes, newest first"
            links={shown.map(({ event, sentence }, at) => ({
              key: event.seq,
              at: momentText(event.at),
              onJump: () => seek(event.at),
              text: hidden > 0 && at === HEAD_LINES ? `${sentence} (${hidden} steps between are left out)` : sentence,
              // Only a failure has a root that is marked as one.
              state: effect.severity === 'failure' && at === shown.length - 1 ? 'root' : 'past',
            }))}
          />
        </div>
      )}
      <p className="follow-foot">
        {failure !== null && node !== undefined && node.files?.[failure.place.file] !== undefined && (
          <JumpLink onClick={() => view.openFileOf(node.id, failure.place.file, failure.place.line)}>
            Show {failure.place.file}:{failure.place.line}
          </JumpLink>
        )}
        {object !== null && <JumpLink onClick={() => view.follow(object)}>Follow {object.slice(object.lastIndexOf('/') + 1)}</JumpLink>}
      </p>
    </PopCard>
  );
}

/** The newest failure in a chain that has a line of code. */
function failureIn(lines: readonly Narrated[], index: TraceIndex): { readonly arn: string; readonly place: CodePlace } | null {
  for (const { event, severity } of lines) {
    const place = severity === 'failure' ? placeOfFailure(index, event) : null;
    if (place !== null) return { arn: event.resource, place };
  }
  return null;
}
