/**
 * Adds metering to a wasm module: fuel (one for each function entry and loop turn, and by length for bulk memory instructions), and the
 * depth of calls. Running out of fuel or going too deep traps; neither can be caught by the guest. Both are the same on every machine.
 * Stores mark the blocks that they write: see block-marks.mjs.
 * Memory: `malloc` traps once the word at `memory-word` (bytes allocated) is above `memory-limit`; `memory-full` then says so.
 */
import { guestSize, isStore, markRange, markStore } from './block-marks.mjs';
import { concat, importCounts, leb, Reader, readTypes, SECTION, sleb, text, vector } from './wasm-format.mjs';

const OP = { unreachable: 0x00, block: 0x02, loop: 0x03, if: 0x04, end: 0x0b, br: 0x0c, return: 0x0f, call: 0x10, callIndirect: 0x11, localGet: 0x20, localSet: 0x21, globalGet: 0x23, globalSet: 0x24, i32Const: 0x41, i64Const: 0x42 };
const EMPTY = 0x40;
/** A mutable i32 global, 0. */
const I32_ZERO = [0x7f, 1, OP.i32Const, 0, OP.end];
/** Export name of malloc in the pinned module. */
const MALLOC = 'w';
const BULK = 0xfc;

/**
 * `sections` is changed in place. Adds exports: `fuel` (i64, counts down), `depth` (i32), `table`, and `g0`… for every mutable global
 * (the stack pointer among them), so that a trapped instance can be put back.
 */
export function instrument(sections, { depthMax }) {
  const section = (id) => sections.find((candidate) => candidate.id === id);
  const imports = importCounts(section(SECTION.import).body);
  const types = readTypes(section(SECTION.type).body);
  const globals = vector(section(SECTION.global).body);
  const fuel = imports.globals + globals.count;
  const depth = fuel + 1;
  section(SECTION.global).body = Uint8Array.from([...leb(globals.count + 5), ...globals.entries, 0x7e, 1, OP.i64Const, ...sleb(9_007_199_254_740_991n), OP.end, ...I32_ZERO, ...I32_ZERO, 0x7f, 1, OP.i32Const, ...sleb(-1n), OP.end, ...I32_ZERO]);
  const memory = { word: depth + 1, limit: depth + 2, full: depth + 3 };
  const malloc = exportedFunction(section(SECTION.export).body, MALLOC) - imports.functions;
  addExports(section(SECTION.export), globals, { fuel, depth, memory });
  openTable(section(SECTION.table));

  const functionTypes = readFunctionTypes(section(SECTION.function).body);
  const code = section(SECTION.code);
  const reader = new Reader(code.body);
  const count = reader.u32();
  const bodies = [Uint8Array.from(leb(count))];
  const stats = { functions: count, loops: 0, bulk: 0, stores: 0, deep: 0 };
  for (let i = 0; i < count; i++) {
    const size = reader.u32();
    const body = rewriteFunction(reader.bytes.subarray(reader.at, reader.at + size), types[functionTypes[i]], { fuel, depth, depthMax, ...(i === malloc ? { memory } : {}) }, stats);
    bodies.push(Uint8Array.from(leb(body.length)), body);
    reader.skip(size);
  }
  code.body = concat(bodies);
  return stats;
}

function readFunctionTypes(body) {
  const reader = new Reader(body);
  return Array.from({ length: reader.u32() }, () => reader.u32());
}

function addExports(section, globals, { fuel, depth, memory }) {
  const exports = vector(section.body);
  const added = [text('fuel'), [3], leb(fuel), text('depth'), [3], leb(depth), text('table'), [1, 0], text('memory-word'), [3], leb(memory.word), text('memory-limit'), [3], leb(memory.limit), text('memory-full'), [3], leb(memory.full)];
  const reader = new Reader(globals.entries);
  let mutable = 0;
  for (let i = 0; i < globals.count; i++) {
    reader.byte();
    const isMutable = reader.byte() === 1;
    reader.byte();
    reader.skipLeb();
    reader.byte();
    if (isMutable) added.push(text(`g${mutable++}`), [3], leb(i));
  }
  section.body = Uint8Array.from([...leb(exports.count + 6 + mutable), ...exports.entries, ...added.flat()]);
}

function exportedFunction(body, name) {
  const reader = new Reader(body);
  for (let left = reader.u32(); left > 0; left--) {
    const found = reader.name();
    const kind = reader.byte();
    const index = reader.u32();
    if (found === name && kind === 0) return index;
  }
  throw new Error(`the module exports no function ${name}`);
}

/** Lets the host add one function to the table. */
function openTable(section) {
  const reader = new Reader(section.body);
  const count = reader.u32();
  const type = reader.byte();
  const flags = reader.byte();
  const min = reader.u32();
  if (count !== 1 || flags > 1) throw new Error('the module has another table than expected');
  section.body = Uint8Array.from([1, type, 0, ...leb(min)]);
}

const spend = ({ fuel }, cost) => [OP.globalGet, ...leb(fuel), ...cost, 0x7d, OP.globalSet, ...leb(fuel), OP.globalGet, ...leb(fuel), OP.i64Const, 0, 0x53, OP.if, EMPTY, OP.unreachable, OP.end];
const spendOne = (indices) => spend(indices, [OP.i64Const, 1]);

/** fuel -= length >> 6, keeping the length on the stack. */
function spendLength(indices, local) {
  return [OP.localSet, ...leb(local), ...spend(indices, [OP.localGet, ...leb(local), OP.i32Const, 6, 0x76, 0xad]), OP.localGet, ...leb(local)];
}

