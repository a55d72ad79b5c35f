/** The list of lessons by chapter, with progress and stars; only what exists. Below it: progress to keep elsewhere, or to begin anew. */
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LessonListing } from '../../lesson/loader.ts';
import type { LessonProgress } from '../../lesson/progress.ts';
import { Button } from '../../ui/controls/button.tsx';
import { ConfirmButton } from '../../ui/controls/confirm-button.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { useLessons } from './lesson-context.ts';
import { Stars } from './stars.tsx';

export function LessonList({ listings, onOpen }: { readonly listings: readonly LessonListing[]; readonly onOpen: (id: string) => void }): ReactNode {
  const { lessons } = useLessons();
  const progress = useStore(lessons, (state) => state.progress);
  const chapters = [...new Set(listings.map(({ front }) => front.chapter.number))].sort((a, b) => a - b);
  return (
    <>
      <h2>Lessons</h2>
      <p className="lesson-read">Each takes about five minutes: guess, watch, do, break. Open one whenever you like; your own scenario is set aside, not lost.</p>
      {chapters.map((number) => {
        const own = listings.filter(({ front }) => front.chapter.number === number);
        return (
          <section key={number} aria-label={`Chapter ${number}`}>
            <h3>{`${number}\u2002${own[0]!.front.chapter.title}`}</h3>
            <ul className="lesson-list">
              {own.map((listing) => (
                <li key={listing.id}>
                  <Item listing={listing} progress={progress[listing.id]} onOpen={onOpen} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <KeptProgress />
    </>
  );
}

function Item({ listing: { id, front, steps }, progress, onOpen }: { readonly listing: LessonListing; readonly progress: LessonProgress | undefined; readonly onOpen: (id: string) => void }): ReactNode {
  const done = progress?.done.length ?? 0;
  const words = done === 0 ? `${front.minutes} minutes` : done >= steps.length ? 'Done' : `${done} of ${steps.length} steps`;
  return (
    <button type="button" className="lesson-item" onClick={() => onOpen(id)}>
      <span className="ui-num">{id.slice(0, 2)}</span>
      <b>{front.title}</b>
      <Stars count={progress?.stars ?? 0} />
      <small>{front.surprise}</small>
      <small className="ui-num">{words}</small>
    </button>
  );
}

function KeptProgress(): ReactNode {
  const { lessons } = useLessons();
  const kept = useStore(lessons, (state) => state.kept);
  const input = useRef<HTMLInputElement>(null);
  const [message, setMessage] = useState<{ readonly tone: 'ok' | 'bad'; readonly text: string } | null>(null);
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([lessons.exportProgress()], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'coldstart-lessons.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  const load = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const problem = lessons.importProgress(await file.text());
    setMessage(problem === null ? { tone: 'ok', text: 'Progress imported. What you had before is still there.' } : { tone: 'bad', text: problem });
  };
  return (
    <section className="lesson-part" aria-label="Progress">
      <h3>Progress</h3>
      <p className="lesson-small">{kept ? 'Kept in this browser.' : 'This browser does not keep it: storage is full or switched off. Export it to have it next time.'}</p>
      <div className="lesson-row">
        <Button size="s" icon="download" iconSize="s" onClick={save}>Export</Button>
        <Button size="s" icon="upload" iconSize="s" onClick={() => input.current?.click()}>Import</Button>
        <ConfirmButton size="s" label="Reset" question="Begin all lessons anew?" onConfirm={() => lessons.resetProgress()}>
          Steps, stars and guesses of all lessons are gone after this. Your scenarios stay.
        </ConfirmButton>
        <input ref={input} type="file" accept="application/json,.json" hidden aria-label="Progress file" onChange={(event) => void load(event.currentTarget.files?.[0])} />
      </div>
      {message && <Note tone={message.tone}>{message.text}</Note>}
    </section>
  );
}
