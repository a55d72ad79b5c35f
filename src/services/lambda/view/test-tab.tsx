/** Inspector tab: invokes the function with an event of the visitor's, and shows what it answers and the end of its log. */
import './view.css';
import { useState, type ReactNode } from 'react';
import { Segmented } from '../../../ui/controls/segmented.tsx';
import { SelectField } from '../../../ui/fields/select-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import type { InspectorTabProps } from '../../view-contract.ts';
import { base64Text, payloadText, readable } from './facts.ts';
import { testEvents } from './test-events.ts';

interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly Payload?: unknown;
}
type InvocationType = 'RequestResponse' | 'Event';

export function TestTab({ node, send }: InspectorTabProps): ReactNode {
  const name = String(node.config['name']);
  const [eventId, setEventId] = useState(testEvents[0]!.id);
  const [type, setType] = useState<InvocationType>('RequestResponse');
  const chosen = testEvents.find((event) => event.id === eventId) ?? testEvents[0]!;
  const onSend = async (text: string): Promise<ReactNode> => {
    const output = (await send('lambda', 'Invoke', { FunctionName: name, InvocationType: type, Payload: text, ...(type === 'RequestResponse' ? { LogType: 'Tail' } : {}) })) as InvokeOutput;
    return <Answer output={output} />;
  };
  return (
    <PanelSection>
      <SelectField label="Event" value={eventId} options={testEvents.map(({ id, label }) => ({ value: id, label }))} onValueChange={setEventId} />
      <div className="lambda-type">
        <Segmented<InvocationType>
          label="Invocation type"
          value={type}
          onValueChange={setType}
          options={[
            { value: 'RequestResponse', label: 'Wait for the answer' },
            { value: 'Event', label: 'As an event' },
          ]}
        />
      </div>
      <TryForm key={chosen.id} label="Event JSON" help="The answer takes virtual time: it comes while the run plays." start={JSON.stringify(chosen.event, null, 2)} rows={12} json action={`Invoke ${name}`} onSend={onSend} />
    </PanelSection>
  );
}

function Answer({ output }: { readonly output: InvokeOutput }): ReactNode {
  const text = payloadText(output.Payload);
  return (
    <>
      {output.FunctionError === undefined ? <Note tone="ok">{`Status ${output.StatusCode}.${output.StatusCode === 202 ? ' The event is in the queue of asynchronous invocations.' : ''}`}</Note> : <Note tone="bad">{`The function failed: ${output.FunctionError}. Status ${output.StatusCode}.`}</Note>}
      {text !== '' && <CodeBlock label="Answer" lines={readable(text)} />}
      {output.LogResult !== undefined && <CodeBlock label="End of the log" lines={base64Text(output.LogResult).trimEnd().split('\n')} />}
    </>
  );
}
