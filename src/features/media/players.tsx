/** A clip and its renditions side by side, each true to its size, playing in step. */
import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, ReactNode, SyntheticEvent } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { ProgressBar } from '../../ui/feedback/progress-bar.tsx';
import { Skeleton } from '../../ui/feedback/skeleton.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Thumb } from '../../ui/scene/thumb.tsx';
import { momentText, nameOfArn } from '../../state/narrate.ts';
import type { RunStore } from '../../state/run.store.ts';
import { isVideo, renditionName, sizeText } from './media-list.ts';
import type { MediaClip, MediaFile } from './media-list.ts';
import type { MediaFacts, MediaServices } from './media-services.ts';
import { useInStep } from './use-in-step.ts';
import type { InStep } from './use-in-step.ts';

const COUNTS = ['', '', 'both', 'all three', 'all four', 'all five', 'all six'];

export interface PlayersProps {
  readonly clip: MediaClip;
  readonly media: MediaServices;
  readonly run: RunStore;
  readonly onFollow: (subject: string) => void;
}

export function Players({ clip, media, run, onFollow }: PlayersProps): ReactNode {
  const files: readonly MediaFile[] = [clip, ...clip.renditions];
  const step = useInStep();
  const working = useStore(run, (state) => state.status.working);
  const waiting = useStore(run, (state) => state.status.waitingFor);
  const [seen, setSeen] = useState<ReadonlyMap<string, MediaFacts>>(new Map());
  const factsOf = (file: MediaFile): MediaFacts | undefined => seen.get(file.sha256) ?? media.factsOf(file.sha256);
  // Sizes are true to each other: the tallest has the whole height, and all widths together fit the row.
  const tallest = Math.max(...files.map((file) => factsOf(file)?.height ?? 0)) || UNKNOWN.height;
  const sum = files.reduce((total, file) => total + (factsOf(file) ?? UNKNOWN).width / tallest, 0);
  const works = [...waiting, ...working.filter((work) => !waiting.some((other) => other.workId === work.workId))];
  return (
    <section className="media-players" aria-label={`${clip.key} and its renditions`}>
      <header>
        <b className="ui-clip">{clip.key}</b>
        {step.count > 0 && (
          <Button kind="quiet" size="s" icon={step.playing ? 'pause' : 'play'} iconSize="s" onClick={step.toggle}>
            {step.playing ? 'Pause' : step.count === 1 ? 'Play' : `Play ${COUNTS[step.count] ?? `all ${step.count}`} together`}
          </Button>
        )}
        <Button kind="quiet" size="s" icon="follow" iconSize="s" onClick={() => onFollow(clip.subject)}>
          Follow it
        </Button>
      </header>
      <div className="media-row" style={{ '--sum': sum, '--gaps': `${(files.length - 1 + works.length) * 20 + works.length * 200}px` } as CSSProperties}>
        {files.map((file) => (
          <Player key={`${file.subject} ${file.sha256}`} file={file} original={file === clip} media={media} step={step} tallest={tallest} facts={factsOf(file)} onFacts={(facts) => setSeen((before) => new Map(before).set(file.sha256, facts))} />
        ))}
        {works.map((work) => (
          <div key={work.workId} className="media-work">
            <ProgressBar
              name={`${work.kind} in ${nameOfArn(work.resource)}`}
              size={work.progress === null ? work.detail || 'starting' : `${Math.round(work.progress * 100)} % written`}
              {...(work.progress === null ? {} : { value: work.progress })}
            />
          </div>
        ))}
        {clip.renditions.length === 0 && works.length === 0 && <p className="media-none">Nothing was made of it yet.</p>}
      </div>
    </section>
  );
}

interface PlayerProps {
  readonly file: MediaFile;
  readonly original: boolean;
  readonly media: MediaServices;
  readonly step: InStep;
  /** Height of the tallest beside it, px of the film. */
  readonly tallest: number;
  readonly facts: MediaFacts | undefined;
  readonly onFacts: (facts: MediaFacts) => void;
}