/** Traps, and says why, when more is allocated than may be. */
function checkMemory({ word, limit, full }) {
  return [OP.globalGet, ...leb(word), 0x28, 2, 0, OP.globalGet, ...leb(limit), 0x4b, OP.if, EMPTY, OP.i32Const, 1, OP.globalSet, ...leb(full), OP.unreachable, OP.end];
}

function enter({ depth, depthMax }) {
  return [OP.globalGet, ...leb(depth), OP.i32Const, 1, 0x6a, OP.globalSet, ...leb(depth), OP.globalGet, ...leb(depth), OP.i32Const, ...sleb(BigInt(depthMax)), 0x4b, OP.if, EMPTY, OP.unreachable, OP.end];
}
function leave({ depth }) {
  return [OP.globalGet, ...leb(depth), OP.i32Const, 1, 0x6b, OP.globalSet, ...leb(depth)];
}

function rewriteFunction(body, type, indices, stats) {
  const reader = new Reader(body);
  const groups = reader.u32();
  const localsFrom = reader.at;
  let locals = 0;
  for (let i = 0; i < groups; i++) {
    locals += reader.u32();
    reader.byte();
  }
  const firstLocal = type.params + locals;
  const codeFrom = reader.at;
  const marks = scan(reader);
  const calls = marks.some((mark) => mark.kind === 'call');
  const added = new Map();
  const local = (type, use) => {
    const key = `${use} ${type}`;
    if (!added.has(key)) added.set(key, { index: firstLocal + added.size, type });
    return added.get(key).index;
  };
  const out = [];
  const entry = [...(indices.memory === undefined ? [] : checkMemory(indices.memory)), ...spendOne(indices)];
  if (calls) {
    stats.deep++;
    if (type.results > 1) throw new Error('functions with several results are not expected');
    entry.push(...enter(indices), OP.block, type.result);
  }
  out.push(Uint8Array.from(entry));
  let from = codeFrom;
  const upTo = (at) => {
    out.push(body.subarray(from, at));
    from = at;
  };
  for (const mark of marks) {
    if (mark.kind === 'loop') {
      upTo(mark.after);
      out.push(Uint8Array.from(spendOne(indices)));
      stats.loops++;
    } else if (mark.kind === 'bulk') {
      upTo(mark.at);
      const length = local(0x7f, 'length');
      out.push(Uint8Array.from([...spendLength(indices, length), ...markRange(length, local)]));
      stats.bulk++;
    } else if (mark.kind === 'store') {
      upTo(mark.at);
      out.push(Uint8Array.from(markStore(mark, local)));
      stats.stores++;
    } else if (mark.kind === 'size') {
      upTo(mark.at);
      out.push(Uint8Array.from(guestSize));
      from = mark.after;
    } else if (mark.kind === 'return' && calls) {
      upTo(mark.at);
      out.push(Uint8Array.from([OP.br, ...leb(mark.nesting)]));
      from = mark.at + 1;
    }
  }
  upTo(body.length);
  if (calls) out.push(Uint8Array.from([...leave(indices), OP.end]));
  const declared = [...added.values()].flatMap((one) => [1, one.type]);
  return concat([Uint8Array.from(leb(groups + added.size)), body.subarray(localsFrom, codeFrom), Uint8Array.from(declared), ...out]);
}

/** Finds loops, returns, calls, stores and bulk memory instructions; knows the length of every instruction that the engine's module uses. */
function scan(reader) {
  const marks = [];
  let nesting = 0;
  const { bytes } = reader;
  while (reader.at < bytes.length) {
    const at = reader.at;
    const op = reader.byte();
    if (op === OP.block || op === OP.loop || op === OP.if) {
      const type = bytes[reader.at];
      if (type === EMPTY || (type >= 0x6f && type <= 0x7f)) reader.skip(1);
      else reader.skipLeb();
      nesting++;
      if (op === OP.loop) marks.push({ kind: 'loop', at, after: reader.at });
    } else if (op === OP.end) nesting--;
    else if (op === OP.return) marks.push({ kind: 'return', at, nesting });
    else if (op === 0x0c || op === 0x0d) reader.skipLeb();
    else if (op === 0x0e) {
      for (let left = reader.u32() + 1; left > 0; left--) reader.skipLeb();
    } else if (op === OP.call) {
      reader.skipLeb();
      marks.push({ kind: 'call', at });
    } else if (op === OP.callIndirect) {
      reader.skipLeb();
      reader.skipLeb();
      marks.push({ kind: 'call', at });
    } else if (op === BULK) {
      const sub = reader.u32();
      if (sub === 10) reader.skip(2);
      else if (sub === 11) reader.skip(1);
      else if (sub > 7) throw new Error(`bulk instruction ${sub} is not expected`);
      if (sub === 10 || sub === 11) marks.push({ kind: 'bulk', at });
    } else if (isStore(op)) marks.push({ kind: 'store', at, op, align: reader.u32(), offset: reader.u32() });
    else if (op === 0x3f) {
      reader.skip(1);
      marks.push({ kind: 'size', at, after: reader.at });
    } else skipOperands(reader, op);
  }
  return marks;
}

function skipOperands(reader, op) {
  if (op === 0x1c) reader.skip(reader.u32());
  else if (op >= 0x20 && op <= 0x26) reader.skipLeb();
  else if (op >= 0x28 && op <= 0x3e) {
    reader.skipLeb();
    reader.skipLeb();
  } else if (op === 0x3f || op === 0x40) reader.skip(1);
  else if (op === 0x41 || op === 0x42) reader.skipLeb();
  else if (op === 0x43) reader.skip(4);
  else if (op === 0x44) reader.skip(8);
  else if (op === 0xd0) reader.skip(1);
  else if (op === 0xd2) reader.skipLeb();
  else if (op >= 0xfd) throw new Error(`instruction 0x${op.toString(16)} is not expected`);
}
