/** `npm test`: types, lint, unit tests, builds, end-to-end tests; one closing line. `-- --unit` stops after the unit tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

const unitOnly = process.argv.includes('--unit');
const reports = mkdtempSync(join(tmpdir(), 'coldstart-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs a stage; its failure ends the whole with the closing line. */
function stage(name, command, args, environment = {}) {
  console.log(`\n── ${name}`);
  const result = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit', env: { ...process.env, ...environment } });
  return result.status === 0;
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
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
  process.exit(ok ? 0 : 1);
}

prepare();
if (!stage('types', 'tsc', ['--noEmit'])) close(false);
if (!stage('lint', 'oxlint', ['--deny-warnings', 'src', 'e2e'])) close(false);
const unit = join(reports, 'unit.json');
const unitOk = stage('unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`]);
const seenUnit = count(unit, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests }));
if (!unitOk || seenUnit === 0) close(false);
if (unitOnly) close(true);
if (!stage('build', 'vite', ['build', '--logLevel', 'warn'])) close(false);
if (!stage('headless build', 'vite', ['build', '--config', 'vite.headless.config.ts', '--logLevel', 'warn'])) close(false);
const e2e = join(reports, 'e2e.json');
const e2eOk = stage('end to end', 'playwright', ['test', '--config', 'e2e/playwright.config.ts'], { PLAYWRIGHT_JSON_OUTPUT_NAME: e2e });
const seenE2e = count(e2e, (report) => ({ passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky, skipped: report.stats.skipped }));
close(e2eOk && seenE2e > 0);
