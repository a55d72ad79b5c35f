/**
 * Gives QuickJS true allocation sizes. In the shipped module `malloc_usable_size` answers 0, so the memory limit counts eight bytes an
 * allocation. The function that the runtime calls for it (a slot of the function table) is replaced by one that reads dlmalloc's header.
 */
import { concat, importCounts, leb, Reader, SECTION } from './wasm-format.mjs';

/** Slot of `js_malloc_usable_size` in the table of the pinned module. */
export const USABLE_SIZE_SLOT = 150;

export function fixUsableSize(sections, slot = USABLE_SIZE_SLOT) {
  const section = (id) => sections.find((candidate) => candidate.id === id);
  const imports = importCounts(section(SECTION.import).body);
  const functionReader = new Reader(section(SECTION.function).body);
  const types = Array.from({ length: functionReader.u32() }, () => functionReader.u32());

  const element = new Reader(section(SECTION.element).body);
  if (element.u32() !== 1 || element.u32() !== 0 || element.byte() !== 0x41) throw new Error('the element section is not as expected');
  const offset = element.u32();
  element.byte();
  const functions = Array.from({ length: element.u32() }, () => element.u32());
  const old = functions[slot - offset];
  const added = imports.functions + types.length;
  functions[slot - offset] = added;
  section(SECTION.element).body = Uint8Array.from([1, 0, 0x41, ...leb(offset), 0x0b, ...leb(functions.length), ...functions.flatMap(leb)]);

  types.push(types[old - imports.functions]);
  section(SECTION.function).body = Uint8Array.from([...leb(types.length), ...types.flatMap(leb)]);

  // (pointer) => pointer === 0 ? 0 : (load32(pointer - 4) & ~7) - 4
  const body = [0, 0x20, 0, 0x45, 0x04, 0x7f, 0x41, 0, 0x05, 0x20, 0, 0x41, 4, 0x6b, 0x28, 2, 0, 0x41, 0x78, 0x71, 0x41, 4, 0x6b, 0x0b, 0x0b];
  const code = section(SECTION.code);
  const reader = new Reader(code.body);
  const count = reader.u32();
  code.body = concat([Uint8Array.from(leb(count + 1)), code.body.subarray(reader.at), Uint8Array.from([...leb(body.length), ...body])]);
}
