/** File names of a function. */
import { describe, expect, it } from 'vitest';
import { fileNameRefusal, freeFileName, handlerFile, languageOf } from './file-names.ts';

describe('file names', () => {
  it.each(['helper.mjs', 'lib/a.js', 'data.json', 'x.test.ts'])('takes %s', (name) => expect(fileNameRefusal(name, { taken: [] })).toBeNull());
  it.each([
    ['', 'A file needs a name.'],
    ['../up.mjs', 'Letters, digits'],
    ['a/../b.mjs', 'Letters, digits'],
    ['/var/x.mjs', 'Letters, digits'],
    ['notes.txt', 'Node runs'],
    ['handler.mjs', 'exists already'],
  ])('refuses %j', (name, words) => expect(fileNameRefusal(name, { taken: ['handler.mjs'] })).toContain(words));
  it('lets a file keep its name', () => expect(fileNameRefusal('handler.mjs', { taken: ['handler.mjs'], own: 'handler.mjs' })).toBeNull());
  it('refuses the file after the last that a document holds', () => {
    const taken = Array.from({ length: 50 }, (_, n) => `f${n}.mjs`);
    expect(fileNameRefusal('one-more.mjs', { taken })).toContain('at most 50 files');
  });
  it('finds a free name', () => expect(freeFileName(['helper.mjs', 'helper-2.mjs'])).toBe('helper-3.mjs'));
  it('knows the language', () => expect([languageOf('a.mjs'), languageOf('a.json'), languageOf('a')]).toEqual(['typescript', 'json', 'plaintext']));
  it('finds the file of a handler, and the first one when there is none', () => {
    expect(handlerFile('src/app.handler', ['other.mjs', 'src/app.ts'])).toBe('src/app.ts');
    expect(handlerFile('gone.handler', ['other.mjs'])).toBe('other.mjs');
    expect(handlerFile(undefined, [])).toBeUndefined();
  });
});
