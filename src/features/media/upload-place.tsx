/** Where files are dropped or chosen, with a sample and a broken file for those who have none at hand. */
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SAMPLE_CLIP } from '../../scenario/sample-clip.ts';
import type { MediaServices } from './media-services.ts';

export interface UploadPlaceProps {
  readonly media: MediaServices;
  /** Files are being held over the panel. */
  readonly over: boolean;
  readonly compact: boolean;
}

export function UploadPlace({ media, over, compact }: UploadPlaceProps): ReactNode {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section className="media-upload" aria-label="Upload" data-compact={compact || undefined}>
      {!compact && (
        <span className="ui-tone" data-tone="now">
          <Icon name="upload" size="l" />
        </span>
      )}
      <p>{over ? 'Let go to upload.' : compact ? 'Drop clips here, or' : 'Drop a clip here: MP4, MOV or WebM, up to 512\u00a0MB. It never leaves this device.'}</p>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Clips to upload"
        accept="video/*,.mp4,.mov,.webm,.mkv"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again.
          event.target.value = '';
          if (files.length > 0) void media.upload(files, null);
        }}
      />
      <div className="media-buttons">
        <Button size="s" icon="upload" iconSize="s" aria-label="Choose a file" onClick={() => picker.current?.click()}>
          {compact ? 'Choose' : 'Choose a file'}
        </Button>
        <Button size="s" kind="quiet" aria-label="Sample clip" title={`${SAMPLE_CLIP.name}, ${SAMPLE_CLIP.credit}`} onClick={() => void media.uploadSample()}>
          {compact ? 'Sample' : 'Sample clip'}
        </Button>
        <Button size="s" kind="quiet" aria-label="Broken file" title="A file that is called a film and is none" onClick={() => void media.uploadBroken()}>
          {compact ? 'Broken' : 'Broken file'}
        </Button>
      </div>
      <small>
        Sample: {SAMPLE_CLIP.name}, {SAMPLE_CLIP.credit}
      </small>
    </section>
  );
}
