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
import type { FunctionSummary } from '../model/summary.ts';
import { testEvents } from './test-events.ts';

interface InvokeOutput {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly LogResult?: string;
  readonly Payload?: unknown;
}
type InvocationType = 'RequestResponse' | 'Event';

export function TestTab({ node, send, summary }: InspectorTabProps): ReactNode {
  const name = String(node.config['name']);
  const [eventId, setEventId] = useState(testEvents[0]!.id);
  const [type, setType] = useState<InvocationType>('RequestResponse');
  const [qualifier, setQualifier] = useState('$LATEST');
  const qualifiers = qualifiersOf(summary as FunctionSummary | undefined);
  const chosen = testEvents.find((event) => event.id === eventId) ?? testEvents[0]!;
  const onSend = async (text: string): Promise<ReactNode> => {
    const output = (await send('lambda', 'Invoke', { FunctionName: name, ...(qualifier === '$LATEST' ? {} : { Qualifier: qualifier }), InvocationType: type, Payload: text, ...(type === 'RequestResponse' ? { LogType: 'Tail' } : {}) })) as InvokeOutput;
    return <Answer output={output} />;
  };
  return (
    <PanelSection>
      <SelectField label="Event" value={eventId} options={testEvents.map(({ id, label }) => ({ value: id, label }))} onValueChange={setEventId} />
      {qualifiers.length > 1 && <SelectField label="Version or alias" value={qualifier} options={qualifiers} onValueChange={setQualifier} />}
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

/** $LATEST, the aliases, the published versions. */
function qualifiersOf(lambda: FunctionSummary | undefined): readonly { readonly value: string; readonly label: string }[] {
  const aliases = (lambda?.aliases ?? []).map(({ name, version }) => ({ value: name, label: `${name}, version ${version}` }));
  return [{ value: '$LATEST', label: '$LATEST' }, ...aliases, ...(lambda?.versions ?? []).map((version) => ({ value: version, label: `Version ${version}` }))];
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
