/** The main job: a clip through bucket, bus, queue and function to renditions that play. */
import { expect, ownClip, test } from './fixtures.ts';

const heights = [1080, 720, 480];

test("a visitor's own clip comes back as three renditions that the browser plays at their heights", async ({ app, page }, info) => {
  test.setTimeout(240_000);
  await app.open();
  await app.upload(ownClip(info.outputPath('mine.mp4')));
  await expect(app.toast(/mine\.mp4 is on its way/)).toBeVisible();
  await app.play();
  await expect(page.getByText('Stands still: ffmpeg is working')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('list', { name: 'Clips' }).getByRole('button', { name: /mine\.mp4.*3 renditions/ })).toBeVisible({ timeout: 200_000 });
  await app.pause();
  await page.getByRole('list', { name: 'Clips' }).getByRole('button', { name: /mine\.mp4/ }).click();
  const figures = page.getByRole('region', { name: 'mine.mp4 and its renditions' }).getByRole('figure');
  await expect(figures).toHaveCount(4);
  for (const [i, height] of heights.entries()) {
    const video = figures.nth(i + 1).locator('video');
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoHeight)).toBe(height);
    await video.evaluate((element: HTMLVideoElement) => {
      element.muted = true;
      return element.play();
    });
    await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.2);
  }
  const download = page.waitForEvent('download');
  await figures.nth(3).getByRole('button', { name: /Download/ }).click();
  expect((await download).suggestedFilename()).toBe('mine-480p.mp4');
});
