import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from './hash.ts';
import { unzipText, zipText } from './zip.ts';

const files = { 'index.mjs': 'export const handler = async () => "é";\n', 'lib/util.mjs': 'export {};\n' };

describe('zip', () => {
  it('gives back the files', () => {
    expect(unzipText(zipText(files))).toEqual(files);
    expect(unzipText(Uint8Array.of(1, 2, 3))).toBeUndefined();
  });

  it('has the same bytes in every time zone', () => {
    const here = sha256Hex(zipText(files));
    const script = `import('fflate').then(({ zipSync, strToU8 }) => { const mtime = new Date(2026, 0, 1); const zip = zipSync(Object.fromEntries(Object.entries(${JSON.stringify(files)}).map(([n, t]) => [n, strToU8(t)])), { mtime, level: 6 }); console.log(require('node:crypto').createHash('sha256').update(zip).digest('hex')); })`;
    for (const TZ of ['UTC', 'Asia/Kolkata', 'America/Los_Angeles']) {
      expect(execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' }).trim(), TZ).toBe(here);
    }
  });
});
