/** How the page is built and served, and how its unit tests run. */
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';

/** While developing, Vite puts a script into the page itself, which the page's content policy forbids: the policy is for builds. */
const withoutPolicy: Plugin = {
  name: 'no-policy-in-dev',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

const STUDIES = ['src/bench/closed-form.test.ts', 'src/bench/simfaas.test.ts'];

export default defineConfig({
  base: './',
  plugins: [react(), withoutPolicy],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 8_000,
    assetsInlineLimit: 2_048,
    // Zod and the setting that keeps it from trying to compile code come as one piece, which is evaluated before every piece that makes a schema.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod\/|without-eval/ }] } } },
  },
  test: {
    environment: 'node',
    globalSetup: ['src/tools/vitest-setup.ts'],
    testTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 2,
    // Unit tests share their modules. Studies of a million requests have a worker to themselves, where nothing else has shaped the compiled code: they take a third of the time.
    projects: [
      { extends: true, test: { name: 'units', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], exclude: [...configDefaults.exclude, ...STUDIES], isolate: false } },
      { extends: true, test: { name: 'studies', include: STUDIES, isolate: true } },
    ],
  },
});
