/** Reads and writes the parts of the WebAssembly binary format that the rewrite touches. */

export const SECTION = { type: 1, import: 2, function: 3, table: 4, memory: 5, global: 6, export: 7, element: 9, code: 10 };

/** Walks over bytes with LEB128 numbers. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** Unsigned LEB128, up to 2^53. */
  u32() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }
  /** Passes over a LEB128 number of any size and sign. */
  skipLeb() {
    while (this.bytes[this.at++] & 0x80);
  }
  skip(count) {
    this.at += count;
  }
  name() {
    const length = this.u32();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}

export function leb(value) {
  const bytes = [];
  do {
    let byte = value % 128;
    value = Math.floor(value / 128);
    if (value > 0) byte |= 128;
    bytes.push(byte);
  } while (value > 0);
  return bytes;
}

/** Signed LEB128 of a BigInt. */
export function sleb(value) {
  const bytes = [];
  for (;;) {
    const byte = Number(value & 127n);
    value >>= 7n;
    if ((value === 0n && !(byte & 64)) || (value === -1n && byte & 64)) {
      bytes.push(byte);
      return bytes;
    }
    bytes.push(byte | 128);
  }
}

export function text(value) {
  const bytes = new TextEncoder().encode(value);
  return [...leb(bytes.length), ...bytes];
}

/** `[{ id, body }]` in order. */
export function readSections(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const length = reader.u32();
    sections.push({ id, body: bytes.subarray(reader.at, reader.at + length) });
    reader.skip(length);
  }
  return sections;
}

export function writeSections(header, sections) {
  const parts = [header];
  for (const { id, body } of sections) parts.push(Uint8Array.from([id, ...leb(body.length)]), body);
  return concat(parts);
}

export function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A vector section: its count and where the entries begin. */
export function vector(body) {
  const reader = new Reader(body);
  const count = reader.u32();
  return { count, entries: body.subarray(reader.at) };
}

/** How many functions and globals are imported. */
export function importCounts(body) {
  const reader = new Reader(body);
  const counts = { functions: 0, globals: 0, functionTypes: [] };
  for (let left = reader.u32(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) {
      counts.functions++;
      counts.functionTypes.push(reader.u32());
    } else if (kind === 1) {
      reader.byte();
      skipLimits(reader);
    } else if (kind === 2) skipLimits(reader);
    else {
      reader.skip(2);
      counts.globals++;
    }
  }
  return counts;
}

function skipLimits(reader) {
  const flags = reader.byte();
  reader.u32();
  if (flags & 1) reader.u32();
}

/** `[{ params, results }]`: counts and the first result type. */
export function readTypes(body) {
  const reader = new Reader(body);
  const types = [];
  for (let left = reader.u32(); left > 0; left--) {
    reader.byte();
    const params = reader.u32();
    reader.skip(params);
    const results = reader.u32();
    types.push({ params, results, result: results > 0 ? reader.bytes[reader.at] : 0x40 });
    reader.skip(results);
  }
  return types;
}
