/** The headless build: one file for Node with everything in it, the engine's wasm included. */
import { defineConfig } from 'vite';

const entries: Readonly<Record<string, string>> = { coldstart: 'src/runner/headless.ts', bench: 'src/bench/main.ts', fuzz: 'src/bench/fuzz.ts' };
const entry = process.env['COLDSTART_ENTRY'] ?? 'coldstart';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: entries[entry] ?? entry,
    outDir: 'dist/headless',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { format: 'es', entryFileNames: `${entry}.mjs`, inlineDynamicImports: true } },
  },
});
