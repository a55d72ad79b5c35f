/**
 * Where the messages of a queue lie: in rows of pages, by number. A message is a view of its row. A backlog of a hundred thousand is some arrays then,
 * not as many records with boxed numbers, which the garbage collector would copy and mark. Plain data, apart from the views, which nobody keeps.
 */
import type { Message } from './state.ts';

const PAGE_BITS = 5;
const ROWS = 1 << PAGE_BITS;

interface Page {
  /** `WIDTH` numbers a row. */
  readonly numbers: Float64Array;
  /** `REFS` values a row; no id: no message. */
  readonly refs: unknown[];
  count: number;
}

export interface MessageStore {
  /** By number / 32, in order. */
  readonly pages: Map<number, Page>;
  /** The last page that became empty: the next one. */
  spare: Page | undefined;
  size: number;
}

// Columns of numbers; not a number stands for none.
const BYTES = 0;
const SENT_MS = 1;
const DEAD_LETTERED_MS = 2;
const RECEIVE_COUNT = 3;
const FIRST_RECEIVED_MS = 4;
const STATE = 5;
const UNTIL_US = 6;
const RECEIVED_US = 7;
const LAST_SEQ = 8;
const WIDTH = 9;

// Columns of the rest.
const ID = 0;
const BODY = 1;
const MD5 = 2;
const SENDER_ID = 3;
const HANDLE = 4;
const EXTRAS = 5;
const REFS = 6;

const STATES = ['visible', 'hidden', 'delayed'] as const;

/** What most messages have none of. */
type Extras = Pick<Message, 'attributes' | 'attributesMd5' | 'traceHeader' | 'groupId' | 'deduplicationId' | 'sequenceNumber' | 'deadLetterSource'>;
const NO_EXTRAS: Partial<Extras> = {};

export function createMessageStore(): MessageStore {
  return { pages: new Map(), spare: undefined, size: 0 };
}

/** The message of that number; each call gives a view of its own. */
export function messageAt(store: MessageStore, number: number): Message | undefined {
  const page = store.pages.get(number >>> PAGE_BITS);
  const row = number & (ROWS - 1);
  return page === undefined || page.refs[row * REFS] === undefined ? undefined : new StoredMessage(number, page, row);
}

/** Puts a message in. @param message its number must be above all that were ever in this store: 1 … 2^32 - 1 */
export function putMessage(store: MessageStore, message: Message): Message {
  const key = message.number >>> PAGE_BITS;
  const row = message.number & (ROWS - 1);
  let page = store.pages.get(key);
  if (page === undefined) {
    page = store.spare ?? { numbers: new Float64Array(ROWS * WIDTH), refs: new Array<unknown>(ROWS * REFS).fill(undefined), count: 0 };
    store.spare = undefined;
    store.pages.set(key, page);
  }
  page.count++;
  store.size++;
  const { numbers, refs } = page;
  const at = row * WIDTH;
  numbers[at + BYTES] = message.bytes;
  numbers[at + SENT_MS] = message.sentMs;
  numbers[at + DEAD_LETTERED_MS] = message.deadLetteredMs ?? Number.NaN;
  numbers[at + RECEIVE_COUNT] = message.receiveCount;
  numbers[at + FIRST_RECEIVED_MS] = message.firstReceivedMs ?? Number.NaN;
  numbers[at + STATE] = codeOf(message.state);
  numbers[at + UNTIL_US] = message.untilUs;
  numbers[at + RECEIVED_US] = message.receivedUs;
  numbers[at + LAST_SEQ] = message.lastSeq;
  const from = row * REFS;
  refs[from + ID] = message.id;
  refs[from + BODY] = message.body;
  refs[from + MD5] = message.md5;
  refs[from + SENDER_ID] = message.senderId;
  refs[from + HANDLE] = message.handle;
  refs[from + EXTRAS] = extrasOf(message);
  return new StoredMessage(message.number, page, row);
}

function extrasOf({ attributes, attributesMd5, traceHeader, groupId, deduplicationId, sequenceNumber, deadLetterSource }: Message): Extras | undefined {
  const isPlain = attributes === undefined && traceHeader === undefined && groupId === undefined && sequenceNumber === undefined && deadLetterSource === undefined;
  return isPlain ? undefined : { attributes, attributesMd5, traceHeader, groupId, deduplicationId, sequenceNumber, deadLetterSource };
}

/** Takes a message out; its view can be read until another comes into this store. False when it is out already. */
export function takeMessageOut(store: MessageStore, message: Message): boolean {
  const key = message.number >>> PAGE_BITS;
  const page = store.pages.get(key);
  if (page === undefined || !(message instanceof StoredMessage) || !message.leave(page)) return false;
  store.size--;
  if (--page.count === 0) {
    store.pages.delete(key);
    store.spare = page;
  }
  return true;
}

