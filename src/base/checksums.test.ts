/** Checksums against their published check values: those of the text 123456789. */
import { describe, expect, it } from 'vitest';
import { base64Decode } from './base64.ts';
import { checksumOf } from './checksums.ts';
import { toHex } from './hash.ts';
import { utf8Encode } from './utf8.ts';

describe('checksums of 123456789', () => {
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('%s', (algorithm, hex) => expect(toHex(base64Decode(checksumOf(algorithm, utf8Encode('123456789'))))).toBe(hex));
});
