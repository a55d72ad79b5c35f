/** One truth: the same link gives the same trace in another profile and in Node, byte for byte. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, App, test } from './fixtures.ts';
import { loaded } from '../src/runner/testing.ts';

interface Headless {
  readonly encodeLink: (scenario: object) => Promise<string>;
  readonly decodeLink: (link: string) => Promise<object>;
  readonly runScenario: (scenario: object, o: { readonly untilMs: number }) => Promise<{ readonly hash: string; readonly trace: readonly { readonly kind: string }[] }>;
}
const headless = (): Promise<Headless> => import(pathToFileURL(join(import.meta.dirname, '../dist/headless/coldstart.mjs')).href) as Promise<Headless>;

test("a link opened in a fresh profile shows the same moment with the sender's fingerprint, and Node computes it too", async ({ app, browser }) => {
  test.setTimeout(240_000);
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  const sent = await app.fingerprint();
  const link = await app.link('This run');
  expect(link.slice(link.indexOf('#') + 1).length).toBeLessThanOrEqual(1_900);
  const friend = await browser.newContext();
  try {
    const there = new App(await friend.newPage());
    await there.page.goto(link);
    await expect(there.clock).toContainText('00:06.9', { timeout: 60_000 });
    await expect(there.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    expect(await there.fingerprint()).toBe(sent);
  } finally {
    await friend.close();
  }
  const { decodeLink, runScenario } = await headless();
  const { hash } = await runScenario(await decodeLink(link.slice(link.indexOf('#'))), { untilMs: 6_900 });
  expect(hash).toBe(sent);
});

test('random arrivals, start times drawn from a log-normal and a schedule with a time zone give the same trace in Chromium as in Node', async ({ app, page }) => {
  const { encodeLink, runScenario } = await headless();
  const place = { x: 0, y: 320 };
  const nodes = [
    { id: 'nine', service: 'scheduler', config: { name: 'weekdays-at-nine', ScheduleExpression: 'cron(0 9 ? * MON-FRI *)', ScheduleExpressionTimezone: 'Europe/Berlin' }, position: place },
    { id: 'report', service: 'lambda', config: { name: 'report' }, files: { 'index.mjs': 'export const handler = async () => ({ at: new Date().toISOString() });' }, position: { x: 320, y: 320 } },
  ];
  const call = { id: 'call', from: 'nine', to: 'report', port: 'scheduler.target', config: {}, grant: true };
  // Five seconds before nine in Berlin on the last Friday of winter time.
  const scenario = { base: { ...loaded.base, startAt: '2026-03-27T07:59:55Z', nodes: [...loaded.base.nodes, ...nodes], edges: [...loaded.base.edges, call] }, inputs: [] };
  const link = await encodeLink(scenario);
  await app.open(link.startsWith('#') ? link : `#${link}`);
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('PageUp');
  await expect(app.clock).toContainText('00:10.0');
  const { hash, trace } = await runScenario(scenario, { untilMs: 10_000 });
  expect(trace.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['scheduler.ScheduleFired', 'lambda.InvocationSucceeded', 'sqs.MessageSent']));
  expect(await app.fingerprint()).toBe(hash);
});

test('a link that is cut short is told, and the scenario here is untouched', async ({ app, page }) => {
  await app.open();
  const link = await app.link('This run');
  const before = await page.getByRole('button', { name: 'Video pipeline' }).count();
  await page.goto(`${link.slice(0, -40)}`);
  await expect(page.getByText(/This link is cut short/).first()).toBeVisible();
  await expect(page.getByText(/has not been touched/).first()).toBeVisible();
  expect(await page.getByRole('button', { name: 'Video pipeline' }).count()).toBe(before);
});
