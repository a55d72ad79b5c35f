/** A clip that is none: fails, comes back, and is a dead letter after exactly the set number of receives; read there, and sent back. */
import { writeFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { App } from './fixtures.ts';

/** The letter of a key in the dead-letter queue, unfolded. Waits for it. */
async function letterOf(app: App, key: string): Promise<Locator> {
  const inspector = await app.inspect('jobs-dlq');
  const line = inspector.locator('.ui-fold').filter({ hasText: key });
  await expect(line).toHaveCount(1, { timeout: 60_000 });
  await app.pause();
  if ((await line.getAttribute('open')) === null) await line.locator('summary').click();
  return line;
}

for (const receives of [3, 2]) {
  test(`a text named .mp4 fails in the handler, not in the page, and is a dead letter after exactly ${receives} receives; redriven, it arrives back`, async ({ app, page }, info) => {
    const broken = info.outputPath('torn.mp4');
    writeFileSync(broken, 'this is a text with the name of a film');
    await app.open();
    if (receives !== 3) {
      await page.getByRole('group', { name: /^jobs to jobs-dlq: after 3 receives/ }).press('Enter');
      const field = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Maximum receives').first();
      await field.fill(String(receives));
      await field.press('Enter');
      await expect(page.getByRole('group', { name: `jobs to jobs-dlq: after ${receives} receives` })).toBeAttached();
    }
    await app.upload(broken);
    await expect(app.toast(/torn\.mp4 is on its way/)).toBeVisible();
    await app.speed('Max');
    await app.play();
    const letter = await letterOf(app, 'torn.mp4');
    await expect(letter.getByText(`${receives} times`, { exact: true })).toBeVisible();
    await expect(letter.getByRole('list', { name: /got here/ }).getByText(/hands out/)).toHaveCount(receives);
    await expect(letter.getByText(/"key": "in\/torn\.mp4"/)).toBeVisible();
    await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Redrive to jobs' }).click();
    await app.play();
    await expect(page.getByText(/Redrive done: (\d+) of \1 messages? moved/)).toBeVisible();
    await app.pause();
  });
}
