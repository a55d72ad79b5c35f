/** The page defends itself: a strict content policy that a whole run keeps to, from a plain static server without special headers. */
import { expect, test } from './fixtures.ts';

test('a whole run, code editor and player included, keeps to the strict policy; an inline script does not run', async ({ app, page, complaints }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}:${event.columnNumber} ${event.sample}`));
  });
  const response = page.waitForResponse((candidate) => candidate.url().endsWith('/') && candidate.ok());
  await app.open();
  const headers = (await response).headers();
  for (const name of ['cross-origin-opener-policy', 'cross-origin-embedder-policy', 'content-security-policy']) expect(headers[name]).toBeUndefined();
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(false);
  const policy = (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')) ?? '';
  const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src ')) ?? '';
  expect(scripts.trim().split(/\s+/).sort()).toEqual(["'self'", "'wasm-unsafe-eval'", 'script-src']);

  await app.panel('Code');
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 30_000 });
  await app.speed('Max');
  await app.play();
  await app.panel('Media');
  await page.getByRole('list', { name: 'Clips' }).getByRole('button', { name: /3 renditions/ }).first().click({ timeout: 60_000 });
  await expect(page.getByRole('figure').nth(1).locator('video')).toBeVisible();
  for (const panel of ['Logs', 'Metrics', 'Timeline'] as const) await app.panel(panel);
  await app.pause();
  expect(await app.fingerprint()).toMatch(/^[0-9a-f]{64}$/);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);

  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true;';
    document.head.append(script);
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="data:image/png;base64,AAAA" onerror="window.injected = true">';
    document.body.append(holder);
    setTimeout('window.injected = true', 0);
  });
  await expect.poll(() => page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual(expect.arrayContaining(['script-src-elem inline', 'script-src-attr inline', 'script-src eval'].map((start) => expect.stringMatching(`^${start} `))));
  expect(await page.evaluate(() => (window as { injected?: boolean }).injected)).toBeUndefined();
  const told = complaints.splice(0);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((line) => !/Content Security Policy/.test(line))).toEqual([]);
});
