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
prepare();
const built = join(root, 'dist/index.html');
const sources = Math.max(...INPUTS.filter((name) => existsSync(join(root, name))).map((name) => newest(join(root, name))));
if (!existsSync(built) || statSync(built).mtimeMs < sources) await build({ root, logLevel: 'warn' });
try {
  await serve(join(root, 'dist'), port);
  console.log(`Coldstart is at http://localhost:${port}/`);
} catch (error) {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=${port + 1} npm start` : error);
  process.exit(1);
}
