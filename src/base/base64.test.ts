import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Decode, base64Encode, base64UrlEncode } from './base64.ts';

describe('base64', () => {
  it('agrees with Node in both alphabets and reads both back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const node = Buffer.from(bytes);
        expect(base64Encode(bytes)).toBe(node.toString('base64'));
        expect(base64UrlEncode(bytes)).toBe(node.toString('base64url'));
        expect(base64Decode(base64Encode(bytes))).toEqual(bytes);
        expect(base64Decode(base64UrlEncode(bytes))).toEqual(bytes);
      }),
      { seed: 1 },
    );
  });

  it.each(['a', 'ab=c', 'a===', 'YQ=', '=', 'Y Q=', 'Yé', 'YR=='])('refuses %j', (text) => {
    expect(() => base64Decode(text)).toThrow(SyntaxError);
  });
});
