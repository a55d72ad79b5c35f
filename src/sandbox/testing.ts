/** A runtime with the engine in Node, for tests of handler code: starts processes, invokes them, and answers their effects in virtual time. */
import { sha256Hex } from '../base/hash.ts';
import { fuelToCpuUs } from '../sim/cpu.ts';
import type { BlobStore, BurstInput, BurstResult, ChildResult, Effect, ProcessSpec, Runtime, SdkServiceDescription, TmpFiles, Wake } from '../sim/ports/runtime.ts';
import engineUrl from './engine/quickjs.generated.wasm?url&inline';
import { bytesOfDataUrl, compileEngine } from './engine/load.ts';
import { createRuntime } from './engine/runtime.ts';
import * as generated from './guest/prelude.generated.js';
import { guestTable } from './modules/builtins.ts';
import { createModuleHost } from './modules/module-host.ts';

const engine = compileEngine(bytesOfDataUrl(engineUrl));

export function memoryBlobs(): BlobStore {
  const contents = new Map<string, Uint8Array>();
  return {
    put(bytes) {
      const sha256 = sha256Hex(bytes);
      contents.set(sha256, bytes);
      return { sha256, size: bytes.length };
    },
    get: (sha256) => contents.get(sha256),
    has: (sha256) => contents.has(sha256),
  };
}

const sdk: readonly SdkServiceDescription[] = [
  { service: 's3', packageName: '@aws-sdk/client-s3', clientName: 'S3Client', operations: ['GetObject', 'PutObject', 'HeadObject', 'ListObjectsV2', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'AbortMultipartUpload'], errors: ['NoSuchKey'], paginators: [{ operation: 'ListObjectsV2', inputToken: 'ContinuationToken', outputToken: 'NextContinuationToken' }] },
  { service: 'sqs', packageName: '@aws-sdk/client-sqs', clientName: 'SQSClient', operations: ['SendMessage', 'DeleteMessage'], errors: ['QueueDoesNotExist'], paginators: [] },
  { service: 'lambda', packageName: '@aws-sdk/client-lambda', clientName: 'LambdaClient', operations: ['Invoke'], errors: ['TooManyRequestsException'], paginators: [] },
  {
    service: 'dynamodb',
    packageName: '@aws-sdk/client-dynamodb',
    clientName: 'DynamoDBClient',
    operations: ['BatchGetItem', 'BatchWriteItem', 'DescribeTable', 'GetItem', 'PutItem', 'Scan', 'TransactWriteItems'],
    errors: ['ConditionalCheckFailedException'],
    paginators: [],
    waiters: [{ name: 'TableExists', operation: 'DescribeTable', delaySec: 20, acceptors: [{ state: 'success', path: 'Table.TableStatus', equals: 'ACTIVE' }] }],
  },
];

export function testRuntime(blobs: BlobStore = memoryBlobs(), o: { readonly burstFuelMax?: number } = {}): Runtime {
  const guest = guestTable(generated, sdk);
  return createRuntime({ ...o, module: engine, blobs, guest, modules: (spec) => createModuleHost(spec, guest) });
}

export const MB = 1_048_576;
export const START_US = 1_767_225_600_000_000;

export function testSpec(o: Partial<ProcessSpec> & Pick<ProcessSpec, 'files'>): ProcessSpec {
  return { runtime: 'nodejs22.x', layerFiles: {}, programs: [], handler: 'index.handler', environment: { AWS_REGION: 'us-east-1', PATH: '/usr/bin:/bin:/opt/bin' }, heapBytesMax: 64 * MB, tmpBytesMax: 512 * MB, seed: 'test', ...o };
}

type Call = Extract<Effect, { kind: 'call' }>;
type Answer = { readonly output: object } | { readonly error: { readonly name: string; readonly message: string; readonly status?: number } };
type Child = Extract<Effect, { kind: 'child' }>['command'];

export interface Answers {
  /** Answers an AWS call; by default an empty output. */
  readonly call?: (call: Call & { readonly data: Readonly<Record<string, unknown>> }) => Answer;
  readonly child?: (command: Child) => Partial<ChildResult>;
  readonly fuelMax?: number;
}

export interface Outcome {
  readonly value?: unknown;
  readonly error?: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] };
  readonly end: BurstResult['end'];
  readonly logs: readonly string[];
  readonly effects: readonly Effect[];
  readonly fuel: number;
  /** Virtual milliseconds from the event to its result. */
  readonly ms: number;
}

/** One process and its clock. */
export class TestProcess {
  readonly runtime: Runtime;
  readonly spec: ProcessSpec;
  image: string | null = null;
  nowUs = START_US;
  tmp: TmpFiles = {};
  init: BurstResult | undefined;
  readonly #answers: Answers;
  #timers: { readonly id: number; readonly dueUs: number }[] = [];

  constructor(runtime: Runtime, spec: ProcessSpec, answers: Answers = {}) {
    this.runtime = runtime;
    this.spec = spec;
    this.#answers = answers;
  }

