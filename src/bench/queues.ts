/** SQS in process: send, receive ten, delete each, with and without a backlog, through the one door of the world. */
import { models } from '../services/models.ts';
import { bestRates, row } from './measure.ts';
import type { Row, Scale } from './measure.ts';
import { PlainQueue } from './reference/plain-queue.ts';
import { answer, createBenchWorld } from './world.ts';
import type { World } from '../sim/world.ts';

const BODY = JSON.stringify({ key: 'uploads/clip-0001.mp4', bucket: 'clips', size: 1_234_567, note: 'x'.repeat(100) });
/** A pass: long enough that each pays for its garbage. */
const MESSAGES = 200_000;
const BACKLOG = 100_000;

interface Received {
  readonly ReceiptHandle: string;
}

function queueWorld(): { readonly world: World; readonly QueueUrl: string } {
  const world = createBenchWorld(models.filter((model) => model.id === 'sqs' || model.id === 'iam'));
  const { QueueUrl } = answer(world, 'sqs', 'CreateQueue', { QueueName: 'jobs' });
  return { world, QueueUrl: String(QueueUrl) };
}

/** Sends ten, receives ten, deletes ten, over and over. */
function exchange(world: World, QueueUrl: string, messages: number): void {
  for (let i = 0; i < messages; i += 10) {
    for (let j = 0; j < 10; j++) answer(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody: BODY });
    const { Messages = [] } = answer(world, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    if ((Messages as readonly Received[]).length === 0) throw new Error('nothing was received');
    for (const { ReceiptHandle } of Messages as readonly Received[]) answer(world, 'sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
  }
}

function plainExchange(queue: PlainQueue, messages: number): void {
  for (let i = 0; i < messages; i += 10) {
    for (let j = 0; j < 10; j++) queue.send(BODY, i);
    for (const { ReceiptHandle } of queue.receive(10, i)) queue.delete(ReceiptHandle);
  }
}

export function queueRows(scale: Scale): readonly Row[] {
  // One after the other, each with the heap to itself: nobody's pass collects another's garbage.
  const plain = new PlainQueue();
  const [reference] = bestRates(scale, MESSAGES, [() => plainExchange(plain, MESSAGES)]);
  const { world, QueueUrl } = queueWorld();
  const [figure] = bestRates(scale, MESSAGES, [() => exchange(world, QueueUrl, MESSAGES)]);
  for (let i = 0; i < BACKLOG; i++) answer(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody: BODY });
  const [withBacklog] = bestRates(scale, MESSAGES, [() => exchange(world, QueueUrl, MESSAGES)]);
  return [
    row({ id: 'sqs-empty', what: 'SQS, send + receive(10) + delete', unit: 'messages/s', figure: figure!, reference: reference!, referenceWhat: 'plain objects', atLeast: 0.5 }),
    row({ id: 'sqs-backlog', what: 'SQS, the same behind 100,000 messages', unit: 'messages/s', figure: withBacklog!, reference: figure!, referenceWhat: 'without a backlog', atLeast: 0.7 }),
  ];
}
