/**
 * Says which blocks of the memory were written: a store puts a 1 into a byte that stands for its block, beyond the memory that the module
 * knows of. No fuel is charged for it, so metering does not see it. What the host writes, the host marks by itself.
 */
import { leb, sleb } from './wasm-format.mjs';

/** Pages of 64 KiB that the module is told it has; the marks lie behind them. quickjs.ts goes by the same numbers. */
export const GUEST_PAGES = 4_608;
export const MARKS_AT = GUEST_PAGES * 65_536;
/** A mark stands for 256 bytes. */
const BLOCK_BITS = 8;

const I32 = 0x7f;
const I64 = 0x7e;
const OP = { localGet: 0x20, localSet: 0x21, localTee: 0x22, store8: 0x3a, i32Const: 0x41, add: 0x6a, sub: 0x6b, shiftRight: 0x76 };
/** Opcode of a store → type of its value, and bytes that it writes. */
const STORES = new Map([
  [0x36, { type: I32, bytes: 4 }],
  [0x37, { type: I64, bytes: 8 }],
  [0x38, { type: 0x7d, bytes: 4 }],
  [0x39, { type: 0x7c, bytes: 8 }],
  [0x3a, { type: I32, bytes: 1 }],
  [0x3b, { type: I32, bytes: 2 }],
  [0x3c, { type: I64, bytes: 1 }],
  [0x3d, { type: I64, bytes: 2 }],
  [0x3e, { type: I64, bytes: 4 }],
]);

export const isStore = (op) => STORES.has(op);

const constant = (value) => [OP.i32Const, ...sleb(BigInt(value))];
const get = (local) => [OP.localGet, ...leb(local)];
const block = [...constant(BLOCK_BITS), OP.shiftRight];
const plus = (value) => (value === 0 ? [] : [...constant(value), OP.add]);
const mark = [...constant(1), OP.store8, 0, ...leb(MARKS_AT)];

/** Before a store: takes address and value off the stack, marks, and puts them back. `local(type, use)` gives a local of the function. */
export function markStore({ op, align, offset }, local) {
  const { type, bytes } = STORES.get(op);
  const address = local(I32, 'address');
  const value = local(type, 'value');
  const first = [OP.localSet, ...leb(value), OP.localTee, ...leb(address), ...plus(offset), ...block, ...mark];
  // What need not be aligned may reach into the next block.
  const last = 2 ** align < bytes ? [...get(address), ...plus(offset + bytes - 1), ...block, ...mark] : [];
  return [...first, ...last, ...get(address), ...get(value)];
}

/** Before memory.copy and memory.fill, with the length in a local and on the stack: marks all blocks from the first byte to the last. */
export function markRange(length, local) {
  const source = local(I32, 'source');
  const address = local(I32, 'address');
  const from = [...constant(MARKS_AT), ...get(address), ...block, OP.add];
  const count = [...get(address), ...get(length), OP.add, ...plus(2 ** BLOCK_BITS - 1), ...block, ...get(address), ...block, OP.sub];
  return [OP.localSet, ...leb(length), OP.localSet, ...leb(source), OP.localSet, ...leb(address), ...from, ...constant(1), ...count, 0xfc, 11, 0, ...get(address), ...get(source), ...get(length)];
}

/** Instead of memory.size: what the module may use. */
export const guestSize = constant(GUEST_PAGES);
