/** `npm run fuzz -- [--seeds 100] [--first 1] [--acts 60]`: runs the fuzz over many seeds and prints every seed that fails, with what it found. */
import { fuzzSeed } from './fuzz-run.ts';
import type { FuzzFinding } from './fuzz-run.ts';

const USAGE = 'npm run fuzz -- [--seeds 100] [--first 1] [--acts 60]\n';

/** A failed assertion is a finding like any other: it must not end the run of the other seeds. */
function findingOf(seed: number, acts: number): FuzzFinding | null {
  try {
    return fuzzSeed(seed, acts);
  } catch (error) {
    return { seed, what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function main(argv: readonly string[]): number {
  const numberOf = (name: string, otherwise: number): number => (argv.includes(name) ? Number(argv[argv.indexOf(name) + 1]) : otherwise);
  const [seeds, first, acts] = [numberOf('--seeds', 100), numberOf('--first', 1), numberOf('--acts', 60)];
  if (argv.includes('--help') || ![seeds, first, acts].every((value) => Number.isInteger(value) && value > 0)) {
    process.stdout.write(USAGE);
    return argv.includes('--help') ? 0 : 2;
  }
  const start = performance.now();
  let failed = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const finding = findingOf(seed, acts);
    if (finding !== null) {
      failed++;
      process.stdout.write(`seed ${seed}: ${finding.what}\n`);
    }
    if ((seed - first + 1) % 500 === 0) process.stderr.write(`${seed - first + 1} of ${seeds} seeds\n`);
  }
  process.stdout.write(`${seeds - failed} of ${seeds} seeds hold, ${acts * 2} acts each, in ${((performance.now() - start) / 1_000).toFixed(0)} s\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
