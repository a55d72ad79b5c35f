/** Load and faults: written in the inspector, seen in the run, carried by a link. */
import { expect, App, test } from './fixtures.ts';

test('load and a fault are added in the inspector; the run shows the arrivals and the injected failure, and a link carries both', async ({ app, browser, page }) => {
  await app.open();
  await page.getByRole('button', { name: 'Video pipeline' }).first().click();
  await page.getByRole('menuitem', { name: 'New, empty cloud' }).click();
  await page.keyboard.press('l');
  const inspector = await app.inspect('worker');
  await inspector.getByRole('tab', { name: 'Load and faults' }).click();

  await inspector.getByRole('button', { name: 'Add load' }).click();
  const load = inspector.getByRole('group', { name: 'Load' });
  await expect(load.getByRole('combobox', { name: 'Arrivals' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Burst' }).click();
  await load.getByLabel('How many').fill('0');
  await load.getByLabel('How many').press('Enter');
  await expect(load.getByText('From 1 to 100,000.')).toBeVisible();
  await load.getByLabel('How many').fill('3');
  await load.getByLabel('How many').press('Enter');
  await load.getByLabel('Event', { exact: true }).fill('{"order": ');
  await load.getByLabel('Event', { exact: true }).blur();
  await expect(load.getByText(/^This is no JSON: /)).toBeVisible();
  await load.getByLabel('Event', { exact: true }).fill('{"order": "{{n}}"}');
  await load.getByLabel('Event', { exact: true }).blur();
  await expect(load.getByText('Burst, 3 invocations at 0\u00a0s')).toBeVisible();

  await inspector.getByRole('button', { name: 'Add a fault' }).click();
  const faults = inspector.getByRole('group', { name: 'Faults' });
  await expect(faults.getByText('Throws, at every call, from 0\u00a0s to 60\u00a0s')).toBeVisible();
  await expect(app.card('worker')).toHaveAccessibleName(/Load comes here by itself\. Faults strike here/);

  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('PageUp');
  await expect(load.getByText('3 so far.')).toBeVisible();
  await expect(app.card('worker')).toHaveAccessibleName(/3 errors/);
  await inspector.getByRole('tab', { name: 'Invocations' }).click();
  await expect(inspector.getByText(/^Last error, .*InjectedFault: The scenario makes this invocation fail/)).toBeVisible();

  const sent = await app.fingerprint();
  const friend = await browser.newContext();
  try {
    const there = new App(await friend.newPage());
    await there.page.goto(await app.link('This run'));
    await expect(there.card('worker')).toHaveAccessibleName(/3 errors.*Faults strike here/);
    expect(await there.fingerprint()).toBe(sent);
  } finally {
    await friend.close();
  }

  await inspector.getByRole('tab', { name: 'Load and faults' }).click();
  await faults.getByRole('button', { name: /^Remove Throws/ }).click();
  await expect(faults.getByRole('button', { name: 'Add a fault' })).toBeFocused();
  await expect(app.card('worker')).not.toHaveAccessibleName(/Faults/);
  await page.keyboard.press('Control+z');
  await expect(faults.getByText(/^Throws, at every call/)).toBeVisible();
});