/** The size of what nobody has read yet, or cannot. */
const UNKNOWN = { width: 1_280, height: 720 };

type Source = { readonly state: 'asked' } | { readonly state: 'missing' } | { readonly state: 'unreadable'; readonly url: string } | { readonly state: 'here'; readonly url: string };

function Player({ file, original, media, step, tallest, facts, onFacts }: PlayerProps): ReactNode {
  const [source, setSource] = useSource(file, media);
  // The controls cover a small picture: they are there for the pointer or the keyboard that comes to it.
  const [near, setNear] = useState(false);
  const size = facts ?? UNKNOWN;
  const video = useRef<HTMLVideoElement>(null);
  const { register } = step;
  useEffect(() => (video.current === null ? undefined : register(video.current)), [register, source.state]);
  const onMetadata = ({ currentTarget: { videoWidth, videoHeight, duration } }: SyntheticEvent<HTMLVideoElement>): void => {
    if (videoWidth > 0) onFacts({ width: videoWidth, height: videoHeight, durationMs: Number.isFinite(duration) ? Math.round(duration * 1_000) : 0 });
  };
  const name = original ? 'Original' : renditionName(file, facts?.height);
  const fileName = file.key.slice(file.key.lastIndexOf('/') + 1);
  return (
    <figure className="media-player" style={{ '--share': size.height / tallest, '--ratio': size.width / size.height } as CSSProperties}>
      <div className="media-frame" onPointerEnter={() => setNear(true)} onPointerLeave={() => setNear(false)} onFocus={() => setNear(true)} onBlur={() => setNear(false)}>
        {source.state === 'here' && (
          // What visitors bring has no captions of its own.
          <video ref={video} src={source.url} controls={near} tabIndex={0} muted={!original} playsInline preload="auto" aria-label={`${name}: ${fileName}`} onLoadedMetadata={onMetadata} onError={() => setSource({ state: 'unreadable', url: source.url })} />
        )}
        {source.state === 'asked' && <Skeleton label={fileName} height={120} />}
        {(source.state === 'unreadable' || source.state === 'missing') && <Thumb alt={fileName} broken />}
      </div>
      <figcaption>
        <span>
          <b>{name}</b>
          <small className="ui-num ui-clip" title={file.subject}>
            {facts === undefined ? fileName : `${facts.width}\u00a0×\u00a0${facts.height}${facts.durationMs === 0 ? '' : `, ${(facts.durationMs / 1_000).toFixed(1)}\u00a0s`}`}
          </small>
          <small className="ui-num ui-clip">
            {sizeText(file.size)}, at {momentText(file.atUs)}
          </small>
          {source.state === 'unreadable' && (
            <small className="media-bad">
              <Icon name="cross" size="s" /> No player can read this file.
            </small>
          )}
          {source.state === 'missing' && (
            <small className="media-bad">
              <Icon name="cross" size="s" /> This browser does not hold its bytes. Drop the file in again.
            </small>
          )}
        </span>
        {'url' in source && <Download url={source.url} name={fileName} />}
      </figcaption>
    </figure>
  );
}

function useSource(file: MediaFile, media: MediaServices): readonly [Source, (source: Source) => void] {
  const [source, setSource] = useState<Source>({ state: 'asked' });
  useEffect(() => {
    let gone = false;
    media.urlOf(file.sha256).then(
      (url) => {
        if (gone) return;
        setSource(url === null ? { state: 'missing' } : isVideo(file) ? { state: 'here', url } : { state: 'unreadable', url });
      },
      () => {
        if (!gone) setSource({ state: 'missing' });
      },
    );
    return () => {
      gone = true;
    };
    // The bytes are named by their hash: another object with the same bytes is the same file.
  }, [media, file.sha256, file.key]);
  return [source, setSource];
}

function Download({ url, name }: { readonly url: string; readonly name: string }): ReactNode {
  const save = (): void => {
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
  };
  return <IconButton icon="download" label={`Download ${name}`} size="s" onClick={save} />;
}
