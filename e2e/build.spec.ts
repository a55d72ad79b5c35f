/** From an empty cloud: the same small pipeline by mouse, and by keyboard alone; and files that make no sense. */
import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import type { App } from './fixtures.ts';

async function emptyCloud(app: App): Promise<void> {
  const { page } = app;
  await app.open();
  await page.getByRole('button', { name: 'Video pipeline' }).click();
  await page.getByRole('menuitem', { name: 'New, empty cloud' }).click();
  await expect(page.getByText('An empty cloud.')).toBeVisible();
}
const edge = (app: App, name: string) => app.page.getByRole('application', { name: 'Canvas' }).getByRole('group', { name: new RegExp(`^${name}`) });

test('a queue and a function are dragged in and joined by mouse', async ({ app, page }) => {
  await emptyCloud(app);
  const canvas = page.locator('.react-flow__pane');
  await page.getByRole('button', { name: 'Add SQS queue' }).dragTo(canvas, { targetPosition: { x: 260, y: 260 } });
  await expect(app.card('jobs')).toBeVisible();
  await page.getByRole('button', { name: 'Add Lambda function' }).dragTo(canvas, { targetPosition: { x: 760, y: 260 } });
  const fn = page.locator('.react-flow__node').nth(1);
  await expect(fn).toBeVisible();
  await app.card('jobs').hover();
  await page.locator('.react-flow__node').nth(0).locator('.react-flow__handle-right').dragTo(fn.locator('.react-flow__handle-left'));
  await expect(edge(app, 'jobs to .*: polls')).toBeAttached();
});

test('the same is built by keyboard alone, and undone', async ({ app, page }) => {
  await emptyCloud(app);
  await page.locator('body').press('q');
  await expect(app.card('jobs')).toBeFocused();
  await page.keyboard.press('l');
  await expect(page.locator('.react-flow__node')).toHaveCount(2);
  await app.card('jobs').focus();
  await page.keyboard.press('Enter');
  await app.card('jobs').focus();
  await page.keyboard.press('c');
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(edge(app, 'jobs to .*: polls')).toBeAttached();
  await app.card('jobs').focus();
  await page.keyboard.press('Control+z');
  await expect(edge(app, 'jobs to .*: polls')).toHaveCount(0);
});

test('a card added by key lies clear of the selected one, and the menu of C names what it can be connected to, and why not the rest', async ({ app, page }) => {
  await emptyCloud(app);
  await page.locator('body').press('l');
  await expect(app.card('worker')).toBeFocused();
  await page.getByRole('button', { name: 'Add DynamoDB table' }).click();
  await expect(app.card('orders')).toBeFocused();
  const [fn, table] = [(await app.card('worker').boundingBox())!, (await app.card('orders').boundingBox())!];
  expect(table.x - fn.x - fn.width).toBeGreaterThan(60);
  await page.getByRole('button', { name: 'Add SQS queue' }).click();
  await expect(app.card('jobs')).toBeFocused();
  await app.card('orders').focus();
  await page.keyboard.press('Enter');
  await app.card('orders').focus();
  await page.keyboard.press('c');
  // The stream is off: the reason and the way that there is. A queue cannot be reached at all: that can be read, and not chosen.
  await expect(page.getByRole('menuitem', { name: 'worker: reads' })).toContainText('The stream of the table is off.');
  const queue = page.getByRole('menuitem', { name: 'jobs' });
  await expect(queue).toHaveAttribute('aria-disabled', 'true');
  await expect(queue).toContainText(/connection/);
  await page.keyboard.press('End');
  await expect(queue).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(queue).toBeVisible();
  await page.keyboard.press('Home');
  await expect(page.getByRole('menuitem', { name: 'worker: reads' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(edge(app, 'worker to orders: reads')).toBeAttached();
});

test('messages lie over the canvas: no control of the inspector, the panel or the zoom bar is under them', async ({ app, page }) => {
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await app.open();
    await app.panel('Timeline');
    await app.inspect('jobs');
    await page.keyboard.press('Control+s');
    const toast = page.locator('.ui-toast');
    await expect(toast).toBeVisible();
    const at = (await toast.boundingBox())!;
    for (const other of [page.getByRole('complementary', { name: 'Inspector' }), page.getByRole('region', { name: 'Panel' }), page.locator('.canvas-zoom')]) {
      const box = (await other.boundingBox())!;
      expect(at.x >= box.x + box.width || box.x >= at.x + at.width || at.y >= box.y + box.height || box.y >= at.y + at.height).toBe(true);
    }
  }
});

test('an empty file and one that is too large are refused in words, with the limit', async ({ app }, info) => {
  await app.open();
  const empty = info.outputPath('empty.mp4');
  writeFileSync(empty, '');
  await app.upload(empty);
  await expect(app.toast(/empty\.mp4 is empty: 0 bytes/)).toBeVisible();
  const huge = info.outputPath('huge.mp4');
  writeFileSync(huge, '');
  truncateSync(huge, 2_200_000_000);
  await app.upload(huge);
  await expect(app.toast(/huge\.mp4 is 2\.2\sGB.*512 MB/)).toBeVisible({ timeout: 60_000 });
});

test("a setting out of AWS's range is refused at its field, with the range, and the old value stays", async ({ app, page }) => {
  await app.open();
  const inspector = await app.inspect('jobs');
  await inspector.getByRole('tab', { name: 'Settings' }).click();
  const field = inspector.getByLabel('Visibility timeout', { exact: false }).first();
  await field.fill('43201');
  await field.press('Enter');
  await expect(inspector.getByText(/SQS allows 0 to 43,200 s, which is 12 hours/).first()).toBeVisible();
  await expect(page.getByText('Template. Your first change makes a copy')).toBeVisible();
});

test("a table's stream is built from an empty cloud, and a change of an item is followed into the function that reads it", async ({ app, page }) => {
  await emptyCloud(app);
  await page.getByRole('button', { name: 'Add DynamoDB table' }).click();
  await expect(app.card('orders')).toBeFocused();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('tab', { name: 'Settings' }).click();
  await inspector.getByRole('combobox', { name: 'Stream' }).click();
  await page.getByRole('option', { name: 'NEW_IMAGE' }).click();
  await page.getByRole('button', { name: 'Add Lambda function' }).click();
  await expect(app.card('worker')).toBeFocused();
  await app.card('orders').focus();
  await page.keyboard.press('Enter');
  await app.card('orders').focus();
  await page.keyboard.press('c');
  await expect(page.getByRole('menuitem', { name: 'worker' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(edge(app, 'orders to worker: reads changes')).toBeAttached();
  await app.card('orders').focus();
  await page.keyboard.press('Enter');
  await inspector.getByRole('tab', { name: 'Write' }).click();
  await app.play();
  await inspector.getByRole('button', { name: 'Put into orders' }).click();
  await expect(app.card('worker')).toHaveAccessibleName(/all warm/);
  await inspector.getByRole('tab', { name: 'Items' }).click();
  await expect(inspector.getByText('Stream, NEW_IMAGE: 1 change')).toBeVisible();
  await inspector.getByRole('button', { name: 'Follow o-1' }).click();
  await expect(page.getByRole('region', { name: 'Steps of o-1' })).toContainText(/The stream of orders has the INSERT of o-1\..*worker/s);
  await app.card('worker').focus();
  await page.keyboard.press('Enter');
  await expect(inspector.getByText('reads changes of orders, batch 100')).toBeVisible();
});
