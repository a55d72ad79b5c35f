/** `createCloud`: the headless cloud as people use it, with its options checked. */
import type { TraceEvent } from '../../sim/trace.ts';
import { CloudWorld } from '../cloud.ts';
import type { CloudOptions } from '../cloud.ts';
import { createNodeHost } from './host.ts';
import { handleWire } from './wire/handle.ts';
import type { WireRequest, WireResponse } from './wire/messages.ts';

export interface Cloud {
  /**
   * An AWS API call: service ids as in AWS endpoints, operation and shapes as in the AWS SDK. Blobs go in as text or bytes and come out as bytes.
   * Rejects with `{ name, message, $fault, $metadata: { httpStatusCode } }`. Takes effect at `now()`; a call that waits by nature moves time to its
   * answer by itself, unless an `advance` or `runUntilIdle` is pending, which then drives.
   * @param o.as role ARN whose permissions apply; none = administrator
   */
  send<Output = Record<string, unknown>>(service: string, operation: string, input?: object, o?: { readonly as?: string }): Promise<Output>;
  /** Runs everything due up to and including now + `ms`; external work included. */
  advance(ms: number): Promise<void>;
  /** Runs until only background entries are left; at most 24 h of virtual time unless told. */
  runUntilIdle(maxMs?: number): Promise<void>;
  /** Virtual epoch time, ms. */
  now(): number;
  readonly trace: readonly TraceEvent[];
  /** SHA-256 over the canonical JSON lines of the trace, lower-case hex. */
  hash(): string;
  /** AWS wire protocols, for real SDK clients through a custom requestHandler; same rules of time. */
  handle(request: WireRequest): Promise<WireResponse>;
}

/** @throws TypeError for an option that makes no sense */
export function createCloud(o: CloudOptions = {}): Cloud {
  checkOptions(o);
  const host = createNodeHost();
  const cloud = new CloudWorld(host, o);
  return {
    send: <Output>(service: string, operation: string, input?: object, options?: { readonly as?: string }) => cloud.send(service, operation, input ?? {}, options) as Promise<Output>,
    advance: (ms) => cloud.advance(ms),
    runUntilIdle: (maxMs) => cloud.runUntilIdle(maxMs),
    now: () => cloud.now(),
    get trace() {
      return cloud.trace;
    },
    hash: () => cloud.hash(),
    handle: (request) => handleWire(cloud, host.models, request),
  };
}

const CHECKS: Readonly<Record<keyof CloudOptions, { readonly fits: (value: unknown) => boolean; readonly wanted: string }>> = {
  seed: { fits: (value) => Number.isSafeInteger(value), wanted: 'a whole number' },
  startAt: { fits: (value) => typeof value === 'string', wanted: 'an ISO 8601 time' },
  accountId: { fits: (value) => typeof value === 'string' && /^\d{12}$/.test(value), wanted: '12 digits' },
  region: { fits: (value) => typeof value === 'string' && /^[a-z]{2}(-[a-z]+)+-\d$/.test(value), wanted: 'the name of a region such as us-east-1' },
  iam: { fits: (value) => value === 'on' || value === 'off', wanted: "'on' or 'off'" },
  tuning: { fits: (value) => value === 'aws' || value === 'ideal' || (typeof value === 'object' && value !== null), wanted: "'aws', 'ideal' or members to change by service id" },
  trace: { fits: (value) => value === 'keep' || value === 'counts', wanted: "'keep' or 'counts'" },
};

function checkOptions(o: CloudOptions): void {
  for (const [name, value] of Object.entries(o)) {
    const check = (CHECKS as Readonly<Record<string, (typeof CHECKS)[keyof CloudOptions] | undefined>>)[name];
    if (check === undefined) throw new TypeError(`createCloud has no option '${name}'.`);
    if (value !== undefined && !check.fits(value)) throw new TypeError(`${name} must be ${check.wanted}, got ${JSON.stringify(value)}`);
  }
}
