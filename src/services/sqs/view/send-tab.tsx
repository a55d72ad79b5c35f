/** Inspector tab: sends a message to the queue, as the visitor. */
import { useState, type ReactNode } from 'react';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import { SQS } from '../model/limits.ts';
import { queueUrl } from './queue-url.ts';

export function SendTab({ node, send, arnOf }: InspectorTabProps): ReactNode {
  const [delaySec, setDelaySec] = useState<number>();
  const onSend = async (text: string): Promise<ReactNode> => {
    const output = (await send('sqs', 'SendMessage', { QueueUrl: queueUrl(arnOf(node.id)), MessageBody: text, ...(delaySec === undefined ? {} : { DelaySeconds: delaySec }) })) as { readonly MessageId: string };
    return <Note tone="ok">Sent as {output.MessageId}.</Note>;
  };
  return (
    <PanelSection>
      <TryForm label="Message body" help="Any text up to 1 MiB. Most senders use JSON." start={'{\n  "clip": "in/dog.mp4"\n}'} action={`Send to ${String(node.config['name'])}`} icon="arrow" onSend={onSend}>
        <NumberField
          label="Delay"
          unit="s"
          optional
          placeholder="the queue's"
          value={delaySec}
          min={SQS.delaySec.min}
          max={SQS.delaySec.max}
          refusal={() => 'SQS allows 0 to 900 s, which is 15 minutes.'}
          help="AWS calls this DelaySeconds."
          onCommit={(value) => setDelaySec(value)}
        />
      </TryForm>
    </PanelSection>
  );
}
