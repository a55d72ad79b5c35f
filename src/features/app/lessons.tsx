/** Wires the lesson panel to the app. One lesson store for the life of the page. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { createLessonStore } from '../../lesson/lesson.store.ts';
import { LessonPanel } from '../lesson-panel/lesson-panel.tsx';
import type { TimeActions } from '../timeline/timeline-context.tsx';
import { useApp } from './app-context.ts';

const lessons = createLessonStore({ storage: window.localStorage });

export function Lessons({ time }: { readonly time: TimeActions }): ReactNode {
  const { scenario, run, view, client, open } = useApp();
  const services = useMemo(() => ({ lessons, scenario, run, view, client, time, open }), [scenario, run, view, client, time, open]);
  return <LessonPanel services={services} />;
}
