/** Inspector tab: the last requests at a partner host, and a form that sends one as the visitor. */
import { useState, type ReactNode } from 'react';
import { SelectField } from '../../../ui/fields/select-field.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { TryForm } from '../../../ui/fields/try-form.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { JumpLink } from '../../../ui/layout/chain.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { PartnerSummary } from '../model/summary.ts';
import { resultText } from './facts.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function RequestsTab(props: InspectorTabProps): ReactNode {
  const partner = props.summary as PartnerSummary | undefined;
  if (partner === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This host exists on the canvas only.</EmptyState>
      </PanelSection>
    );
  }
  const { requests, answered, failed, unmatched } = partner.totals;
  return (
    <>
      <PanelSection title={countText(requests, 'request')} end={<span className="ui-small ui-sub ui-num">{`${answered} answered, ${failed} failed`}</span>}>
        {partner.down && <Note tone="bad">The host is down at this moment.</Note>}
        {unmatched > 0 && <p className="ui-small ui-sub">{`${countText(unmatched, 'request')} found no answer and got 404.`}</p>}
        {requests === 0 && <EmptyState title="Nobody has asked yet">{`A handler asks with fetch('https://${String(props.node.config['name'])}/…').`}</EmptyState>}
        {partner.newest.map((one) => (
          <Fold key={one.seq} line={<b>{`${one.method} ${one.path}`}</b>} tail={resultText(one.result)}>
            <p className="ui-small">
              Asked at <JumpLink onClick={() => props.seek(one.atUs)}>{timeText(one.atUs / 1_000)}</JumpLink> <IconButton icon="follow" size="s" label={`Follow ${one.method} ${one.path}`} onClick={() => props.follow(one.subject)} />
            </p>
          </Fold>
        ))}
      </PanelSection>
      <SendForm {...props} />
    </>
  );
}

function SendForm({ node, send }: InspectorTabProps): ReactNode {
  const [method, setMethod] = useState('GET');
  const [path, setPath] = useState('/');
  const name = String(node.config['name']);
  const onSend = async (Body: string): Promise<ReactNode> => {
    const { status, body } = (await send('partner', 'SendRequest', { Name: name, Method: method, Path: path, Body: method === 'GET' ? '' : Body })) as { readonly status: number; readonly body: string };
    return <Note tone={status < 400 ? 'ok' : 'bad'}>{`${status} ${body.slice(0, 200)}`}</Note>;
  };
  return (
    <PanelSection title="Send a request">
      <TryForm label="Body" help="Sent with every method but GET." start={'{}'} action={`Ask ${name}`} icon="arrow" onSend={onSend}>
        <SelectField label="Method" value={method} options={METHODS.map((value) => ({ value, label: value }))} onValueChange={setMethod} />
        <TextField label="Path" value={path} help="Begins with /; a query may follow." onCommit={setPath} />
      </TryForm>
    </PanelSection>
  );
}
