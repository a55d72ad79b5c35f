/** The world that a fuzz run plays in: a scenario drawn from the seed, random calls, edits and faults on it, and copies of all of it. */
import { createRandom } from '../base/random.ts';
import type { RandomStream } from '../base/random.ts';
import { manifests } from '../services/manifests.ts';
import { models } from '../services/models.ts';
import type { Fault } from '../sim/faults.ts';
import { metricsReader } from '../sim/manifest.ts';
import { msToUs, simTime } from '../sim/units.ts';
import type { World } from '../sim/world.ts';
import { createBenchWorld, TRUST_LAMBDA } from './world.ts';

export const QUEUES = ['jobs', 'dead', 'orders', 'line.fifo', 'line-dead.fifo'] as const;
export const urlOf = (queue: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${queue}`;
export const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
const OPEN = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: '*' }] });
const POLL = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] });
const START_SEC = 1_767_225_600;
const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const FUNCTIONS = ['work', 'steps'] as const;
const GROUPS = ['red', 'green', 'blue'] as const;
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news';
const ARCHIVE = 'arn:aws:events:us-east-1:000000000000:archive/kept';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const TRUST_SCHEDULER = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }] });

/** Far above what a run needs: reaching one is a finding, not a hang. */
const BOUNDS = { entriesMax: 50_000, traceEventsMax: 200_000 };

/** Of half of the seeds: up to three faults, each for some minutes. */
function faultsOf(seed: number): readonly Fault[] {
  const random = createRandom(seed, 'fuzz.faults');
  if (random.int(2) === 0) return [];
  return Array.from({ length: 1 + random.int(3) }, (_, i) => {
    const kind = KINDS[random.int(KINDS.length)]!;
    const fromUs = random.int(120_000_000);
    const resource = kind === 'deny' ? [arnOf('jobs'), arnOf('orders'), functionArn('steps')][random.int(3)]! : functionArn(FUNCTIONS[random.int(FUNCTIONS.length)]!);
    return { id: `f${i}`, resource, kind, fromUs, untilUs: fromUs + random.int(300_000_000), chance: (1 + random.int(4)) / 4, delayUs: random.int(5_000_000) };
  });
}
const KINDS = ['throw', 'slow', 'timeout', 'out-of-memory', 'throttle', 'deny'] as const;

/** A world under fuzz, and what its driver remembers. Copied whole by `snapshot`. */
export class FuzzDriver {
  readonly world: World;
  readonly accountConcurrency: number;
  #random: RandomStream;
  readonly #seed: number;
  #handles: { queue: string; handle: string }[] = [];
  #asked = new Map<number, string>();
  #nextId = 1;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = createRandom(seed, 'fuzz');
    const random = this.#random;
    const sqs = { duplicateChance: random.int(3) === 0 ? 0.1 : 0, reorderChance: random.int(3) === 0 ? 0.2 : 0, shortPollShare: random.int(3) === 0 ? 0.5 : 1 };
    const lambda = { accountConcurrency: random.int(4) === 0 ? 2 + random.int(4) : 1_000 };
    this.accountConcurrency = lambda.accountConcurrency;
    this.world = createBenchWorld(models, { seed, trace: 'keep', tuning: { sqs, lambda }, bounds: BOUNDS, metrics: metricsReader(manifests), faults: faultsOf(seed) });
    this.#deploy();
  }

  #deploy(): void {
    const random = this.#random;
    const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    const redrive = (to: string): string => JSON.stringify({ deadLetterTargetArn: arnOf(to), maxReceiveCount: 1 + random.int(3) });
    const seconds = (most: number): string => String(1 + random.int(most));
    this.#call('sqs', 'CreateQueue', { QueueName: 'dead' });
    this.#call('sqs', 'CreateQueue', { QueueName: 'line-dead.fifo', Attributes: fifo });
    this.#call('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: seconds(10), RedrivePolicy: redrive('dead'), Policy: OPEN } });
    this.#call('sqs', 'CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '30', Policy: OPEN, ...(random.int(2) === 0 ? { RedrivePolicy: redrive('dead') } : {}) } });
    this.#call('sqs', 'CreateQueue', { QueueName: 'line.fifo', Attributes: { ...fifo, VisibilityTimeout: seconds(12), RedrivePolicy: redrive('line-dead.fifo'), Policy: OPEN, ...(random.int(2) === 0 ? { DeduplicationScope: 'messageGroup' } : {}) } });
    this.#call('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
    this.#call('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'poll', PolicyDocument: POLL });
    for (const FunctionName of FUNCTIONS) {
      const synthetic = this.#synthetic();
      this.#call('lambda', 'CreateFunction', { FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Timeout: 3, Code: { synthetic } });
    }
    this.#call('events', 'PutRule', { Name: 'placed', EventPattern: JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>', 50] }] } }) });
    this.#call('events', 'PutTargets', { Rule: 'placed', Targets: [{ Id: 'orders', Arn: arnOf('orders') }, { Id: 'jobs', Arn: arnOf('jobs'), DeadLetterConfig: { Arn: arnOf('dead') } }, { Id: 'line', Arn: arnOf('line.fifo'), SqsParameters: { MessageGroupId: 'red' } }] });
    this.#deployFanOut();
    this.world.runTo(simTime(msToUs(5_000)));
    this.#call('lambda', 'CreateEventSourceMapping', { FunctionName: 'work', EventSourceArn: arnOf('orders'), BatchSize: 1 + random.int(10), FunctionResponseTypes: [] });
    if (random.int(2) === 0) this.#call('lambda', 'CreateEventSourceMapping', { FunctionName: 'steps', EventSourceArn: arnOf('line.fifo'), BatchSize: 1 + random.int(10) });
  }

  /** A topic, an archive, a schedule, and what becomes of events that a function fails. */
  #deployFanOut(): void {
    const random = this.#random;
    this.#call('sns', 'CreateTopic', { Name: 'news' });
    const dead = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead') }) };
    this.#call('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: arnOf('jobs'), Attributes: { RawMessageDelivery: 'true', ...(random.int(2) === 0 ? dead : {}) } });
    this.#call('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: arnOf('orders'), Attributes: { FilterPolicy: JSON.stringify({ kind: ['order'] }) } });
    this.#call('sns', 'Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: functionArn('steps') });
    if (random.int(2) === 0) this.#call('lambda', 'AddPermission', { FunctionName: 'steps', StatementId: 'news', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: TOPIC });
    // It reads the trace each minute: some seeds are enough.
    if (this.#seed % 4 === 0) this.#call('monitoring', 'PutMetricAlarm', { AlarmName: 'errors', Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', AlarmActions: [TOPIC], OKActions: [TOPIC] });
    this.#call('events', 'CreateArchive', { ArchiveName: 'kept', EventSourceArn: BUS });
    this.#call('iam', 'CreateRole', { RoleName: 'clock', AssumeRolePolicyDocument: TRUST_SCHEDULER });
    this.#call('iam', 'PutRolePolicy', { RoleName: 'clock', PolicyName: 'poll', PolicyDocument: POLL });
    this.#call('scheduler', 'CreateSchedule', { Name: 'tick', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: arnOf('jobs'), RoleArn: 'arn:aws:iam::000000000000:role/clock', Input: '{"tick":true}', DeadLetterConfig: { Arn: arnOf('dead') } } });
    this.#call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'work', MaximumRetryAttempts: random.int(3), DestinationConfig: { OnFailure: { Destination: arnOf('dead') }, OnSuccess: { Destination: arnOf('jobs') } } });
  }

  #synthetic(): object {
    const random = this.#random;
    return { initMs: 40 + random.int(200), durationMs: { kind: 'lognormal', median: 60 + random.int(400), sigma: 1.2 }, errorRate: random.int(5) / 4 };
  }

  /** So many random acts, with random time between them. */
  act(count: number): void {
    for (let i = 0; i < count; i++) {
      if (this.#random.int(6) === 0) this.#edit();
      else this.#use();
      if (this.#random.int(3) === 0) this.#wait();
      this.#collect();
    }
  }

  /** Mostly seconds, sometimes most of a minute, now and then so long that archives are written and messages expire. */
  #wait(): void {
    const kind = this.#random.int(40);
    const msMax = kind === 0 ? 900_000 : kind < 6 ? 40_000 : 4_000;
    this.world.runTo(simTime(this.world.now + msToUs(this.#random.int(msMax))));
  }

  /** What clients do. */
  #use(): void {
    const random = this.#random;
    const queue = this.#pick(QUEUES);
    const QueueUrl = urlOf(queue);
    const message = (body: string): object => ({ MessageBody: body, ...(queue.endsWith('.fifo') || random.int(4) === 0 ? { MessageGroupId: this.#pick(GROUPS) } : {}) });
    const acts: readonly (() => void)[] = [
      () => this.#call('sqs', 'SendMessage', { QueueUrl, ...message(`m${random.int(100)}`), ...(queue.endsWith('.fifo') ? {} : { DelaySeconds: random.int(4) }) }),
      () => this.#call('sqs', 'SendMessageBatch', { QueueUrl, Entries: Array.from({ length: 1 + random.int(10) }, (_, i) => ({ Id: `e${i}`, ...message(`b${random.int(1_000)}`) })) }),
      () => this.#call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 + random.int(10), WaitTimeSeconds: random.int(3) * 5, VisibilityTimeout: random.int(12), ...(queue.endsWith('.fifo') && random.int(3) === 0 ? { ReceiveRequestAttemptId: `a${random.int(3)}` } : {}) }, queue),
      () => this.#withHandle((handle) => this.#call('sqs', 'DeleteMessage', { QueueUrl: urlOf(handle.queue), ReceiptHandle: handle.handle })),
      () => this.#withHandle((handle) => this.#call('sqs', 'ChangeMessageVisibility', { QueueUrl: urlOf(handle.queue), ReceiptHandle: handle.handle, VisibilityTimeout: random.int(20) })),
      () => this.#call('events', 'PutEvents', { Entries: [{ Source: random.int(3) === 0 ? 'other' : 'shop', DetailType: 'Order', Detail: JSON.stringify({ total: random.int(100) }) }] }),
      () => this.#call('lambda', 'Invoke', { FunctionName: this.#pick(FUNCTIONS), InvocationType: random.int(2) === 0 ? 'Event' : 'RequestResponse', Payload: '{}' }),
      () => this.#call('sns', 'Publish', { TopicArn: TOPIC, Message: `n${random.int(100)}`, MessageAttributes: { kind: { DataType: 'String', StringValue: this.#pick(['order', 'note']) } } }),
      () => this.#call('events', 'StartReplay', { ReplayName: `replay-${this.#nextId}`, EventSourceArn: ARCHIVE, EventStartTime: START_SEC, EventEndTime: START_SEC + 3_600, Destination: { Arn: BUS } }),
      () => this.#call('sqs', 'StartMessageMoveTask', { SourceArn: arnOf(this.#pick(['dead', 'line-dead.fifo'])), ...(random.int(2) === 0 ? { MaxNumberOfMessagesPerSecond: 1 + random.int(3) } : {}) }),
      () => this.#call('sqs', random.int(12) === 0 ? 'PurgeQueue' : 'GetQueueAttributes', { QueueUrl }),
    ];
    acts[random.int(acts.length)]!();
  }

  /** What changes under them: settings, code, rights, queues that go. */
  #edit(): void {
    const random = this.#random;
    const queue = this.#pick(QUEUES);
    const QueueUrl = urlOf(queue);
    const FunctionName = this.#pick(FUNCTIONS);
    const set = (Attributes: Readonly<Record<string, string>>): void => this.#call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    const acts: readonly (() => void)[] = [
      () => this.#call('lambda', 'UpdateFunctionConfiguration', { FunctionName, MemorySize: 128 + random.int(4) * 64 }),
      () => this.#call('lambda', 'UpdateFunctionCode', { FunctionName, synthetic: this.#synthetic() }),
      () => this.#call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: random.int(6) }),
      () => this.#call('lambda', 'DeleteFunctionConcurrency', { FunctionName }),
      // Not 0: a queue that hides nothing and gives nothing up hands a failing function the same message for ever.
      () => set({ VisibilityTimeout: String(Math.max(1, random.int(40))) }),
      () => set({ Policy: random.int(2) === 0 ? '' : OPEN }),
      () => this.#call('sqs', 'CancelMessageMoveTask', { TaskHandle: 'none' }),
      () => this.#call('iam', random.int(2) === 0 ? 'DeleteRolePolicy' : 'PutRolePolicy', { RoleName: 'clock', PolicyName: 'poll', PolicyDocument: POLL }),
      () => set({ DelaySeconds: String(random.int(6)) }),
      () => set({ MessageRetentionPeriod: String(60 + random.int(300)) }),
      () => this.#call('iam', random.int(2) === 0 ? 'DeleteRolePolicy' : 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'poll', PolicyDocument: POLL }),
      () => this.#call('events', random.int(2) === 0 ? 'DisableRule' : 'EnableRule', { Name: 'placed' }),
      () => (random.int(4) === 0 ? this.#call('sqs', 'DeleteQueue', { QueueUrl }) : this.#call('sqs', 'CreateQueue', { QueueName: queue, ...(queue.endsWith('.fifo') ? { Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } } : {}) })),
    ];
    acts[random.int(acts.length)]!();
  }

  /** How many of so many acts come before a snapshot: any number. */
  drawMoment(acts: number): number {
    return createRandom(this.#seed, 'fuzz.moment').int(acts + 1);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.int(list.length)]!;
  }

  #withHandle(use: (handle: { queue: string; handle: string }) => void): void {
    if (this.#handles.length > 0) use(this.#pick(this.#handles));
  }

  #call(service: string, operation: string, input: object, receivesFrom?: string): void {
    const id = this.#nextId++;
    if (receivesFrom !== undefined) this.#asked.set(id, receivesFrom);
    this.world.hostRequest(id, service, operation, input);
    this.#collect();
  }

  #collect(): void {
    for (const { id, outcome } of this.world.hostReplies.splice(0)) {
      const queue = this.#asked.get(id);
      this.#asked.delete(id);
      if (queue === undefined || outcome.kind === 'error') continue;
      const { Messages = [] } = outcome.output as { Messages?: { ReceiptHandle: string }[] };
      for (const { ReceiptHandle } of Messages) this.#handles.push({ queue, handle: ReceiptHandle });
      this.#handles = this.#handles.slice(-50);
    }
  }

  /** Copies everything; calling the answer brings it back. */
  snapshot(): () => void {
    this.#collect();
    const world = this.world.snapshot();
    const [state, handles, asked, nextId] = [this.#random.state(), [...this.#handles], new Map(this.#asked), this.#nextId];
    return () => {
      this.world.restore(world);
      this.#random = createRandom(this.#seed, 'fuzz', state);
      this.#handles = [...handles];
      this.#asked = new Map(asked);
      this.#nextId = nextId;
    };
  }
}
