/** An API call on its way to its operation. Its request id is drawn with it, and made into text when it is first read: most never are. */
import type { RandomStream } from '../base/random.ts';
import { uuidText } from '../base/random.ts';
import type { PortCall, ReplyTo } from './ports/ports.ts';
import type { Principal } from './principal.ts';
import type { Call } from './service.ts';
import type { Seq } from './trace.ts';

export class OperationCall implements Call {
  readonly principal: Principal;
  readonly cause: readonly Seq[];
  readonly replyTo: ReplyTo;
  readonly traceHeader: string | undefined;
  readonly #a: number;
  readonly #b: number;
  readonly #c: number;
  readonly #d: number;

  constructor({ principal, cause, replyTo, traceHeader }: PortCall, random: RandomStream) {
    this.principal = principal;
    this.cause = cause;
    this.replyTo = replyTo;
    this.traceHeader = traceHeader;
    this.#a = random.nextUint32();
    this.#b = random.nextUint32();
    this.#c = random.nextUint32();
    this.#d = random.nextUint32();
  }

  get requestId(): string {
    return uuidText(this.#a, this.#b, this.#c, this.#d);
  }
}
