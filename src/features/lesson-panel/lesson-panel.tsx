/** The lesson panel: the list of lessons, or the open one. Docked beside the canvas, never over it. */
import './lesson-panel.css';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { listLessons } from '../../lesson/loader.ts';
import type { LessonListing } from '../../lesson/loader.ts';
import type { AllProgress } from '../../lesson/progress.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { backToOwn, keepWork, openLesson, ownName, resumeLesson } from './lesson-actions.ts';
import { LessonProvider } from './lesson-context.ts';
import { LessonList } from './lesson-list.tsx';
import type { LessonServices } from './lesson-services.ts';
import { LessonView } from './lesson-view.tsx';

export interface LessonPanelProps {
  readonly services: LessonServices;
}

/** Wall time after a change before the learner's design is kept, ms. */
const KEEP_MS = 600;

export function LessonPanel({ services }: LessonPanelProps): ReactNode {
  const { lessons } = services;
  const open = useStore(lessons, (state) => state.open);
  const progress = useStore(lessons, (state) => state.progress);
  const [listings, setListings] = useState<readonly LessonListing[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const tell = (error: unknown): void => setProblem(error instanceof Error ? error.message : String(error));

  useEffect(() => {
    listLessons().then(setListings, tell);
    if (lessons.getState().open === null) resumeLesson(services).catch(tell);
  }, [services, lessons]);
  useKeptWork(services);

  const enter = (id: string): void => {
    setProblem(null);
    openLesson(services, id).catch(tell);
  };
  return (
    <LessonProvider value={services}>
      <section className="lesson" aria-label={open ? `Lesson: ${open.lesson.front.title}` : 'Lessons'}>
        {open && listings && <Head open={open.lesson.front.id} listings={listings} progress={progress} onLeave={lessons.closeLesson} />}
        <OwnScenario services={services} />
        {problem !== null && <Note tone="bad">{problem}</Note>}
        {open ? <LessonView key={open.lesson.front.id} files={open} onLeave={lessons.closeLesson} /> : <div className="lesson-body">{listings && <LessonList listings={listings} onOpen={enter} />}</div>}
      </section>
    </LessonProvider>
  );
}

/** Keeps the learner's design of the open lesson soon after each change. */
function useKeptWork({ scenario, lessons }: LessonServices): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const keep = (): void => {
      timer = null;
      keepWork(scenario.getState(), lessons);
    };
    const unsubscribe = scenario.subscribe((state, before) => {
      if (state.design !== before.design && state.changed) timer ??= setTimeout(keep, KEEP_MS);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
      keep();
    };
  }, [scenario, lessons]);
}

function Head({ open, listings, progress, onLeave }: { readonly open: string; readonly listings: readonly LessonListing[]; readonly progress: AllProgress; readonly onLeave: () => void }): ReactNode {
  const front = listings.find((listing) => listing.id === open)?.front;
  const own = listings.filter((listing) => listing.front.chapter.number === front?.chapter.number);
  const at = own.findIndex((listing) => listing.id === open);
  return (
    <header className="lesson-head">
      <Button kind="quiet" size="s" icon="chevron-left" iconSize="s" onClick={onLeave}>Lessons</Button>
      <span className="ui-grow ui-clip">{front && `${front.chapter.number}\u2002${front.chapter.title}`}</span>
      <span className="lesson-pips" role="img" aria-label={`Lesson ${at + 1} of ${own.length} in this chapter`}>
        {own.map((listing) => (
          <i key={listing.id} data-state={listing.id === open ? 'here' : (progress[listing.id]?.stars ?? 0) > 0 ? 'done' : 'open'} />
        ))}
      </span>
    </header>
  );
}

/** The way back to what was open before the first lesson. */
function OwnScenario({ services }: { readonly services: LessonServices }): ReactNode {
  const inLesson = useStore(services.scenario, (state) => state.origin.kind === 'lesson');
  useStore(services.lessons, (state) => state.open);
  const name = inLesson ? ownName(services) : null;
  return name === null ? null : (
    <div className="lesson-head">
      <span className="ui-grow ui-clip">{`${name} is set aside`}</span>
      <Button kind="quiet" size="s" icon="undo" iconSize="s" onClick={() => backToOwn(services)}>Back to my scenario</Button>
    </div>
  );
}
