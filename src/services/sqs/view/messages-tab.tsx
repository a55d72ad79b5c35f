/** Inspector tab: the messages of a queue with what is known of each, purge, and for dead letters the way back. */
import './view.css';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { ConfirmButton } from '../../../ui/controls/confirm-button.tsx';
import { useAction } from '../../../ui/controls/use-action.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PanelSection } from '../../../ui/layout/panel.tsx';
import { countText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { QueueSummary } from '../model/summary.ts';
import { depthOf, inStackOrder, isDeadLetterQueue } from './facts.ts';
import { MessageFold } from './message-fold.tsx';
import { queueUrl } from '../model/queue-url.ts';

export function MessagesTab(props: InspectorTabProps): ReactNode {
  const queue = props.summary as QueueSummary | undefined;
  const action = useAction();
  if (queue === undefined) {
    return (
      <PanelSection>
        <EmptyState title="Not deployed">This queue exists on the canvas only. The problem list says why AWS refused it.</EmptyState>
      </PanelSection>
    );
  }
  const dead = isDeadLetterQueue(queue);
  const depth = depthOf(queue);
  const shown = dead ? queue.messages : inStackOrder(queue.messages);
  return (
    <>
      <PanelSection>
        <Actions {...props} queue={queue} run={action.run} busy={action.busy} />
        {action.failure !== undefined && <Note tone="bad">{action.failure}</Note>}
        {queue.moveTask !== null && <MoveTaskNote task={queue.moveTask} />}
      </PanelSection>
      <PanelSection>
        {depth === 0 ? <NoMessages queue={queue} nodeByArn={props.nodeByArn} /> : shown.map((message) => <MessageFold key={message.id} {...props} message={message} queue={queue} startOpen={depth === 1} />)}
        {depth > shown.length && <p className="ui-small ui-sub">The first {shown.length} of {depth} are listed.</p>}
      </PanelSection>
    </>
  );
}

type ActionsProps = InspectorTabProps & { readonly queue: QueueSummary; readonly busy: boolean; readonly run: (work: () => Promise<void>) => void };

/** How many there are, and what can be done with all of them. */
function Actions({ node, queue, busy, run, send, arnOf, nodeByArn }: ActionsProps): ReactNode {
  const depth = depthOf(queue);
  const name = String(node.config['name']);
  const purge = (): void => run(async () => void (await send('sqs', 'PurgeQueue', { QueueUrl: queueUrl(arnOf(node.id)) })));
  const redrive = (): void => run(async () => void (await send('sqs', 'StartMessageMoveTask', { SourceArn: arnOf(node.id) })));
  const [source, ...more] = queue.deadLetterSources;
  const back = source !== undefined && more.length === 0 ? nodeByArn(source)?.config['name'] : undefined;
  return (
    <div className="sqs-actions">
      <b className="ui-num">{countText(depth, 'message')}</b>
      <ConfirmButton label="Purge" question={`Purge ${name}?`} disabled={busy || depth === 0} onConfirm={purge}>
        {`Everything in it is deleted, what is in flight too: ${countText(depth, 'message')}. SQS allows one purge every 60 s.`}
      </ConfirmButton>
      {source !== undefined && (
        <Button kind="primary" icon="redrive" iconSize="s" disabled={busy || queue.visible === 0} onClick={redrive}>
          {typeof back === 'string' ? `Redrive to ${back}` : 'Redrive'}
        </Button>
      )}
    </div>
  );
}

/** How the newest redrive stands. */
function MoveTaskNote({ task }: { readonly task: NonNullable<QueueSummary['moveTask']> }): ReactNode {
  const moved = `${task.moved} of ${countText(task.toMove, 'message')} moved`;
  if (task.status === 'FAILED') return <Note tone="bad">{`The redrive fails after ${moved}. A message that was sent here by hand has no queue to go back to.`}</Note>;
  if (task.status === 'COMPLETED') return <Note tone="ok">{`Redrive done: ${moved}.`}</Note>;
  return <Note tone="now">{task.status === 'RUNNING' ? `Redrive under way: ${moved}.` : `Redrive cancelled: ${moved}.`}</Note>;
}

function NoMessages({ queue, nodeByArn }: { readonly queue: QueueSummary; readonly nodeByArn: InspectorTabProps['nodeByArn'] }): ReactNode {
  if (!isDeadLetterQueue(queue)) {
    return (
      <EmptyState title="Nothing waiting">
        {queue.totals.sent === 0 ? 'No message has been sent yet.' : `${countText(queue.totals.sent, 'message')} came, ${queue.totals.deleted} were worked off and deleted${queue.totals.deadLettered > 0 ? `, ${queue.totals.deadLettered} became dead letters` : ''}.`}
      </EmptyState>
    );
  }
  const names = queue.deadLetterSources.map((arn) => String(nodeByArn(arn)?.config['name'] ?? arn.split(':').pop()));
  return <EmptyState title="No dead letters">{`What ${names.join(' and ')} gives up after too many receives comes here. ${queue.totals.sent > 0 || queue.moveTask !== null ? 'Nothing of it is here now.' : 'Nothing has, yet.'}`}</EmptyState>;
}
