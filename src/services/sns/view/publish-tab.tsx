/** Inspector tab: publishes a message to the topic, as the visitor. */
import { useState, type ReactNode } from 'react';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import { attributesFrom } from './facts.ts';

export function PublishTab({ node, send, arnOf }: InspectorTabProps): ReactNode {
  const [subject, setSubject] = useState('');
  const [attributes, setAttributes] = useState('');
  const name = String(node.config['name']);
  const fifo = name.endsWith('.fifo');
  const onSend = async (text: string): Promise<ReactNode> => {
    const MessageAttributes = attributesFrom(attributes);
    const output = (await send('sns', 'Publish', {
      TopicArn: arnOf(node.id),
      Message: text,
      ...(subject === '' ? {} : { Subject: subject }),
      ...(Object.keys(MessageAttributes).length === 0 ? {} : { MessageAttributes }),
      ...(fifo ? { MessageGroupId: 'visitor' } : {}),
    })) as { readonly MessageId: string };
    return <Note tone="ok">Published as {output.MessageId}.</Note>;
  };
  return (
    <PanelSection>
      <TryForm label="Message" help="Any text up to 256 KB. Most senders use JSON." start={'{\n  "orderId": "o-17"\n}'} action={`Publish to ${name}`} icon="arrow" onSend={onSend}>
        <TextField label="Attributes" value={attributes} help="What filter policies look at: kind=order, price=12. Numbers are sent as Number." onCommit={setAttributes} />
        <TextField label="Subject" value={subject} help="Optional, under 100 characters." onCommit={setSubject} />
      </TryForm>
    </PanelSection>
  );
}
