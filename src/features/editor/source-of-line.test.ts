/** From a printed line back to its statement. */
import { describe, expect, it } from 'vitest';
import { sourceOfLine } from './source-of-line.ts';

const files = { 'handler.mjs': "import x from 'y';\nexport const handler = async () => {\n  console.log(`${name} is ready`);\n  console.error('no moov atom', 3);\n};\n", 'b.mjs': "console.log('hi');\n" };

describe('source of a line', () => {
  it('finds a template by its fixed words', () => expect(sourceOfLine('…\tINFO\tdog-720p.mp4 is ready', files)).toEqual({ file: 'handler.mjs', line: 3 }));
  it('finds a text', () => expect(sourceOfLine('…\tERROR\tno moov atom 3', files)).toEqual({ file: 'handler.mjs', line: 4 }));
  it('does not guess by two letters', () => expect(sourceOfLine('…\tINFO\thi', files)).toBeNull());
  it('does not guess between two places', () => expect(sourceOfLine('x is ready', { ...files, 'c.mjs': "\nconsole.info('is ready')" })).toBeNull());
});
