/** Cuts a line that is too long for one log event into pieces that fit. */
import { utf8ByteLength } from '../../../base/utf8.ts';

/** Most bytes that one code unit takes in UTF-8. */
const UNIT_BYTES_MAX = 3;

/** The line in pieces of at most so many bytes of UTF-8, cut between characters; a line that fits stays whole. */
export function piecesOf(line: string, bytesMax: number): readonly string[] {
  if (line.length * UNIT_BYTES_MAX <= bytesMax || utf8ByteLength(line) <= bytesMax) return [line];
  const pieces: string[] = [];
  let [from, bytes, at] = [0, 0, 0];
  while (at < line.length) {
    const code = line.codePointAt(at)!;
    const size = code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
    if (bytes + size > bytesMax) {
      pieces.push(line.slice(from, at));
      [from, bytes] = [at, 0];
    }
    bytes += size;
    at += code < 0x1_00_00 ? 1 : 2;
  }
  return [...pieces, line.slice(from)];
}
