/** The body of a clip source's card: three clips round the present, how many and over which time; near, the list with times. */
import './view.css';
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { Thumb, ThumbRow } from '../../../ui/scene/thumb.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import { isBroken, nearestThree, spanText, uploadsOf } from './facts.ts';
import type { Upload } from './facts.ts';

const NEAR_ROWS = 6;

export function ClipsCard(props: NodeViewProps): ReactNode {
  if (props.form === 'far') return null;
  const uploads = uploadsOf(props);
  return (
    <>
      <div className="clips-frames">
        {uploads.length === 0 ? (
          <p className="ui-small ui-sub">No clip yet</p>
        ) : (
          <ThumbRow>
            {nearestThree(uploads).map((upload) => (
              <ClipThumb key={`${upload.atMs} ${upload.key}`} upload={upload} thumbnail={props.thumbnail} />
            ))}
          </ThumbRow>
        )}
      </div>
      <CountRow counts={[{ value: uploads.length, unit: uploads.length === 1 ? 'clip' : 'clips' }, { unit: spanText(uploads) }]} />
      {props.form === 'near' && <NearRows uploads={uploads} />}
    </>
  );
}

export function ClipThumb({ upload, thumbnail }: { readonly upload: Upload; readonly thumbnail: NodeViewProps['thumbnail'] }): ReactNode {
  return <Thumb alt={upload.key} seed={upload.sha256 ?? upload.clip} broken={isBroken(upload)} src={upload.sha256 === undefined || isBroken(upload) ? undefined : thumbnail(upload.sha256)} />;
}

function NearRows({ uploads }: { readonly uploads: readonly Upload[] }): ReactNode {
  const next = uploads.findIndex((upload) => !upload.done);
  const from = Math.max(0, Math.min((next === -1 ? uploads.length : next) - 2, uploads.length - NEAR_ROWS));
  return (
    <div className="clips-list">
      {uploads.slice(from, from + NEAR_ROWS).map((upload) => (
        <CountRow key={`${upload.atMs} ${upload.key}`} line counts={[{ unit: upload.key }, { unit: upload.done ? 'uploaded' : `at ${timeText(upload.atMs)}` }]} />
      ))}
      {uploads.length > NEAR_ROWS && <CountRow line counts={[{ unit: `${uploads.length} in all` }]} />}
    </div>
  );
}