export function clearMessages(store: MessageStore): void {
  store.pages.clear();
  store.size = 0;
}

/** All messages, by number. */
export function* messagesOf(store: MessageStore): Generator<Message> {
  for (const [key, page] of store.pages) {
    for (let row = 0; row < ROWS; row++) if (page.refs[row * REFS] !== undefined) yield new StoredMessage(key * ROWS + row, page, row);
  }
}

class StoredMessage implements Message {
  readonly number: number;
  readonly #numbers: Float64Array;
  #refs: unknown[];
  /** Where the row begins. */
  readonly #at: number;
  #from: number;

  constructor(number: number, page: Page, row: number) {
    this.number = number;
    this.#numbers = page.numbers;
    this.#refs = page.refs;
    this.#at = row * WIDTH;
    this.#from = row * REFS;
  }

  /** Empties the row and keeps what was in it for those who read this view. */
  leave(page: Page): boolean {
    const from = this.#from;
    if (this.#refs !== page.refs || page.refs[from] === undefined) return false;
    const { refs } = page;
    this.#refs = [refs[from], refs[from + 1], refs[from + 2], refs[from + 3], refs[from + 4], refs[from + 5]];
    this.#from = 0;
    for (let i = from; i < from + REFS; i++) refs[i] = undefined;
    return true;
  }

  get id(): string {
    return this.#refs[this.#from + ID] as string;
  }
  get body(): string {
    return this.#refs[this.#from + BODY] as string;
  }
  get md5(): string {
    return this.#refs[this.#from + MD5] as string;
  }
  get senderId(): string {
    return this.#refs[this.#from + SENDER_ID] as string;
  }
  get handle(): string | undefined {
    return this.#refs[this.#from + HANDLE] as string | undefined;
  }
  set handle(handle: string | undefined) {
    this.#refs[this.#from + HANDLE] = handle;
  }
  get #extras(): Partial<Extras> {
    return (this.#refs[this.#from + EXTRAS] as Extras | undefined) ?? NO_EXTRAS;
  }
  get attributes(): Message['attributes'] {
    return this.#extras.attributes;
  }
  get attributesMd5(): string | undefined {
    return this.#extras.attributesMd5;
  }
  get traceHeader(): string | undefined {
    return this.#extras.traceHeader;
  }
  get groupId(): string | undefined {
    return this.#extras.groupId;
  }
  get deduplicationId(): string | undefined {
    return this.#extras.deduplicationId;
  }
  get sequenceNumber(): string | undefined {
    return this.#extras.sequenceNumber;
  }
  get deadLetterSource(): string | undefined {
    return this.#extras.deadLetterSource;
  }
  get bytes(): number {
    return this.#numbers[this.#at + BYTES]!;
  }
  get sentMs(): number {
    return this.#numbers[this.#at + SENT_MS]!;
  }
  get deadLetteredMs(): number | undefined {
    return orNone(this.#numbers[this.#at + DEAD_LETTERED_MS]!);
  }
  get receiveCount(): number {
    return this.#numbers[this.#at + RECEIVE_COUNT]!;
  }
  set receiveCount(count: number) {
    this.#numbers[this.#at + RECEIVE_COUNT] = count;
  }
  get firstReceivedMs(): number | undefined {
    return orNone(this.#numbers[this.#at + FIRST_RECEIVED_MS]!);
  }
  set firstReceivedMs(ms: number | undefined) {
    this.#numbers[this.#at + FIRST_RECEIVED_MS] = ms ?? Number.NaN;
  }
  get state(): Message['state'] {
    return STATES[this.#numbers[this.#at + STATE]!]!;
  }
  set state(state: Message['state']) {
    this.#numbers[this.#at + STATE] = codeOf(state);
  }
  get untilUs(): number {
    return this.#numbers[this.#at + UNTIL_US]!;
  }
  set untilUs(us: number) {
    this.#numbers[this.#at + UNTIL_US] = us;
  }
  get receivedUs(): number {
    return this.#numbers[this.#at + RECEIVED_US]!;
  }
  set receivedUs(us: number) {
    this.#numbers[this.#at + RECEIVED_US] = us;
  }
  get lastSeq(): number {
    return this.#numbers[this.#at + LAST_SEQ]!;
  }
  set lastSeq(seq: number) {
    this.#numbers[this.#at + LAST_SEQ] = seq;
  }
}

function codeOf(state: Message['state']): number {
  return state === 'visible' ? 0 : state === 'hidden' ? 1 : 2;
}

function orNone(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
