/** How the page is built and served, and how its unit tests run. */
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** While developing, Vite puts a script into the page itself, which the page's content policy forbids: the policy is for builds. */
const withoutPolicy: Plugin = {
  name: 'no-policy-in-dev',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

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
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    globalSetup: ['src/tools/vitest-setup.ts'],
    testTimeout: 30_000,
    pool: 'threads',
    maxWorkers: 2,
    isolate: false,
  },
});
