/** The life of what is followed, as a list with times that jump. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { PopCard } from '../../ui/overlay/pop-card.tsx';
import type { FollowProps } from './follow-props.ts';

export function FollowCard({ view }: FollowProps): ReactNode {
  const followed = useStore(view, (state) => state.followed);
  if (followed === null) return null;
  return <PopCard label={`The life of ${followed}`} closeLabel="Stop following" onClose={() => view.follow(null)} />;
}
