#!/usr/bin/env node
/** Entry of the headless build: the library's exports, and the command when the file is run as a program. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeCli } from './cli.ts';

export * from '../runner/headless.ts';
export { nodeCli };

/** True when Node was started with this file; false when it is imported. */
function isProgram(): boolean {
  const started = process.argv[1];
  if (started === undefined) return false;
  try {
    return realpathSync(started) === realpathSync(fileURLToPath(import.meta.url));
  } catch {
    return false;
  }
}

if (isProgram()) process.exitCode = await nodeCli(process.argv.slice(2));
