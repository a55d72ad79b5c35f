/** What every journey starts from: a fresh profile, the page as a visitor finds it, and a check that it complained of nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const root = join(import.meta.dirname, '..');
export const CLIP = join(root, 'public/clips/dog-1080p.mp4');

/** A clip that plays like the sample and has other bytes: the sample with an empty box behind it, which every reader passes over. */
export function ownClip(path: string): string {
  const box = Buffer.alloc(64);
  box.writeUInt32BE(64, 0);
  box.write('free', 4, 'latin1');
  writeFileSync(path, Buffer.concat([readFileSync(CLIP), box]));
  return path;
}

export class App {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page (or a link to it) and waits until a run is there. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await expect(this.card('').first()).toBeVisible();
    await expect(this.clock).not.toHaveText(/^$/);
  }
  get clock(): Locator {
    return this.page.locator('.deck-clock');
  }
  /** A node's card by its name; its accessible name is a sentence of its state. */
  card(name: string): Locator {
    return this.page.getByRole('application', { name: 'Canvas' }).getByRole('group', { name: name === '' ? /, (S3|SQS|Lambda|EventBridge|clip|dead)/ : new RegExp(`^${name}, `) });
  }
  async speed(label: '1/20' | '1/4' | '1×' | '10×' | 'Max'): Promise<void> {
    await this.page.getByRole('radio', { name: label, exact: true }).click();
  }
  async play(): Promise<void> {
    await this.page.getByRole('contentinfo', { name: 'Time' }).getByRole('button', { name: 'Play', exact: true }).click();
  }
  /** A run that has come to rest by itself stands already. */
  async pause(): Promise<void> {
    const play = this.page.getByRole('contentinfo', { name: 'Time' }).getByRole('button', { name: 'Play', exact: true });
    await expect(async () => {
      if (!(await play.isVisible())) await this.page.getByRole('button', { name: 'Pause', exact: true }).click({ timeout: 2_000 });
      await expect(play).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }
  async panel(name: 'Timeline' | 'Code' | 'Logs' | 'Metrics' | 'Media'): Promise<void> {
    const tab = this.page.getByRole('tab', { name, exact: true });
    if (!(await tab.isVisible())) await this.page.getByRole('contentinfo', { name: 'Time' }).getByRole('button', { name: 'Timeline' }).click();
    await tab.click();
  }
  /** Through the media panel's picker. */
  async upload(...paths: string[]): Promise<void> {
    await this.panel('Media');
    await this.page.locator('input[type=file][aria-label="Clips to upload"]').setInputFiles(paths);
  }
  async inspect(name: string): Promise<Locator> {
    await this.card(name).click({ position: { x: 60, y: 14 } });
    const inspector = this.page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector).toBeVisible();
    return inspector;
  }
  /** Fingerprint of the trace, as the share dialog tells it. */
  async fingerprint(): Promise<string> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    const code = this.page.getByLabel('Fingerprint of the trace');
    await expect(code).toHaveText(/^[0-9a-f]{64}$/);
    const text = await code.innerText();
    await this.page.keyboard.press('Escape');
    await expect(code).toBeHidden();
    return text;
  }
  /** The link that the share dialog offers. */
  async link(kind: 'As it is now, from the start' | 'This run'): Promise<string> {
    await this.page.getByRole('button', { name: 'Share', exact: true }).click();
    await this.page.getByRole('radio', { name: kind }).click();
    const link = await this.page.getByRole('textbox', { name: 'Link' }).inputValue();
    await this.page.keyboard.press('Escape');
    return link;
  }
  toast(text: string | RegExp): Locator {
    return this.page.locator('.ui-toast-text').filter({ hasText: text }).first();
  }
}

/** `app` fails a test in which the page threw, logged an error, or was stopped by its own content policy. */
export const test = base.extend<{ app: App; complaints: string[] }>({
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
    await use(complaints);
    expect(complaints).toEqual([]);
  },
  app: async ({ page, complaints }, use) => {
    expect(complaints).toEqual([]);
    await use(new App(page));
  },
});
export { expect };
