/** The place of something that is on its way and will not be long; anything longer gets a ProgressBar with a name. */
import './skeleton.css';
import type { ReactNode } from 'react';

export interface SkeletonProps {
  /** What will stand here. */
  readonly label: string;
  /** Lines of text; default 3. */
  readonly lines?: number;
  /** px of one block instead of lines. */
  readonly height?: number;
}

export function Skeleton({ label, lines = 3, height }: SkeletonProps): ReactNode {
  return (
    <div className="ui-skeleton" role="status" aria-label={`${label}, loading`}>
      {height === undefined ? (
        Array.from({ length: lines }, (_, at) => <i key={at} style={{ width: at === lines - 1 ? '62%' : '100%' }} />)
      ) : (
        <i style={{ height }} />
      )}
    </div>
  );
}
