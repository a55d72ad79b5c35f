/** Inspector tab: every upload of a clip source with its moment; one that went out can be followed, one to come can be sent now. */
import './view.css';
import type { ReactNode } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { ClipsSummary } from '../model/index.ts';
import { clipsText, isBroken, spanText, uploadsOf } from './facts.ts';
import type { Upload } from './facts.ts';
import { ClipThumb } from './node.tsx';

export function ClipsTab(props: InspectorTabProps): ReactNode {
  const uploads = uploadsOf(props);
  const bucket = (props.summary as ClipsSummary | undefined)?.bucket ?? null;
  const { busy, failure, run } = useAction();
  const sendNow = ({ sha256, size, key }: Upload): void => {
    if (sha256 === undefined) return;
    run(async () => void (await props.send('clips', 'Upload', { NodeName: String(props.node.config['name']), Key: nextKey(key, uploads), Blob: { sha256, size } })));
  };
  return (
    <PanelSection title={clipsText(uploads)} end={<span className="ui-small ui-sub">{spanText(uploads)}</span>}>
      {bucket === null && <Note tone="warn">No bucket is connected, so uploads go nowhere.</Note>}
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
      {uploads.length === 0 && <EmptyState title="No clip yet">Drop a video on the canvas. It stays in this browser.</EmptyState>}
      <ul className="clips-all" aria-label="Uploads">
        {uploads.map((upload) => (
          <li key={`${upload.atMs} ${upload.key}`} className="clips-line">
            <ClipThumb upload={upload} thumbnail={props.thumbnail} />
            <span>
              {upload.key}
              <small>{isBroken(upload) ? 'eleven bytes of text, no video' : upload.clip === 'sample' ? 'the sample clip' : 'your clip'}</small>
            </span>
            <span className="ui-row">
              {upload.done ? <JumpLink onClick={() => props.seek(Math.round(upload.atMs * 1_000))}>{timeText(upload.atMs)}</JumpLink> : <span className="ui-num ui-sub">{`at ${timeText(upload.atMs)}`}</span>}
              {upload.done && bucket !== null && <IconButton icon="follow" size="s" label={`Follow ${upload.key}`} onClick={() => props.follow(`s3://${bucket}/${upload.key}`)} />}
              {bucket !== null && <IconButton icon="upload" size="s" label={`Upload ${upload.key} again now`} disabled={busy} onClick={() => sendNow(upload)} />}
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

/** A key that nothing has yet, made from another: 'dog.mp4' → 'dog-2.mp4'. */
export function nextKey(key: string, uploads: readonly Pick<Upload, 'key'>[]): string {
  const [, stem = key, end = ''] = /^(.*?)(\.[^.]*)?$/.exec(key) ?? [];
  const taken = new Set(uploads.map((upload) => upload.key));
  for (let number = 2; ; number++) {
    const next = `${stem}-${number}${end}`;
    if (!taken.has(next)) return next;
  }
}
