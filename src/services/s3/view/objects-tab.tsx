/** Inspector tab: the objects of a bucket, newest first, to look at, download, follow or delete. */
import './view.css';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { bytesText, countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { BucketObjectSummary, BucketSummary } from '../model/summary.ts';
import { durationText, fileName, isUnreadable } from './facts.ts';
import { ObjectThumb } from './node.tsx';

export function ObjectsTab(props: InspectorTabProps): ReactNode {
  const bucket = props.summary as BucketSummary | undefined;
  const { busy, failure, run } = useAction();
  const name = String(props.node.config['name']);
  if (bucket === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This bucket exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  const remove = (key: string): void => run(async () => void (await props.send('s3', 'DeleteObject', { Bucket: name, Key: key })));
  return (
    <PanelSection title={countText(bucket.objects, 'object')} end={<span className="ui-small ui-sub">{bytesText(bucket.bytes)}</span>}>
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
      {bucket.objects === 0 && <EmptyState title="Empty">Drop a file on the bucket, or let something write to it.</EmptyState>}
      <ul className="s3-all" aria-label={`Objects of ${name}`}>
        {bucket.newest.map((object) => (
          <ObjectLine key={object.key} {...props} object={object} bucket={name} busy={busy} onDelete={() => remove(object.key)} />
        ))}
      </ul>
      {bucket.objects > bucket.newest.length && <p className="ui-small ui-sub">{`The newest ${bucket.newest.length} are listed.`}</p>}
    </PanelSection>
  );
}

type LineProps = InspectorTabProps & { readonly object: BucketObjectSummary; readonly bucket: string; readonly busy: boolean; readonly onDelete: () => void };

function ObjectLine({ object, bucket, busy, onDelete, thumbnail, openBlob, follow, seek }: LineProps): ReactNode {
  const duration = durationText(object);
  const name = fileName(object.key);
  return (
    <li className="s3-object">
      <div>
        <ObjectThumb object={object} thumbnail={thumbnail} />
      </div>
      <div>
        <b>{object.key}</b>
        <small className="ui-num">
          {[bytesText(object.size), duration, object.contentType].filter((part) => part !== undefined).join(', ')}
          {isUnreadable(object) && '. No video by its size.'}
        </small>
        <small>
          Written at <JumpLink onClick={() => seek(object.modifiedUs)}>{timeText(object.modifiedUs / 1_000)}</JumpLink>
        </small>
        <div className="s3-tools">
          <IconButton icon="download" size="s" label={`Open or download ${name}`} onClick={() => openBlob(object.sha256, name)} />
          <IconButton icon="follow" size="s" label={`Follow ${name}`} onClick={() => follow(`s3://${bucket}/${object.key}`)} />
          <IconButton icon="trash" size="s" label={`Delete ${name}`} disabled={busy} onClick={onDelete} />
        </div>
      </div>
    </li>
  );
}
