/** The place of the lesson panel: docked left of the canvas, a sheet under it on a phone. The lesson store is made when it is first opened. */
import { lazy } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Sheet } from '../../ui/overlay/sheet.tsx';
import type { TimeActions } from '../timeline/timeline-context.tsx';
import { useApp } from './app-context.ts';
import { LazyPanel } from './lazy-panel.tsx';
import type { Layout } from './use-layout.ts';

const Lessons = lazy(async () => ({ default: (await import('./lessons.tsx')).Lessons }));

export function LessonDock({ layout, time }: { readonly layout: Layout; readonly time: TimeActions }): ReactNode {
  const { view } = useApp();
  const docked = useStore(view, (state) => state.lessonOpen);
  const onPhone = useStore(view, (state) => state.phoneTab === 'lesson');
  const panel = (
    <LazyPanel name="The lessons">
      <Lessons time={time} />
    </LazyPanel>
  );
  if (layout !== 'phone')
    return docked ? (
      <aside className="lesson-place" aria-label="Lessons">
        {panel}
      </aside>
    ) : null;
  if (!onPhone) return null;
  return (
    <Sheet label="Lesson" height={0.52} className="lesson-place" onClose={() => view.setState({ phoneTab: 'canvas' })}>
      {panel}
    </Sheet>
  );
}
