import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSha256, md5Hex, sha256Bytes, sha256Hex, toHex } from './hash.ts';

describe('hashes', () => {
  it('gives the published values', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(md5Hex('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(sha256Bytes('abc')).toHaveLength(32);
  });

  it('agrees with Node on text and bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array(), (text, bytes) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
        expect(md5Hex(bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
      { seed: 1 },
    );
  });

  it('hashes in pieces what it hashes at once, and goes on after a look', () => {
    const hash = createSha256().update('cold');
    expect(hash.hex()).toBe(sha256Hex('cold'));
    expect(hash.update('start').hex()).toBe(sha256Hex('coldstart'));
  });
});
