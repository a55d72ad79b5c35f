/** Accessibility by axe: no serious or critical finding in any state of the page, dark and light, wide and narrow. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Findings that hinder somebody, in words that say where. Inside Monaco only what is around the code counts: its inside is its makers'. */
async function findings(page: Page, state: string, within: string, coloursOnly: boolean): Promise<readonly string[]> {
  // There are no frames to look into, for which axe would open a page of its own each time; and nothing is said of what passes.
  const axe = new AxeBuilder({ page }).setLegacyMode().include(within).exclude('.monaco-editor').options({ resultTypes: ['violations'] });
  const { violations } = await (coloursOnly ? axe.withRules(['color-contrast']) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${state}: ${id} (${help}) at ${node.target.join(' ')} ${node.html.slice(0, 160)}`));
}

test.use({ colorScheme: 'dark', reducedMotion: 'reduce' });

/** Looks at the whole page, or at what is new in it. Names, roles and order are the same in both themes: in light only the colours are looked at. */
function looker(page: Page): { readonly found: readonly string[]; readonly look: (state: string, within?: string) => Promise<void> } {
  const found: string[] = [];
  const look = async (state: string, within = 'html'): Promise<void> => {
    found.push(...(await findings(page, `${state}, dark`, within, false)));
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    found.push(...(await findings(page, `${state}, light`, within, true)));
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  };
  return { found, look };
}

test('no state of a run has a serious finding, dark or light', async ({ app, page }) => {
  test.setTimeout(240_000);
  const { found, look } = looker(page);
  await app.open();
  await expect(app.clock).toContainText('00:06.9', { timeout: 60_000 });
  await look('first open');
  await app.speed('10×');
  await app.play();
  await expect(app.card('jobs-dlq')).toHaveAccessibleName(/dead-letter queue. \d+ message/, { timeout: 60_000 });
  await look('running');
  await app.pause();
  await app.inspect('jobs-dlq');
  await page.getByRole('complementary', { name: 'Inspector' }).locator('summary').first().click();
  await look('dead letters', '.side');
  await app.inspect('transcode');
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('tab', { name: 'Settings' }).click();
  await look('settings', '.side');
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('PageDown');
  await expect(page.getByText('You are in the past.')).toBeVisible();
  await look('in the past');
  for (const panel of ['Timeline', 'Code', 'Logs', 'Metrics', 'Media'] as const) {
    await app.panel(panel);
    if (panel === 'Code') await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 30_000 });
    await look(panel, '.bottom');
  }
  expect(found).toEqual([]);
});

test('no dialog, lesson or narrow page has a serious finding, dark or light', async ({ app, page }) => {
  test.setTimeout(240_000);
  const { found, look } = looker(page);
  await app.open();
  for (const [name, state] of [['Share', 'share'], ['Find', 'find']] as const) {
    await page.getByRole('banner').getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(state, '[role=dialog]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: 'Video pipeline' }).click();
  await page.getByRole('menuitem', { name: 'Open a template or a saved one' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('gallery', '[role=dialog]');
  await page.keyboard.press('Escape');
  await page.getByRole('banner').getByRole('button', { name: 'Lessons' }).click();
  await expect(page.getByRole('complementary', { name: /Lesson/ })).toBeVisible();
  await look('lessons', '.lesson-place');
  await page.setViewportSize({ width: 390, height: 844 });
  await look('390 px, lessons');
  await page.goto('./');
  await app.open();
  await look('390 px');
  expect(found).toEqual([]);
});
