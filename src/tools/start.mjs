/** `npm start`: builds when a source is newer than the last build, then serves the page. PORT changes the port. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { prepare } from './prepare.mjs';
import { serve } from './serve.mjs';

const root = join(import.meta.dirname, '..', '..');
const INPUTS = ['src', 'lessons', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const port = Number(process.env.PORT ?? 4173);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`PORT must be a number from 1 to 65535, not '${process.env.PORT}'.`);
  process.exit(1);
}
try {
  // The port first: who has to choose another one learns it before the build.
  await serve(join(root, 'dist'), port);
  prepare();
  const built = join(root, 'dist/index.html');
  const sources = Math.max(...INPUTS.filter((name) => existsSync(join(root, name))).map((name) => newest(join(root, name))));
  if (!existsSync(built) || statSync(built).mtimeMs < sources) {
    console.log('Building …');
    await build({ root, logLevel: 'warn' });
  }
  console.log(`Coldstart is at http://localhost:${port}/`);
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=${port + 1} npm start` : error);
  process.exit(1);
}
