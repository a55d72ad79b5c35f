/** The body of a bucket's card: the last three objects as frames, how many and how large; near, keys and whom it tells. */
import './view.css';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icons.tsx';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import { Thumb, ThumbRow } from '../../../ui/scene/thumb.tsx';
import { bytesText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { BucketObjectSummary, BucketSummary } from '../model/summary.ts';
import { fileName, isUnreadable, isVideo, lastThree, renditionText, tellsText } from './facts.ts';

const NEAR_ROWS = 4;
/** Before the first moment of a run is there: the shape of an empty bucket, so that nothing moves when it comes. */
const NOTHING: BucketSummary = { objects: 0, bytes: 0, newest: [], eventBridge: false, targets: [], notified: 0 };

export function BucketCard({ summary, form, thumbnail }: NodeViewProps): ReactNode {
  const bucket = (summary as BucketSummary | undefined) ?? NOTHING;
  if (form === 'far') return null;
  const shown = lastThree(bucket);
  const captioned = shown.length > 0 && shown.every((object) => renditionText(object.key) !== undefined);
  return (
    <>
      <div className="s3-frames">
        {shown.length === 0 ? (
          <p className="ui-small ui-sub">Empty</p>
        ) : (
          <ThumbRow>
            {shown.map((object) => (
              <ObjectThumb key={object.key} object={object} thumbnail={thumbnail} caption={captioned ? renditionText(object.key) : undefined} />
            ))}
          </ThumbRow>
        )}
      </div>
      <CountRow counts={[{ value: bucket.objects, unit: bucket.objects === 1 ? 'object' : 'objects' }, { unit: bytesText(bucket.bytes) }]} />
      {form === 'near' && summary !== undefined && <NearRows bucket={bucket} />}
    </>
  );
}

interface ObjectThumbProps {
  readonly object: BucketObjectSummary;
  readonly thumbnail: NodeViewProps['thumbnail'];
  readonly caption?: string | undefined;
}

/** A frame of a video; a sheet with its ending for anything else. */
export function ObjectThumb({ object, thumbnail, caption }: ObjectThumbProps): ReactNode {
  const name = fileName(object.key);
  if (!isVideo(object)) {
    return (
      <div className="s3-file" role="img" aria-label={name}>
        <Icon name="file" size="s" />
        <span>{/\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1] ?? ''}</span>
      </div>
    );
  }
  const broken = isUnreadable(object);
  return <Thumb alt={name} broken={broken} src={broken ? undefined : thumbnail(object.sha256)} seed={object.sha256} {...(caption === undefined ? {} : { caption })} />;
}

function NearRows({ bucket }: { readonly bucket: BucketSummary }): ReactNode {
  return (
    <div className="s3-rows">
      {bucket.newest.slice(0, NEAR_ROWS).map((object) => (
        <CountRow key={object.key} line counts={[{ unit: object.key }, { unit: bytesText(object.size) }]} />
      ))}
      {bucket.objects > NEAR_ROWS && <CountRow line counts={[{ unit: `and ${bucket.objects - NEAR_ROWS} more` }]} />}
      <CountRow line counts={[{ unit: tellsText(bucket) }]} />
    </div>
  );
}
