/** Finds a Chromium for the tests, or installs one: PLAYWRIGHT_CHROMIUM_PATH, the system's, Playwright's own, then an install. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM = [...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))), ...NAMES.map((name) => `/usr/bin/${name}`), '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

function found() {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM_PATH names no file: ${named}`);
    return named;
  }
  return [...SYSTEM, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Path of an executable; installs one when there is none. */
export function findChromium() {
  const path = found();
  if (path) return path;
  console.log('No Chromium found: installing one …');
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' });
  if (!found() && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'inherit' });
  }
  const installed = found();
  if (!installed) throw new Error('No Chromium could be found or installed. Set PLAYWRIGHT_CHROMIUM_PATH to one.');
  return installed;
}

/** Flags that a headless run needs; without a sandbox only as root. */
export function chromiumFlags() {
  return ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}
