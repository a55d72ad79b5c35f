/** Joins real AWS SDK clients to a cloud, for conformance tests. Tests only. */
import { Readable } from 'node:stream';
import type { Cloud } from '../create-cloud.ts';

type WireRequest = Parameters<Cloud['handle']>[0];

export interface ThroughOptions {
  /** Virtual ms that pass before each request: a waiter sleeps on the wall clock, so the world has to move by itself. */
  readonly advanceMs?: number;
  readonly region?: string;
  /** Attempts of a call; 1 unless told, so that an error is seen as it came. */
  readonly maxAttempts?: number;
}

/**
 * The configuration of an SDK client whose requests end in the cloud instead of the network: `new SQSClient(through(cloud))`.
 * Everything else of the client is as it comes: serializers, checksums, error classes.
 */
export function through(cloud: Cloud, o: ThroughOptions = {}) {
  return {
    region: o.region ?? 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: o.maxAttempts ?? 1,
    requestHandler: {
      handle: async (request: WireRequest) => {
        if (o.advanceMs !== undefined) await cloud.advance(o.advanceMs);
        const { body, ...head } = await cloud.handle(request);
        return { response: { ...head, body: Readable.from([body]) } };
      },
      updateHttpClientConfig: () => {},
      httpHandlerConfigs: () => ({}),
    },
  };
}

/** What a promise rejects with; fails when it resolves. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const settled = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in settled) return settled.error;
  throw new Error(`it did not fail: ${JSON.stringify(settled.value)}`);
}

/** Every page of a paginator. */
export async function pagesOf<Page>(paginator: AsyncIterable<Page>): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of paginator) pages.push(page);
  return pages;
}

/** Operations that an SDK client has commands for. @param sdk the client's package */
export function operationsOf(sdk: object): string[] {
  return Object.keys(sdk).flatMap((name) => (/^[A-Z]\w+Command$/.test(name) ? [name.slice(0, -'Command'.length)] : [])).toSorted();
}

/** A command by the name of its operation, for tables of calls. */
export function commandOf<Command>(sdk: object, operation: string, input: object): Command {
  const make = (sdk as Readonly<Record<string, new (given: object) => Command>>)[`${operation}Command`]!;
  return new make(input);
}
