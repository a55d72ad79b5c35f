/** A queue of plain AWS-shaped objects: what a short in-process fake does. Receipt handles and visibility times, but no permissions, trace, delay or redrive. */

interface PlainMessage {
  readonly MessageId: string;
  readonly Body: string;
  readonly SentTimestamp: number;
  receiveCount: number;
  visibleAt: number;
  receiptHandle: string;
}
export interface PlainReceived {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: { readonly ApproximateReceiveCount: string; readonly SentTimestamp: string };
}

export class PlainQueue {
  #next = 1;
  readonly #visible: PlainMessage[] = [];
  #head = 0;
  readonly #inFlight = new Map<string, PlainMessage>();

  send(body: string, now: number): { readonly MessageId: string } {
    const MessageId = `00000000-0000-4000-8000-${String(this.#next++).padStart(12, '0')}`;
    this.#visible.push({ MessageId, Body: body, SentTimestamp: now, receiveCount: 0, visibleAt: now, receiptHandle: '' });
    return { MessageId };
  }

  receive(max: number, now: number): readonly PlainReceived[] {
    const received: PlainReceived[] = [];
    while (received.length < max && this.#head < this.#visible.length) {
      const message = this.#visible[this.#head++]!;
      message.receiveCount++;
      message.visibleAt = now + 30_000;
      message.receiptHandle = `${message.MessageId}#${message.receiveCount}`;
      this.#inFlight.set(message.receiptHandle, message);
      received.push({ MessageId: message.MessageId, ReceiptHandle: message.receiptHandle, Body: message.Body, Attributes: { ApproximateReceiveCount: String(message.receiveCount), SentTimestamp: String(message.SentTimestamp) } });
    }
    if (this.#head > 65_536) {
      this.#visible.splice(0, this.#head);
      this.#head = 0;
    }
    return received;
  }

  delete(receiptHandle: string): boolean {
    return this.#inFlight.delete(receiptHandle);
  }
}
