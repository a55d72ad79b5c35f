/** Links that were made to harm, or by a newer version: a clear message, the visitor's own work untouched, and nothing runs by itself. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './fixtures.ts';
import { loaded } from '../src/runner/testing.ts';

/** A link with a right length and checksum around any text. */
function forged(text: string): string {
  const body = Buffer.concat([Buffer.of(0), deflateRawSync(Buffer.from(text))]);
  const length = Buffer.alloc(3);
  length.writeUIntBE(body.length, 0, 3);
  return `#s=1.${Buffer.concat([length, createHash('sha256').update(body).digest().subarray(0, 4), body]).toString('base64url')}`;
}
const withBase = (more: object): string => forged(JSON.stringify({ ...loaded, base: { ...loaded.base, ...more } }));
const polluted = JSON.stringify(loaded).replace('{"base":{', '{"__proto__":{"polluted":"yes"},"base":{"__proto__":{"polluted":"yes"},');

const links: readonly (readonly [what: string, link: string, told: RegExp])[] = [
  ['a zip bomb of 200 MB', forged(' '.repeat(100_000_000)), /holds more than a scenario can/],
  ['endless text', `#s=1.${'A'.repeat(300_000)}`, /holds more than a scenario can/],
  ['no JSON', forged('{"base":'), /holds no scenario that can be used/],
  ['another version of the document', withBase({ version: 99 }), /made by a newer Coldstart/],
  ['another codec', '#s=9.AAAA', /made by a newer Coldstart/],
  ['a prototype', forged(polluted), /holds no scenario that can be used/],
];

test("hostile, broken and newer links are told in words, and the visitor's own work stays as it was", async ({ app, page }) => {
  await app.open();
  await page.locator('body').press('b');
  await expect(app.card('uploads-2')).toBeVisible();
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  const own = await page.evaluate(() => localStorage.getItem('coldstart.scenario'));
  for (const [what, link, told] of links) {
    await test.step(what, async () => {
      await page.evaluate((hash) => (window.location.hash = hash), link);
      const banner = page.locator('.banners').getByText(told);
      await expect(banner).toBeVisible();
      await expect(app.card('uploads-2')).toBeVisible();
      expect(await page.evaluate(() => ({}) as { polluted?: string })).toEqual({});
      expect(await page.evaluate(() => localStorage.getItem('coldstart.scenario'))).toBe(own);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(banner).toBeHidden();
    });
  }
  // The same as the first thing that the page sees.
  await page.goto('about:blank');
  await page.goto(`./${links[3]![1]}`);
  await expect(page.getByText(/made by a newer Coldstart/)).toBeVisible();
  await expect(app.card('uploads-2')).toBeVisible();
});

test('script in the texts of a link is text, and opening a link runs nothing until play', async ({ app, page }) => {
  const { encodeLink } = (await import(pathToFileURL(join(import.meta.dirname, '../dist/headless/coldstart.mjs')).href)) as { encodeLink(scenario: object): Promise<string> };
  const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const link = await encodeLink({
    ...loaded,
    base: { ...loaded.base, name: evil, nodes: [...loaded.base.nodes, { id: 'fn', service: 'lambda', config: { name: 'fn' }, files: { 'index.mjs': `export const handler = async () => '${evil}';` }, position: { x: 400, y: 0 } }] },
  });
  await app.open(link.startsWith('#') ? link : `#${link}`);
  await expect(page.getByRole('button', { name: evil })).toBeVisible();
  await expect(page.getByText('Opened from a link. Nothing runs until you press play')).toBeVisible();
  await expect(app.clock).toContainText('00:00.0');
  await app.panel('Code');
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 30_000 });
  await expect(app.clock).toContainText('00:00.0');
  await expect(page.getByRole('contentinfo', { name: 'Time' }).getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await app.play();
  await expect(app.clock).not.toContainText('00:00.0');
  await app.pause();
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
});
