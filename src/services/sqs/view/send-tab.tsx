/** Inspector tab: sends a message to the queue, as the visitor. A FIFO queue asks for a group, and may be given a deduplication id. */
import { useState, type ReactNode } from 'react';
import { NumberField } from '../../../ui/fields/number-field.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import { SQS } from '../model/limits.ts';
import { queueUrl } from '../model/queue-url.ts';

interface Options {
  readonly delaySec?: number | undefined;
  readonly groupId: string;
  readonly deduplicationId: string;
}

export function SendTab({ node, send, arnOf }: InspectorTabProps): ReactNode {
  const fifo = arnOf(node.id).endsWith('.fifo');
  const [options, setOptions] = useState<Options>({ groupId: fifo ? 'a' : '', deduplicationId: '' });
  const set = (changes: Partial<Options>): void => setOptions((before) => ({ ...before, ...changes }));
  const onSend = async (text: string): Promise<ReactNode> => {
    const input = {
      QueueUrl: queueUrl(arnOf(node.id)),
      MessageBody: text,
      ...(fifo || options.delaySec === undefined ? {} : { DelaySeconds: options.delaySec }),
      ...(options.groupId === '' ? {} : { MessageGroupId: options.groupId }),
      ...(!fifo || options.deduplicationId === '' ? {} : { MessageDeduplicationId: options.deduplicationId }),
    };
    const output = (await send('sqs', 'SendMessage', input)) as { readonly MessageId: string };
    return <Note tone="ok">Sent as {output.MessageId}.</Note>;
  };
  return (
    <PanelSection>
      <TryForm label="Message body" help="Any text up to 1 MiB. Most senders use JSON." start={'{\n  "clip": "in/dog.mp4"\n}'} action={`Send to ${String(node.config['name'])}`} icon="arrow" onSend={onSend}>
        <TextField
          label="Group"
          value={options.groupId}
          placeholder={fifo ? 'a FIFO queue needs one' : 'none'}
          help={fifo ? 'AWS calls this MessageGroupId. Messages of a group come in order.' : 'AWS calls this MessageGroupId. Groups that take much leave room for the others.'}
          onDraft={(groupId) => set({ groupId })}
          onCommit={(groupId) => set({ groupId })}
        />
        {fifo ? (
          <TextField
            label="Deduplication id"
            value={options.deduplicationId}
            placeholder="the body's SHA-256"
            help="AWS calls this MessageDeduplicationId. The same id within 5 minutes is dropped."
            onDraft={(deduplicationId) => set({ deduplicationId })}
            onCommit={(deduplicationId) => set({ deduplicationId })}
          />
        ) : (
          <NumberField
            label="Delay"
            unit="s"
            optional
            placeholder="the queue's"
            value={options.delaySec}
            min={SQS.delaySec.min}
            max={SQS.delaySec.max}
            refusal={() => 'SQS allows 0 to 900 s, which is 15 minutes.'}
            help="AWS calls this DelaySeconds."
            onCommit={(delaySec) => set({ delaySec })}
          />
        )}
      </TryForm>
    </PanelSection>
  );
}
