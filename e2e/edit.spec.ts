/** Code: what is typed runs in a fresh environment at the very next invocation; a mistake is told at its line. */
import { expect, test } from './fixtures.ts';
import type { App } from './fixtures.ts';

/** Replaces the text of the function's handler, as pasting over all of it does. */
async function write(app: App, text: string): Promise<void> {
  const { page } = app;
  await app.panel('Code');
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 30_000 });
  await page.evaluate((code) => {
    const { editor } = (globalThis as unknown as { monaco: { editor: { getModels(): { uri: { path: string }; setValue(text: string): void }[] } } }).monaco;
    editor.getModels().find((model) => model.uri.path.endsWith('/handler.mjs'))!.setValue(code);
  }, text);
}

async function logsWith(app: App, words: string): Promise<void> {
  await app.panel('Logs');
  await app.page.getByRole('searchbox').fill(words);
}

test('an edited handler runs at the next invocation, in an environment that starts cold for it', async ({ app, page }) => {
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await write(app, "console.log('loaded anew');\nexport const handler = async () => {\n  console.log('the new code runs');\n};\n");
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.speed('10×');
  await app.play();
  await logsWith(app, 'the new code runs');
  await expect(page.locator('.logs-line pre').filter({ hasText: 'the new code runs' }).first()).toBeVisible({ timeout: 30_000 });
  await app.pause();
  const request = /\t([0-9a-f-]{36})\t/.exec(await page.locator('.logs-line pre').filter({ hasText: 'the new code runs' }).first().innerText())?.[1] ?? 'no request';
  await page.getByRole('searchbox').fill(`REPORT RequestId: ${request}`);
  await expect(page.locator('.logs-line pre').filter({ hasText: request }).first()).toContainText('Init Duration');
});

test('a syntax error fails the invocation as Runtime.UserCodeSyntaxError and is marked at its line', async ({ app, page }) => {
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await write(app, 'export const handler = async () => {\n  return 1;\n  const = 3;\n};\n');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.speed('10×');
  await app.play();
  await logsWith(app, 'Runtime.UserCodeSyntaxError');
  await expect(page.locator('.logs-line pre').filter({ hasText: 'Runtime.UserCodeSyntaxError' }).first()).toBeVisible({ timeout: 30_000 });
  await app.pause();
  await app.panel('Code');
  await page.getByRole('tab', { name: /Problems/ }).click();
  await expect(page.getByText(/syntax error on line 3/).first()).toBeVisible();
});

test('an endless loop ends at its timeout and never stops the page from answering', async ({ app, page }) => {
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await write(app, 'export const handler = async () => {\n  for (;;);\n};\n');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.speed('Max');
  await app.play();
  await app.panel('Logs');
  await page.getByRole('searchbox').fill('Status: timeout');
  await expect(page.locator('.logs-line pre').filter({ hasText: /^REPORT .*Duration: 5000\.00 ms.*Status: timeout/s }).first()).toBeVisible({ timeout: 60_000 });
  const longest = await page.evaluate(async () => {
    let last = performance.now();
    let gap = 0;
    for (let i = 0; i < 60; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      gap = Math.max(gap, performance.now() - last);
      last = performance.now();
    }
    return gap;
  });
  expect(longest).toBeLessThan(2_000);
  await app.pause();
});
