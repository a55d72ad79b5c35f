/** `npm test`: types, lint, unit tests, builds, end-to-end tests; one closing line. `-- --unit` stops after the unit tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { prepare } from './prepare.mjs';

const unitOnly = process.argv.includes('--unit');
const reports = mkdtempSync(join(tmpdir(), 'coldstart-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

const times = [];

/** Runs a stage and notes its time; its failure ends the whole with the closing line. */
function timed(name, run) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  try {
    return run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    times.push(`${name} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

function stage(name, command, args, environment = {}) {
  return timed(name, () => spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit', env: { ...process.env, ...environment } }).status === 0);
}

function count(file, read) {
  try {
    const seen = read(JSON.parse(readFileSync(file, 'utf8')));
    totals.passed += seen.passed;
    totals.failed += seen.failed;
    totals.skipped += seen.skipped;
    return seen.passed + seen.failed;
  } catch {
    return 0;
  }
}

function close(ok) {
  if (!ok && totals.failed === 0) totals.failed = 1;
  rmSync(reports, { recursive: true, force: true });
  console.log(`\n${times.join(', ')}`);
  if (totals.skipped > 0) console.log(`${totals.skipped} skipped: what they need is not here (see above).`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  process.exit(ok ? 0 : 1);
}

if (!timed('prepare', () => (prepare(), true))) close(false);
if (!stage('types', 'tsc', ['--noEmit'])) close(false);
if (!stage('types of the kernel, without the DOM', 'tsc', ['--noEmit', '-p', 'src/sim/tsconfig.json'])) close(false);
if (!stage('lint', 'oxlint', ['--deny-warnings', 'src', 'e2e'])) close(false);
const unit = join(reports, 'unit.json');
const unitOk = stage('unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`]);
const seenUnit = count(unit, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests }));
if (!unitOk || seenUnit === 0) close(false);
if (unitOnly) close(true);
if (!stage('build', 'vite', ['build', '--logLevel', 'warn'])) close(false);
console.log('\n── size budget');
if (spawnSync(process.execPath, [join(import.meta.dirname, 'size-budget.mjs')], { stdio: 'inherit' }).status !== 0) close(false);
if (!stage('headless build', 'vite', ['build', '--config', 'vite.headless.config.ts', '--logLevel', 'warn'])) close(false);
let chromium = '';
if (!timed('find Chromium', () => (chromium = findChromium()) !== '')) close(false);
const e2e = join(reports, 'e2e.json');
const e2eOk = stage('end to end', 'playwright', ['test', '--config', 'e2e/playwright.config.ts'], { PLAYWRIGHT_JSON_OUTPUT_NAME: e2e, PLAYWRIGHT_CHROMIUM_PATH: chromium });
const seenE2e = count(e2e, (report) => ({ passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky, skipped: report.stats.skipped }));
close(e2eOk && seenE2e > 0);
