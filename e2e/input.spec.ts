/** Input that nobody planned for: code without a handler, floods of logs, deep recursion, senseless connections, two tabs. Nothing freezes and nothing is lost. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, expect, test } from './fixtures.ts';

type Headless = { encodeLink(scenario: object): Promise<string> };

/** A design of functions that are each invoked once, as a link. */
async function functionsLink(codes: Readonly<Record<string, string>>): Promise<string> {
  const { encodeLink } = (await import(pathToFileURL(join(import.meta.dirname, '../dist/headless/coldstart.mjs')).href)) as Headless;
  const names = Object.keys(codes);
  const link = await encodeLink({
    base: {
      version: 1,
      name: 'Odd functions',
      startAt: '2026-01-01T00:00:00Z',
      seed: 1,
      nodes: names.map((name, i) => ({ id: name, service: 'lambda', config: { name, MemorySize: 1769, Timeout: 30 }, files: { 'index.mjs': codes[name]! }, position: { x: 320 * i, y: 0 } })),
      edges: [],
      stimuli: names.map((name, i) => ({ id: `call-${name}`, call: { service: 'lambda', operation: 'Invoke', input: { FunctionName: name, InvocationType: 'Event', Payload: '{}' } }, arrivals: { kind: 'list', atMs: [20_000 * (i + 1)] } })),
      faults: [],
    },
    inputs: [],
  });
  return link.startsWith('#') ? link : `#${link}`;
}

test('a missing handler, 300 calls deep and 10 MB of logs each end as on Lambda, and the page answers all the while', async ({ app, page }) => {
  await app.open(
    await functionsLink({
      lacking: 'export const other = 1;\n',
      deep: "const down = (n) => (n === 0 ? 0 : 1 + down(n - 1));\nexport const handler = async () => console.log(`went ${down(300)} deep`);\n",
      chatty: "const line = 'x'.repeat(999);\nexport const handler = async () => {\n  for (let i = 0; i < 10_000; i++) console.log(line);\n  console.log('said it all');\n};\n",
    }),
  );
  await page.evaluate(() => {
    const gaps = { longest: 0, last: performance.now() };
    Object.assign(window, { gaps });
    const look = (): void => {
      gaps.longest = Math.max(gaps.longest, performance.now() - gaps.last);
      gaps.last = performance.now();
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await app.panel('Logs');
  await app.speed('10×');
  await app.play();
  const line = (text: string | RegExp) => page.locator('.logs-line pre').filter({ hasText: text }).first();
  await expect(line(/Runtime\.HandlerNotFound.*index\.handler is undefined or not exported/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole('searchbox').fill('said it all');
  await expect(line('said it all')).toBeVisible({ timeout: 60_000 });
  await app.pause();
  await page.getByRole('searchbox').fill('went 300 deep');
  await expect(line('went 300 deep')).toBeVisible();
  await page.getByRole('searchbox').fill('xxx');
  await expect(page.locator('.logs-count')).toContainText(/^10,000 of 10,0\d\d lines/);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('list', { name: 'Log lines' }).or(page.locator('.logs-list')).first().hover();
  await page.mouse.wheel(0, -200_000);
  await expect(page.locator('.logs-line pre').first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { gaps: { longest: number } }).gaps.longest)).toBeLessThan(2_000);
});

test('a connection that makes no sense is refused with the reason and what to do instead', async ({ app, page }) => {
  await app.open();
  await app.card('jobs').hover();
  await app.card('jobs').locator('.react-flow__handle-right').dragTo(app.card('renditions').locator('.react-flow__handle-left'));
  await expect(app.toast('A queue does not push, and a bucket does not poll. Put a function between them.')).toBeVisible();
  await expect(page.locator('.react-flow__edge')).toHaveCount(7);
  await app.card('uploads').hover();
  await app.card('uploads').locator('.react-flow__handle-right').dragTo(app.card('renditions').locator('.react-flow__handle-left'));
  await expect(app.toast(/A bucket does not copy to another by itself here\. A function can/)).toBeVisible();
  await expect(page.locator('.react-flow__edge')).toHaveCount(7);
});

test('two tabs with the same scenario: the one that is behind is told, and either can be kept', async ({ app, page, context }) => {
  await app.open();
  await page.locator('body').press('b');
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  const second = new App(await context.newPage());
  await second.open();
  await expect(second.card('uploads-2')).toBeVisible();
  await second.page.locator('body').press('q');
  await expect(second.card('jobs-2')).toBeVisible();
  const told = page.locator('.banners').getByText('Two tabs have this open. The other one saved last.');
  await expect(told).toBeVisible();
  await page.getByRole('button', { name: 'Open what it saved' }).click();
  await expect(app.card('jobs-2')).toBeVisible();
  await expect(told).toBeHidden();
  // Both change: each keeps its own on the screen until somebody chooses.
  await second.page.locator('body').press('Escape');
  await second.page.locator('body').press('l');
  await expect(second.card('worker')).toBeVisible();
  await expect(told).toBeVisible();
  await expect(app.card('jobs-2')).toBeVisible();
  await page.getByRole('button', { name: 'Keep this one' }).click();
  await expect(told).toBeHidden();
  await expect(second.page.locator('.banners').getByText('Two tabs have this open. The other one saved last.')).toBeVisible();
  await expect(second.card('worker')).toBeVisible();
  await page.reload();
  await expect(app.card('jobs-2')).toBeVisible();
  await expect(app.card('worker')).toHaveCount(0);
});

test('a run that reaches the bound of its trace ends there, says so, and can be looked back over', async ({ app, page }) => {
  // The page as it is, with a bound that is reached in seconds.
  await page.route(/assets\/.*worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    const code = await response.text();
    await route.fulfill({ response, body: code.replace(/traceEventsMax:2e6/g, 'traceEventsMax:400') });
  });
  await app.open();
  await app.speed('Max');
  await app.play();
  await expect(page.locator('.banners').getByText(/The run ends here: /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('contentinfo', { name: 'Time' }).getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'To the start' }).click();
  await expect(app.clock).toContainText('00:00.0');
});
