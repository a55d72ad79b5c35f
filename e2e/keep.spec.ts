/** Nothing is lost: a reload in the middle of a transcode comes back with the scenario, what was done in the run, and the visitor's clip. */
import { expect, ownClip, test } from './fixtures.ts';

test("a reload while ffmpeg works brings the scenario and the visitor's own clip back without asking for it", async ({ app, page }, info) => {
  test.setTimeout(240_000);
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await app.upload(ownClip(info.outputPath('mine.mp4')));
  await expect(app.toast(/mine\.mp4 is on its way/)).toBeVisible();
  await app.play();
  await expect(page.getByText('Stands still: ffmpeg is working')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await page.reload();
  await expect(app.card('transcode')).toBeVisible();
  await expect(page.getByText('Saved in this browser')).toBeVisible();
  await app.speed('10×');
  await app.play();
  await expect(page.getByText('Stands still: ffmpeg is working')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/[Dd]rop it in/)).toHaveCount(0);
});
