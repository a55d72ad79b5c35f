/** The page's calls that have no answer yet, and how answers go out. */
import type { AwsErrorData } from '../sim/errors.ts';
import type { Outcome } from '../sim/ports/ports.ts';
import type { Slice } from './protocol.ts';

export class OpenCalls {
  readonly #post: (slice: Slice) => void;
  readonly #open = new Set<number>();

  constructor(post: (slice: Slice) => void) {
    this.#post = post;
  }

  /** Registers a call; what it answers is to be called with the outcome, once. */
  begin(callId: number): (outcome: Outcome) => void {
    this.#open.add(callId);
    return (outcome) => {
      if (this.#open.delete(callId)) this.#post(outcome.kind === 'ok' ? { kind: 'call-result', callId, ok: true, output: outcome.output } : { kind: 'call-result', callId, ok: false, error: outcome.error });
    };
  }

  /** The answers of all open calls lie in a future that is gone. */
  fail(): void {
    for (const callId of this.#open) this.#post({ kind: 'call-result', callId, ok: false, error: notMade('The run went back to before the answer of this call.') });
    this.#open.clear();
  }
}

/** A call that never reached the simulated AWS. */
export function notMade(message: string): AwsErrorData {
  return { name: 'CallNotMade', message, status: 0, fault: 'client', retryable: false };
}
