/** What fails in the host or is broken off: the visitor's run goes on from where it was. */
import { App, expect, ownClip, test } from './fixtures.ts';

test('a simulation worker that dies in the middle of a run is replaced, and the run comes back with the same fingerprint', async ({ app, page }) => {
  await app.open();
  await app.speed('10×');
  await app.play();
  await expect(app.clock).toContainText(/00:(1[2-9]|[2-5]\d)\./, { timeout: 30_000 });
  await app.pause();
  const clock = (await app.clock.textContent()) ?? '';
  const before = await app.fingerprint();
  const [worker] = (await Promise.all(page.workers().map(async (each) => ({ each, name: await each.evaluate(() => (globalThis as { name?: string }).name) })))).filter(({ name }) => name === 'run');
  await worker!.each.evaluate(() => globalThis.close());
  // A minute in which nothing is heard of it, without waiting for one.
  await page.evaluate(() => {
    const real = performance.now.bind(performance);
    performance.now = () => real() + 61_000;
  });
  await expect(app.toast(/was started again/)).toBeVisible();
  await expect(app.clock).toHaveText(clock);
  await expect.poll(() => app.fingerprint()).toBe(before);
  await app.play();
  await expect(app.clock).not.toHaveText(clock);
  await app.pause();
});

test("ffmpeg is cancelled: the child ends with SIGKILL, the run goes on, and the message fails and comes back; a friend is asked for the clip by its bytes", async ({ app, page, browser }, info) => {
  test.setTimeout(240_000);
  const clip = ownClip(info.outputPath('mine.mp4'));
  await app.open();
  await app.upload(clip);
  await expect(app.toast(/mine\.mp4 is on its way/)).toBeVisible();
  const link = await app.link('This run');
  await app.play();
  const still = page.getByText('Stands still: ffmpeg is working');
  await expect(still).toBeVisible({ timeout: 60_000 });
  await page.locator('.banner-work').getByRole('button', { name: 'Cancel' }).click();
  await app.panel('Logs');
  await page.getByRole('searchbox').fill('SIGKILL');
  await expect(page.locator('.logs-line pre').filter({ hasText: 'SIGKILL' }).first()).toBeVisible({ timeout: 30_000 });
  await app.pause();
  // The message is hidden until its visibility timeout is over, then it is received again.
  await expect(app.card('jobs')).toHaveAccessibleName(/in flight|hidden/);

  const friend = await browser.newContext();
  try {
    const there = new App(await friend.newPage());
    await there.page.goto(link);
    await there.play();
    await expect(there.page.getByText(/This run needs mine\.mp4, 2\.5\sMB\. Drop it in/)).toBeVisible({ timeout: 30_000 });
    await there.page.getByRole('button', { name: 'Choose the file' }).click();
    await there.upload(clip);
    await expect(there.toast(/mine\.mp4 is recognised/)).toBeVisible();
    await expect(there.page.getByText(/This run needs/)).toBeHidden();
    await expect(there.page.getByText('Stands still: ffmpeg is')).toBeVisible({ timeout: 60_000 });
  } finally {
    await friend.close();
  }
});
