/** A small world for service tests: calls in, trace and answers out, time by hand. Tests only. */
import { sha256Hex } from '../base/hash.ts';
import type { AwsErrorData } from '../sim/errors.ts';
import type { BlobStore, Runtime } from '../sim/ports/runtime.ts';
import { metricsReader } from '../sim/manifest.ts';
import type { AnyServiceModel } from '../sim/service.ts';
import { traceHash } from '../sim/trace-hash.ts';
import type { TraceEvent } from '../sim/trace.ts';
import { simTime } from '../sim/units.ts';
import { World } from '../sim/world.ts';
import type { RunStatus, WorldOptions } from '../sim/world.ts';
import { manifests } from './manifests.ts';
import { models as allModels } from './models.ts';

/** Keeps bytes in memory. */
export function memoryBlobs(): BlobStore {
  const bytes = new Map<string, Uint8Array>();
  return {
    put(content) {
      const sha256 = sha256Hex(content);
      bytes.set(sha256, content);
      return { sha256, size: content.length };
    },
    get: (sha256) => bytes.get(sha256),
    has: (sha256) => bytes.has(sha256),
  };
}

/** A runtime for tests that run no handler code: using it fails. */
export const noRuntime: Runtime = {
  start: () => {
    throw new Error('this test has no runtime');
  },
  resume: () => {
    throw new Error('this test has no runtime');
  },
  release: () => {},
};

export interface TestWorld {
  readonly world: World;
  /** The output, or a thrown TestAwsError. Fails when the answer takes virtual time. */
  send(service: string, operation: string, input?: object, as?: string): Record<string, unknown>;
  /** Starts a call; its answer is read later. */
  start(service: string, operation: string, input?: object, as?: string): () => { readonly output?: Record<string, unknown>; readonly error?: AwsErrorData } | undefined;
  /** The error that a call answers with. */
  failure(service: string, operation: string, input?: object, as?: string): AwsErrorData;
  advance(ms: number): RunStatus;
  untilIdle(maxMs?: number): RunStatus;
  events(kind: string): readonly TraceEvent[];
  hash(): string;
}

export class TestAwsError extends Error {
  readonly data: AwsErrorData;
  constructor(data: AwsErrorData) {
    super(data.message);
    this.name = data.name;
    this.data = data;
  }
}

export function createTestWorld(o: Partial<WorldOptions> & { readonly models?: readonly AnyServiceModel[] } = {}): TestWorld {
  const world = new World({
    models: allModels,
    seed: 1,
    startAtEpochMs: 1_767_225_600_000,
    accountId: '000000000000',
    region: 'us-east-1',
    iam: 'on',
    tuning: 'aws',
    trace: 'keep',
    runtime: noRuntime,
    blobs: memoryBlobs(),
    metrics: metricsReader(manifests),
    ...o,
  });
  const answers = new Map<number, { output?: Record<string, unknown>; error?: AwsErrorData }>();
  let nextId = 1;
  const collect = (): void => {
    for (const { id, outcome } of world.hostReplies.splice(0)) {
      answers.set(id, outcome.kind === 'ok' ? { output: outcome.output as Record<string, unknown> } : { error: outcome.error });
    }
  };
  const start: TestWorld['start'] = (service, operation, input = {}, as) => {
    const id = nextId++;
    world.hostRequest(id, service, operation, input, as);
    return () => {
      collect();
      return answers.get(id);
    };
  };
  return {
    world,
    start,
    send(service, operation, input, as) {
      const answer = start(service, operation, input, as)();
      if (answer?.error) throw new TestAwsError(answer.error);
      if (answer?.output === undefined) throw new Error(`${service}.${operation} takes virtual time: use start()`);
      return answer.output;
    },
    failure(service, operation, input, as) {
      const answer = start(service, operation, input, as)();
      if (answer?.error === undefined) throw new Error(`${service}.${operation} did not fail: ${JSON.stringify(answer)}`);
      return answer.error;
    },
    advance: (ms) => world.runTo(simTime(world.now + Math.round(ms * 1000))),
    untilIdle: (maxMs = 86_400_000) => world.runTo(simTime(world.now + maxMs * 1000), { foregroundOnly: true }),
    events: (kind) => world.trace.events.filter((event) => event.kind === kind),
    hash: () => traceHash(world.trace),
  };
}

