/** Runs the fuzz over many seeds: `COLDSTART_ENTRY=fuzz npm run build:headless && node dist/headless/fuzz.mjs [seeds] [first seed]`. Prints every seed that fails. */
import { fuzzSeed } from './fuzz-run.ts';

const [seeds = 100, first = 1] = process.argv.slice(2).map(Number);
let failed = 0;
for (let seed = first; seed < first + seeds; seed++) {
  const finding = fuzzSeed(seed);
  if (finding === null) continue;
  failed++;
  process.stdout.write(`seed ${seed}: ${finding.what}\n`);
}
process.stdout.write(`${seeds - failed} of ${seeds} seeds hold\n`);
process.exitCode = failed === 0 ? 0 : 1;
