/** The whole pipeline from an empty cloud: once by mouse, once by keyboard alone; then a clip goes through it. */
import { expect, ownClip, test } from './fixtures.ts';
import type { App } from './fixtures.ts';
import type { Locator } from '@playwright/test';

/** One rendition is enough to show that the way is whole. */
const HANDLER = `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
const s3 = new S3Client({});
export const handler = async (event) => {
  for (const record of event.Records) {
    const { detail } = JSON.parse(record.body);
    const clip = await s3.send(new GetObjectCommand({ Bucket: detail.bucket.name, Key: detail.object.key }));
    writeFileSync('/tmp/clip.mp4', await clip.Body.transformToByteArray());
    execFileSync('/opt/bin/ffmpeg', ['-y', '-i', '/tmp/clip.mp4', '-vf', 'scale=-2:240', '-preset', 'ultrafast', '/tmp/small.mp4']);
    await s3.send(new PutObjectCommand({ Bucket: 'renditions', Key: detail.object.key.replace('.mp4', '-240p.mp4'), Body: readFileSync('/tmp/small.mp4'), ContentType: 'video/mp4' }));
  }
};
`;

async function emptyCloud(app: App): Promise<void> {
  const { page } = app;
  await app.open();
  await page.getByRole('button', { name: 'Video pipeline' }).click();
  await page.getByRole('menuitem', { name: 'New, empty cloud' }).click();
  await expect(page.getByText('An empty cloud.')).toBeVisible();
}
const edge = (app: App, name: string | RegExp) => app.page.getByRole('application', { name: 'Canvas' }).getByRole('group', { name });

