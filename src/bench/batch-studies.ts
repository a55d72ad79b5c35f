/** Batches of an event source mapping under Poisson arrivals: how large they are, how often they come, how long messages wait for them. */
import { models } from '../services/models.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { secToUs, simTime } from '../sim/units.ts';
import { loadModel, startLoad } from './load.ts';
import { answer, createBenchWorld, TRUST_LAMBDA, WatchedTrace } from './world.ts';

type Watched = Omit<TraceEvent, 'seq'>;

/** `size` messages a batch, `rate` batches a second, `wait` seconds from the arrival of a message to its batch. */
export function studyBatches(o: { readonly perSec: number; readonly windowSec: number; readonly batchSize: number; readonly maxTimeSec: number; readonly seed: number }): { readonly size: number; readonly rate: number; readonly wait: number } {
  let waiting: number[] = [];
  const sum = { batches: 0, messages: 0, waitUs: 0 };
  const watch: Readonly<Record<string, (event: Watched) => void>> = {
    'sqs.MessageSent': ({ at }) => void waiting.push(at),
    'lambda.BatchReceived': ({ at, data }) => {
      const count = data['messages'] as number;
      sum.batches++;
      sum.messages += count;
      for (const sentAt of waiting.slice(0, count)) sum.waitUs += at - sentAt;
      waiting = waiting.slice(count);
    },
  };
  const world = createBenchWorld([...models, loadModel], { seed: o.seed, iam: 'off' }, new WatchedTrace((event) => watch[event.kind]?.(event)));
  answer(world, 'iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
  const { QueueUrl } = answer(world, 'sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '60' } });
  answer(world, 'lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Code: { synthetic: {} } });
  world.runTo(simTime(0));
  answer(world, 'lambda', 'CreateEventSourceMapping', { FunctionName: 'work', EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:jobs', BatchSize: o.batchSize, MaximumBatchingWindowInSeconds: o.windowSec });
  const begin = secToUs(120);
  world.runTo(simTime(begin));
  startLoad(world, { perSec: o.perSec, arrivals: 'poisson', untilUs: begin + secToUs(o.maxTimeSec), service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody: 'x' } });
  world.runTo(simTime(begin + secToUs(o.maxTimeSec)));
  return { size: sum.messages / sum.batches, rate: sum.batches / o.maxTimeSec, wait: sum.waitUs / sum.messages / 1_000_000 };
}
