/** Watch: the run plays to each stop and says one sentence there; all sentences are there as a transcript. */
import type { ReactNode } from 'react';
import { secondsText } from '../../../lesson/checks.ts';
import type { StepOf } from '../../../lesson/schema.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { useLessons } from '../lesson-context.ts';
import { useWatch } from '../use-watch.ts';

export interface WatchStepProps {
  readonly step: StepOf<'watch'>;
  /** Puts the scenario in place before the first stop. */
  readonly prepare: () => void;
  /** A stop that has not come by then does not come. */
  readonly limitMs: number;
  readonly onDone: () => void;
}

export function WatchStep({ step, prepare, limitMs, onDone }: WatchStepProps): ReactNode {
  const { time } = useLessons();
  const { stops } = step.data;
  const watch = useWatch(stops, { prepare, limitMs, onDone });
  const { reached, state } = watch;
  const last = reached.length === stops.length;
  return (
    <>
      <div className="lesson-row">
        {state === 'idle' && <Button kind="now" icon="play" onClick={watch.begin}>Play</Button>}
        {state === 'playing' && <Button icon="pause" onClick={watch.pause}>Pause</Button>}
        {state === 'paused' && <Button kind="now" icon="play" onClick={watch.goOn}>Play on</Button>}
        {state === 'stopped' && !last && <Button kind="now" icon="play" onClick={watch.goOn}>Play on</Button>}
        {state !== 'idle' && <Button kind="quiet" icon="history" onClick={watch.begin}>From the start</Button>}
        <span className="lesson-small ui-num">{`Stop ${reached.length} of ${stops.length}`}</span>
      </div>
      {reached.length > 0 && (
        <ol className="lesson-stops" aria-label="What was seen">
          {reached.map((atUs, i) => (
            <li key={stops[i]!.say} data-here={i === reached.length - 1 || undefined}>
              <JumpLink className="ui-num" onClick={() => time.seek(atUs)} aria-label={`Go to ${secondsText(atUs)}`}>{secondsText(atUs)}</JumpLink>
              <span>{stops[i]!.say}</span>
            </li>
          ))}
        </ol>
      )}
      {state === 'missing' && <p className="lesson-read lesson-note" role="status">The next moment does not come in this run. Look at the checks of the step before, then come back.</p>}
      <details className="lesson-fold">
        <summary>Transcript</summary>
        <ol>
          {stops.map((stop) => (
            <li key={stop.say}>{stop.say}</li>
          ))}
        </ol>
      </details>
    </>
  );
}