/** Drags from a port of one card to a port of another. */
async function pull(app: App, from: string, fromSide: 'right' | 'bottom' | 'top', to: string, toSide: 'left' | 'top' | 'bottom'): Promise<void> {
  const middle = async (card: string, side: string): Promise<{ readonly x: number; readonly y: number }> => {
    const box = (await app.card(card).locator(`.react-flow__handle-${side}`).boundingBox({ timeout: 5_000 }))!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const { mouse } = app.page;
  await app.card(from).getByRole('heading').hover(); // also waits until the view stands still
  const [start, end] = [await middle(from, fromSide), await middle(to, toSide)];
  await mouse.move(start.x, start.y);
  await mouse.down();
  await mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await mouse.move(end.x, end.y, { steps: 4 });
  await mouse.up();
}

test('by mouse: seven cards are dragged in and joined, code is pasted, a clip is dropped in, and its rendition plays', async ({ app, page }, info) => {
  test.setTimeout(180_000);
  await emptyCloud(app);
  const pane = page.locator('.react-flow__pane');
  const add = async (what: string, x: number, y: number, name: string): Promise<void> => {
    await page.getByRole('button', { name: `Add ${what}` }).dragTo(pane, { targetPosition: { x, y } });
    await expect(app.card(name)).toBeVisible();
    await page.keyboard.press('Escape');
  };
  await add('Clip source', 110, 60, 'Clips');
  await add('S3 bucket', 390, 60, 'uploads');
  await add('EventBridge bus', 740, 60, 'default');
  await add('SQS queue', 390, 290, 'jobs');
  await add('Lambda function', 740, 290, 'worker');
  await add('S3 bucket', 1120, 290, 'uploads-2');
  await add('SQS queue', 390, 520, 'jobs-2');

  await app.card('jobs-2').getByRole('heading').dblclick();
  const name = page.getByRole('textbox', { name: 'Name of jobs-2' });
  await expect(name).toBeFocused();
  await name.fill('jobs-dlq');
  await name.press('Enter');
  await expect(app.card('jobs-dlq')).toBeVisible();
  const bucket = await app.inspect('uploads-2');
  await bucket.getByRole('tab', { name: 'Settings' }).click();
  await bucket.getByRole('textbox', { name: 'Name' }).fill('renditions');
  await bucket.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect(app.card('renditions')).toBeVisible();

  await bucket.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Fit all' }).click();
  await pull(app, 'Clips', 'right', 'uploads', 'left');
  await expect(edge(app, 'Clips to uploads: upload')).toBeAttached();
  await pull(app, 'uploads', 'right', 'default', 'left');
  await expect(edge(app, 'uploads to default: Object Created')).toBeAttached();
  await pull(app, 'default', 'bottom', 'jobs', 'top');
  await expect(edge(app, /^default to jobs: /)).toBeAttached();
  await pull(app, 'jobs', 'right', 'worker', 'left');
  await expect(edge(app, /^jobs to worker: polls/)).toBeAttached();
  await pull(app, 'worker', 'right', 'renditions', 'left');
  await page.getByRole('menuitem', { name: 'Writes' }).click();
  await expect(edge(app, /^worker to renditions: /)).toBeAttached();
  await pull(app, 'worker', 'top', 'uploads', 'bottom');
  await page.getByRole('menuitem', { name: 'Reads' }).click();
  await expect(edge(app, /^worker to uploads: /)).toBeAttached();
  await pull(app, 'jobs', 'bottom', 'jobs-dlq', 'top');
  await expect(edge(app, /^jobs to jobs-dlq: after 3 receives/)).toBeAttached();

  const fn = await app.inspect('worker');
  await fn.getByRole('tab', { name: 'Settings' }).click();
  await set(fn, 'Memory', '1769');
  await set(fn, 'Timeout', '25');
  await fn.getByRole('checkbox', { name: 'ffmpeg' }).click();
  await fn.getByRole('button', { name: 'Edit code' }).click();
  await paste(app, HANDLER);
  await expectRendition(app, info.outputPath('mine.mp4'), async () => {
    await app.speed('Max');
    await app.play();
  });
});

/** A setting by its label, as typed and confirmed. */
async function set(inspector: Locator, label: string, value: string): Promise<void> {
  const field = inspector.getByRole('textbox', { name: label }).or(inspector.getByRole('spinbutton', { name: label })).first();
  await field.fill(value);
  await field.press('Control+Enter');
  await field.blur();
}
/** All of the open file is replaced, as Ctrl A and Ctrl V do. */
async function paste(app: App, text: string): Promise<void> {
  const { page } = app;
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible({ timeout: 30_000 });
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  await page.evaluate((code) => {
    const data = new DataTransfer();
    data.setData('text/plain', code);
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}
/** A clip that is dropped in comes back as a rendition that the browser plays. */
async function expectRendition(app: App, path: string, play: () => Promise<void>): Promise<void> {
  const { page } = app;
  await app.upload(ownClip(path));
  await play();
  const clip = page.getByRole('list', { name: 'Clips' }).getByRole('button', { name: /mine\.mp4.*1 rendition/ });
  await expect(clip).toBeVisible({ timeout: 120_000 });
  await clip.press('Enter');
  const video = page.getByRole('region', { name: 'mine.mp4 and its renditions' }).getByRole('figure').nth(1).locator('video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoHeight)).toBe(240);
  await expect(app.card('renditions')).toHaveAccessibleName(/1 object/);
}

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(app: App, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await app.page.keyboard.press(key);
  }
  await expect(target, 'reached by the Tab key').toBeFocused();
}

/** C on the focused card, then the name in the menu, then the kind where there are several. */
async function connectByKeys(app: App, from: string, to: string, kind?: string): Promise<void> {
  const { keyboard } = app.page;
  await tabTo(app, app.card(from));
  await keyboard.press('c');
  const choose = async (name: string): Promise<void> => {
    const item = app.page.getByRole('menuitem', { name, exact: true });
    await expect(item).toBeVisible();
    for (let presses = 0; presses < 12 && !(await item.evaluate((element) => element === document.activeElement)); presses++) await keyboard.press('ArrowDown');
    await expect(item).toBeFocused();
    await keyboard.press(name === to && kind !== undefined ? 'ArrowRight' : 'Enter');
  };
  await choose(to);
  if (kind !== undefined) await choose(kind);
  await expect(edge(app, new RegExp(`^${from} to ${to}: |^${to} to ${from}: `)).first()).toBeAttached();
}

test('by keyboard alone: the same pipeline, from an empty cloud to a rendition', async ({ app, page, context }, info) => {
  test.setTimeout(180_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { keyboard } = page;
  await app.open();
  await tabTo(app, page.getByRole('button', { name: 'Video pipeline' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  const empty = page.getByRole('menuitem', { name: 'New, empty cloud' });
  for (let presses = 0; presses < 20 && !(await empty.evaluate((element) => element === document.activeElement)); presses++) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.getByText('An empty cloud.')).toBeVisible();
  for (const [key, name] of [['b', 'uploads'], ['e', 'default'], ['q', 'jobs'], ['l', 'worker'], ['b', 'uploads-2'], ['q', 'jobs-2']] as const) {
    await keyboard.press(key);
    await expect(app.card(name)).toBeFocused();
  }
  await keyboard.press('F2');
  await keyboard.press('Control+a');
  await keyboard.type('jobs-dlq');
  await keyboard.press('Enter');
  await expect(app.card('jobs-dlq')).toBeFocused();
  await tabTo(app, app.card('uploads-2'), 'Shift+Tab');
  await keyboard.press('F2');
  await keyboard.press('Control+a');
  await keyboard.type('renditions');
  await keyboard.press('Enter');
  await expect(app.card('renditions')).toBeFocused();
  await connectByKeys(app, 'uploads', 'default');
  await connectByKeys(app, 'default', 'jobs');
  await connectByKeys(app, 'jobs', 'worker');
  await connectByKeys(app, 'worker', 'renditions', 'Writes');
  await connectByKeys(app, 'worker', 'uploads', 'Reads');
  await connectByKeys(app, 'jobs', 'jobs-dlq');

  await tabTo(app, app.card('worker'));
  await keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const tab = inspector.getByRole('tab', { selected: true });
  await expect(tab).toBeFocused();
  for (let presses = 0; presses < 6 && (await tab.innerText()) !== 'Settings'; presses++) await keyboard.press('ArrowRight');
  for (const [label, value] of [['Memory', '1769'], ['Timeout', '25']] as const) {
    await tabTo(app, inspector.getByRole('textbox', { name: label }).or(inspector.getByRole('spinbutton', { name: label })).first());
    await keyboard.press('Control+a');
    await keyboard.type(value);
    await keyboard.press('Enter');
  }
  await tabTo(app, inspector.getByRole('checkbox', { name: 'ffmpeg' }));
  await keyboard.press('Space');
  await tabTo(app, inspector.getByRole('button', { name: 'Edit code' }), 'Shift+Tab');
  await keyboard.press('Enter');
  const editor = page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first();
  await expect(editor, 'the focus follows into the code').toBeFocused({ timeout: 30_000 });
  await page.evaluate((text) => navigator.clipboard.writeText(text), HANDLER);
  await keyboard.press('Control+a');
  await keyboard.press('Control+v');
  await expect(page.locator('.monaco-editor')).toContainText('execFileSync');
  await expectRendition(app, info.outputPath('mine.mp4'), async () => {
    await tabTo(app, page.locator('.deck-play'));
    await keyboard.press(']');
    await keyboard.press(']');
    await keyboard.press('Enter');
  });
});
