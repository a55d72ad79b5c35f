/** For those who want less motion, and those who listen: tokens do not travel, and what happens is still told. */
import type { Page } from '@playwright/test';
import { App, expect, test } from './fixtures.ts';

/** How many different pictures of the tokens are seen while one is on its way, at a twentieth of the speed. */
async function picturesOfOneTravel(page: Page): Promise<number> {
  const app = new App(page);
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await page.locator('body').press('Home');
  await expect(app.clock).toContainText('00:00.0');
  await app.speed('1/20');
  const drawn = (): Promise<boolean> =>
    page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const canvas = document.querySelector<HTMLCanvasElement>('.canvas-tokens')!;
      return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0);
    });
  for (let i = 0; i < 80 && !(await drawn()); i++) await page.locator('body').press('.');
  expect(await drawn()).toBe(true);
  await app.play();
  return page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.canvas-tokens')!;
    const seen = new Set<string>();
    for (let i = 0; i < 16; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      seen.add(canvas.toDataURL());
    }
    return seen.size;
  });
}

test('tokens travel; with reduced motion they stand, and a live region tells the run', async ({ page, browser }) => {
  expect(await picturesOfOneTravel(page)).toBeGreaterThan(4);
  const calm = await browser.newContext({ reducedMotion: 'reduce' });
  try {
    const still = await calm.newPage();
    expect(await picturesOfOneTravel(still)).toBeLessThanOrEqual(3);
    const app = new App(still);
    await app.pause();
    await app.speed('10×');
    await still.getByRole('button', { name: 'Continue from here' }).click();
    await app.play();
    await expect(still.locator('[role="status"][aria-live="polite"]').filter({ hasText: /dog\.mp4|transcode|jobs/ }).first()).toBeAttached({ timeout: 30_000 });
  } finally {
    await calm.close();
  }
});
