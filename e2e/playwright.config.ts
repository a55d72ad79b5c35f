/** End-to-end tests: the built page from a plain static server, in Chromium. */
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from '../src/tools/find-chromium.mjs';

const PORT = Number(process.env['COLDSTART_E2E_PORT'] ?? 4519);

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Much of a journey is waiting.
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findChromium(), args: chromiumFlags() },
    trace: 'off',
    actionTimeout: 20_000,
  },
  webServer: { command: `node ../src/tools/serve-dist.mjs ${PORT}`, port: PORT, reuseExistingServer: false },
});
