/** Handlers in the editor: a type error is seen and mended, a failure leads to its line, memory decides how long work takes, and too little of it ends the process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './fixtures.ts';
import type { App } from './fixtures.ts';

type Headless = { encodeLink(scenario: object): Promise<string> };
interface CodeEditor {
  getPosition(): { readonly lineNumber: number };
  getModel(): { readonly uri: { readonly path: string } };
  hasTextFocus(): boolean;
}

const WORK = 'export const handler = async () => {\n  let sum = 0;\n  for (let i = 0; i < 400_000; i++) sum += i % 7;\n  return sum;\n};\n';
const HUNGRY = "const kept = [];\nexport const handler = async () => {\n  for (;;) kept.push('x'.repeat(1_000_000) + kept.length);\n};\n";
const TYPED = "import { count } from './orders.ts';\n\nexport const handler = async (event: { readonly ids: readonly string[] }): Promise<number> => {\n  const total: number = 'none';\n  return total + count(event.ids);\n};\n";
const ORDERS = 'export function count(ids: readonly string[]): number {\n  return ids.length;\n}\n';

async function functions(): Promise<string> {
  const { encodeLink } = (await import(pathToFileURL(join(import.meta.dirname, '../dist/headless/coldstart.mjs')).href)) as Headless;
  const fn = (name: string, MemorySize: number, files: Readonly<Record<string, string>>, x: number): object => ({ id: name, service: 'lambda', config: { name, MemorySize, Timeout: 30 }, files, position: { x, y: 0 } });
  return encodeLink({
    base: {
      version: 1,
      name: 'Handlers',
      startAt: '2026-01-01T00:00:00Z',
      seed: 1,
      nodes: [fn('typed', 1769, { 'index.ts': TYPED, 'orders.ts': ORDERS }, 0), fn('small', 128, { 'index.mjs': WORK }, 320), fn('large', 1769, { 'index.mjs': WORK }, 640), fn('hungry', 128, { 'index.mjs': HUNGRY }, 960)],
      edges: [],
      stimuli: [],
      faults: [],
      testEvents: [{ node: 'typed', name: 'two orders', text: '{ "ids": ["a", "b"] }' }],
    },
    inputs: [],
  });
}

async function edit(app: App, file: string, text: string): Promise<void> {
  await app.page.evaluate(
    ([path, code]) => {
      const { editor } = (globalThis as unknown as { monaco: { editor: { getModels(): { uri: { path: string }; setValue(value: string): void }[] } } }).monaco;
      editor.getModels().find((model) => model.uri.path.endsWith(path!))!.setValue(code!);
    },
    [file, text],
  );
}

/** Which file and line the code editor stands on, while it has the keys. */
function place(app: App): Promise<string> {
  return app.page.evaluate(() => {
    const { editor } = (globalThis as unknown as { monaco: { editor: { getEditors(): CodeEditor[] } } }).monaco;
    const focused = editor.getEditors().find((candidate) => candidate.hasTextFocus());
    return focused === undefined ? 'nowhere' : `${focused.getModel().uri.path.split('/').at(-1)!}:${focused.getPosition().lineNumber}`;
  });
}

async function show(app: App, name: string): Promise<void> {
  await app.page.getByRole('combobox', { name: 'Function' }).click();
  await app.page.getByRole('option', { name }).click();
}

/** Runs the shown function once, alone, and answers its REPORT line. */
async function report(app: App): Promise<string> {
  await app.page.getByRole('tab', { name: 'Test', exact: true }).click();
  await app.page.getByRole('button', { name: 'Run once' }).click();
  const line = app.page.getByRole('list', { name: 'Output of the trial' }).getByRole('listitem').filter({ hasText: /^REPORT / });
  await expect(line).toBeVisible({ timeout: 30_000 });
  return line.innerText();
}
const durationOf = (line: string): number => Number(/\tDuration: ([\d.]+) ms/.exec(line)?.[1]);

test('a type error is listed with its line, goes when it is mended, and a failure leads to the line that threw', async ({ app, page }) => {
  await app.open(await functions());
  await app.panel('Code');
  await expect(page.locator('.editor-code .view-line').first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const problems = page.locator('.editor-problems');
  await expect(problems.getByText("Type 'string' is not assignable to type 'number'.")).toBeVisible({ timeout: 30_000 });
  await problems.getByRole('button', { name: 'index.ts:4' }).click();
  await expect.poll(() => place(app)).toBe('index.ts:4');
  await edit(app, 'typed/index.ts', TYPED.replace("'none'", '0'));
  await expect(page.getByText('No problems')).toBeVisible();

  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Test event' })).toContainText('two orders');
  await page.getByRole('button', { name: 'Run once' }).click();
  await expect(page.getByLabel('Returned value')).toHaveText(/^\s*2\s*$/, { timeout: 30_000 });

  await edit(app, 'typed/orders.ts', ORDERS.replace('return ids.length;', "throw new TypeError(`no ${ids.length}`);"));
  await page.getByRole('button', { name: 'Run once' }).click();
  const came = page.getByRole('region', { name: 'What came of it' });
  await expect(came.getByRole('alert')).toContainText('TypeError: no 2', { timeout: 30_000 });
  await came.getByRole('alert').getByRole('button', { name: 'orders.ts:2' }).click();
  await expect.poll(() => place(app)).toBe('orders.ts:2');
});

test('the same work takes 1,769 / 128 times as long with 128 MB, and what needs more memory than there is ends as on Lambda', async ({ app, page }) => {
  await app.open(await functions());
  await app.panel('Code');
  await expect(page.locator('.editor-code .view-line').first()).toBeVisible({ timeout: 30_000 });
  await show(app, 'small');
  const small = await report(app);
  await show(app, 'large');
  const large = await report(app);
  expect(small).toContain('Memory Size: 128 MB');
  expect(large).toContain('Memory Size: 1769 MB');
  const ratio = durationOf(small) / durationOf(large);
  expect(ratio).toBeGreaterThan(7);
  expect(ratio).toBeLessThan(20);

  await show(app, 'hungry');
  const hungry = await report(app);
  expect(hungry).toContain('Max Memory Used: 128 MB');
  expect(hungry).toContain('Status: error\tError Type: Runtime.OutOfMemory');
  await expect(page.getByRole('region', { name: 'What came of it' }).getByRole('alert')).toContainText('Runtime.OutOfMemory');
});
