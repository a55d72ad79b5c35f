/** The media panel: upload a clip, and see clips and their renditions side by side. */
import './media.css';
import { useMemo, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Thumb } from '../../ui/scene/thumb.tsx';
import type { RunStore } from '../../state/run.store.ts';
import type { ViewStore } from '../../state/view.store.ts';
import type { ScenarioStore } from '../../scenario/scenario.store.ts';
import { MediaList, isVideo, sizeText } from './media-list.ts';
import type { MediaClip } from './media-list.ts';
import type { MediaServices } from './media-services.ts';
import { Players } from './players.tsx';
import { UploadPlace } from './upload-place.tsx';

export interface MediaPanelProps {
  readonly scenario: ScenarioStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly media: MediaServices;
}

/** More clips than this are found in the buckets' inspectors. */
const CLIPS_MAX = 60;

export function MediaPanel({ run, view, media }: MediaPanelProps): ReactNode {
  const list = useMemo(() => new MediaList(), [run]);
  useStore(run, (state) => state.traceLength);
  const shownUs = useStore(run, (state) => state.status.shownUs);
  const clips = list.follow(run.getState().index.events, shownUs);
  const [chosen, setChosen] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  // Nothing chosen: the newest clip that has something to compare.
  const clip = clips.find((candidate) => candidate.subject === chosen) ?? clips.find((candidate) => candidate.renditions.length > 0) ?? clips[0];
  const drop = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void media.upload([...event.dataTransfer.files], null);
  };
  return (
    <div
      className="media"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false);
      }}
      onDrop={drop}
    >
      <div className="media-left">
        <UploadPlace media={media} over={over} compact={clips.length > 0} />
        {clips.length > 0 && (
          <ul className="media-clips" aria-label="Clips">
            {clips.slice(0, CLIPS_MAX).map((candidate) => (
              <li key={candidate.subject}>
                <ClipButton clip={candidate} media={media} chosen={candidate === clip} onChoose={() => setChosen(candidate.subject)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {clip === undefined ? (
        <EmptyState icon="media" title="No clips yet">
          A clip that is uploaded plays here, beside the renditions that your function makes of it.
        </EmptyState>
      ) : (
        <Players key={clip.subject} clip={clip} media={media} run={run} onFollow={(subject) => view.follow(subject)} />
      )}
    </div>
  );
}

function ClipButton({ clip, media, chosen, onChoose }: { readonly clip: MediaClip; readonly media: MediaServices; readonly chosen: boolean; readonly onChoose: () => void }): ReactNode {
  const name = clip.key.slice(clip.key.lastIndexOf('/') + 1);
  const made = clip.renditions.length;
  return (
    <button type="button" className="media-clip" aria-pressed={chosen} onClick={onChoose}>
      <span aria-hidden="true">
        <Thumb alt={name} src={media.thumbnail(clip.sha256)} seed={clip.sha256} broken={!isVideo(clip)} />
      </span>
      <span>
        <b className="ui-clip">{name}</b>
        <small className="ui-num">
          {sizeText(clip.size)}
          {made > 0 && `, ${made} ${made === 1 ? 'rendition' : 'renditions'}`}
        </small>
      </span>
    </button>
  );
}
