/** The headless build: one file for Node with everything in it, the engine's wasm included. COLDSTART_ENTRY chooses another program of bench/. */
import { defineConfig } from 'vite';

const entries: Readonly<Record<string, string>> = { coldstart: 'src/cli/main.ts', bench: 'src/bench/main.ts', fuzz: 'src/bench/fuzz.ts' };
const entry = process.env['COLDSTART_ENTRY'] ?? 'coldstart';
const source = entries[entry];
if (source === undefined) throw new Error(`COLDSTART_ENTRY must be one of ${Object.keys(entries).join(', ')}, got ${entry}`);

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: source,
    outDir: 'dist/headless',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { format: 'es', entryFileNames: `${entry}.mjs`, codeSplitting: false } },
  },
});
