/** Waiting, with a name and a size: 'ffmpeg, once: 12.4 of 31.2 MB'. Nothing here turns without saying what for. */
import './progress-bar.css';
import { Icon } from '../icons.tsx';
import type { ReactNode } from 'react';

export interface ProgressBarProps {
  /** What is awaited: 'ffmpeg, once'. */
  readonly name: string;
  /** How far: '12.4 of 31.2 MB', 'ready in a moment'. */
  readonly size: string;
  /** 0 to 1; undefined when nobody can know. */
  readonly value?: number;
  /** It is there: a tick in place of the bar. */
  readonly done?: boolean;
  /** A button at the right, such as Cancel. */
  readonly action?: ReactNode;
}

export function ProgressBar({ name, size, value, done = false, action }: ProgressBarProps): ReactNode {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className="ui-load">
      <span>{name}</span>
      <small className="ui-num">
        {done && (
          <span className="ui-tone" data-tone="ok">
            <Icon name="check" size="s" />
          </span>
        )}
        {size}
        {action}
      </small>
      {!done && (
        <div
          className="ui-progress"
          role="progressbar"
          aria-label={name}
          aria-valuetext={size}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          data-open={percent === undefined || undefined}
        >
          <i style={percent === undefined ? undefined : { width: `${percent}%` }} />
        </div>
      )}
    </div>
  );
}
