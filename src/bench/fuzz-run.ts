/** Seeded fuzz: random calls on queues, a bus and functions, and independent checkers of facts that must hold whatever happens. */
import { createRandom } from '../base/random.ts';
import type { RandomStream } from '../base/random.ts';
import { models } from '../services/models.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { msToUs, simTime } from '../sim/units.ts';
import type { World } from '../sim/world.ts';
import { createBenchWorld, TRUST_LAMBDA } from './world.ts';

export interface FuzzFinding {
  readonly seed: number;
  readonly what: string;
}

const QUEUES = ['jobs', 'dead', 'orders'] as const;
const urlOf = (queue: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${queue}`;
const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
const OPEN = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }] };

/** A world under fuzz, and what its driver remembers. Copied whole by `snapshot`. */
class FuzzDriver {
  readonly world: World;
  #random: RandomStream;
  readonly #seed: number;
  #handles: { queue: string; handle: string }[] = [];
  #asked = new Map<number, string>();
  #nextId = 1;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = createRandom(seed, 'fuzz');
    this.world = createBenchWorld(models, { seed, trace: 'keep', tuning: 'aws' });
    this.#deploy();
  }

  #deploy(): void {
    const policy = JSON.stringify(OPEN);
    this.#call('sqs', 'CreateQueue', { QueueName: 'dead' });
    this.#call('sqs', 'CreateQueue', { QueueName: 'jobs', Attributes: { VisibilityTimeout: '5', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 }), Policy: policy } });
    this.#call('sqs', 'CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '30', Policy: policy } });
    this.#call('iam', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: TRUST_LAMBDA });
    this.#call('iam', 'PutRolePolicy', { RoleName: 'worker', PolicyName: 'poll', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] }) });
    this.#call('lambda', 'CreateFunction', { FunctionName: 'work', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/worker', Timeout: 3, Code: { synthetic: { initMs: 80, durationMs: { kind: 'lognormal', median: 120, sigma: 1.2 }, errorRate: 0.2 } } });
    this.#call('events', 'PutRule', { Name: 'placed', EventPattern: JSON.stringify({ source: ['shop'], detail: { total: [{ numeric: ['>', 50] }] } }) });
    this.#call('events', 'PutTargets', { Rule: 'placed', Targets: [{ Id: 'orders', Arn: arnOf('orders') }, { Id: 'jobs', Arn: arnOf('jobs') }] });
    this.world.runTo(simTime(msToUs(5_000)));
    this.#call('lambda', 'CreateEventSourceMapping', { FunctionName: 'work', EventSourceArn: arnOf('orders'), BatchSize: 3, FunctionResponseTypes: [] });
  }

  /** So many random acts, with random time between them. */
  act(count: number): void {
    for (let i = 0; i < count; i++) {
      this.#one();
      if (this.#random.int(3) === 0) this.world.runTo(simTime(this.world.now + msToUs(this.#random.int(4_000))));
      this.#collect();
    }
  }

  #one(): void {
    const random = this.#random;
    const queue = QUEUES[random.int(QUEUES.length)]!;
    const QueueUrl = urlOf(queue);
    const acts: readonly (() => void)[] = [
      () => this.#call('sqs', 'SendMessage', { QueueUrl, MessageBody: `m${random.int(1_000)}`, DelaySeconds: random.int(4) }),
      () => this.#call('sqs', 'SendMessageBatch', { QueueUrl, Entries: Array.from({ length: 1 + random.int(10) }, (_, i) => ({ Id: `e${i}`, MessageBody: `b${i}` })) }),
      () => this.#call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 + random.int(10), WaitTimeSeconds: random.int(3) * 5, VisibilityTimeout: random.int(12) }, queue),
      () => this.#withHandle((handle) => this.#call('sqs', 'DeleteMessage', { QueueUrl: urlOf(handle.queue), ReceiptHandle: handle.handle })),
      () => this.#withHandle((handle) => this.#call('sqs', 'ChangeMessageVisibility', { QueueUrl: urlOf(handle.queue), ReceiptHandle: handle.handle, VisibilityTimeout: random.int(20) })),
      () => this.#call('events', 'PutEvents', { Entries: [{ Source: random.int(3) === 0 ? 'other' : 'shop', DetailType: 'Order', Detail: JSON.stringify({ total: random.int(100) }) }] }),
      () => this.#call('lambda', 'Invoke', { FunctionName: 'work', InvocationType: random.int(2) === 0 ? 'Event' : 'RequestResponse', Payload: '{}' }),
      () => this.#call('lambda', 'UpdateFunctionConfiguration', { FunctionName: 'work', MemorySize: 128 + random.int(4) * 64 }),
      () => this.#call('lambda', 'PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: random.int(6) }),
      () => this.#call('sqs', 'StartMessageMoveTask', { SourceArn: arnOf('dead') }),
      () => this.#call('sqs', random.int(20) === 0 ? 'PurgeQueue' : 'GetQueueAttributes', { QueueUrl }),
    ];
    acts[random.int(acts.length)]!();
  }

  #withHandle(use: (handle: { queue: string; handle: string }) => void): void {
    if (this.#handles.length > 0) use(this.#handles[this.#random.int(this.#handles.length)]!);
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

/** Each message is in exactly one place: gone for a stated reason, or counted by its queue. */
function checkMessages(world: World): string | null {
  for (const queue of QUEUES) {
    const arn = arnOf(queue);
    const present = new Set<unknown>();
    for (const { kind, resource, data } of world.trace.events) {
      if (resource !== arn) continue;
      if (kind === 'sqs.MessageSent' || kind === 'sqs.DeadLetterArrived') {
        if (present.has(data['messageId'])) return `${queue} got message ${String(data['messageId'])} twice`;
        present.add(data['messageId']);
      } else if (kind === 'sqs.QueuePurged') present.clear();
      // A redriven message gets a new id where it goes.
      else if (GONE.has(kind) && !present.delete(kind === 'sqs.MessageRedriven' ? data['formerMessageId'] : data['messageId'])) return `${queue}: ${kind} of a message that is not there: ${String(data['messageId'])}`;
    }
    const outcome = world.request('sqs', 'GetQueueAttributes', { QueueUrl: urlOf(queue), AttributeNames: ['All'] }, { principal: { kind: 'admin' }, cause: [], replyTo: { kind: 'none' } });
    if (outcome.kind !== 'ok') return `${queue} does not answer`;
    const { Attributes } = outcome.output as { readonly Attributes: Readonly<Record<string, string>> };
    const counted = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'].reduce((sum, name) => sum + Number(Attributes[name]), 0);
    if (counted !== present.size) return `${queue} counts ${counted} messages, its trace ${present.size}`;
  }
  return null;
}
const GONE: ReadonlySet<string> = new Set(['sqs.MessageDeleted', 'sqs.MessageDeadLettered', 'sqs.MessageExpired', 'sqs.MessageRedriven']);

/** Every event has a cause that came before it, or is a root; time never goes back. */
function checkCauses(events: readonly TraceEvent[]): string | null {
  const roots = new Set(['sim.ApiCall', 'sim.BoundReached']);
  for (const model of models) for (const [kind, { root }] of Object.entries(model.traceKinds)) if (root === true) roots.add(kind);
  let at = Number.NEGATIVE_INFINITY;
  for (const [i, event] of events.entries()) {
    if (event.seq !== i) return `event ${i} has the number ${event.seq}`;
    if (event.at < at) return `event ${i} (${event.kind}) is earlier than the one before it`;
    at = event.at;
    if (event.cause.length === 0 && !roots.has(event.kind)) return `event ${i} (${event.kind}) has no cause`;
    if (event.cause.some((seq) => seq < 0 || seq >= event.seq)) return `event ${i} (${event.kind}) is caused by what had not happened: ${event.cause.join()}`;
  }
  return null;
}

/** Runs one seed and answers with what is wrong, or null. */
export function fuzzSeed(seed: number, acts = 300): FuzzFinding | null {
  const finding = (what: string | null): FuzzFinding | null => (what === null ? null : { seed, what });
  const one = new FuzzDriver(seed);
  one.act(acts);
  const back = one.snapshot();
  one.act(acts);
  const wrong = checkCauses(one.world.trace.events) ?? checkMessages(one.world);
  if (wrong !== null) return finding(wrong);
  const hash = traceHash(one.world.trace.events);
  back();
  one.act(acts);
  if (traceHash(one.world.trace.events) !== hash) return finding('a restored snapshot has another future');
  const two = new FuzzDriver(seed);
  two.act(acts);
  two.act(acts);
  return finding(traceHash(two.world.trace.events) === hash ? null : 'the same seed gives another run');
}
