import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8ByteLength, utf8Decode, utf8Encode } from './utf8.ts';

describe('UTF-8', () => {
  it('encodes any string as the host does, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        expect(utf8Encode(text)).toEqual(new TextEncoder().encode(text));
        expect(utf8ByteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
      { numRuns: 500, seed: 1 },
    );
    expect([...utf8Encode('a€😀\ud800')]).toEqual([0x61, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xef, 0xbf, 0xbd]);
  });

  it('decodes any bytes as the host does, ill-formed ones included', () => {
    const host = new TextDecoder('utf-8', { ignoreBOM: true });
    const suspicious = fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.array(suspicious, { maxLength: 12 }).map((b) => Uint8Array.from(b))), (bytes) => {
        expect(utf8Decode(bytes)).toBe(host.decode(bytes));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it('survives a long text', () => {
    const text = 'päivää 😀 '.repeat(20_000);
    expect(utf8Decode(utf8Encode(text))).toBe(text);
  });
});
