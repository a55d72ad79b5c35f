/** The lesson panel: the list of lessons, or the open one. Docked beside the canvas, never over it. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonServices } from './lesson-services.ts';

export interface LessonPanelProps {
  readonly services: LessonServices;
}

export function LessonPanel({ services }: LessonPanelProps): ReactNode {
  const title = useStore(services.lessons, (state) => state.open?.lesson.front.title);
  return (
    <section className="lesson" aria-label="Lesson">
      <h2>{title ?? 'Lessons'}</h2>
    </section>
  );
}
