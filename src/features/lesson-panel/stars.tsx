/** The three stars of a lesson, with their words. */
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icons.tsx';

export const STAR_WORDS = ['No stars yet, 3 possible', 'One star: this run', 'Two stars: all five seeds', 'Three stars: the bonus too'] as const;

export function Stars({ count }: { readonly count: 0 | 1 | 2 | 3 }): ReactNode {
  return (
    <span className="lesson-stars" role="img" aria-label={STAR_WORDS[count]}>
      {[1, 2, 3].map((star) => (
        <span key={star} data-got={star <= count || undefined}>
          <Icon name="star" />
        </span>
      ))}
    </span>
  );
}
