/** Inspector tab: the archives of a bus and their replays, with the two calls that make them. */
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { countText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { ArchiveSummary, BusSummary } from '../model/summary.ts';
import './view.css';

export function ArchiveTab({ node, summary, send, arnOf }: InspectorTabProps): ReactNode {
  const bus = summary as BusSummary | undefined;
  const { busy, failure, run } = useAction();
  if (bus === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This bus exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  const create = (): void => run(async () => void (await send('events', 'CreateArchive', { ArchiveName: `${bus.name}-archive`.replace(/[^.\-_A-Za-z0-9]/g, '-').slice(-48), EventSourceArn: arnOf(node.id) })));
  const replay = (archive: ArchiveSummary): void =>
    run(async () => {
      const arn = arnOf(node.id).replace(/event-bus\/.*$/, `archive/${archive.name}`);
      const input = { ReplayName: `replay-${bus.replays.length + 1}`, EventSourceArn: arn, EventStartTime: archive.fromMs / 1_000, EventEndTime: archive.toMs / 1_000, Destination: { Arn: arnOf(node.id) } };
      await send('events', 'StartReplay', input);
    });
  return (
    <>
      <PanelSection title={countText(bus.archives.length, 'archive')}>
        {bus.archives.length === 0 && <EmptyState title="No archive">An archive keeps what comes to the bus, so that it can be sent again.</EmptyState>}
        {bus.archives.map((archive) => (
          <div key={archive.name}>
            <KeyValues
              pairs={[
                { name: 'Archive', value: archive.name },
                { name: 'Events', value: archive.events },
                { name: 'Not written yet', value: archive.waiting },
                { name: 'Kept', value: archive.retentionDays === 0 ? 'for ever' : countText(archive.retentionDays, 'day') },
              ]}
            />
            {archive.waiting > 0 && <Note tone="now">An archive writes what it took after 5 to 8 minutes. Only what is written can be replayed.</Note>}
            <div className="events-actions">
              <Button icon="redrive" iconSize="s" disabled={busy || archive.events === 0} onClick={() => replay(archive)}>
                {`Replay ${countText(archive.events, 'event')}`}
              </Button>
            </div>
          </div>
        ))}
        {bus.archives.length === 0 && (
          <div className="events-actions">
            <Button disabled={busy} onClick={create}>
              Archive every event
            </Button>
          </div>
        )}
        {failure !== undefined && <Note tone="bad">{failure}</Note>}
      </PanelSection>
      {bus.replays.length > 0 && (
        <PanelSection title={countText(bus.replays.length, 'replay')}>
          <KeyValues pairs={bus.replays.map(({ name, state, replayed }) => ({ name, value: `${state.toLowerCase()}, ${countText(replayed, 'event')}` }))} />
        </PanelSection>
      )}
    </>
  );
}
