/** One message of the list: its line, and opened its body, attributes, dates and what happened to it. */
import type { ReactNode } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { CopyButton } from '../../../ui/controls/copy-button.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Chain } from '../../../ui/layout/chain.tsx';
import { CodeBlock } from '../../../ui/layout/code-block.tsx';
import { Fold } from '../../../ui/layout/fold.tsx';
import { KeyValues } from '../../../ui/layout/key-values.tsx';
import { InFlightShape, TokenShape } from '../../../ui/scene/token-shape.tsx';
import { countText, timeText } from '../../../ui/quantity-text.ts';
import type { InspectorTabProps } from '../../view-contract.ts';
import type { QueueMessageSummary, QueueSummary } from '../model/summary.ts';
import { hidingLeft, lastErrorOf, objectKeyIn, readableBody, reasonText, shortId, whereText } from './facts.ts';

type MessageProps = InspectorTabProps & { readonly message: QueueMessageSummary; readonly queue: QueueSummary; readonly startOpen: boolean };

export function MessageFold(props: MessageProps): ReactNode {
  const { message, nowUs } = props;
  const tail = message.deadLetterSource === undefined ? whereText(message, nowUs) : reasonText(message);
  const line = (
    <>
      {message.state === 'hidden' ? <InFlightShape remaining={hidingLeft(message, nowUs)} attempt={message.receiveCount} /> : <TokenShape kind="message" size={20} digit={message.receiveCount || undefined} look={message.state === 'delayed' ? 'dashed' : 'full'} />}
      <b>{shortId(message.id)}</b>
      {message.groupId !== undefined && <span>{message.groupId}</span>}
      <span className="ui-clip">{objectKeyIn(message.body) ?? message.body.slice(0, 60)}</span>
    </>
  );
  return (
    <Fold line={line} tail={tail} startOpen={props.startOpen}>
      <Opened {...props} />
    </Fold>
  );
}

function Opened({ message, queue, nowUs, follow, seek, lifeOf }: MessageProps): ReactNode {
  // What was deployed before the run is no part of a message's life.
  const life = (lifeOf?.(message.id) ?? []).filter((moment) => moment.atUs >= 0);
  const lastError = lastErrorOf(life);
  return (
    <>
      {lastError !== undefined && <Note tone="bad">{lastError.sentence}</Note>}
      <KeyValues pairs={factsOf(message, queue, nowUs)} />
      <CodeBlock label={`Body of ${shortId(message.id)}`} lines={readableBody(message.body).split('\n')} />
      {message.bodyChars > message.body.length && <p className="ui-small ui-sub">{`The body has ${countText(message.bodyChars, 'character')}; its beginning is shown.`}</p>}
      <div className="ui-row">
        <Button size="s" icon="follow" iconSize="s" onClick={() => follow(message.id)}>
          Follow
        </Button>
        <CopyButton text={message.body} label="Copy the body" />
      </div>
      {life.length > 0 && (
        <>
          <h4>How it got here</h4>
          <Chain label={`How ${shortId(message.id)} got here`} links={life.map((moment) => ({ key: moment.seq, at: timeText(moment.atUs / 1_000), onJump: () => seek(moment.atUs), text: moment.sentence, ...(moment.seq === lastError?.seq ? { state: 'root' as const } : {}) }))} />
        </>
      )}
    </>
  );
}

function factsOf(message: QueueMessageSummary, queue: QueueSummary, nowUs: number): { readonly name: string; readonly value: ReactNode }[] {
  const expiresMs = queue.retentionSec * 1_000 - message.ageMs;
  return [
    { name: 'Message id', value: message.id },
    { name: 'Received', value: message.receiveCount === 0 ? 'not yet' : countText(message.receiveCount, 'time') },
    ...(message.state === 'visible' ? [] : [{ name: message.state === 'hidden' ? 'Back in' : 'Visible in', value: timeText(Math.max(0, message.untilUs - nowUs) / 1_000) }]),
    { name: 'Sent', value: message.ageMs < 1 ? 'now' : `${timeText(message.ageMs)} ago` },
    { name: 'Expires in', value: timeText(Math.max(0, expiresMs)) },
    ...(message.deadLetterSource === undefined ? [] : [{ name: 'Came from', value: message.deadLetterSource.split(':').pop() ?? '' }]),
    ...(message.groupId === undefined ? [] : [{ name: 'Group', value: message.groupId }]),
    ...(message.deduplicationId === undefined ? [] : [{ name: 'Deduplication id', value: message.deduplicationId }]),
    ...(message.sequenceNumber === undefined ? [] : [{ name: 'Sequence number', value: message.sequenceNumber }]),
    { name: 'Sender', value: message.senderId },
    ...Object.entries(message.attributes).map(([name, value]) => ({ name, value })),
  ];
}
