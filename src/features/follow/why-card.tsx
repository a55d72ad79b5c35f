/** Why an event happened: the chain of its causes, newest first. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { PopCard } from '../../ui/overlay/pop-card.tsx';
import type { FollowProps } from './follow-props.ts';

export function WhyCard({ view }: FollowProps): ReactNode {
  const asked = useStore(view, (state) => state.asked);
  if (asked === null) return null;
  return <PopCard label="Why?" onClose={() => view.ask(null)} />;
}
