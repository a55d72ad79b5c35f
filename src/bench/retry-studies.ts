/** Retries under load: async invocations that fail by chance, and messages that a consumer fails to process. */
import { createRandom } from '../base/random.ts';
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { secToUs, simTime } from '../sim/units.ts';
import { loadModel, startLoad } from './load.ts';
import { answer, createBenchWorld, TRUST_LAMBDA, WatchedTrace } from './world.ts';

type Watched = Omit<TraceEvent, 'seq'>;

/** Attempts per event, share that is given up, mean time from acceptance to the end (s). */
export function studyAsyncRetries(o: { readonly errorRate: number; readonly events: number; readonly seed: number }): { readonly att: number; readonly dlq: number; readonly time: number } {
  const since = new Map<unknown, number>();
  const sum = { attempts: 0, settled: 0, lost: 0, us: 0 };
  const settle = (event: Watched): void => {
    sum.settled++;
    sum.us += event.at - since.get(event.data['requestId'])!;
    since.delete(event.data['requestId']);
  };
  const watch: Readonly<Record<string, (event: Watched) => void>> = {
    'lambda.AsyncQueued': (event) => void since.set(event.data['requestId'], event.at),
    'lambda.InvocationStarted': () => void sum.attempts++,
    'lambda.InvocationSucceeded': settle,
    'lambda.AsyncDropped': (event) => {
      sum.lost++;
      settle(event);
    },
  };
  const world = createBenchWorld([...models, loadModel], { seed: o.seed }, new WatchedTrace((event) => watch[event.kind]?.(event)));
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Code: { synthetic: { errorRate: o.errorRate } } });
  world.runTo(simTime(0));
  const perSec = 50;
  startLoad(world, { perSec, arrivals: 'constant', untilUs: secToUs(o.events / perSec) + 1, service: 'lambda', operation: 'Invoke', input: { FunctionName: 'work', InvocationType: 'Event' } });
  world.runTo(simTime(secToUs(o.events / perSec + 1_000)));
  return { att: sum.attempts / sum.settled, dlq: sum.lost / sum.settled, time: sum.us / sum.settled / 1_000_000 };
}

/** Receives per message, share that is dead-lettered, mean time from the first receive to the end (s). All messages are sent at once and received as soon as they are visible. */
export function studyRedrive(o: { readonly failRate: number; readonly maxReceiveCount: number; readonly visibilitySec: number; readonly messages: number; readonly seed: number }): { readonly rec: number; readonly dlq: number; readonly time: number } {
  const sum = { receives: 0, settled: 0, dead: 0, us: 0 };
  const settle = ({ at }: Watched): void => {
    sum.settled++;
    sum.us += at;
  };
  const watch: Readonly<Record<string, (event: Watched) => void>> = {
    'sqs.MessageReceived': () => void sum.receives++,
    'sqs.MessageDeleted': settle,
    'sqs.MessageDeadLettered': (event) => {
      sum.dead++;
      settle(event);
    },
  };
  const world = createBenchWorld(
    models.filter((model) => model.id === 'sqs' || model.id === 'iam'),
    { seed: o.seed },
    new WatchedTrace((event) => watch[event.kind]?.(event)),
  );
  answer(world, 'sqs', 'CreateQueue', { QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: o.maxReceiveCount });
  const { QueueUrl } = answer(world, 'sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: String(o.visibilitySec), RedrivePolicy } });
  for (let i = 0; i < o.messages; i++) answer(world, 'sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' });
  const random = createRandom(o.seed, 'bench.consumer');
  for (let round = 0; round <= o.maxReceiveCount; round++) {
    for (;;) {
      const { Messages = [] } = answer(world, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
      const received = Messages as readonly { readonly ReceiptHandle: string }[];
      if (received.length === 0) break;
      for (const { ReceiptHandle } of received) if (random.float() >= o.failRate) answer(world, 'sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
    world.runTo(simTime(world.now + secToUs(o.visibilitySec)));
  }
  if (sum.settled !== o.messages) throw new Error(`${sum.settled} of ${o.messages} messages are settled`);
  return { rec: sum.receives / o.messages, dlq: sum.dead / o.messages, time: sum.us / o.messages / 1_000_000 };
}
