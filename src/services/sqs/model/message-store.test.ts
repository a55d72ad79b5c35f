/** Messages by number, in rows. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../base/random.ts';
import { clearMessages, createMessageStore, messageAt, messagesOf, putMessage, takeMessageOut } from './message-store.ts';
import type { Message } from './state.ts';

function messageOf(number: number): Message {
  return {
    number,
    id: `id ${number}`,
    body: `body ${number}`,
    bytes: 7,
    md5: `md5 ${number}`,
    attributes: undefined,
    attributesMd5: undefined,
    traceHeader: undefined,
    groupId: undefined,
    deduplicationId: undefined,
    sequenceNumber: undefined,
    senderId: 'AIDA',
    sentMs: 1_767_225_600_000 + number,
    deadLetteredMs: undefined,
    deadLetterSource: undefined,
    receiveCount: 0,
    firstReceivedMs: undefined,
    state: 'visible',
    handle: undefined,
    untilUs: 0,
    receivedUs: 0,
    lastSeq: number,
  };
}
/** All members of a view, by hand: a view has none of its own but the number. */
const read = (view: Message | undefined): Message | undefined => {
  if (view === undefined) return undefined;
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(messageOf(1))) plain[name] = view[name as keyof Message];
  return plain as unknown as Message;
};

describe('the messages of a queue', () => {
  it('are what a map would hold, in order, while they come and go', () => {
    const random = createRandom(7, 'messages');
    const store = createMessageStore();
    const map = new Map<number, Message>();
    for (let number = 1; number <= 5_000; number++) {
      putMessage(store, messageOf(number));
      map.set(number, messageOf(number));
      for (let drops = random.int(3); drops > 0; drops--) {
        const gone = messageAt(store, 1 + random.int(number));
        if (gone !== undefined) expect(takeMessageOut(store, gone)).toBe(map.delete(gone.number));
      }
    }
    expect(store.size).toBe(map.size);
    expect([...messagesOf(store)].map(read)).toEqual([...map.values()]);
    expect(messageAt(store, 5_001)).toBeUndefined();
    for (const [number, message] of map) expect(read(messageAt(store, number))).toEqual(message);
  });

  it('keep every member that is put in, and what is changed through one view is seen through another', () => {
    const store = createMessageStore();
    const full: Message = {
      ...messageOf(1),
      attributes: { a: { DataType: 'String', StringValue: 'b' } },
      attributesMd5: 'x',
      traceHeader: 'Root=1',
      groupId: 'g',
      deduplicationId: 'd',
      sequenceNumber: '18849496460467696128',
      deadLetteredMs: 5,
      deadLetterSource: 'arn:aws:sqs:us-east-1:000000000000:jobs',
      receiveCount: 2,
      firstReceivedMs: 9,
      state: 'delayed',
      handle: 'AQEB',
      untilUs: 4_000_000_000,
      receivedUs: 3_000_000_000,
    };
    putMessage(store, full);
    expect(read(messageAt(store, 1))).toEqual(full);
    const view = messageAt(store, 1)!;
    Object.assign(view, { handle: undefined, receiveCount: 3, firstReceivedMs: undefined, state: 'hidden', untilUs: 1, receivedUs: 2, lastSeq: 7 });
    expect(read(messageAt(store, 1))).toEqual({ ...full, handle: undefined, receiveCount: 3, firstReceivedMs: undefined, state: 'hidden', untilUs: 1, receivedUs: 2, lastSeq: 7 });
  });

  it('can be read after they were taken out, and are taken out once', () => {
    const store = createMessageStore();
    const view = putMessage(store, messageOf(1));
    const other = messageAt(store, 1)!;
    expect(takeMessageOut(store, view)).toBe(true);
    expect(read(view)).toEqual(messageOf(1));
    expect(takeMessageOut(store, view)).toBe(false);
    expect(takeMessageOut(store, other)).toBe(false);
    expect(messageAt(store, 1)).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it('leave nothing behind: a page goes with its last message, and no body stays in it', () => {
    const store = createMessageStore();
    for (let number = 1; number <= 10_000; number++) {
      putMessage(store, messageOf(number));
      if (number > 10) takeMessageOut(store, messageAt(store, number - 10)!);
    }
    expect(store.size).toBe(10);
    expect(store.pages.size).toBeLessThanOrEqual(2);
    expect(store.spare?.refs.every((value) => value === undefined)).toBe(true);
    clearMessages(store);
    expect([...messagesOf(store)]).toEqual([]);
    expect(store.size).toBe(0);
  });

  it('are plain data: a structured clone goes on by itself', () => {
    const store = createMessageStore();
    putMessage(store, messageOf(300));
    const copy = structuredClone(store);
    messageAt(copy, 300)!.receiveCount = 5;
    putMessage(copy, messageOf(301));
    expect(messageAt(store, 300)!.receiveCount).toBe(0);
    expect(store.size).toBe(1);
    expect([...messagesOf(copy)].map(({ id, receiveCount }) => [id, receiveCount])).toEqual([['id 300', 5], ['id 301', 0]]);
  });
});