  #input(syncChildren: readonly ChildResult[] = []): BurstInput {
    return { clock: { epochUs: this.nowUs, share: 1, cpuBeforeUs: 0 }, budget: { fuelMax: this.#answers.fuelMax ?? 3_000_000_000 }, tmp: this.tmp, syncChildren };
  }

  /** Loads the code; answers the last burst of the init. */
  start(): Outcome {
    const seen: Effect[] = [];
    const first = this.#run((input) => this.runtime.start(this.spec, input), seen);
    this.init = first;
    return this.#follow(first, seen, () => this.init!.ready);
  }

  invoke(event: unknown = {}): Outcome {
    const seen: Effect[] = [];
    const startUs = this.nowUs;
    const context = { awsRequestId: '11111111-2222-4333-8444-555555555555', functionName: 'fn', functionVersion: '$LATEST', invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn', memoryLimitInMB: '128', logGroupName: '/aws/lambda/fn', logStreamName: '2026/01/01/[$LATEST]abc', deadlineEpochUs: startUs + 30_000_000 };
    const { image } = this;
    if (image === null) throw new Error('the process is dead');
    const first = this.#run((input) => this.runtime.resume(image, { kind: 'invoke', event: JSON.stringify(event), context }, input), seen);
    return this.#follow(first, seen, () => seen.some((effect) => effect.kind === 'result'), startUs);
  }

  #run(burst: (input: BurstInput) => BurstResult, seen: Effect[]): BurstResult {
    const results: ChildResult[] = [];
    for (;;) {
      const result = burst(this.#input(results));
      if (result.end.kind === 'sync-child') {
        results.push({ exitCode: 0, signal: null, stdout: '', stderr: '', tmp: {}, ...this.#answers.child?.(result.end.command) });
        continue;
      }
      seen.push(...result.effects);
      this.tmp = result.tmp;
      this.image = result.image;
      this.nowUs += fuelToCpuUs(result.fuel);
      for (const effect of result.effects) if (effect.kind === 'timer') this.#timers.push({ id: effect.id, dueUs: this.nowUs + effect.delayUs });
      for (const effect of result.effects) if (effect.kind === 'clear-timer') this.#timers = this.#timers.filter((timer) => timer.id !== effect.id);
      return result;
    }
  }

  /** Answers what the process waits for until it is done or nothing is left. */
  #follow(first: BurstResult, seen: Effect[], done: () => boolean, startUs = this.nowUs): Outcome {
    let last = first;
    let from = 0;
    let fuel = first.fuel;
    while (!done() && last.end.kind === 'waiting') {
      const wakes: Wake[] = [];
      for (const effect of seen.slice(from)) {
        if (effect.kind === 'call') wakes.push(this.#reply(effect));
        if (effect.kind === 'fetch') wakes.push({ kind: 'reply', id: effect.id, ok: false, error: { name: 'TypeError', message: 'fetch failed', fault: 'client', httpStatusCode: 0, requestId: '' } });
        if (effect.kind === 'child') wakes.push({ kind: 'child', id: effect.id, result: { exitCode: 0, signal: null, stdout: '', stderr: '', tmp: {}, ...this.#answers.child?.(effect.command) } });
        if (effect.kind === 'kill-child') wakes.push({ kind: 'child', id: effect.id, result: { exitCode: null, signal: effect.signal, stdout: '', stderr: '', tmp: {} } });
      }
      from = seen.length;
      if (wakes.length === 0) {
        const next = this.#timers.reduce<{ id: number; dueUs: number } | undefined>((best, timer) => (best === undefined || timer.dueUs < best.dueUs ? timer : best), undefined);
        if (next === undefined) break;
        this.nowUs = Math.max(this.nowUs, next.dueUs);
        const due = this.#timers.filter((timer) => timer.dueUs <= this.nowUs).sort((a, b) => a.dueUs - b.dueUs || a.id - b.id);
        this.#timers = this.#timers.filter((timer) => timer.dueUs > this.nowUs);
        wakes.push(...due.map(({ id }) => ({ kind: 'timer' as const, id })));
      }
      const image = this.image!;
      last = this.#run((input) => this.runtime.resume(image, { kind: 'wake', wakes }, input), seen);
      this.runtime.release(image);
      if (this.init !== undefined && last.ready) this.init = last;
      fuel += last.fuel;
    }
    const result = seen.find((effect) => effect.kind === 'result');
    const logs = seen.flatMap((effect) => (effect.kind === 'log' ? [effect.text] : []));
    return { ...(result?.kind === 'result' ? (result.ok ? { value: valueOf(result.value) } : { error: result.error }) : {}), end: last.end, logs, effects: seen, fuel, ms: (this.nowUs - startUs) / 1000 };
  }

  #reply(call: Call): Wake {
    const answer = this.#answers.call?.({ ...call, data: JSON.parse(call.input) as Record<string, unknown> }) ?? { output: {} };
    if ('output' in answer) return { kind: 'reply', id: call.id, ok: true, output: JSON.stringify(answer.output) };
    return { kind: 'reply', id: call.id, ok: false, error: { name: answer.error.name, message: answer.error.message, fault: 'client', httpStatusCode: answer.error.status ?? 400, requestId: 'r' } };
  }
}

/** What the text means; a cut one stands for itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const shared = testRuntime();
/** Starts a process of one file on the shared runtime. */
export function processOf(code: string, o: Partial<ProcessSpec> = {}, answers: Answers = {}): TestProcess {
  const process = new TestProcess(shared, testSpec({ files: { 'index.mjs': code }, ...o }), answers);
  process.start();
  return process;
}
/** Runs `export const handler = async (event) => { body }` once. */
export function run(body: string, event: unknown = {}, answers: Answers = {}): Outcome {
  return processOf(`export const handler = async (event, context) => {\n${body}\n};`, {}, answers).invoke(event);
}
