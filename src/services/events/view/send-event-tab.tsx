/** Inspector tab: puts an event on the bus, as the visitor, and says which rules take it. */
import { useState, type ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { BusSummary } from '../model/summary.ts';
import { Verdicts } from './verdicts.tsx';

interface PutEventsOutput {
  readonly FailedEntryCount: number;
  readonly Entries: readonly { readonly EventId?: string; readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

const EXAMPLE = { clip: 'in/dog.mp4', seconds: 12 };

export function SendEventTab({ node, summary, send, follow }: InspectorTabProps): ReactNode {
  const bus = String(node.config['name']);
  const [source, setSource] = useState('my.app');
  const [detailType, setDetailType] = useState('Clip Ready');
  const [sentId, setSentId] = useState<string | undefined>(undefined);
  const busNow = summary as BusSummary | undefined;
  const sent = busNow?.recent.find((event) => event.id === sentId);
  const onSend = async (text: string): Promise<ReactNode> => {
    const output = (await send('events', 'PutEvents', { Entries: [{ Source: source, DetailType: detailType, Detail: text, EventBusName: bus }] })) as PutEventsOutput;
    const [entry] = output.Entries;
    if (entry?.EventId === undefined) throw new Error(`${entry?.ErrorCode ?? 'Error'}: ${entry?.ErrorMessage ?? 'the event was not taken.'}`);
    const id = entry.EventId;
    setSentId(id);
    return (
      <>
        <Note tone="ok">{`${bus} has it as ${id}.`}</Note>
        <Button size="s" icon="follow" iconSize="s" onClick={() => follow(id)}>
          Follow
        </Button>
      </>
    );
  };
  return (
    <PanelSection>
      <TextField label="Source" value={source} onDraft={setSource} onCommit={setSource} help="Sources that begin with aws. belong to AWS and are refused." />
      <TextField label="Detail type" value={detailType} onDraft={setDetailType} onCommit={setDetailType} />
      <TryForm label="Detail" help="A JSON object: what the event is about." start={JSON.stringify(EXAMPLE, null, 2)} json action={`Put on ${bus}`} icon="arrow" onSend={onSend} />
      {busNow !== undefined && sent !== undefined && <Verdicts bus={busNow} event={sent} />}
    </PanelSection>
  );
}
