/** A lesson, played: 18 with one wrong attempt on the way to its stars. */
import { expect, test } from './fixtures.ts';

test('lesson 18 refuses a destination without its permission, says why, and gives its stars when it is mended', async ({ app, page }) => {
  test.setTimeout(100_000);
  await app.open();
  await page.getByRole('button', { name: 'Lessons' }).first().click();
  await page.getByRole('button', { name: /When it never works/ }).click();
  const lesson = page.getByRole('region', { name: /Lesson: / });
  await lesson.getByRole('button', { name: 'Do', exact: true }).click();
  await lesson.getByRole('button', { name: 'Nudge' }).click();
  await lesson.getByRole('button', { name: 'Ghost' }).click();
  await lesson.getByRole('button', { name: 'Add it' }).click();

  const edge = page.getByRole('application', { name: 'Canvas' }).getByRole('group', { name: /on failure|failures/i });
  await edge.focus();
  await page.keyboard.press('Enter');
  const permission = page.getByRole('complementary', { name: 'Inspector' }).getByRole('switch').first();
  await permission.click();
  await lesson.getByRole('button', { name: 'Run from the start' }).click();
  const kept = lesson.locator('[data-check="kept"]');
  await expect(kept).toHaveAttribute('data-state', 'failed', { timeout: 60_000 });
  await expect(kept).toContainText('the role may not sqs:SendMessage');

  await permission.click();
  await lesson.getByRole('button', { name: 'Run from the start' }).click();
  await expect(lesson.getByText(/holds on all five seeds/)).toBeVisible({ timeout: 120_000 });
  await expect(lesson.getByRole('img', { name: /2 (of 3 )?stars|two stars/i }).last()).toBeVisible();
});
