/** A queue in front of a function, as queueing theory knows it: waits, sojourns, busy servers and losses, measured on the trace of our services. */
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { secToUs, simTime } from '../sim/units.ts';
import { Level } from './level.ts';
import { loadModel, refusedCalls, sentCalls, startLoad } from './load.ts';
import { answer, createBenchWorld, TRUST_LAMBDA, WatchedTrace } from './world.ts';

export interface QueueStudy {
  readonly arrivalsPerSec: number;
  /** A distribution as `Code.synthetic` takes it, ms. */
  readonly duration: object;
  /** One server is a FIFO queue with one message group; more are a standard queue whose mapping has this maximum concurrency. */
  readonly servers: number;
  /** The producer looks at the queue first and gives up when so many messages are in it, those in flight included. */
  readonly roomFor?: number;
  readonly messages: number;
  readonly seed: number;
}

/** L = messages in the system, W = time in it (s), Wq = wait for a server (s), busy = servers at work, block = share that the producer gave up. */
export type QueueAverages = Readonly<Record<'L' | 'W' | 'Wq' | 'busy' | 'block', number>>;

const WARM_UP_SEC = 120;

export function studyQueue(o: QueueStudy): QueueAverages {
  const present = new Level();
  const busy = new Level();
  const sentAt = new Map<unknown, number>();
  const sum = { begun: 0, waitUs: 0, done: 0, sojournUs: 0 };
  const watch: Readonly<Record<string, (event: Omit<TraceEvent, 'seq'>) => void>> = {
    'sqs.MessageSent': ({ at, data }) => {
      present.change(at, 1);
      sentAt.set(data['messageId'], at);
    },
    'sqs.MessageReceived': ({ at, data }) => {
      sum.begun++;
      sum.waitUs += at - sentAt.get(data['messageId'])!;
      busy.change(at, 1);
    },
    'sqs.MessageDeleted': ({ at, data }) => {
      sum.done++;
      sum.sojournUs += at - sentAt.get(data['messageId'])!;
      sentAt.delete(data['messageId']);
      present.change(at, -1);
      busy.change(at, -1);
    },
  };
  const world = createBenchWorld([...models, loadModel], { seed: o.seed, iam: 'off' }, new WatchedTrace((event) => watch[event.kind]?.(event)));
  const input = deploy(world, o);
  const begin = secToUs(WARM_UP_SEC);
  world.runTo(simTime(begin));
  const until = begin + secToUs(o.messages / o.arrivalsPerSec);
  const gate = o.roomFor === undefined ? {} : { roomFor: o.roomFor };
  startLoad(world, { perSec: o.arrivalsPerSec, arrivals: 'poisson', untilUs: until, service: 'sqs', operation: 'SendMessage', input, ...(o.servers === 1 ? { numbered: 'MessageDeduplicationId' } : {}), ...gate });
  world.runTo(simTime(until));
  const [called, refused] = [sentCalls(world), refusedCalls(world)];
  return { L: present.average(begin, until), W: sum.sojournUs / sum.done / 1e6, Wq: sum.waitUs / sum.begun / 1e6, busy: busy.average(begin, until), block: refused / called };
}

/** The queue, its function and the mapping between them; answers with what a send says. */
function deploy(world: ReturnType<typeof createBenchWorld>, o: QueueStudy): object {
  const fifo = o.servers === 1;
  const QueueName = fifo ? 'jobs.fifo' : 'jobs';
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  const { QueueUrl } = answer(world, 'sqs', 'CreateQueue', { QueueName, Attributes: { VisibilityTimeout: '900', ...(fifo ? { FifoQueue: 'true' } : {}) } });
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Timeout: 900, Code: { synthetic: { durationMs: o.duration } } });
  world.runTo(simTime(0));
  const scaling = fifo ? {} : { ScalingConfig: { MaximumConcurrency: o.servers } };
  answer(world, 'lambda', 'CreateEventSourceMapping', { FunctionName: 'work', EventSourceArn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`, BatchSize: 1, ...scaling });
  return { QueueUrl, MessageBody: 'x', ...(fifo ? { MessageGroupId: 'line' } : {}) };
}
