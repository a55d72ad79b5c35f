/** The recorded figures that accuracy is held against, from the folder that COLDSTART_BENCH names. For tests only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env['COLDSTART_BENCH'];

/** False when COLDSTART_BENCH is not set: then these tests are skipped, and say so. */
export const hasReferenceData = folder !== undefined && folder !== '';
if (!hasReferenceData) console.warn('COLDSTART_BENCH is not set: accuracy is not held against recorded figures.');

/** Reads a file of it. @throws Error when COLDSTART_BENCH is set and the file is not there */
export function readReference<T>(name: string): T {
  const path = join(folder ?? '', name);
  if (!existsSync(path)) throw new Error(`COLDSTART_BENCH is set, but there is no ${name} in it.`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
