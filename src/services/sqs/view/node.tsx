/** The body of a queue's card: what waits as a stack with its counts, or the dead letters with why they are here. */
import './view.css';
import type { ReactNode } from 'react';
import { CountRow } from '../../../ui/scene/count-row.tsx';
import type { Count } from '../../../ui/scene/count-row.tsx';
import { StackRow } from '../../../ui/scene/stack-row.tsx';
import { TokenShape } from '../../../ui/scene/token-shape.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { NodeViewProps } from '../../view-contract.ts';
import type { QueueMessageSummary, QueueSummary } from '../model/summary.ts';
import { depthOf, inStackOrder, isDeadLetterQueue, objectKeyIn, reasonText, shortId, stackItem, whereText } from './facts.ts';

const NEAR_ROWS = 3;

export function QueueCard({ node, summary, nowUs, form }: NodeViewProps): ReactNode {
  const queue = summary as QueueSummary | undefined;
  if (form === 'far') return null;
  // Before the first moment of a run is there: the shape of an empty queue, so that nothing moves when it comes.
  if (queue === undefined) {
    return (
      <>
        <StackRow items={[]} empty="Nothing waiting" tail={`hides for ${timeText(Number(node.config['VisibilityTimeout'] ?? 30) * 1_000)}`} />
        <CountRow counts={countsOf({ visible: 0, inFlight: 0, delayed: 0 })} />
      </>
    );
  }
  if (isDeadLetterQueue(queue)) return <DeadLetters queue={queue} near={form === 'near'} />;
  return <Waiting queue={queue} nowUs={nowUs} near={form === 'near'} />;
}

function countsOf({ visible, inFlight, delayed, fifo }: Pick<QueueSummary, 'visible' | 'inFlight' | 'delayed'> & { readonly fifo?: QueueSummary['fifo'] }): readonly Count[] {
  if (fifo) {
    return [
      { value: visible, unit: 'visible' },
      { value: inFlight, unit: 'in flight' },
      fifo.blocked > 0 ? { value: fifo.blocked, unit: fifo.blocked === 1 ? 'group blocked' : 'groups blocked' } : { value: fifo.groups, unit: fifo.groups === 1 ? 'group' : 'groups' },
    ];
  }
  return [
    { value: visible, unit: 'visible' },
    { value: inFlight, unit: 'in flight' },
    { value: delayed, unit: 'delayed' },
  ];
}

function Waiting({ queue, nowUs, near }: { readonly queue: QueueSummary; readonly nowUs: number; readonly near: boolean }): ReactNode {
  const ordered = inStackOrder(queue.messages);
  const depth = depthOf(queue);
  const [only] = ordered;
  const alone = depth === 1 && only !== undefined && only.state !== 'visible';
  return (
    <>
      <StackRow
        items={ordered.map((message) => stackItem(message, nowUs))}
        total={depth}
        empty="Nothing waiting"
        {...(alone ? { lead: shortId(only.id), tail: whereText(only, nowUs) } : {})}
        {...(!alone && depth > 0 ? { tail: near ? `${queue.visible}, ${queue.inFlight}, ${queue.delayed}` : `oldest ${timeText(queue.oldestMs)}` } : {})}
      />
      {near ? <NearRows queue={queue} messages={ordered} nowUs={nowUs} /> : <CountRow counts={countsOf(queue)} />}
    </>
  );
}

/** Message, attempt, back in; then the two settings that matter. */
function NearRows({ queue, messages, nowUs }: { readonly queue: QueueSummary; readonly messages: readonly QueueMessageSummary[]; readonly nowUs: number }): ReactNode {
  const givesUp = queue.maxReceiveCount === null ? 'never gives up' : `gives up after ${queue.maxReceiveCount}`;
  return (
    <>
      {messages.slice(0, NEAR_ROWS).map((message) => (
        <CountRow key={message.id} line counts={[{ value: shortId(message.id), unit: '' }, { unit: `${message.groupId === undefined ? '' : `${message.groupId}, `}${message.receiveCount === 0 ? 'new' : `attempt ${message.receiveCount}`}` }, { unit: whereText(message, nowUs) }]} />
      ))}
      {depthOf(queue) > NEAR_ROWS && <CountRow line counts={[{ unit: `and ${depthOf(queue) - NEAR_ROWS} more` }]} />}
      <CountRow line counts={[{ unit: `hides for ${timeText(queue.visibilityTimeoutSec * 1_000)}, ${givesUp}` }]} />
    </>
  );
}

function DeadLetters({ queue, near }: { readonly queue: QueueSummary; readonly near: boolean }): ReactNode {
  const [oldest] = queue.messages;
  const depth = depthOf(queue);
  if (oldest === undefined || depth === 0) {
    return (
      <div className="sqs-dead">
        <CountRow counts={[{ unit: 'Empty' }, { unit: `kept ${timeText(queue.retentionSec * 1_000)}` }]} />
      </div>
    );
  }
  return (
    <>
      <div className="sqs-dead">
        <TokenShape kind="message" size={20} digit={oldest.receiveCount || undefined} />
        <span>
          <b className="ui-num">{depth}</b> {depth === 1 ? 'message' : 'messages'}
        </span>
        <span className="sqs-reason" data-dead={oldest.deadLetterSource === undefined ? undefined : ''}>{reasonText(oldest)}</span>
      </div>
      {near &&
        queue.messages.slice(0, NEAR_ROWS).map((message) => <CountRow key={message.id} line counts={[{ value: shortId(message.id), unit: '' }, { unit: objectKeyIn(message.body) ?? countText(message.bodyChars, 'character') }]} />)}
      {near && <CountRow line counts={[{ unit: `kept ${timeText(queue.retentionSec * 1_000)}` }]} />}
    </>
  );
}
