/** The deck: clock, transport, speed, 'skip the wait' and the strip. Time is the hero prop. */
import './deck.css';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Segmented } from '../../ui/controls/segmented.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Strip } from './strip.tsx';
import { clockText, durationText } from './time-scale.ts';
import { useTime } from './timeline-context.tsx';

export const SPEEDS = [
  { value: '0.05', label: '1/20', speed: 0.05 },
  { value: '0.25', label: '1/4', speed: 0.25 },
  { value: '1', label: '1×', speed: 1 },
  { value: '10', label: '10×', speed: 10 },
  { value: 'max', label: 'Max', speed: 'max' },
] as const;

/** Below this, skipping is no jump worth a loud button. */
const QUIET_SKIP_US = 1_000_000;

export function Deck({ runName, seed }: { readonly runName: string; readonly seed: number }): ReactNode {
  const { run, view, actions } = useTime();
  const status = useStore(
    run,
    useShallow(({ status }) => ({
      playing: status.playing,
      speed: status.speed,
      shownUs: status.shownUs,
      computedUs: status.computedUs,
      nextUs: status.nextUs,
      waiting: status.waitingFor.length > 0 && (status.playing || status.waitingFor.some((work) => work.state === 'running')),
      ended: status.ended,
    })),
  );
  const bottomOpen = useStore(view, (state) => state.bottomOpen);
  const waitUs = status.nextUs === null ? 0 : Math.max(0, status.nextUs - status.shownUs);
  return (
    <footer className="deck" aria-label="Time">
      <div className="deck-clock ui-num" data-waiting={status.waiting || undefined}>
        {clockText(status.shownUs)}
        <small>{status.waiting ? 'stands still' : `${runName}, seed ${seed}`}</small>
      </div>
      <div className="deck-keys">
        <IconButton
          icon="step-previous"
          label="Previous event"
          shortcut=","
          kind="quiet"
          side="top"
          disabled={status.shownUs === 0}
          onClick={actions.stepBack}
        />
        <button
          type="button"
          className="deck-play"
          aria-label={status.playing ? 'Pause' : 'Play'}
          data-autofocus
          onClick={status.playing ? actions.pause : actions.play}
        >
          <Icon name={status.playing ? 'pause' : 'play'} size="l" />
        </button>
        <IconButton icon="step-next" label="Next event" shortcut="." kind="quiet" side="top" onClick={actions.step} />
      </div>
      <Segmented
        label="Speed"
        options={SPEEDS.map(({ value, label }) => ({ value, label }))}
        value={String(status.speed)}
        onValueChange={(value) => actions.setSpeed(SPEEDS.find((option) => option.value === value)?.speed ?? 1)}
      />
      <Button
        kind={waitUs < QUIET_SKIP_US ? 'quiet' : 'secondary'}
        icon="skip"
        className="deck-skip"
        aria-label={status.nextUs === null ? 'Skip the wait' : `Skip the wait, +${durationText(waitUs)}`}
        disabled={status.nextUs === null}
        onClick={actions.skipWait}
        trailing={<span className="deck-skip-time ui-num">{status.nextUs === null ? '' : `+${durationText(waitUs)}`}</span>}
      >
        <span className="deck-skip-words">Skip the wait</span>
      </Button>
      <Strip />
      <Button
        kind="quiet"
        icon="timeline"
        className="deck-timeline"
        aria-label="Timeline"
        pressed={bottomOpen}
        onClick={() => (bottomOpen ? view.closeBottom() : view.openBottom('timeline'))}
      >
        <span>Timeline</span>
      </Button>
    </footer>
  );
}
